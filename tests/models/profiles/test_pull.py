from __future__ import annotations

import errno
import json
import shutil
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError
from models.profiles import hub_store
from models.profiles.profile import Checkpoint, Licence
from models.profiles.pull import PullOptions, Transfer, pull_checkpoint
from tests.models.profiles.fake_hub import FakeHub

ID = "org/tiny"
WEIGHTS = bytes(range(256)) * 4096
FILES = {
    "config.json": b'{"architectures": ["BartForConditionalGeneration"]}',
    "tokenizer.json": b"{}",
    "model.safetensors": WEIGHTS,
    "pytorch_model.bin": b"the same as a pickle",
    "flax_model.msgpack": b"the same for flax",
    "README.md": b"# a card",
}
TAKEN = ["config.json", "manifest.json", "model.safetensors", "tokenizer.json"]


def checkpoint(revision: str = "main", **keys: Any) -> Checkpoint:
    return Checkpoint("hub", ID, revision, Licence("MIT", "https://example.org", True), **keys)


def pull(hub: FakeHub, cache: Path, revision: str = "main", **options: Any) -> Path:
    return pull_checkpoint(checkpoint(revision), cache, PullOptions(endpoint=hub.url, **options))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_the_needed_files_come_with_a_manifest(hub: FakeHub, tmp_path: Path) -> None:
    commit = hub.add(ID, FILES)
    folder = pull(hub, tmp_path, commit)
    assert names(folder) == TAKEN
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["inputs"] == {"id": ID, "commit": commit}
    assert set(manifest["files"]) == set(TAKEN) - {"manifest.json"}
    assert hub_store.pulled_problems(checkpoint(commit), tmp_path) == []
    assert hub_store.pulled_bytes(checkpoint(commit), tmp_path) == sum(
        len(FILES[name]) for name in manifest["files"]
    )


def test_what_is_here_is_not_fetched_again_and_needs_no_hub(hub: FakeHub, tmp_path: Path) -> None:
    folder = pull(hub, tmp_path)
    asked = len(hub.requests)
    assert pull(hub, tmp_path) == folder
    assert pull(hub, tmp_path, offline=True) == folder
    assert len(hub.requests) == asked


@pytest.fixture(autouse=True)
def filled(hub: FakeHub) -> None:
    hub.add(ID, FILES)


def test_a_branch_stays_at_the_commit_it_was_pulled_at(hub: FakeHub, tmp_path: Path) -> None:
    first = pull(hub, tmp_path)
    old = hub_store.commit_of(checkpoint(), tmp_path)
    new = hub.add(ID, FILES | {"tokenizer.json": b'{"new": 1}'})
    assert pull(hub, tmp_path) == first
    assert hub_store.commit_of(checkpoint(), tmp_path) == old
    shutil.rmtree(first)
    assert pull(hub, tmp_path) == first
    assert first.name == old
    updated = pull(hub, tmp_path, update=True)
    assert hub_store.commit_of(checkpoint(), tmp_path) == updated.name == new
    assert first.is_dir()


