"""What a caller can say about one call while it waits: until when, and whether still."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event

from models.errors import DeadlineExceededError, GenerationError, RequestCancelledError


@dataclass(frozen=True, slots=True)
class CallControl:
    """``deadline`` is a ``time.monotonic()`` moment, ``cancelled`` is set when nobody waits."""

    deadline: float | None = None
    cancelled: Event | None = None

    def verdict(self) -> GenerationError | None:
        """The error of a call that should not go on, or None."""
        if self.cancelled is not None and self.cancelled.is_set():
            return RequestCancelledError("the caller went away; the rest of its work was dropped")
        if self.deadline is not None and time.monotonic() >= self.deadline:
            late_ms = 1000 * (time.monotonic() - self.deadline)
            return DeadlineExceededError(
                f"the deadline passed {late_ms:.0f} ms ago; allow more time or send less text"
            )
        return None

    def patience_s(self) -> float | None:
        """How long a waiter may sleep before it must look again; None: until it is woken."""
        pauses = []
        if self.cancelled is not None:
            pauses.append(0.02)
        if self.deadline is not None:
            pauses.append(max(0.0, self.deadline - time.monotonic()))
        return min(pauses) if pauses else None


#: No deadline, no way to cancel.
UNTIL_DONE = CallControl()
