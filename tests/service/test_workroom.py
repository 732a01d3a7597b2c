"""The workroom: bounded, off the loop, with work nobody waits for dropped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from models.errors import (
    DeadlineExceededError,
    NotKoreanError,
    QueueFullError,
    RequestCancelledError,
)
from service.workroom import Workroom


async def stays() -> bool:
    return False


async def left() -> bool:
    return True


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_results_and_errors_come_back() -> None:
    async def scenario() -> None:
        room = Workroom(running=2, waiting=0, deadline_s=10)
        assert await room.run(lambda: 3, stays) == 3
        with pytest.raises(NotKoreanError):
            await room.run(_raise_not_korean, stays)

    asyncio.run(scenario())


def _raise_not_korean() -> None:
    raise NotKoreanError("no Hangul")


def test_a_place_is_free_when_its_thread_is(gate: threading.Event) -> None:
    async def scenario() -> None:
        room = Workroom(running=1, waiting=0, deadline_s=0.05)
        with pytest.raises(DeadlineExceededError):
            await room.run(gate.wait, stays)
        with pytest.raises(QueueFullError):  # the thread still computes
            await room.run(gate.wait, stays)
        gate.set()
        room.join()
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError):  # closed by join; but there was a place
            await room.run(gate.wait, stays)

    asyncio.run(scenario())


def test_work_in_line_whose_caller_left_is_never_done(gate: threading.Event) -> None:
    done: list[str] = []

    async def scenario() -> None:
        room = Workroom(running=1, waiting=1, deadline_s=30)
        first = asyncio.create_task(room.run(gate.wait, stays))
        await asyncio.sleep(0)
        with pytest.raises(RequestCancelledError):
            await room.run(lambda: done.append("second"), left)
        gate.set()
        assert await first
        await room.run(lambda: done.append("third"), stays)

    asyncio.run(scenario())
    assert done == ["third"]


def test_a_cancelled_caller_leaves_no_work_in_line(gate: threading.Event) -> None:
    done: list[str] = []

    async def scenario() -> None:
        room = Workroom(running=1, waiting=1, deadline_s=30)
        first = asyncio.create_task(room.run(gate.wait, stays))
        second = asyncio.create_task(room.run(lambda: done.append("second"), stays))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        gate.set()
        assert await first
        room.close()
        room.join()

    asyncio.run(scenario())
    assert not done
