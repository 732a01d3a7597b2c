"""Whether the models are there: loading, ready, or failed and why.

Loading happens in a thread of its own, so that the server answers from its first moment.
Ready means that a digest has gone through: what loads on first use has loaded, and what is
broken has shown.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from models.assembly import Pipeline
from models.errors import YojiError
from models.reading import Page
from service.faults import one_line
from service.problems import NotReadyError

logger = logging.getLogger(__name__)

Load = Callable[[Callable[[str], None]], Pipeline]
"""Opens a pipeline; its argument is told what is being done, for people."""

WARM_UP: Final = Page(
    "중소벤처기업부는 13일 지역 중소기업 3만 개를 지원해야 한다고 밝혔다.", "text"
)
LOAD_PATIENCE_S: Final = 10.0
"""How long a server that is told to stop waits for a load under way."""


class Readiness:
    """Holds the pipeline once it is loaded. Safe to ask from any thread."""

    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        self._state = "not started"
        self._thread: threading.Thread | None = None

    def start(self, load: Load) -> None:
        """Begin to load."""
        self._state = "loading"
        self._thread = threading.Thread(
            target=self._load, args=(load,), name="yoji-load", daemon=True
        )
        self._thread.start()

    def set_ready(self, pipeline: Pipeline) -> None:
        """The pipeline is there."""
        self._pipeline = pipeline
        self._state = "ready"

    @property
    def is_ready(self) -> bool:
        """Whether the pipeline is there."""
        return self._pipeline is not None

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline; ``NotReadyError`` says what is missing."""
        if self._pipeline is None:
            raise NotReadyError(f"the models are not ready: {self._state}")
        return self._pipeline

    def wait(self, seconds: float | None = None) -> None:
        """Until the load under way has ended, well or not, but at most ``seconds``."""
        if self._thread is not None:
            self._thread.join(seconds)

    def close(self) -> None:
        """Free the models that were loaded here; work that still runs on them fails."""
        self.wait(LOAD_PATIENCE_S)
        if self._thread is not None and self._pipeline is not None:
            self._pipeline.close()

    def _load(self, load: Load) -> None:
        try:
            pipeline = load(self._note)
            self._note("warming up")
            _warm_up(pipeline)
        except Exception as error:
            logger.exception("loading the models failed")
            self._state = f"loading failed: {one_line(error) or type(error).__name__}"
        else:
            self.set_ready(pipeline)
            logger.info("ready: profile %s", pipeline.profile.name)

    def _note(self, message: str) -> None:
        self._state = f"loading: {one_line(message)}"
        logger.info(self._state)


def _warm_up(pipeline: Pipeline) -> None:
    """One digest; without it the first request would wait for what loads on first use."""
    (result,) = pipeline.digester.digest([WARM_UP])
    if isinstance(result, YojiError):
        pipeline.close()
        raise result
