"""Page → article: odd characters, odd pages, and pages that are none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import EmptyInputError, InputError, InputTooLargeError, NotKoreanError
from models.reading import Page, ReadingLimits, read_page

PAGE = """한빛경제
홈 > 산업
지역 제조 AI, 거점 공장부터 깔아야
입력 2025.03.12 16:41
도윤서 기자

한빛부는 12일 좌담회를 열었다. 120여 명이 참석했다.

▲ 참석자들이 토론하고 있다. (한빛경제)

조태헌 원장은 “공장 25곳을 세워야 한다. 그래야 돈다.”라고 제안했다.

도윤서 기자 ysdo@hanbit.example
ⓒ 한빛경제, 무단전재 및 재배포 금지
많이 본 뉴스
1 봄나물 값이 두 배로 뛰었다.
"""
BODY = (
    "한빛부는 12일 좌담회를 열었다. 120여 명이 참석했다.\n"
    "조태헌 원장은 “공장 25곳을 세워야 한다. 그래야 돈다.”라고 제안했다."
)


def text_of(content: str) -> str:
    return read_page(Page(content)).text


def test_a_page_gives_title_date_byline_and_body() -> None:
    article = read_page(Page(PAGE))
    assert article.title == "지역 제조 AI, 거점 공장부터 깔아야"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2025-03-12T16:41:00+09:00"
    assert article.byline == "도윤서 기자"
    assert article.text == BODY
    assert len(article.sentences) == 3


@pytest.mark.parametrize(
    "page",
    [
        unicodedata.normalize("NFD", PAGE),
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("\n", "\r"),
        "\ufeff" + PAGE,
        PAGE.replace(" ", "\u00a0"),
        PAGE.replace("\n\n", "\n\u3000\n"),
        PAGE.replace("좌담회", "좌\u200b담\u00ad회"),
        PAGE.replace(". ", ". \u2009 "),
        PAGE.replace("\n", "\u2028"),
        "\t" + PAGE.replace("\n", "  \n\t"),
        PAGE.replace("한빛부는", "(대전=한빛통신) 도윤서 기자 = 한빛부는"),
        PAGE.replace("한빛부는", "[한빛경제 도윤서 기자] 한빛부는"),
        PAGE.replace("제안했다.", "제안했다. 도윤서 기자 ysdo@hanbit.example"),
    ],
    ids=[
        "nfd",
        "crlf",
        "cr",
        "bom",
        "nbsp",
        "ideographic",
        "zero-width",
        "thin",
        "line-separator",
        "tabs",
        "wire",
        "bracket",
        "tail",
    ],
)
def test_the_same_page_in_another_dress_reads_the_same(page: str) -> None:
    assert text_of(page) == BODY


@pytest.mark.parametrize(
    ("page", "body"),
    [
        ("비가 온다.", "비가 온다."),
        ("정부가 예산을 늘리기로 했다", "정부가 예산을 늘리기로 했다"),
        (
            "정부가 예산을 늘린다\n입력 2025-01-02 10:00\n국회는 2일 예산안을 통과시켰다.",
            "국회는 2일 예산안을 통과시켰다.",
        ),
        ("누적적자 28조 원, 총부채 205조 원. 공사의 사정이 나쁘다.\n요금을 올린다.", None),
        ("첫 문단이다. 둘째 문장이다.\n\n둘째 문단이다.", None),
        (
            "- 왜 사람인가.\n“사람이 먼저입니다. 책은 다음이에요.”\n- 바라는 것은.\n“인건비를 내 주세요.”",
            None,
        ),
    ],
)
def test_small_and_clean_articles_stay_whole(page: str, body: str | None) -> None:
    expected = body or "\n".join(line for line in page.split("\n") if line)
    assert text_of(page) == expected


def test_no_title_is_no_error() -> None:
    article = read_page(
        Page("(서울=증권통신) 코스피가 올랐다.\n\n코스닥은 내렸다.\n2025/02/19 15:58")
    )
    assert article.title is None
    assert article.text == "코스피가 올랐다.\n코스닥은 내렸다."
    assert article.published_at is not None


@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff\n", "<html><body></body></html>"])
def test_empty_pages(content: str) -> None:
    with pytest.raises(EmptyInputError, match="give a news page"):
        read_page(Page(content))


def test_a_page_of_clutter_has_no_body() -> None:
    page = "\n".join(
        line for line in PAGE.splitlines() if not line.endswith(("했다.", "라고 제안했다."))
    )
    with pytest.raises(EmptyInputError, match="no article body"):
        read_page(Page(page))


@pytest.mark.parametrize(
    "content",
    [
        "The ministry announced a plan. It will cost a lot.",
        "経済産業省は計画を発表した。費用は大きい。",
        "12345 67890",
        "한글 The ministry announced a plan that will cost a lot of money next year.",
    ],
)
def test_pages_that_are_not_korean(content: str) -> None:
    with pytest.raises(NotKoreanError, match=r"\d+% of the letters .* 20%"):
        read_page(Page(content))


def test_size_limit_names_value_and_limit() -> None:
    limits = ReadingLimits(max_characters=10)
    with pytest.raises(InputTooLargeError, match="11 characters, the limit is 10"):
        read_page(Page("가나다라마바사아자차카"), limits)
    assert read_page(Page("비가 온다."), limits).text == "비가 온다."


_LINES = st.sampled_from(
    [
        *PAGE.splitlines(),
        "댓글 3",
        "좋아요 0",
        "☞ 더 보기",
        "",
        "왜 그럴까?",
        "12.5%",
        "“그렇다”",
        "<b>",
        "○ 예산을 늘린다.",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_LINES, max_size=25).map("\n".join) | st.text(max_size=120))
def test_reading_any_page_is_exact_invents_nothing_and_settles(content: str) -> None:
    try:
        article = read_page(Page(content, format="text"))
    except InputError:
        return
    page = "".join(unicodedata.normalize("NFC", content).split())
    position = 0
    for sentence in article.sentences:
        assert position <= sentence.start < sentence.end
        assert article.text[sentence.start : sentence.end] == sentence.text
        position = sentence.end
    assert set("".join(article.text.split())) <= set(page)
    assert article.text == unicodedata.normalize("NFC", article.text)


def test_a_menu_whose_words_the_body_repeats_is_no_title() -> None:
    page = (
        "정책 병원 제약 학술 간호 학회\n지역 분만실 3년 새 27곳 문 닫아… 학회 “당직비 국가가 책임져야”\n"
        "입력 2025-10-18 06:00\n"
        "분만 취약지 병원의 당직 인건비를 국가가 부담해야 한다는 정책 제안이 학술대회에서 나왔다. "
        "간호 인력과 제약 업계도 학회 주장에 동의했다.\n"
        "학회는 지난 17일 정책세션을 열고 지역 분만실 27곳이 3년 새 문을 닫았다고 밝혔다. 당직비를 "
        "국가가 책임져야 한다는 것이다.\n"
    )
    assert read_page(Page(page)).title == (
        "지역 분만실 3년 새 27곳 문 닫아… 학회 “당직비 국가가 책임져야”"
    )
