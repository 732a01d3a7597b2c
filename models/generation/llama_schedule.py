"""Many searches on one network at a time: who reads what in the next step.

Prompts are admitted as others end (continuous batching). Each holds a sequence for every beam;
a sequence's past is shared and moved, never read twice. Knows a ``Binding`` (llama.cpp, or a
fake of it) and ids, no text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from models.errors import GenerationError
from models.generation.llama_search import Found, Logits, Search, Step
from models.generation.protocol import GenerationOptions


@dataclass(frozen=True, slots=True)
class Cell:
    """One token to read: where it stands in which sequence, and whether its logits are wanted."""

    token: int
    position: int
    sequence: int
    wanted: bool


class Binding(Protocol):
    """The network: a memory of ``cells`` tokens for up to ``sequences`` sequences."""

    sequences: int
    cells: int
    step_tokens: int

    def read(self, cells: Sequence[Cell]) -> list[Logits]:
        """Read up to ``step_tokens`` tokens → the logits of those that are wanted, in order.

        ``GenerationError`` when the network fails; nothing of it can be used then.
        """
        ...

    def fork(self, source: int, target: int) -> None:
        """Let ``target`` have read what ``source`` has."""
        ...

    def forget(self, sequence: int) -> None:
        """Free what a sequence has read."""
        ...


@dataclass(slots=True, eq=False)
class _Job:
    """One prompt on its way; ``sequences[i]`` is that of beam i."""

    at: int
    prompt: Sequence[int]
    search: Search
    cost: int
    sequences: list[int] = field(default_factory=list)
    spare: list[int] = field(default_factory=list)
    read: int = 0
    next: list[int] = field(default_factory=list)
    """The token each beam reads next, once the prompt is read."""

    def cells(self, room: int) -> list[Cell]:
        """What it reads in this step, within ``room`` tokens; all its beams or none of them."""
        if self.next:
            if len(self.next) > room:
                return []
            pairs = zip(self.next, self.sequences, strict=True)
            return [Cell(token, self.read, sequence, True) for token, sequence in pairs]
        part = self.prompt[self.read : self.read + room]
        last = len(self.prompt) - 1
        return [
            Cell(token, at, self.sequences[0], at == last)
            for at, token in enumerate(part, start=self.read)
        ]


class Schedule:
    """Runs prompts to their end; one ``run`` at a time."""

    def __init__(self, binding: Binding) -> None:
        self._binding = binding

    def run(
        self,
        prompts: Sequence[Sequence[int]],
        options: GenerationOptions,
        ends: Callable[[tuple[int, ...]], bool],
    ) -> list[list[Found] | GenerationError]:
        """N prompts (ids, none empty) → the hypotheses of each, best first, or its error."""
        return _Run(self._binding, options, ends).results(prompts)


class _Run:
    """One call's state."""

    def __init__(
        self,
        binding: Binding,
        options: GenerationOptions,
        ends: Callable[[tuple[int, ...]], bool],
    ) -> None:
        self._binding = binding
        self._options = options
        self._ends = ends
        self._width = Search.width_of(options)
        self._free = list(range(binding.sequences))
        self._room = binding.cells
        self._running: list[_Job] = []
        self._results: dict[int, list[Found] | GenerationError] = {}

    def results(self, prompts: Sequence[Sequence[int]]) -> list[list[Found] | GenerationError]:
        waiting = deque(self._job(at, prompt) for at, prompt in enumerate(prompts))
        while waiting or self._running:
            self._admit(waiting)
            if self._running:
                self._step()
        return [self._results[at] for at in range(len(prompts))]

    def _job(self, at: int, prompt: Sequence[int]) -> _Job:
        cost = len(prompt) + self._width * self._options.max_output_tokens
        return _Job(at, prompt, Search(self._options, self._ends), cost)

    def _admit(self, waiting: deque[_Job]) -> None:
        """In order, as far as sequences and memory go; what can never fit is an error."""
        while waiting:
            job = waiting[0]
            if job.cost > self._binding.cells or self._width > self._binding.sequences:
                self._results[job.at] = self._too_large(job)
                waiting.popleft()
                continue
            if job.cost > self._room or self._width > len(self._free):
                return
            waiting.popleft()
            held = [self._free.pop() for _ in range(self._width)]
            job.sequences, job.spare = held[:1], held[1:]
            self._room -= job.cost
            self._running.append(job)

    def _too_large(self, job: _Job) -> GenerationError:
        return GenerationError(
            f"{len(job.prompt)} tokens and {self._width} x {self._options.max_output_tokens} of "
            f"output don't fit into the engine's memory of {self._binding.cells} tokens and "
            f"{self._binding.sequences} sequences; split the text or narrow the beam"
        )

    def _step(self) -> None:
        cells: list[Cell] = []
        readers: list[tuple[_Job, list[Cell]]] = []
        for job in self._running:
            own = job.cells(self._binding.step_tokens - len(cells))
            if own:
                cells += own
                readers.append((job, own))
        try:
            logits = deque(self._binding.read(cells))
        except GenerationError as error:
            for job in list(self._running):
                self._end(job, error)
            return
        for job, own in readers:
            self._advance(job, own, [logits.popleft() for cell in own if cell.wanted])

    def _advance(self, job: _Job, own: list[Cell], rows: list[Logits]) -> None:
        job.read += 1 if job.next else len(own)
        if not rows:
            return
        steps = job.search.advance(rows)
        if steps:
            self._branch(job, steps)
        else:
            self._end(job, job.search.best())

    def _branch(self, job: _Job, steps: list[Step]) -> None:
        """Give every beam a sequence with its parent's past: the parent's own, or a copy of it."""
        parents = job.sequences
        going_on = {step.parent for step in steps}
        for at, sequence in enumerate(parents):
            if at not in going_on:
                self._binding.forget(sequence)
                job.spare.append(sequence)
        taken: set[int] = set()
        job.sequences = []
        for step in steps:
            sequence = parents[step.parent]
            if step.parent in taken:
                target = job.spare.pop()
                self._binding.fork(sequence, target)
                sequence = target
            taken.add(step.parent)
            job.sequences.append(sequence)
        job.next = [step.token for step in steps]

    def _end(self, job: _Job, result: list[Found] | GenerationError) -> None:
        self._results[job.at] = result
        for sequence in job.sequences:
            self._binding.forget(sequence)
        self._free += [*job.sequences, *job.spare]
        self._room += job.cost
        self._running.remove(job)
