"""HTML: the articles of the development pages inside shells of real sites' make."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from benchmarks.reading import read_records
from models.reading import Page, decode, read_page
from models.reading.html import looks_like_html

FIXTURES = Path(__file__).parents[2] / "fixtures"
SHELLS = {
    path.stem: path.read_text(encoding="utf-8") for path in (FIXTURES / "shells").glob("*.html")
}
# Articles in the plain style the shells' own clutter is written against, long and short.
RECORDS = {
    record["id"]: record
    for record in read_records(FIXTURES / "articles_dev.jsonl")
    if record["id"] in ("dev-001", "dev-005", "dev-010", "dev-021", "dev-026", "dev-036", "dev-039")
}
ISO, SHOWN = "2025-03-12T16:41:00+09:00", "2025.03.12 16:41"


def page_of(
    shell: str, record: dict[str, list[str]], title: str = "지역 제조 AI, ‘거점 공장’부터"
) -> str:
    body = record["body"]
    paragraphs = [
        escape(" ".join(body[start : start + 2]), quote=False) for start in range(0, len(body), 2)
    ]
    forms = {
        "{{paragraphs:p}}": "\n".join(f"    <p>{text}</p>" for text in paragraphs),
        "{{paragraphs:br}}": "<br><br>\n".join(paragraphs),
        "{{paragraphs:div}}": "\n".join(f"<div>{text}&nbsp;</div>" for text in paragraphs),
        "{{title}}": title,
        "{{iso}}": ISO,
        "{{date}}": SHOWN,
    }
    page = SHELLS[shell]
    for placeholder, text in forms.items():
        page = page.replace(placeholder, text)
    return page


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
@pytest.mark.parametrize("shell", SHELLS)
def test_the_body_comes_out_of_every_shell(shell: str, record: dict[str, list[str]]) -> None:
    article = read_page(Page(page_of(shell, record)))
    assert [sentence.text for sentence in article.sentences] == record["body"]


@pytest.mark.parametrize("shell", SHELLS)
def test_title_and_date(shell: str) -> None:
    article = read_page(Page(page_of(shell, RECORDS["dev-001"])))
    assert article.title == "지역 제조 AI, ‘거점 공장’부터"
    assert article.published_at is not None
    assert article.published_at.isoformat() == ISO


@pytest.mark.parametrize(
    ("shell", "byline"),
    [
        ("newspaper", "윤슬아 기자"),
        ("portal", "윤슬아 기자"),
        ("old-table", "윤슬아 기자"),
        ("blog", "몽글이"),
    ],
)
def test_byline(shell: str, byline: str) -> None:
    assert read_page(Page(page_of(shell, RECORDS["dev-001"]))).byline == byline


def test_a_cp949_page_that_declares_euc_kr() -> None:
    page = page_of("old-table", RECORDS["dev-001"], title="햏자의 똠방각하 이야기").replace(
        "㎡", ""
    )
    data = page.encode("cp949", errors="xmlcharrefreplace")
    article = read_page(Page(decode(data)))
    assert [sentence.text for sentence in article.sentences] == RECORDS["dev-001"]["body"]


@pytest.mark.parametrize(
    ("content", "is_html"),
    [
        ("<!DOCTYPE html><p>가", True),
        ("<html><body>가</body></html>", True),
        ("<div><p>가</p><br></div>", True),
        ("가 < 나 > 다", False),
        ("<저작권자 ⓒ 가> <표> <사진> <iframe 광고>", False),
        ("태그 <b>하나</b>만 있는 글", False),
    ],
)
def test_html_is_told_from_text(content: str, is_html: bool) -> None:
    assert looks_like_html(content) is is_html


@pytest.mark.parametrize(
    "content",
    [
        "<p>비가 온다.</p>",
        "<div>비가 온다.",
        "<p>비가 온다.</div></p></span>",
        "<script>비가 안 온다.</script><p>비가 온다.",
        "<p>비가&nbsp;온다.</p><!-- 바람이 분다. -->",
        "<nav>눈이 온다.</nav><p>비가 온다.</p>",
        "비가 온다.",
    ],
)
def test_small_and_broken_html(content: str) -> None:
    assert read_page(Page(content, format="html")).text == "비가 온다."


def test_text_is_not_read_as_html_when_told_so() -> None:
    article = read_page(Page("<p>비가 온다.</p> <p>눈이 온다.</p> <p>정말이다.", format="text"))
    assert "<p>" in article.text
