"""One inference thread behind a bounded queue, for any engine.

Calls from many threads that ask for the same options are merged into batches; each call has
its turn, so one of thousands of prompts doesn't keep a small one waiting for more than a
batch. Results go back in order, an item's failure stays with the item.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Condition, Event, Thread

from models.errors import GenerationError, QueueFullError
from models.generation.control import UNTIL_DONE, CallControl
from models.generation.protocol import Generation, GenerationOptions, TextGenerator

Result = Generation | GenerationError


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """``max_waiting`` prompts may wait; a batch holds at most so many prompts and tokens.

    A call larger than ``max_waiting`` is taken when nothing else waits, so a batch job works.
    """

    max_waiting: int = 1024
    max_batch_prompts: int = 64
    max_batch_tokens: int = 16_384


@dataclass(slots=True, eq=False)
class _Call:
    """A call and what is left of it; guarded by the queue's condition."""

    prompts: Sequence[str]
    tokens: Sequence[int]
    options: GenerationOptions
    control: CallControl
    arrived: float
    waiting: deque[int] = field(default_factory=deque)
    results: dict[int, Result] = field(default_factory=dict)
    done: Event = field(default_factory=Event)

    def settle(self, at: int, result: Result) -> None:
        """Record a result, unless the caller gave up on it before."""
        self.results.setdefault(at, result)
        if len(self.results) == len(self.prompts):
            self.done.set()

    def fail_waiting(self, error: GenerationError) -> None:
        """Fail what waits for its turn; what runs may still finish."""
        while self.waiting:
            self.settle(self.waiting.popleft(), error)

    def drop(self, error: GenerationError) -> None:
        """Give up on everything that has no result yet."""
        self.waiting.clear()
        for at in range(len(self.prompts)):
            self.settle(at, error)