def test_a_broken_download_goes_on_where_it_stopped(hub: FakeHub, tmp_path: Path) -> None:
    hub.break_after["model.safetensors"] = 300_000
    with pytest.raises(CheckpointError, match=r"broke off .* pull again, it goes on where it"):
        pull(hub, tmp_path)
    assert hub_store.pulled_problems(checkpoint(), tmp_path) == [f"{ID}: not pulled"]
    hub.down = False
    hub.requests.clear()
    seen: list[Transfer] = []
    folder = pull_checkpoint(
        checkpoint(), tmp_path, PullOptions(endpoint=hub.url), watch=seen.append
    )
    assert hub.fetched() == ["model.safetensors"]
    ranges = [asked for _, path, asked in hub.requests if "/resolve/" in path]
    assert ranges == ["bytes=300000-"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert names(folder) == TAKEN
    done = [one.done_bytes for one in seen if one.file == "model.safetensors"]
    assert done[0] == 300_000
    assert done == sorted(done)
    assert seen[-1].all_done_bytes == seen[-1].all_bytes


def test_a_wrong_hash_is_thrown_away(hub: FakeHub, tmp_path: Path) -> None:
    hub.garbled.add("model.safetensors")
    with pytest.raises(CheckpointError, match=r"model.safetensors came with another hash .* pull"):
        pull(hub, tmp_path)
    hub.garbled.clear()
    hub.requests.clear()
    assert names(pull(hub, tmp_path)) == TAKEN
    assert hub.fetched() == ["model.safetensors"]


def test_git_s_own_files_are_held_to_their_hash_too(hub: FakeHub, tmp_path: Path) -> None:
    hub.garbled.add("config.json")
    with pytest.raises(CheckpointError, match=r"config.json came with another hash"):
        pull(hub, tmp_path)


@pytest.mark.parametrize("damage", ["flip", "delete", "manifest"])
def test_damage_is_found_and_only_what_is_damaged_comes_again(
    damage: str, hub: FakeHub, tmp_path: Path
) -> None:
    folder = pull(hub, tmp_path)
    if damage == "flip":
        (folder / "model.safetensors").write_bytes(WEIGHTS[::-1])
    else:
        (folder / ("manifest.json" if damage == "manifest" else "model.safetensors")).unlink()
    (problem,) = hub_store.pulled_problems(checkpoint(), tmp_path)
    assert ID in problem
    with pytest.raises(CheckpointError, match="run yoji models pull"):
        hub_store.located(checkpoint(), tmp_path, hashes=True)
    hub.requests.clear()
    assert pull(hub, tmp_path) == folder
    assert hub.fetched() == ([] if damage == "manifest" else ["model.safetensors"])
    assert hub_store.pulled_problems(checkpoint(), tmp_path) == []


def test_one_file_of_a_repository(hub: FakeHub, tmp_path: Path) -> None:
    hub.add(ID, FILES | {"q4/tiny.gguf": b"GGUF small", "q8/tiny.gguf": b"GGUF large"})
    one = checkpoint(file="q4/tiny.gguf", size_bytes=12_000_000)
    with pytest.raises(CheckpointError, match=r"not pulled; run yoji models pull .*about 12 MB"):
        hub_store.located(one, tmp_path)
    pull_checkpoint(one, tmp_path, PullOptions(endpoint=hub.url))
    here = hub_store.located(one, tmp_path)
    assert Path(here.id).read_bytes() == b"GGUF small"
    assert hub_store.pulled_problems(checkpoint(), tmp_path) == [f"{ID}: not pulled"]


@pytest.mark.parametrize(
    ("id_", "revision", "expected"),
    [
        ("org/none", "main", "org/none: http.* knows no such repository.*HF_TOKEN"),
        (ID, "v9", f"{ID} has no revision 'v9' at http.*correct the profile's revision"),
        (ID, "0" * 40, f"{ID} has no revision '0000"),
    ],
)
def test_what_the_hub_does_not_have(
    id_: str, revision: str, expected: str, hub: FakeHub, tmp_path: Path
) -> None:
    one = Checkpoint("hub", id_, revision, Licence("MIT", "https://example.org", True))
    with pytest.raises(CheckpointError, match=expected) as caught:
        pull_checkpoint(one, tmp_path, PullOptions(endpoint=hub.url))
    assert "\n" not in str(caught.value)


def test_a_gated_repository_opens_to_a_token(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.gated.add(ID)
    hub.token = "hf_secret"
    with pytest.raises(CheckpointError, match=rf"gated: accept its terms at .*/{ID} .*HF_TOKEN"):
        pull(hub, tmp_path)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    assert names(pull(hub, tmp_path)) == TAKEN


def test_a_hub_out_of_reach(tmp_path: Path, hub: FakeHub) -> None:
    options = PullOptions(endpoint="http://127.0.0.1:9")
    with pytest.raises(CheckpointError, match=r"http://127.0.0.1:9 can't be reached.*HF_ENDPOINT"):
        pull_checkpoint(checkpoint(), tmp_path, options)


def test_offline_nothing_is_asked(hub: FakeHub, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="HF_HUB_OFFLINE forbids to pull it; unset it"):
        pull(hub, tmp_path, offline=True)
    assert hub.requests == []


def test_too_little_space_is_said_before_anything_is_fetched(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("models.profiles.pull.shutil.disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(CheckpointError, match=r"org/tiny needs 1 MB more, .* free some space"):
        pull(hub, tmp_path)
    assert hub.fetched() == []


def test_a_disk_that_fills_up_on_the_way(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("models.profiles.hub_client._Counted.write", full)
    with pytest.raises(CheckpointError, match="disk is full; free some space and pull again"):
        pull(hub, tmp_path)


def test_a_cache_that_cannot_be_written(hub: FakeHub, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(CheckpointError, match="choose a cache folder that can be"):
        pull(hub, tmp_path / "cache")


def test_two_pulls_at_once_fetch_once(hub: FakeHub, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: pull(hub, tmp_path), range(2)))
    assert len(set(folders)) == 1
    assert len(hub.fetched()) == len(TAKEN) - 1


def test_only_the_hub_is_pulled_from(tmp_path: Path) -> None:
    local = Checkpoint("local", str(tmp_path), "local", Licence("x", "https://example.org", True))
    with pytest.raises(CheckpointError, match="nothing to pull"):
        pull_checkpoint(local, tmp_path)
