"""What anchors and checks cost of a digest's time on the embedded profile.

``python -m benchmarks.anchors_share PAGES.jsonl [--pages N]`` digests pages one at a time and
prints, for each, the share of wall-clock time spent in anchors and checks. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import models.digest
import models.summarizer
import models.translator
from models.assembly import PipelineSettings, open_pipeline
from models.documents import Digest
from models.reading import Page
from service.settings import Settings

_TIMED = (
    (models.summarizer, "check_summary"),
    (models.summarizer, "_lost_figures"),
    (models.translator, "find_anchors"),
    (models.translator, "switch_source"),
    (models.translator, "with_placeholders"),
    (models.translator, "best_hypothesis"),
    (models.digest, "plan_speaker"),
)


class _Stopwatch:
    """Adds up the time spent in the functions it wraps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self.seconds += time.perf_counter() - start

        return timed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSONL with a field raw")
    parser.add_argument("--pages", dest="count", type=int, default=10)
    arguments = parser.parse_args()
    lines = arguments.pages.read_text(encoding="utf-8").splitlines()[: arguments.count + 1]
    pages = [Page(json.loads(line)["raw"]) for line in lines]
    watch = _Stopwatch()
    for module, name in _TIMED:
        setattr(module, name, watch.wrap(getattr(module, name)))
    pipeline = open_pipeline("embedded", PipelineSettings(Settings().cache_dir), print)
    pipeline.digester.digest(pages[:1])  # loads dictionaries and warms caches; not counted
    shares = []
    for page in pages[1:]:
        watch.seconds = 0.0
        (result,) = pipeline.digester.digest([page])
        if isinstance(result, Digest):
            shares.append(1000 * watch.seconds / result.usage.total_ms)
            print(f"{len(result.proposals)} proposals, {shares[-1]:.1%}")
    pipeline.close()
    median = round(statistics.median(shares), 4)
    print(json.dumps({"pages": len(shares), "median_share": median, "max_share": max(shares)}))


if __name__ == "__main__":
    main()
