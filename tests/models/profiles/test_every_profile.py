"""Every profile that runs in this process, from the pull to a digest of the example page."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from models.assembly import PipelineSettings, open_pipeline
from models.digest import DigestOptions
from models.documents import Digest
from models.errors import CheckpointError, ProfileError
from models.profiles import PullOptions, load_profile, pull_checkpoint
from models.reading import Page
from tests.models.profiles.fake_hub import FakeHub
from tests.models.profiles.stand_ins import STAND_INS

ROOT = Path(__file__).parents[3]
SHIPPED = [ROOT / "models" / "profiles" / f"{name}.toml" for name in ("standard", "quality")]
EXAMPLES = sorted((ROOT / "examples" / "profiles").glob("*.toml"))
PAGE = ROOT / "examples" / "dev-001.txt"


def short(profile: Path, folder: Path) -> Path:
    """The profile with outputs of a few tokens: random networks don't stop by themselves."""
    text = re.sub(r"max_output_tokens = \d+", "max_output_tokens = 6", profile.read_text("utf-8"))
    copy = folder / profile.name
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def stand_ins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {id_: tmp_path_factory.mktemp(id_.split("/")[1]) / "hub" for id_ in STAND_INS}


def put_up(hub: FakeHub, id_: str, folder: Path) -> None:
    if not folder.exists():
        folder.mkdir()
        STAND_INS[id_](folder)
    hub.add_folder(id_, folder)


def forbid_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("something touches the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("profile", [*SHIPPED, *EXAMPLES], ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_pulled_once_it_digests_the_example_page_without_a_network(
    profile: Path,
    hub: FakeHub,
    stand_ins: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = short(profile, tmp_path)
    loaded = load_profile(str(file))
    settings = PipelineSettings(
        cache_dir=tmp_path / "cache",
        device="cpu",
        threads=2,
        accepted_licences=[licence.name for licence in loaded.licences],
    )
    with pytest.raises(
        CheckpointError, match=rf"not here.*yoji models pull {re.escape(str(file))}"
    ):
        open_pipeline(str(file), settings)
    for task in loaded.tasks:
        put_up(hub, task.checkpoint.id, stand_ins[task.checkpoint.id])
        pull_checkpoint(task.checkpoint, settings.cache_dir, PullOptions(endpoint=hub.url))
    forbid_network(monkeypatch)
    pipeline = open_pipeline(str(file), settings)
    try:
        page = Page(PAGE.read_text(encoding="utf-8"))
        (digest,) = pipeline.digester.digest([page], DigestOptions(max_proposals=1))
    finally:
        pipeline.close()
    assert isinstance(digest, Digest), digest
    assert digest.proposals
    assert all(re.fullmatch(r"[0-9a-f]{40}", one.revision) for one in digest.models.values())
    assert digest.usage.source_tokens > 0
    assert digest.usage.output_tokens > 0


def test_every_hub_profile_has_a_stand_in() -> None:
    named = {
        task.checkpoint.id
        for path in [*SHIPPED, *EXAMPLES]
        for task in load_profile(str(path)).tasks
    }
    assert named == set(STAND_INS)


def test_no_shipped_profile_is_restricted_and_the_restricted_example_says_why() -> None:
    restricted = {
        path.stem: licence.restriction
        for path in [*SHIPPED, *EXAMPLES]
        for licence in load_profile(str(path)).licences
        if licence.needs_acceptance
    }
    assert set(restricted) == {"nllb-200"}
    assert "no commercial use" in restricted["nllb-200"]
    path = str(ROOT / "examples" / "profiles" / "nllb-200.toml")
    with pytest.raises(ProfileError, match=r"CC-BY-NC-4.0 .*no commercial use.*--accept-licence"):
        open_pipeline(path, PipelineSettings(Path("nowhere")))
