"""Whether the models are there: loading, ready, or failed and why.

Loading happens in a thread of its own, so that the server answers from its first moment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.assembly import Pipeline
from service.faults import one_line
from service.problems import NotReadyError

logger = logging.getLogger(__name__)


Load = Callable[[Callable[[str], None]], Pipeline]
"""Opens a pipeline; its argument is told what is being done, for people."""


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

    def wait(self) -> None:
        """Until the load under way has ended, well or not."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Wait for a load under way and free the models it opened."""
        self.wait()
        if self._thread is not None and self._pipeline is not None:
            self._pipeline.close()

    def _load(self, load: Load) -> None:
        try:
            self.set_ready(load(self._note))
        except Exception as error:
            logger.exception("loading the models failed")
            self._state = f"loading failed: {one_line(error) or type(error).__name__}"

    def _note(self, message: str) -> None:
        self._state = f"loading: {one_line(message)}"
