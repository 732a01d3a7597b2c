"""Text → sentences with offsets, by kiwipiepy's splitter; quotes stay whole.

Knows nothing of clutter. Never joins across a line break: paragraphs are lines.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from models.documents import Sentence

Span = tuple[int, int]

# One analysis at a time: Kiwi's own workers are thread-safe, but its first use of a feature
# builds caches without a lock; splitting a page takes milliseconds.
_LOCK = threading.Lock()
_END = re.compile("[.?!…][\"'”’」』)\\]]*\\s+")
# What stands before a sentence and belongs to it: a list bullet, "Q.", "A2.".
_HANGING = re.compile(r"(?:^|\s)([○●◯◦□■◇◆▶▷▪▸•∙▲△]|[QA]\d?\.?)$")
_UNIT_STOP = re.compile(r"[\d만억천백](?:[kcm]?m|k?g|t|[kMG]?W|[kMG]Wh|L|%p?)[.]\s+(?=[가-힣“‘])")
_SMILEY = re.compile("[\\sㅋㅎㅠㅜ^~♡♥\u2600-\u27bf\U0001f300-\U0001faff]+")
_UNCLOSED_LIMIT = 400  # code points; the longest quote in the development pages has 150


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text``, in order; ``sentence.text == text[start:end]`` (code points).

    A quotation with several sentences in it belongs to the sentence that reports it.
    ``paragraph`` counts the non-empty lines of ``text`` from 0.
    """
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text)):
        for left, right in split_line(text[start:end]):
            span = slice(start + left, start + right)
            sentences.append(Sentence(span.start, span.stop, text[span], paragraph))
    return tuple(sentences)


def split_line(line: str) -> tuple[Span, ...]:
    """Half-open spans of the sentences of one line, without the spaces around them."""
    with _LOCK:
        found = _splitter().split_into_sents(line)
    raw = [span for s in found for span in _after_units(line, (s.start, s.end))]
    spans: list[Span] = []
    for sentence in _with_whole_quotes(line, raw):
        spans.extend(_halve_unclosed(line, sentence))
    return tuple(_trimmed(line, _with_bullets(line, _with_smileys(line, spans))))


def _after_units(line: str, span: Span) -> Iterator[Span]:
    """Split after "35만t." and the like, which Kiwi takes for abbreviations."""
    start, end = span
    for mark in _UNIT_STOP.finditer(line, start, end):
        yield start, mark.end()
        start = mark.end()
    yield start, end


def _with_whole_quotes(line: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Join sentences until their quotation marks are closed; a comma ends no sentence."""
    start: int | None = None
    for index, (left, right) in enumerate(spans):
        start = left if start is None else start
        last = index + 1 == len(spans)
        if not last and _goes_on(line, start, right):
            continue
        yield start, right
        start = None


def _goes_on(line: str, start: int, end: int) -> bool:
    text, rest = line[start:end].rstrip(), line[end : start + _UNCLOSED_LIMIT]
    if text.endswith(","):
        return True
    if text.count("“") > text.count("”"):
        return "”" in rest
    return text.count('"') % 2 == 1 and '"' in rest


def _with_smileys(line: str, spans: Sequence[Span]) -> list[Span]:
    """Leave smileys and laughter with the sentence they comment on."""
    kept: list[Span] = []
    for left, right in spans:
        smiley = _SMILEY.match(line, left, right) if kept else None
        start = smiley.end() if smiley else left
        if smiley:
            kept[-1] = (kept[-1][0], start)
        if start < right:
            kept.append((start, right))
    return kept


def _with_bullets(line: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Give a bullet at the end of a sentence to the sentence it introduces."""
    carried: int | None = None
    for index, (left, right) in enumerate(spans):
        start = left if carried is None else carried
        hanging = _HANGING.search(line, start, right) if index + 1 < len(spans) else None
        carried = hanging.start(1) if hanging else None
        if carried != start:
            yield start, right if carried is None else carried


def _paragraphs(text: str) -> Iterator[Span]:
    position = 0
    for line in text.split("\n"):
        if line.strip():
            yield position, position + len(line)
        position += len(line) + 1


def _trimmed(line: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        text = line[start:end]
        left = start + len(text) - len(text.lstrip())
        right = start + len(text.rstrip())
        if left < right:
            yield left, right


def _halve_unclosed(line: str, span: Span) -> Iterator[Span]:
    """Split what an unclosed quotation mark glued together (a typing error in the page)."""
    start, end = span
    if end - start <= _UNCLOSED_LIMIT or not _unbalanced(line[start:end]):
        yield span
        return
    for mark in _END.finditer(line, start, end):
        yield start, mark.end()
        start = mark.end()
    if start < end:
        yield start, end


def _unbalanced(text: str) -> bool:
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1


@functools.cache
def _splitter() -> Any:
    """Kiwi, loaded once per process (about two seconds, 500 MB mapped)."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


def kiwi() -> Any:
    """The process's one Kiwi, for whoever else needs morphemes; hold ``KIWI_LOCK`` to use it."""
    return _splitter()


KIWI_LOCK = _LOCK
