from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import CheckpointError
from models.profiles import (
    TaskProfile,
    build_checkpoint,
    checkpoint_folder,
    is_built,
    load_profile,
    verify_checkpoint,
)
from models.profiles.cache import publish


@pytest.fixture
def task(tiny_profile_file: Path) -> TaskProfile:
    return load_profile(str(tiny_profile_file)).translator


@pytest.fixture
def built(task: TaskProfile, tiny_cache: Path, tmp_path: Path) -> Path:
    """A cache of the test's own with the tiny checkpoint in it."""
    cache = tmp_path / "cache"
    shutil.copytree(build_checkpoint(task, tiny_cache), checkpoint_folder(task, cache))
    return cache


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def with_local(task: TaskProfile, folder: Path) -> TaskProfile:
    return replace(task, checkpoint=replace(task.checkpoint, id=str(folder)))


def test_a_build_is_announced_then_whole_and_found_again(task: TaskProfile, tmp_path: Path) -> None:
    assert not is_built(task, tmp_path)
    assert "not built" in verify_checkpoint(task, tmp_path)[0]
    told: list[str] = []
    folder = build_checkpoint(task, tmp_path, told.append)
    assert folder == checkpoint_folder(task, tmp_path)
    assert any("converting" in line for line in told)
    assert is_built(task, tmp_path)
    assert verify_checkpoint(task, tmp_path) == []
    assert names(folder.parent) == [folder.name]
    again: list[str] = []
    assert build_checkpoint(task, tmp_path, again.append) == folder
    assert again == []


def test_tasks_that_differ_only_in_prompts_share_a_checkpoint(
    tiny_profile_file: Path, tmp_path: Path
) -> None:
    profile = load_profile(str(tiny_profile_file))
    assert profile.summarizer.prompts != profile.translator.prompts
    assert checkpoint_folder(profile.summarizer, tmp_path) == (
        checkpoint_folder(profile.translator, tmp_path)
    )


@pytest.mark.parametrize("damage", ["flip", "truncate", "delete", "manifest"])
def test_a_damaged_checkpoint_is_named_and_rebuilt(
    damage: str, task: TaskProfile, built: Path
) -> None:
    folder = checkpoint_folder(task, built)
    weights = folder / "model.bin"
    content = bytearray(weights.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
        weights.write_bytes(content)
    elif damage == "truncate":
        weights.write_bytes(content[:-1])
    elif damage == "delete":
        weights.unlink()
    else:
        (folder / "manifest.json").write_text("{", encoding="utf-8")
    (problem,) = verify_checkpoint(task, built)
    assert ("manifest.json" if damage == "manifest" else "model.bin") in problem
    told: list[str] = []
    build_checkpoint(task, built, told.append)
    assert "damaged" in told[0]
    assert problem in told[0]
    assert verify_checkpoint(task, built) == []
    assert names(folder.parent) == [folder.name]


def test_a_failed_build_leaves_nothing_behind(
    task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "hub"
    shutil.copytree(tiny_hub, broken)
    (broken / "model.safetensors").write_bytes(b"no weights at all")
    cache = tmp_path / "cache"
    with pytest.raises(CheckpointError, match="Gemma3ForCausalLM"):
        build_checkpoint(with_local(task, broken), cache)
    assert names(cache / "checkpoints") == []


def test_an_interrupted_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(folder: Path) -> None:
        (folder / "model.bin").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "key", {}, interrupted)
    assert names(tmp_path) == []


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors", "tokenizer.json"])
def test_an_incomplete_folder_is_refused_with_what_it_lacks(
    missing: str, task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "hub"
    shutil.copytree(tiny_hub, folder, ignore=shutil.ignore_patterns(missing))
    with pytest.raises(CheckpointError, match=f"lacks .*{missing}"):
        build_checkpoint(with_local(task, folder), tmp_path)


def test_an_architecture_nobody_runs_is_named(
    task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "hub"
    shutil.copytree(tiny_hub, folder)
    config = '{"architectures": ["LongT5ForConditionalGeneration"], "model_type": "longt5"}'
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(CheckpointError, match="'LongT5ForConditionalGeneration'"):
        build_checkpoint(with_local(task, folder), tmp_path)


def test_the_key_changes_with_everything_that_goes_in(
    task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    other = tmp_path / "hub"
    shutil.copytree(tiny_hub, other)
    same = checkpoint_folder(with_local(task, other), tmp_path)
    (other / "tokenizer.json").write_text("{}", encoding="utf-8")
    keys = [
        checkpoint_folder(task, tmp_path),
        checkpoint_folder(with_local(task, other), tmp_path),
        checkpoint_folder(replace(task, compute_type="int8"), tmp_path),
        checkpoint_folder(
            replace(task, checkpoint=replace(task.checkpoint, adapters=(tiny_hub,))), tmp_path
        ),
        checkpoint_folder(
            replace(task, checkpoint=replace(task.checkpoint, revision="2")), tmp_path
        ),
    ]
    assert same == keys[0]
    assert len(set(keys)) == len(keys)


def test_concurrent_builders_build_once(task: TaskProfile, tmp_path: Path) -> None:
    told: list[str] = []
    with ThreadPoolExecutor(3) as pool:
        folders = list(pool.map(lambda _: build_checkpoint(task, tmp_path, told.append), range(3)))
    assert len(set(folders)) == 1
    assert sum("converting" in line for line in told) == 1


def test_a_whole_checkpoint_in_a_read_only_cache_is_used(
    task: TaskProfile, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a whole checkpoint needs no lock")

    monkeypatch.setattr("models.profiles.cache.locked", forbidden)
    assert build_checkpoint(task, built).is_dir()


def test_a_cache_that_cannot_be_written_is_an_error_with_a_remedy(
    task: TaskProfile, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"can't be written .* choose a cache folder"):
        build_checkpoint(task, tmp_path / "cache")
