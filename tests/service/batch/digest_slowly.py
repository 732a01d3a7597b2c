"""``yoji batch`` with a digester that takes its time: run as a program by test_interruptions.

The first argument is a file that gets a line for each page that is digested; the second is
how long a call of the digester takes, in seconds.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from models.assembly import Pipeline
from models.digest import DigestOptions
from models.documents import Digest
from models.errors import YojiError
from models.reading import Page
from service.cli import main


def fakes() -> Any:
    """tests/service/conftest.py, which is no module of a package."""
    path = Path(__file__).parent.parent / "conftest.py"
    spec = importlib.util.spec_from_file_location("service_fakes", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["service_fakes"] = module
    spec.loader.exec_module(module)
    return module


class Slow:
    def __init__(self, log: Path, seconds: float) -> None:
        self.pipeline = fakes().FakePipeline()
        self.profile = self.pipeline.profile
        self.digester = self
        self._log = log
        self._seconds = seconds

    def digest(
        self, pages: Sequence[Page], options: DigestOptions | None = None
    ) -> list[Digest | YojiError]:
        with self._log.open("a", encoding="utf-8") as log:
            log.writelines(f"{page.content}\n" for page in pages)
        time.sleep(self._seconds)
        results: list[Digest | YojiError] = self.pipeline.digest(pages, options)
        return results

    def close(self) -> None:
        self.pipeline.close()


if __name__ == "__main__":
    slow = Slow(Path(sys.argv[1]), float(sys.argv[2]))
    sys.exit(main(sys.argv[3:], lambda *_: cast(Pipeline, slow)))
