"""A run that is really killed or signalled, as a process of its own, goes on where it stood."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("digest_slowly.py")
ROOT = Path(__file__).parents[3]
ARTICLES = 40
IN_FLIGHT = 6


@dataclass
class Batch:
    """One input and output, as often as it takes."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out.jsonl"

    @property
    def journal(self) -> Path:
        return self.folder / ".out.jsonl.partial"

    @property
    def digested(self) -> list[str]:
        return (self.folder / "log").read_text(encoding="utf-8").splitlines()

    def start(self, seconds: float) -> subprocess.Popen[bytes]:
        command = [
            *(sys.executable, str(SCRIPT), str(self.folder / "log"), str(seconds)),
            *("batch", str(self.folder / "pages.jsonl"), "--out", str(self.out)),
            *("--in-flight", str(IN_FLIGHT)),
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )

    def wait_for_lines(self, running: subprocess.Popen[bytes], count: int) -> None:
        """Until so many articles are finished."""
        for _ in range(1500):
            if self.journal.exists() and self.journal.read_bytes().count(b"\n") >= count:
                return
            assert running.poll() is None, running.communicate()
            time.sleep(0.02)
        raise AssertionError("nothing is finished")


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    lines = (json.dumps({"id": at, "text": f"가 {at}"}) for at in range(ARTICLES))
    (tmp_path / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Batch(tmp_path)


def assert_complete(batch: Batch) -> None:
    rows = [json.loads(line) for line in batch.out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == list(range(ARTICLES))
    assert [row["digest"]["article"]["text"] for row in rows] == [
        f"가 {at}" for at in range(ARTICLES)
    ]
    left = {path.name for path in batch.folder.iterdir()}
    assert left - {"cache"} == {"log", "pages.jsonl", "out.jsonl"}


def test_killed_twice(batch: Batch) -> None:
    for kill in range(2):
        running = batch.start(0.1)
        batch.wait_for_lines(running, 8 * (kill + 1))
        running.kill()
        running.communicate()
        assert not batch.out.exists()
    running = batch.start(0.0)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert_complete(batch)
    again = Counter(batch.digested)
    assert len(again) == ARTICLES
    assert sum(again.values()) <= ARTICLES + 2 * IN_FLIGHT


def test_a_signal_finishes_what_is_in_flight(batch: Batch) -> None:
    running = batch.start(0.2)
    batch.wait_for_lines(running, 1)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert b"the same command goes on" in err
    summary = json.loads(out.splitlines()[-1])
    assert summary["complete"] is False
    assert 0 < summary["computed"] == batch.journal.read_bytes().count(b"\n") < ARTICLES
    assert len(batch.digested) == summary["computed"]
    running = batch.start(0.0)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert_complete(batch)
    assert len(batch.digested) == ARTICLES


def test_a_second_signal_stops_at_once(batch: Batch) -> None:
    running = batch.start(600)
    for _ in range(1500):
        if (batch.folder / "log").exists():
            break
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    assert running.stderr
    while b"once more" not in running.stderr.readline():
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=30) == 130
    running.communicate()
