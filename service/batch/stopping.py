"""How a run is asked to stop: the first signal lets it finish what it has begun.

SIGINT and SIGTERM alike. The second one ends the process at once; the journal holds what
was finished. Must not know what a run does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeVar

from service.faults import EXIT_INTERRUPTED

_T = TypeVar("_T")

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class _StoppedReading(BaseException):
    """Raised by the signal where the run waits for input that may never come."""


class Stop:
    """Whether the run shall stop; ``requested`` may be set by anyone."""

    def __init__(self) -> None:
        self.requested = False
        self._reading = False

    def until_requested(self, items: Iterable[_T]) -> Iterator[_T]:
        """``items``, as long as nobody asks to stop; waiting for the next one counts."""
        iterator = iter(items)
        while not self.requested:
            try:
                self._reading = True
                item = next(iterator)
                self._reading = False
            except (StopIteration, _StoppedReading):
                return
            finally:
                self._reading = False
            yield item

    @contextmanager
    def listening(self) -> Iterator[Stop]:
        """Signals go to this stop; only the main thread can be sent any."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            os._exit(EXIT_INTERRUPTED)
        self.requested = True
        sys.stderr.write("\nyoji: finishing what is in flight; once more stops at once\n")
        if self._reading:
            self._reading = False
            raise _StoppedReading
