"""Kill a batch again and again, let it go on, and compare its output with an undisturbed run's.

``python -m benchmarks.resume [--engine local|ray] [--pages 2000] [--kills 10]`` digests varied
pages (benchmarks/varied.py) with the real digester and a generator that makes things up
(benchmarks/fake_pipeline.py). Each kill is SIGKILL at a random moment: mostly after the run has
made progress, sometimes while it starts. With Ray, every second kill takes an actor instead
of the driver. Rows must be the same but for times, in order where there is one, none missing,
none twice. Exits with 1 when they are not; the last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.varied import write_varied

SOURCE = Path("tests/fixtures/articles_dev.jsonl")
ACTOR_TITLE = "ray::MapWorker"
POLL_S = 0.05


@dataclass
class Trial:
    """One output that is being made, and how to make it go on."""

    folder: Path
    pages: Path
    engine: str
    address: str | None
    chance: random.Random
    kills: list[str] = field(default_factory=list)

    @property
    def out(self) -> Path:
        """What the command writes."""
        return self.folder / ("digests" if self.engine == "ray" else "digests.jsonl")

    def command(self) -> list[str]:
        """The same command every time."""
        argv = [sys.executable, "-m", "benchmarks.fake_pipeline", "batch", str(self.pages)]
        argv += ["--out", str(self.out), "--max-proposals", "2"]
        if self.engine == "ray":
            argv += ["--engine", "ray", "--shard-articles", "32", "--ray-address"]
            argv += [str(self.address)]
        return argv

    def run_to_end(self) -> float:
        """Seconds of progress, without the start; raises when the command fails."""
        before = self.progress()
        process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL)
        while process.poll() is None and self.progress() == before:
            time.sleep(POLL_S)
        started = time.monotonic()
        if process.wait():
            raise RuntimeError(f"{self.command()} ended with {process.returncode}")
        return time.monotonic() - started

    def kill_once(self, most_s: float) -> bool:
        """Start the command and kill it (or an actor); False when it was done before that."""
        process = subprocess.Popen(
            self.command(), stdout=subprocess.DEVNULL, start_new_session=True
        )
        before = self.progress()
        early = self.chance.random() < 0.2
        while not early and self.progress() == before and process.poll() is None:
            time.sleep(POLL_S)
        deadline = time.monotonic() + self.chance.uniform(0, most_s)
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(POLL_S)
        if process.poll() is not None:
            return False
        if self.engine == "ray" and len(self.kills) % 2 and (actors := find_actors()):
            os.kill(self.chance.choice(actors), signal.SIGKILL)
            self.kills.append("actor")
            time.sleep(most_s)  # Ray starts another one and goes on
            if process.poll() is not None:
                return True
        else:
            self.kills.append("early" if early else "run")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True

    def progress(self) -> int:
        """Grows as articles are finished."""
        if self.engine == "ray":
            return len(list(self.out.glob("part-*")))
        journal = self.out.with_name(f".{self.out.name}.partial")
        return journal.stat().st_size if journal.exists() else 0

    def rows(self) -> list[Any]:
        """Every row without its times; by id where there is no order."""
        files = sorted(self.out.glob("part-*.jsonl")) if self.engine == "ray" else [self.out]
        lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
        rows = [timeless(json.loads(line)) for line in lines]
        return sorted(rows, key=lambda row: str(row["id"])) if self.engine == "ray" else rows


def main() -> None:
    """Run both and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="yoji-resume-"))
    pages = folder / "pages.jsonl"
    write_varied(SOURCE, arguments.pages, pages)
    with _ray_if(arguments.engine) as address:
        chance = random.Random(arguments.seed)
        whole, broken = (
            Trial(folder / name, pages, arguments.engine, address, chance)
            for name in ("whole", "broken")
        )
        result = _compare(whole, broken, arguments.kills)
    shutil.rmtree(folder)
    print(json.dumps({"engine": arguments.engine, "pages": arguments.pages} | result))
    sys.exit(0 if result["equal"] and result["landed"] >= arguments.kills else 1)


def _compare(whole: Trial, broken: Trial, kills: int) -> dict[str, Any]:
    for trial in (whole, broken):
        trial.folder.mkdir()
    seconds = whole.run_to_end()
    print(f"undisturbed: {seconds:.1f} s")
    # On average half of this passes before a kill, so that all of them land.
    most_s = seconds / kills
    while len(broken.kills) < kills and broken.kill_once(most_s):
        print(f"kill {len(broken.kills)} ({broken.kills[-1]}): progress {broken.progress()}")
    broken.run_to_end()
    expected, found = whole.rows(), broken.rows()
    ids = [row["id"] for row in found]
    return {
        "kills": broken.kills,
        "landed": len(broken.kills),
        "rows": len(found),
        "twice": len(ids) - len(set(ids)),
        "missing": len({row["id"] for row in expected} - set(ids)),
        "equal": expected == found,
        "seconds_undisturbed": round(seconds, 1),
    }


@contextmanager
def _ray_if(engine: str) -> Iterator[str | None]:
    """A local cluster that outlives its drivers, as a real one does."""
    if engine == "local":
        yield None
        return
    from service.ray.cluster import connected

    with connected(cpus=2) as ray:
        yield ray.get_runtime_context().gcs_address


def find_actors() -> list[int]:
    """The processes of Ray Data's actors."""
    found = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True)
    lines = [line.split(None, 1) for line in found.stdout.splitlines()]
    return [int(pid) for pid, *title in lines if title and title[0].startswith(ACTOR_TITLE)]


def timeless(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what differs from run to run."""
    usage = row.get("digest", {}).get("usage", {})
    for name in [name for name in usage if name.endswith("_ms")]:
        del usage[name]
    return row


if __name__ == "__main__":
    main()
