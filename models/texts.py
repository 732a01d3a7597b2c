"""One task on raw texts: lines to condense or to translate, each answered in its place.

A text goes through sentence by sentence, so that nothing is dropped; a long one is condensed
passage by passage. Must not know where texts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from models.anchors import AnchorContext, Glossary, Roster
from models.documents import Article, Condensed, Passage, Translation
from models.errors import (
    EmptyInputError,
    GenerationError,
    InputTooLargeError,
    NotKoreanError,
    YojiError,
)
from models.generation.costs import add_costs
from models.reading import ReadingLimits, split_sentences
from models.reading.characters import hangul_share, normalise
from models.reading.passages import choose_passages
from models.summarizer import Style, Summarizer, SummaryRequest
from models.translator import TranslationRequest, Translator

_PASSAGE_SENTENCES = 5
"""A text of up to so many sentences is one passage; a longer one is read like an article."""

_Request = TypeVar("_Request")
_Result = TypeVar("_Result")


def summarize_texts(
    summarizer: Summarizer,
    texts: Sequence[str],
    style: Style = "plain",
    limits: ReadingLimits | None = None,
) -> list[Condensed | YojiError]:
    """N Korean texts → N condensed ones or errors, in order.

    Up to five sentences become one sentence; of a longer text, what its passages propose, one
    sentence each, joined by spaces.
    """

    def requests(text: str) -> list[SummaryRequest]:
        context = AnchorContext(roster=Roster.read(text))
        return [SummaryRequest(passage, style, context) for passage in _passages(text)]

    return _each(texts, limits, requests, summarizer.summarize, _join_condensed)


def translate_texts(
    translator: Translator,
    texts: Sequence[str],
    glossary: Glossary | None = None,
    limits: ReadingLimits | None = None,
) -> list[Translation | YojiError]:
    """N Korean texts → N English ones or errors, in order; ``glossary`` wins over the shipped."""
    terms = Glossary.shipped().merged(glossary) if glossary else None

    def requests(text: str) -> list[TranslationRequest]:
        context = AnchorContext(glossary=terms, roster=Roster.read(text))
        return [TranslationRequest(s.text, context) for s in split_sentences(text)]

    return _each(texts, limits, requests, translator.translate, _join_translations)


def _each(
    texts: Sequence[str],
    limits: ReadingLimits | None,
    split: Callable[[str], list[_Request]],
    run: Callable[[Sequence[_Request]], list[_Result | GenerationError]],
    join: Callable[[str, list[_Result]], _Result],
) -> list[_Result | YojiError]:
    """Split every text, run all parts in one call, put each text together again."""
    errors = [_refusal(text, limits or ReadingLimits()) for text in texts]
    parts = [
        [] if error else split(normalise(text)) for text, error in zip(texts, errors, strict=True)
    ]
    answers = iter(run([request for requests in parts for request in requests]))
    results: list[_Result | YojiError] = []
    for text, error, requests in zip(texts, errors, parts, strict=True):
        mine = [next(answers) for _ in requests]
        failed = next((answer for answer in mine if isinstance(answer, GenerationError)), None)
        done = [answer for answer in mine if not isinstance(answer, GenerationError)]
        results.append(error or failed or join(text, done))
    return results


def _refusal(text: str, limits: ReadingLimits) -> YojiError | None:
    if not text.strip():
        return EmptyInputError("the text is empty; give at least one Korean sentence")
    if len(text) > limits.max_characters:
        return InputTooLargeError(
            f"the text has {len(text):,} characters, the limit is {limits.max_characters:,}; "
            "split it or raise the limit"
        )
    share = hangul_share(text)
    if share < limits.min_hangul_share:
        return NotKoreanError(
            f"{share:.0%} of the letters are Hangul, at least {limits.min_hangul_share:.0%} "
            "are needed; give Korean text"
        )
    return None


def _passages(text: str) -> list[Passage]:
    sentences = split_sentences(text)
    if len(sentences) <= _PASSAGE_SENTENCES:
        return [Passage(sentences, "proposal")]
    return list(choose_passages(Article(text, sentences)))


def _join_condensed(text: str, parts: list[Condensed]) -> Condensed:
    abstractive = all(part.method == "abstractive" for part in parts)
    return Condensed(
        " ".join(part.text for part in parts),
        "abstractive" if abstractive else "extractive",
        tuple(flag for part in parts for flag in part.flags),
        add_costs(*(part.cost for part in parts)),
    )


def _join_translations(text: str, parts: list[Translation]) -> Translation:
    return Translation(
        text,
        " ".join(part.text for part in parts),
        tuple(flag for part in parts for flag in part.flags),
        add_costs(*(part.cost for part in parts)),
    )
