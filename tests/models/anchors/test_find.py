import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors import AnchorContext, Glossary, find_anchors
from models.anchors.find import keep_longest
from models.documents import Anchor

SENTENCE = "중기부는 13일 약 3만 개의 지역 중소·벤처기업에 1조2000억 원을 지원한다고 밝혔다."


def test_all_kinds_are_found_in_order() -> None:
    anchors = find_anchors(SENTENCE)
    assert [(a.text, a.kind, a.en) for a in anchors] == [
        ("중기부", "organization", "Ministry of SMEs and Startups"),
        ("13일", "date", "on the 13th"),
        ("3만", "figure", "30,000"),
        ("지역 중소·벤처기업", "term", "regional SMEs and startups"),
        ("1조2000억 원", "figure", "1.2 trillion won"),
    ]


def test_a_users_glossary_wins() -> None:
    terms = Glossary.shipped().merged(Glossary.from_entries([("중기부", "MSS")]))
    assert find_anchors(SENTENCE, AnchorContext(glossary=terms))[0].en == "MSS"


def anchor(start: int, end: int, kind: str) -> Anchor:
    return Anchor(start, end, "x" * (end - start), kind, "", None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ([(0, 3, "figure"), (0, 5, "date")], [(0, 5)]),
        ([(0, 3, "figure"), (0, 3, "date")], [(0, 3)]),
        ([(4, 6, "place"), (0, 3, "figure")], [(0, 3), (4, 6)]),
        ([(0, 4, "figure"), (3, 9, "term"), (9, 11, "date")], [(3, 9), (9, 11)]),
    ],
)
def test_the_longest_wins(given_: list[tuple[int, int, str]], kept: list[tuple[int, int]]) -> None:
    assert [(a.start, a.end) for a in keep_longest(anchor(*g) for g in given_)] == kept


def test_of_equally_long_ones_the_date_beats_the_figure() -> None:
    (kept,) = keep_longest([anchor(0, 3, "figure"), anchor(0, 3, "date")])
    assert kept.kind == "date"


@given(st.text(alphabet="중기부는3만억조원 1,.명13일월%서울김소장년", max_size=40))
def test_offsets_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for found in find_anchors(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end
