"""Page → article: the one way through this room.

Normalise, render HTML, unfold lines, choose the body, find title, date and byline, split
into sentences. The rules themselves are in the modules it calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.documents import Article
from models.errors import EmptyInputError, InputTooLargeError, NotKoreanError
from models.reading.body import Body, find_body
from models.reading.characters import hangul_share, normalise
from models.reading.datelines import stripped_ends
from models.reading.html import HtmlPage, looks_like_html, read_html
from models.reading.metadata import (
    find_byline,
    find_published_at,
    find_title,
    visible_title,
)
from models.reading.page import Page, ReadingLimits
from models.reading.sentences import split_sentences
from models.reading.timestamps import find_timestamps
from models.reading.unfold import Line, unfold

_MAIN_SHARE = 0.5  # of the prose the rules find; less, and the extractor missed the article


def read_page(page: Page, limits: ReadingLimits | None = None) -> Article:
    """The article of a news page: its body without clutter, in sentences.

    Raises:
        EmptyInputError: an empty page, or one of clutter only.
        InputTooLargeError: more than ``limits.max_characters`` code points.
        NotKoreanError: a smaller share of Hangul than ``limits.min_hangul_share``.
    """
    limits = limits or ReadingLimits()
    _check_size(page.content, limits)
    html = _as_html(page)
    text = normalise(html.text if html else page.content)
    _check_korean(text, limits)
    lines = unfold(text, wrapped=html is None)
    body = _main_body(lines, html) if html else find_body(lines)
    if not body.paragraphs:
        raise EmptyInputError(
            f"no article body among the {len(lines)} lines of the page (menus, headlines, "
            "captions at most): give a page with at least one full sentence"
        )
    return _article(body, text, html)


def _as_html(page: Page) -> HtmlPage | None:
    wanted = page.format == "html" or (page.format == "auto" and looks_like_html(page.content))
    return read_html(page.content) if wanted else None


def _check_size(content: str, limits: ReadingLimits) -> None:
    if len(content) > limits.max_characters:
        raise InputTooLargeError(
            f"the page has {len(content)} characters, the limit is {limits.max_characters}: "
            "give one article, or raise the limit"
        )
    if not content.strip():
        raise EmptyInputError(f"the page is empty ({len(content)} characters): give a news page")


def _check_korean(text: str, limits: ReadingLimits) -> None:
    if not text.strip():
        raise EmptyInputError("the page shows no text at all: give a news page")
    share = hangul_share(text)
    if share < limits.min_hangul_share:
        raise NotKoreanError(
            f"Hangul is {share:.0%} of the letters of the page, the least is "
            f"{limits.min_hangul_share:.0%}: give a Korean page"
        )


def _main_body(lines: Sequence[Line], html: HtmlPage) -> Body:
    """The body as far as the extractor vouches for it, or all of it where it failed."""
    everything = find_body(lines)
    main = _squeeze(normalise(html.main))
    trusted = {line.origin for line in lines if _squeeze(line.text) in main}
    body = find_body(lines, trusted) if trusted else everything
    return body if _length(body) >= _MAIN_SHARE * _length(everything) else everything


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _length(body: Body) -> int:
    return sum(map(len, body.paragraphs))


def _article(body: Body, page: str, html: HtmlPage | None) -> Article:
    text = "\n".join(body.paragraphs)
    return Article(
        text=text,
        sentences=split_sentences(text),
        title=_title(body, html),
        published_at=_published_at(body, html),
        byline=_byline(body, page, html),
    )


def _title(body: Body, html: HtmlPage | None) -> str | None:
    if html and html.titles:
        return visible_title([normalise(t) for t in html.titles], body.head)
    return find_title(body.head, "\n".join(body.paragraphs))


def _published_at(body: Body, html: HtmlPage | None) -> datetime | None:
    for declared in html.dates if html else ():
        for stamp in find_timestamps(declared):
            return stamp.moment
    return find_published_at(body.head, body.tail)


def _byline(body: Body, page: str, html: HtmlPage | None) -> str | None:
    found = find_byline((*body.head, *body.tail))
    if found is None:
        found = find_byline(
            [stripped for line in page.split("\n") for stripped in stripped_ends(line)]
        )
    if found is None and html and html.authors:
        found = html.authors[0].strip() or None
    return found
