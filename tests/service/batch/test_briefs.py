"""Briefs: everything shown, nothing in an article acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import lxml.html  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from models.documents import Usage
from models.errors import NotKoreanError
from service.batch.brief_html import HtmlMarkup
from service.batch.brief_markdown import MarkdownMarkup, escape
from service.batch.brief_pages import Counts, Markup, day_of, plain, render_brief
from service.batch.rows import Row
from service.views import DigestView, EvidenceView, FlagView, ProposalView

MARKUPS: list[Markup] = [MarkdownMarkup(), HtmlMarkup()]
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "![x](https://evil.example/p.png) [y](javascript:alert(1))",
    "| a | b |\n|---|---|\n# heading\n> quote\n- list\n---",
    "`code` *em* __strong__ ~~del~~ $x$ &lt;b&gt; \\<b> <https://evil.example>",
    "www.evil.example https://evil.example me@evil.example",
    "</article></body></html>{{7*7}}{title}",
    "\u202egnp.exe\u202c \x00\x1b[31m",
)


@pytest.fixture
def row(make_row: Callable[[str], Row]) -> Row:
    return make_row("3만 개 기업을 지원하자")


@pytest.fixture
def make_row() -> Callable[[str], Row]:
    return build_row


def build_row(text: str) -> Row:
    """A row that says ``text`` wherever an article has a say."""
    from service.views import ArticleView, BilingualView, ModelsView, ModelView, UsageView

    pair = BilingualView(ko=text, en=text)
    model = ModelView(id="a/b", revision="1")
    proposal = ProposalView(
        ko=text,
        en=text,
        kind="proposal",
        speaker=pair,
        evidence=[EvidenceView(start=0, end=len(text), text=text)],
        method="abstractive",
        flags=[FlagView(check="missing_figure", severity="error", detail=text)],
    )
    digest = DigestView(
        id="0" * 64,
        article=ArticleView(
            title=pair,
            published_at=datetime(2025, 5, 13, 20, tzinfo=UTC),
            byline=text,
            text=text,
            sentences=1,
        ),
        proposals=[proposal],
        profile="fake",
        models=ModelsView(summarizer=model, translator=model),
        usage=UsageView.model_validate(Usage()),
        warnings=[text],
    )
    return Row(id=text or "x", digest=digest)


def page(rows: list[Row], markup: Markup, title: str = "Brief") -> str:
    return "".join(render_brief(rows, markup, title))


@pytest.mark.parametrize("markup", MARKUPS, ids=["md", "html"])
def test_everything_a_reader_needs_is_there(row: Row, markup: Markup) -> None:
    failed = Row.of("b", NotKoreanError("no Hangul among 5 letters"))
    text = page([row, failed], markup)
    for part in (
        "3만 개 기업을 지원하자",
        "missing",
        "figure",
        "0–13",
        "not",
        "korean",
        "2025-05-14",
    ):
        assert part in text
    assert "2 articles, 1 proposal, 1 flag" in text
    assert "1 failed" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_article_cannot_act_in_html(hostile: str) -> None:
    clean = lxml.html.document_fromstring(page([build_row("글")], HtmlMarkup()).encode())
    dirty = lxml.html.document_fromstring(
        page([build_row(hostile)], HtmlMarkup(), hostile).encode()
    )
    shape = [(node.tag, sorted(node.attrib)) for node in clean.iter()]
    assert [(node.tag, sorted(node.attrib)) for node in dirty.iter()] == shape
    assert dirty.find(".//blockquote").text == plain(hostile) + " "
    assert not dirty.xpath("//script | //a | //img | //@src | //@href")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_article_cannot_act_in_markdown(hostile: str) -> None:
    parse = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse
    clean = parse(page([build_row("글")], MarkdownMarkup()))
    dirty = parse(page([build_row(hostile)], MarkdownMarkup(), hostile))
    assert [token.type for token in dirty] == [token.type for token in clean]
    kinds = {child.type for token in dirty for child in token.children or ()}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "html_inline"}
    inline = {c.content for t in dirty for c in t.children or () if c.type == "html_inline"}
    assert inline == {"<br>"}


@given(st.text())
def test_markdown_shows_the_text_itself(text: str) -> None:
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .renderInline(f"“{escape(text)}”")
    )
    shown = lxml.html.fragment_fromstring(html, create_parent="p")
    assert len(shown) == 0
    assert shown.text == f"“{plain(text)}”"


@given(st.text(st.characters(codec="utf-8")))
def test_html_shows_the_text_itself(text: str) -> None:
    page_of = lxml.html.document_fromstring(page([build_row(text)], HtmlMarkup()).encode())
    (quote,) = page_of.iter("blockquote")
    assert (quote.text or "").removesuffix(" ") == plain(text).removesuffix(" ")


def test_the_links_of_an_article_stay_text() -> None:
    shown = escape("https://a.example www.a.example me@a.example")
    assert shown == r"https\://a.example www\.a.example me\@a.example"


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (datetime(2025, 5, 13, 15, tzinfo=UTC), "2025-05-14"),
        (datetime(2025, 5, 13, 14, 59, tzinfo=UTC), "2025-05-13"),
        (None, "undated"),
    ],
)
def test_days_are_korea_s(row: Row, published: datetime | None, day: str) -> None:
    assert row.digest is not None
    article = row.digest.article.model_copy(update={"published_at": published})
    dated = row.model_copy(update={"digest": row.digest.model_copy(update={"article": article})})
    assert day_of(dated) == day


def test_a_page_is_made_one_article_at_a_time(row: Row) -> None:
    taken: list[int] = []

    def rows() -> object:
        for number in range(3):
            taken.append(number)
            yield row

    pieces = render_brief(rows(), HtmlMarkup(), "Brief")  # type: ignore[arg-type]
    next(pieces)
    assert not taken
    next(pieces)
    assert taken == [0]


def test_counts_of_nothing() -> None:
    assert Counts().sentence() == "0 articles, 0 proposals, 0 flags, 0 failed."


def test_a_page_without_a_title_or_english(make_row: Callable[[str], Row]) -> None:
    row = make_row("글")
    assert row.digest is not None
    bare = row.digest.model_copy(
        update={
            "article": row.digest.article.model_copy(update={"title": None}),
            "proposals": [],
        }
    )
    for markup in MARKUPS:
        text = markup.article(Row(id="a.txt", digest=bare))
        assert "a.txt" in text
        assert "No proposals" in text
