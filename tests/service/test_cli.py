"""What holds for every command: exit codes, errors in one line, the environment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from models.errors import (
    CheckpointError,
    GenerationError,
    GlossaryError,
    ProfileError,
)
from service.cli import main
from service.faults import UsageFault, exit_code_of
from service.opening import Opener

Run = Callable[..., Any]

USAGE_ERRORS = [
    (("digest", "missing.txt"), "no such file: missing.txt"),
    (("digest", "."), ". is a folder; name a file"),
    (("digest", "\0"), "can't read"),
    (("digest",), "Missing argument"),
    (("digest", "a.txt", "--nope"), "No such option"),
    (("digest", "a.txt", "--max-proposals", "11"), "11 is not between 1 and 10"),
    (("digest", "a.txt", "--style", "loud"), "loud"),
    (("digest", "a.txt", "--format", "pdf"), "pdf"),
    (("summarize", "missing.txt"), "no such file: missing.txt"),
    (("translate", "."), "is a folder"),
    (("batch", "missing", "--out", "o.jsonl"), "no such file or folder: missing"),
    (("batch", ".", "--out", "o.pdf"), "the ending must be one of .jsonl"),
    (("batch", "."), "Missing option"),
    (("models", "verify", "nope"), "unknown profile 'nope'"),
    (("serve", "--profile", "nope"), "unknown profile 'nope'"),
    (("serve", "--port", "70000"), "70000 is not between 0 and 65535"),
    (("nope",), "No such command"),
]


@pytest.mark.parametrize(("argv", "said"), USAGE_ERRORS, ids=lambda value: str(value)[:40])
def test_usage_errors_are_one_line_and_exit_2(run: Run, argv: tuple[str, ...], said: str) -> None:
    outcome = run(*argv)
    assert outcome.code == 2
    assert said in outcome.error
    assert not outcome.out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageFault("x"), 2),
        (ProfileError("x"), 2),
        (GlossaryError("x"), 2),
        (CheckpointError("x"), 1),
        (GenerationError("x"), 1),
        (RuntimeError("x"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_exit_codes(error: BaseException, code: int) -> None:
    assert exit_code_of(error) == code


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CheckpointError("model.bin is damaged;\nrun yoji models build"), 1, "damaged; run yoji"),
        (ProfileError("unknown profile 'x'"), 2, "unknown profile 'x'"),
        (RuntimeError("out of\nmemory"), 1, "out of memory"),
        (RuntimeError(), 1, "RuntimeError"),
    ],
)
def test_a_pipeline_that_does_not_open(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    error: Exception,
    code: int,
    said: str,
) -> None:
    def broken(*_: Any) -> Any:
        raise error

    page = tmp_path / "page.txt"
    page.write_text("가", encoding="utf-8")
    assert main(["digest", str(page)], cast(Opener, broken)) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("YOJI_MAX_TEXTS", "many"), ("PORT", "99999"), ("YOJI_LOG_LEVEL", "loud")],
)
def test_a_setting_that_is_wrong_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    outcome = run("models", "list")
    assert outcome.code == 2
    assert f"{name}='{value}'" in outcome.error


def test_help_and_version(run: Run) -> None:
    assert "digest" in run("--help").out
    assert "digest" in run().out
    assert run("--version").out.startswith("yoji ")
    assert run("digest", "--help").code == 0


def test_interrupted(run: Run, pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "translate", interrupt, raising=False)
    assert run("translate", "-", stdin="가\n".encode()).code == 130
    assert pipeline.closed


def test_the_installed_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "service.cli", "digest", str(tmp_path / "없음.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"yoji: error: no such file: {tmp_path}/없음.txt"]
