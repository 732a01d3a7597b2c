from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import (
    DeadlineExceededError,
    GenerationError,
    QueueFullError,
    RequestCancelledError,
)
from models.generation.batching import QueuedGenerator, QueueLimits
from models.generation.control import CallControl
from models.generation.fakes import EchoGenerator, FailingGenerator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator

OPTIONS = GenerationOptions()
OTHER = GenerationOptions(max_output_tokens=9)


class GatedGenerator(EchoGenerator):
    """Echoes, but each batch waits for the gate; ``started`` says that one waits there."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.started = threading.Event()

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        self.started.set()
        assert self.gate.wait(10)
        return super().generate(prompts, options)


class BrokenGenerator(EchoGenerator):
    """Raises what no engine should raise."""

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        if "boom" in prompts:
            raise RuntimeError("device lost")
        return super().generate(prompts, options)


@pytest.fixture
def gated() -> Iterator[tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor]]:
    """An engine whose first batch ("first") already waits at the gate."""
    engine = GatedGenerator()
    queue = QueuedGenerator(engine, QueueLimits(max_waiting=8, max_batch_prompts=4))
    with ThreadPoolExecutor(16) as pool:
        first = pool.submit(queue.generate, ["first"], OPTIONS)
        assert engine.started.wait(10)
        yield engine, queue, pool
        engine.gate.set()
        first.result(10)
    queue.close()


def wait_until_waiting(queue: QueuedGenerator, count: int) -> None:
    end = time.monotonic() + 10
    while queue.waiting != count:
        assert time.monotonic() < end, f"{queue.waiting} wait, expected {count}"
        time.sleep(0.001)


def texts(results: Sequence[Generation | GenerationError]) -> list[str]:
    return [r.text if isinstance(r, Generation) else type(r).__name__ for r in results]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.text("가나 ", max_size=12), max_size=9), min_size=1, max_size=6),
    st.integers(1, 5),
    st.integers(1, 9),
)
def test_every_caller_gets_its_own_results_in_order(
    calls: list[list[str]], prompts: int, tokens: int
) -> None:
    limits = QueueLimits(max_batch_prompts=prompts, max_batch_tokens=tokens)
    engine = EchoGenerator()
    queue = QueuedGenerator(engine, limits)
    with ThreadPoolExecutor(len(calls)) as pool:
        results = list(pool.map(lambda call: queue.generate(call, OPTIONS), calls))
    queue.close()
    assert [texts(result) for result in results] == calls
    assert all(len(call.prompts) <= prompts for call in engine.calls)


def test_concurrent_calls_with_the_same_options_are_merged(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    engine, queue, pool = gated
    calls = [pool.submit(queue.generate, [f"{n}"], OPTIONS) for n in range(3)]
    other = pool.submit(queue.generate, ["x"], OTHER)
    wait_until_waiting(queue, 4)
    engine.gate.set()
    assert [texts(call.result(10)) for call in calls] == [["0"], ["1"], ["2"]]
    assert texts(other.result(10)) == ["x"]
    batches = [(sorted(call.prompts), call.options) for call in engine.calls]
    assert batches[0] == (["first"], OPTIONS)
    assert sorted(batches[1:], key=str) == sorted(
        [(["0", "1", "2"], OPTIONS), (["x"], OTHER)], key=str
    )


def test_a_large_call_lets_small_ones_in_between(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    engine, queue, pool = gated
    large = pool.submit(queue.generate, [f"l{n}" for n in range(7)], OPTIONS)
    wait_until_waiting(queue, 7)
    small = pool.submit(queue.generate, ["small"], OPTIONS)
    wait_until_waiting(queue, 8)
    engine.gate.set()
    small.result(10)
    large.result(10)
    assert "small" in engine.calls[1].prompts


def test_like_lengths_of_a_call_run_together() -> None:
    engine = EchoGenerator()
    queue = QueuedGenerator(engine, QueueLimits(max_batch_prompts=2))
    prompts = ["a", "a b c d", "b", "b c d e"]
    assert texts(queue.generate(prompts, OPTIONS)) == prompts
    queue.close()
    assert [set(call.prompts) for call in engine.calls] == [{"a", "b"}, {"a b c d", "b c d e"}]


def test_a_full_queue_refuses_and_says_when_to_come_back(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    engine, queue, pool = gated
    waiting = pool.submit(queue.generate, ["w"] * 6, OPTIONS)
    wait_until_waiting(queue, 6)
    with pytest.raises(QueueFullError, match=r"6 prompts wait and 3 more .* limit of 8") as caught:
        queue.generate(["x"] * 3, OPTIONS)
    assert caught.value.retry_after_s >= 1
    fits = pool.submit(queue.generate, ["y"] * 2, OPTIONS)
    engine.gate.set()
    assert texts(waiting.result(10)) == ["w"] * 6
    assert texts(fits.result(10)) == ["y"] * 2


def test_a_call_larger_than_the_queue_is_taken_when_nothing_waits() -> None:
    queue = QueuedGenerator(EchoGenerator(), QueueLimits(max_waiting=2))
    assert texts(queue.generate(["a"] * 50, OPTIONS)) == ["a"] * 50
    queue.close()


def test_a_cancelled_call_returns_while_the_engine_is_busy(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    engine, queue, pool = gated
    cancelled = threading.Event()
    view: TextGenerator = queue.under(CallControl(cancelled=cancelled))
    call = pool.submit(view.generate, ["gone"], OPTIONS)
    wait_until_waiting(queue, 1)
    cancelled.set()
    (result,) = call.result(10)
    assert isinstance(result, RequestCancelledError)
    assert not engine.gate.is_set()
    engine.gate.set()
    assert texts(queue.generate(["next"], OPTIONS)) == ["next"]
    assert not any("gone" in made.prompts for made in engine.calls)


def test_a_deadline_in_the_queue_ends_the_call(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    _, queue, _ = gated
    control = CallControl(deadline=time.monotonic() + 0.05)
    results = queue.generate(["late", "too"], OPTIONS, control)
    assert [type(result) for result in results] == [DeadlineExceededError] * 2


def test_a_deadline_already_past_never_reaches_the_engine() -> None:
    engine = EchoGenerator()
    queue = QueuedGenerator(engine)
    control = CallControl(deadline=time.monotonic() - 1)
    assert texts(queue.generate(["late"], OPTIONS, control)) == ["DeadlineExceededError"]
    queue.close()
    assert engine.calls == []


def test_waiting_is_measured(
    gated: tuple[GatedGenerator, QueuedGenerator, ThreadPoolExecutor],
) -> None:
    engine, queue, pool = gated
    call = pool.submit(queue.generate, ["a"], OPTIONS)
    wait_until_waiting(queue, 1)
    time.sleep(0.03)
    engine.gate.set()
    (result,) = call.result(10)
    assert isinstance(result, Generation)
    assert 30 <= result.queue_ms < 10_000


def test_items_fail_alone() -> None:
    queue = QueuedGenerator(FailingGenerator(lambda prompt: prompt == "bad"))
    assert texts(queue.generate(["a", "bad", "b"], OPTIONS)) == ["a", "GenerationError", "b"]
    queue.close()


def test_the_thread_outlives_an_engine_that_raises() -> None:
    queue = QueuedGenerator(BrokenGenerator())
    (result,) = queue.generate(["boom"], OPTIONS)
    assert isinstance(result, GenerationError)
    assert "device lost" in str(result)
    assert texts(queue.generate(["fine"], OPTIONS)) == ["fine"]
    queue.close()


def test_closing_fails_what_waits_and_refuses_what_comes() -> None:
    engine = GatedGenerator()
    queue = QueuedGenerator(engine, QueueLimits(max_batch_prompts=1))
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(queue.generate, ["first"], OPTIONS)
        assert engine.started.wait(10)
        waiting = pool.submit(queue.generate, ["waits"], OPTIONS)
        wait_until_waiting(queue, 1)
        closing = pool.submit(queue.close)
        (failed,) = waiting.result(10)
        assert isinstance(failed, GenerationError)
        engine.gate.set()
        assert texts(first.result(10)) == ["first"]
        closing.result(10)
    with pytest.raises(GenerationError, match="closed"):
        queue.generate(["late"], OPTIONS)
    queue.close()


def test_no_prompts_no_results() -> None:
    queue = QueuedGenerator(EchoGenerator())
    assert queue.generate([], OPTIONS) == []
    queue.close()
