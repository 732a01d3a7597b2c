"""Korean to English, a sentence at a time: the protocol, and what makes a generator a translator.

The computable parts (figures, dates, names, terms) stand in English in the source the network
sees; its output is verified, and what fails goes through n-best, the Korean as it stands, its
halves and placeholders until an output holds, else the best one is shown with its flags
(design, section 3; code-switched sources after Song et al., NAACL 2019, and Dinu et al., ACL
2019). Must not know which engine runs the network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from models.anchors import AnchorContext, find_anchors, with_placeholders
from models.anchors.leftovers import without_hangul
from models.anchors.nouns import NO_NOUNS, Nouns
from models.checks import best_hypothesis, weight
from models.documents import Anchor, Cost, Flag, ModelReference, Translation
from models.errors import GenerationError
from models.generation.chunking import halve_at_clause, split_sentence
from models.generation.costs import add_costs, cost_of
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.reading import split_sentences

Restore = Callable[[str], str | None]

_HALVINGS = 2
"""How often what fails is cut in two: quarters of a sentence are clauses."""


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """One sentence or proposal; ``context`` is its article's (people, date, glossary)."""

    text: str
    context: AnchorContext = field(default_factory=AnchorContext)


class Translator(Protocol):
    """Translates sentences, each on its own, answers in order."""

    @property
    def reference(self) -> ModelReference:
        """The checkpoint behind it."""
        ...

    def translate(
        self, requests: Sequence[TranslationRequest]
    ) -> list[Translation | GenerationError]:
        """N requests → N results in order; an item fails alone."""
        ...


@dataclass(slots=True)
class _Job:
    """One request on its way through the attempts; keeps the best output so far."""

    request: TranslationRequest
    anchors: tuple[Anchor, ...]
    text: str | None = None
    flags: tuple[Flag, ...] = ()
    cost: Cost = Cost()
    error: GenerationError | None = None

    @classmethod
    def of(cls, request: TranslationRequest) -> _Job:
        """A request with its anchors found."""
        return cls(request, find_anchors(request.text, request.context))

    @property
    def open(self) -> bool:
        """Whether another attempt could make it better."""
        return self.error is None and (self.text is None or weight(self.flags) > 0)

    def take(self, generation: Generation | GenerationError, restore: Restore | None) -> None:
        """Weigh the hypotheses of one attempt against what stands."""
        if isinstance(generation, GenerationError):
            self.error = generation if self.text is None else None
            return
        self.cost = add_costs(self.cost, cost_of(generation))
        texts = [_first_line(hypothesis.text) for hypothesis in generation.hypotheses]
        if restore is not None:
            texts = [text for text in map(restore, texts) if text is not None]
        self._weigh(texts)

    def take_joined(self, pieces: Sequence[_Job]) -> None:
        """Weigh the outputs of the text's pieces, put together, against what stands."""
        self.cost = add_costs(self.cost, *(piece.cost for piece in pieces))
        texts = [piece.text for piece in pieces if piece.text]
        if len(texts) == len(pieces):
            self._weigh([" ".join(texts)])

    def _weigh(self, texts: Sequence[str]) -> None:
        if not texts:
            return
        index, flags = best_hypothesis(self.request.text, texts, self.request.context)
        if self.text is None or weight(flags) < weight(self.flags):
            self.text, self.flags = texts[index], flags

    def result(self) -> Translation | GenerationError:
        """What is shown: never Hangul, every doubt flagged."""
        if self.text is None:
            return self.error or GenerationError("the generator gave no hypothesis")
        text = without_hangul(self.text)
        return Translation(self.request.text, text, self.flags, self.cost)


