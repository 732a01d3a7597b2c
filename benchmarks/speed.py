"""How much faster pages go together than one at a time, on the embedded profile.

``python -m benchmarks.speed PAGES.jsonl [--pages N] [--turns T]`` digests the same pages both ways
in turn, T times, in one process, and prints times, output tokens per second and the ratio with
its spread. Machines are noisy: the ratio is the result. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from models.assembly import Pipeline, PipelineSettings, open_pipeline
from models.documents import Digest
from models.reading import Page
from service.settings import Settings


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSONL with a field raw")
    parser.add_argument("--pages", dest="count", type=int, default=8)
    parser.add_argument("--turns", type=int, default=3)
    arguments = parser.parse_args()
    lines = arguments.pages.read_text(encoding="utf-8").splitlines()[: arguments.count]
    pages = [Page(json.loads(line)["raw"]) for line in lines]
    pipeline = open_pipeline("embedded", PipelineSettings(Settings().cache_dir), print)
    pipeline.digester.digest(pages[:1])  # loads dictionaries; not counted
    ratios = []
    for turn in range(arguments.turns):
        alone, tokens = _timed(pipeline, [[page] for page in pages])
        together, _ = _timed(pipeline, [pages])
        ratios.append(alone / together)
        print(
            f"turn {turn + 1}: {len(pages)} pages one at a time {alone:.1f} s "
            f"({tokens / alone:.0f} tokens/s), together {together:.1f} s "
            f"({tokens / together:.0f} tokens/s), ratio {ratios[-1]:.2f}"
        )
    pipeline.close()
    result = {
        "pages": len(pages),
        "ratio_median": round(statistics.median(ratios), 2),
        "ratio_min": round(min(ratios), 2),
        "ratio_max": round(max(ratios), 2),
    }
    print(json.dumps(result))


def _timed(pipeline: Pipeline, calls: Sequence[Sequence[Page]]) -> tuple[float, int]:
    """Seconds for all calls, and the output tokens they made."""
    start = time.perf_counter()
    results = [result for pages in calls for result in pipeline.digester.digest(pages)]
    seconds = time.perf_counter() - start
    tokens = sum(r.usage.output_tokens for r in results if isinstance(r, Digest))
    return seconds, tokens


if __name__ == "__main__":
    main()
