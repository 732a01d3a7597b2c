"""Sentence splitting: quotes whole, figures whole, offsets exact."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reading import split_sentences

WHOLE = [
    "“중소기업이 어렵다. 지금 도와야 한다.”라고 김 소장은 말했다.",
    '김 소장은 "예산을 늘려라. 규제도 풀어라"라며 "미룰 수 없다"고 강조했다.',
    "“책은 사면 됩니다. 사람은 키워야 합니다.”",
    "올해 성장률은 3.5%로, 지난해(2.1%)보다 높다.",
    "U.S. 시장의 매출은 2.4t 분량이다.",
    "중기부(장관 홍길동·이하 중기부)는 1,200억 원(전년 1,100억 원)을 쓴다.",
    "○ 2030년까지 전국 5개 권역에 단지를 조성한다.",
    "Q. 손실이 나면 어떻게 하나?",
    "‘좋다!’는 반응이 많았다.",
    "코스피는 2,665.12로 마감했다.",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_one_sentence_stays_whole(sentence: str) -> None:
    assert [found.text for found in split_sentences(sentence)] == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("비가 온다. 바람도 분다.", ["비가 온다.", "바람도 분다."]),
        ("그는 “간다”고 했다. 그리고 갔다.", ["그는 “간다”고 했다.", "그리고 갔다."]),
        ("왜 그럴까? 이유는 단순하다!", ["왜 그럴까?", "이유는 단순하다!"]),
        (
            "○ 지원 대상을 넓힌다. ○ 예산을 늘린다.",
            ["○ 지원 대상을 넓힌다.", "○ 예산을 늘린다."],
        ),
        ("다녀왔어요 😊 오늘은 추웠어요.", ["다녀왔어요 😊", "오늘은 추웠어요."]),
        ("𝒜 사는 커졌다. 값은 올랐다.", ["𝒜 사는 커졌다.", "값은 올랐다."]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == expected


def test_a_quote_left_open_by_mistake_does_not_swallow_the_page() -> None:
    text = "그는 “늘려야 한다고 말했다. " + "정부는 예산을 두 배로 늘리기로 했다. " * 30
    assert len(split_sentences(text)) > 20


def test_paragraphs_are_never_joined_and_are_counted() -> None:
    sentences = split_sentences("정부는 예산을\n늘린다.\n\n값은 오른다. 물가도 뛴다.")
    assert [(s.paragraph, s.text) for s in sentences] == [
        (0, "정부는 예산을"),
        (1, "늘린다."),
        (2, "값은 오른다."),
        (2, "물가도 뛴다."),
    ]


def test_no_text_no_sentences() -> None:
    assert split_sentences("") == ()
    assert split_sentences(" \n\n ") == ()


_PIECES = st.sampled_from(
    [
        *WHOLE,
        "정부는 말했다.",
        "“",
        "”",
        '"',
        "\n",
        " ",
        "…",
        "😊",
        "A.",
        "●",
        "3.5%",
        "했다",
        "ㅋㅋ",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(max_size=80))
def test_offsets_slice_back_in_order_and_nothing_but_space_is_left_out(text: str) -> None:
    position = 0
    for sentence in split_sentences(text):
        assert sentence.text == text[sentence.start : sentence.end] != ""
        assert "\n" not in sentence.text
        assert text[position : sentence.start].strip() == ""
        position = sentence.end
    assert text[position:].strip() == ""


def test_threads_get_what_one_thread_gets() -> None:
    texts = [
        f"{number}번 문장이다. 값은 {number}.5%다. “그래. 좋다.”고 했다." for number in range(40)
    ]
    alone = [split_sentences(text) for text in texts]
    together: list[object] = [None] * len(texts)

    def work(index: int) -> None:
        together[index] = split_sentences(texts[index])

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone
