"""How much memory a batch needs as its input grows: it should not follow the input.

``python -m benchmarks.memory [--articles 10000 50000 100000]`` runs ``yoji batch`` on short
varied articles with a generator that makes things up, each size in a process of its own, and
prints the peak of its resident memory. Everything but the network is real: reading, anchors,
checks, journal, output. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fake_pipeline import open_instant
from service.cli import main as cli

TEMPLATE = (
    "중소벤처기업부는 {day}일 지역 중소기업 {firms}곳에 {won}억 원을 지원해야 한다고 밝혔다.\n"
    "김하늘 소장은 “{firms}곳 가운데 {share}%가 인력난을 겪고 있다”고 말했다.\n"
)


def main() -> None:
    """Measure every size and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 50_000, 100_000])
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        _digest(*arguments.child)
        return
    measured = []
    for articles in arguments.articles:
        mib, seconds = measure(articles)
        measured.append({"articles": articles, "peak_mib": mib, "seconds": seconds})
        print(f"{articles} articles: {mib} MiB at most, {articles / seconds:.0f} articles/s")
    print(json.dumps(measured))


def measure(articles: int) -> tuple[int, float]:
    """Peak MiB and seconds of a batch of so many articles, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pages, out = Path(folder) / "pages.jsonl", Path(folder) / "digests.jsonl"
        write_short(articles, pages)
        command = [sys.executable, "-m", "benchmarks.memory", "--child", str(pages), str(out)]
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        with out.open("rb") as file:
            rows = sum(1 for _ in file)
        if status or rows != articles:
            raise RuntimeError(f"{rows} rows of {articles}, status {status}")
        return usage.ru_maxrss // 1024, round(seconds, 1)


def write_short(articles: int, out: Path) -> None:
    """So many short articles, no two alike."""
    with out.open("w", encoding="utf-8") as file:
        for at in range(articles):
            text = TEMPLATE.format(
                day=1 + at % 28, firms=1000 + at, won=10 + at % 977, share=1 + at % 97
            )
            file.write(json.dumps({"id": at, "text": text}, ensure_ascii=False) + "\n")


def _digest(pages: Path, out: Path) -> None:
    sys.exit(cli(["batch", str(pages), "--out", str(out), "--max-proposals", "1"], open_instant))


if __name__ == "__main__":
    main()
