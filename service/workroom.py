"""Where requests are computed: a few threads, a bounded line before them, a deadline.

Never on the event loop, so probes answer while a digest runs. Work that nobody waits for any
more (deadline, disconnect) is dropped while it still stands in line; a place is free again
when its thread is, not when its caller gave up. Must not know what the work is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from models.errors import DeadlineExceededError, QueueFullError, RequestCancelledError

_T = TypeVar("_T")
_Gone = Callable[[], Awaitable[bool]]

DISCONNECT_POLL_S: Final = 0.25


class Workroom:
    """At most ``running`` pieces of work at a time, at most ``waiting`` in line."""

    def __init__(self, running: int, waiting: int, deadline_s: float) -> None:
        self._threads = ThreadPoolExecutor(running, thread_name_prefix="yoji-request")
        self._places = running + waiting
        self._taken = 0
        self._deadline_s = deadline_s

    async def run(self, work: Callable[[], _T], gone: _Gone) -> _T:
        """What ``work()`` returns or raises; ``gone`` says whether the caller left."""
        if self._taken >= self._places:
            raise QueueFullError(
                f"{self._taken} requests are being computed or waiting, the limit is "
                f"{self._places}; try again in a moment",
                retry_after_s=2.0,
            )
        loop = asyncio.get_running_loop()
        self._taken += 1
        future = self._threads.submit(work)
        future.add_done_callback(lambda _: _call_soon(loop, self._leave))
        return await self._wait(future, gone)

    async def _wait(self, future: Future[_T], gone: _Gone) -> _T:
        loop = asyncio.get_running_loop()
        due = loop.time() + self._deadline_s
        waiter = asyncio.wrap_future(future)
        try:
            while not waiter.done():
                left = due - loop.time()
                if left <= 0:
                    raise self._too_late()
                await asyncio.wait({waiter}, timeout=min(DISCONNECT_POLL_S, left))
                if not waiter.done() and await gone():
                    raise RequestCancelledError("the caller went away")
            return waiter.result()
        finally:
            future.cancel()  # what still stands in line is dropped; what runs, runs out
            waiter.cancel()

    def _too_late(self) -> DeadlineExceededError:
        return DeadlineExceededError(
            f"the request took longer than {self._deadline_s:g} s, the limit; send fewer "
            "articles at a time or raise YOJI_REQUEST_DEADLINE_S"
        )

    def _leave(self) -> None:
        self._taken -= 1

    def close(self) -> None:
        """Take no more work and drop what stands in line."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def join(self) -> None:
        """Wait for what still runs."""
        self._threads.shutdown(wait=True)


def _call_soon(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(callback)