class QueuedGenerator:
    """A ``TextGenerator`` that runs another one in a thread of its own.

    ``generate`` blocks its caller until all its items are settled. ``close`` fails what still
    waits, joins the thread and closes the engine.
    """

    def __init__(self, engine: TextGenerator, limits: QueueLimits = QueueLimits()) -> None:
        self._engine = engine
        self._limits = limits
        self._calls: deque[_Call] = deque()
        self._changed = Condition()
        self._closed = False
        self._busy_s_per_prompt = 0.5
        self._thread = Thread(target=self._work, name="yoji-inference", daemon=True)
        self._thread.start()

    @property
    def max_source_tokens(self) -> int:
        """The engine's own limit."""
        return self._engine.max_source_tokens

    @property
    def waiting(self) -> int:
        """How many prompts wait for their turn."""
        with self._changed:
            return self._waiting()

    def generate(
        self,
        prompts: Sequence[str],
        options: GenerationOptions,
        control: CallControl = UNTIL_DONE,
    ) -> list[Result]:
        """N prompts → N results in order; past deadlines and cancellations are errors in place.

        ``QueueFullError`` with a guess of when to come back when too much waits already.
        """
        if not prompts:
            return []
        tokens = self._engine.count_tokens(prompts)
        call = _Call(prompts, tokens, options, control, time.monotonic())
        # Like lengths next to each other: fewer, fuller batches further down.
        call.waiting.extend(sorted(range(len(prompts)), key=lambda at: tokens[at]))
        self._admit(call)
        while not call.done.wait(control.patience_s()):
            self._drop_if_over(call)
        return [call.results[at] for at in range(len(prompts))]

    def under(self, control: CallControl) -> TextGenerator:
        """The same generator with every call under one ``control``."""
        return _Controlled(self, control)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The engine's own counts."""
        return self._engine.count_tokens(texts)

    def close(self) -> None:
        """Stop after the batch that runs; what waits fails. Safe to call twice."""
        with self._changed:
            self._closed = True
            for call in self._calls:
                call.fail_waiting(GenerationError("the generator was closed; open a new one"))
            self._calls.clear()
            self._changed.notify_all()
        self._thread.join()
        self._engine.close()

    def _waiting(self) -> int:
        return sum(len(call.waiting) for call in self._calls)

    def _admit(self, call: _Call) -> None:
        with self._changed:
            if self._closed:
                raise GenerationError("the generator is closed; open a new one")
            waiting = self._waiting()
            if waiting and waiting + len(call.prompts) > self._limits.max_waiting:
                retry_after_s = max(1.0, round(waiting * self._busy_s_per_prompt, 1))
                raise QueueFullError(
                    f"{waiting} prompts wait and {len(call.prompts)} more would pass the limit of "
                    f"{self._limits.max_waiting}; try again in {retry_after_s:.0f} s",
                    retry_after_s,
                )
            self._calls.append(call)
            self._changed.notify_all()

    def _drop_if_over(self, call: _Call) -> None:
        error = call.control.verdict()
        if error is not None:
            with self._changed:
                call.drop(error)

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            self._run(batch)

    def _next_batch(self) -> list[tuple[_Call, int]] | None:
        """The next items to run, by turns from all calls with the same options; None at the end."""
        with self._changed:
            while True:
                self._forget_finished()
                if self._calls:
                    return self._gather()
                if self._closed:
                    return None
                self._changed.wait()

    def _forget_finished(self) -> None:
        for call in self._calls:
            error = call.control.verdict()
            if error is not None:
                call.drop(error)
        self._calls = deque(call for call in self._calls if call.waiting)

    def _gather(self) -> list[tuple[_Call, int]]:
        options = self._calls[0].options
        sharing = [call for call in self._calls if call.options == options]
        batch: list[tuple[_Call, int]] = []
        room = self._limits.max_batch_tokens
        while sharing and len(batch) < self._limits.max_batch_prompts:
            call = sharing.pop(0)
            room -= call.tokens[call.waiting[0]]
            if room < 0 and batch:
                break
            batch.append((call, call.waiting.popleft()))
            if call.waiting:
                sharing.append(call)
        self._calls.rotate(-1)
        return batch

    def _run(self, batch: list[tuple[_Call, int]]) -> None:
        started = time.monotonic()
        prompts = [call.prompts[at] for call, at in batch]
        results = self._generate(prompts, batch[0][0].options)
        seconds = (time.monotonic() - started) / len(batch)
        with self._changed:
            self._busy_s_per_prompt += 0.2 * (seconds - self._busy_s_per_prompt)
            for (call, at), result in zip(batch, results, strict=True):
                call.settle(at, _waited(result, 1000 * (started - call.arrived)))

    def _generate(self, prompts: list[str], options: GenerationOptions) -> list[Result]:
        """The engine's results; whatever it raises becomes the error of each item."""
        try:
            results = self._engine.generate(prompts, options)
            if len(results) == len(prompts):
                return results
            error = GenerationError(f"the engine gave {len(results)} results for {len(prompts)}")
        except GenerationError as caught:
            error = caught
        except Exception as caught:  # the thread must outlive any engine's failure
            cause = f"{type(caught).__name__}: {caught}"
            error = GenerationError(f"the engine failed on this batch: {cause}")
            error.__cause__ = caught
        return [error] * len(prompts)


def _waited(result: Result, queue_ms: float) -> Result:
    return replace(result, queue_ms=queue_ms) if isinstance(result, Generation) else result


class _Controlled:
    """A view of a queued generator whose calls all obey one control."""

    def __init__(self, queue: QueuedGenerator, control: CallControl) -> None:
        self._queue = queue
        self._control = control

    @property
    def max_source_tokens(self) -> int:
        return self._queue.max_source_tokens

    def generate(self, prompts: Sequence[str], options: GenerationOptions) -> list[Result]:
        return self._queue.generate(prompts, options, self._control)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._queue.count_tokens(texts)

    def close(self) -> None:
        """Nothing: the queue belongs to whoever opened it."""