@dataclass(frozen=True, slots=True)
class GeneratorTranslator:
    """A translator made of a generator, the way it is asked, and two ways of decoding.

    ``first`` is tried on everything; on what failed a check ``retry`` (an n-best list), then
    ``first`` on the sentence asked differently: see ``_whole``. ``nouns`` are told to a network
    that was trained to be told some.
    """

    generator: TextGenerator
    prompt: Callable[[str], str]
    reference: ModelReference
    first: GenerationOptions
    retry: GenerationOptions
    nouns: Nouns = NO_NOUNS

    def translate(
        self, requests: Sequence[TranslationRequest]
    ) -> list[Translation | GenerationError]:
        """N requests → N results in order; see ``Translator``.

        Always sentence by sentence: networks drop sentences of a paragraph. A sentence too long
        for the network is translated in pieces.
        """
        told = [replace(r, context=replace(r.context, nouns=self.nouns)) for r in requests]
        parts = [self._sentences(request) for request in told]
        pieces = [piece for sentences in parts for sentence in sentences for piece in sentence]
        answers = iter(self._whole(pieces))
        return [
            _joined(request, [[next(answers) for _ in sentence] for sentence in sentences])
            for request, sentences in zip(requests, parts, strict=True)
        ]

    def _sentences(self, request: TranslationRequest) -> list[list[TranslationRequest]]:
        """A list of pieces for each sentence, of one piece where it fits."""

        def fits(text: str) -> bool:
            if 2 * self._tokens(text) <= self.generator.max_source_tokens:
                return True  # what is computed in English at most doubles it
            switched = self.nouns.switch(text, find_anchors(text, request.context))
            return self._tokens(switched) <= self.generator.max_source_tokens

        sentences = [split_sentence(s.text, fits) for s in split_sentences(request.text)]
        if len(sentences) < 2 and sum(map(len, sentences)) < 2:
            return [[request]]
        return [[replace(request, text=piece) for piece in pieces] for pieces in sentences]

    def _tokens(self, text: str) -> int:
        return self.generator.count_tokens([self.prompt(text)])[0]

    def _whole(self, requests: Sequence[TranslationRequest]) -> list[Translation | GenerationError]:
        """Each text read at once; what failed is asked in other ways, until it holds.

        Of 207 figures in 120 sentences the shipped network lost 9 with the n-best list and
        placeholders alone, 2 with all of these.
        """
        jobs = [_Job.of(request) for request in requests]
        self._search(jobs)
        self._attempt([job for job in jobs if job.open and job.anchors], self.first, _plain)
        self._in_halves([job for job in jobs if job.open])
        self._attempt([job for job in jobs if job.open and job.anchors], self.first, _held)
        return [job.result() for job in jobs]

    def _search(self, jobs: Sequence[_Job]) -> None:
        """With the anchors in place: once, and wider for what failed."""
        self._attempt(jobs, self.first, _switched)
        if self.retry != self.first:
            self._attempt([job for job in jobs if job.open], self.retry, _switched)

    def _in_halves(self, jobs: Sequence[_Job], depth: int = _HALVINGS) -> None:
        """Each half of a sentence on its own: in a short text the network loses less.

        Not taken unless it makes the sentence better, because its style is the worse for it. A
        half that fails is halved again.
        """
        halved = [(job, halve_at_clause(job.request.text)) for job in jobs]
        halved = [(job, halves) for job, halves in halved if len(halves) > 1]
        pieces = [
            _Job.of(replace(job.request, text=half)) for job, halves in halved for half in halves
        ]
        self._search(pieces)
        if depth > 1 and pieces:
            self._in_halves([piece for piece in pieces if piece.open], depth - 1)
        answers = iter(pieces)
        for job, halves in halved:
            job.take_joined([next(answers) for _ in halves])

    def _attempt(
        self,
        jobs: Sequence[_Job],
        options: GenerationOptions,
        prepare: Callable[[_Job], tuple[str, Restore | None]],
    ) -> None:
        if not jobs:
            return
        prepared = [prepare(job) for job in jobs]
        generations = self.generator.generate([self.prompt(text) for text, _ in prepared], options)
        for job, (_, restore), generation in zip(jobs, prepared, generations, strict=True):
            job.take(generation, restore)


def _joined(
    request: TranslationRequest, sentences: list[list[Translation | GenerationError]]
) -> Translation | GenerationError:
    """Every sentence's pieces put together again; one that failed fails the text."""
    if len(sentences) == 1 and len(sentences[0]) == 1:
        return sentences[0][0]
    done: list[Translation] = []
    for part in (piece for pieces in sentences for piece in pieces):
        if isinstance(part, GenerationError):
            return part
        done.append(part)
    empty = next((part for part in done if not part.text.strip()), None)
    if empty is not None:
        return GenerationError(f"nothing came of the sentence {empty.source!r}; try another model")
    chunks = sum(len(pieces) for pieces in sentences if len(pieces) > 1)
    cost = add_costs(*(part.cost for part in done), Cost(chunks=chunks))
    flags = tuple(flag for part in done for flag in part.flags)
    return Translation(request.text, " ".join(part.text for part in done), flags, cost)


def _switched(job: _Job) -> tuple[str, Restore | None]:
    return job.request.context.nouns.switch(job.request.text, job.anchors), None


def _plain(job: _Job) -> tuple[str, Restore | None]:
    """The Korean as it stands: another source, hence hypotheses that an n-best list lacks."""
    return job.request.text, None


def _held(job: _Job) -> tuple[str, Restore | None]:
    return with_placeholders(job.request.text, job.anchors)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()
