"""Nouns are found where they stand alone, and stand in English in the source."""

from pathlib import Path

import pytest

from models.anchors import AnchorContext, find_anchors, verify_anchors
from models.anchors.nouns import Nouns
from models.errors import ProfileError

NOUNS = Nouns.of(
    [
        ("배출계수", ["emission factor"]),
        ("가처분 신청", ["injunction request", "request for an injunction"]),
        ("가처분", ["injunction"]),
        ("내과", ["internal medicine"]),
        ("참나무", ["oak"]),
        ("정책 실명제", ["policy accountability system"]),
        ("이주민", ["migrant"]),
        ("한 지붕", ["one roof"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("업종별 배출계수를 공개해야 한다.", ["배출계수"]),
        ("가처분 신청이 기각됐다.", ["가처분 신청"]),
        ("가처분신청이 기각됐다.", ["가처분신청"]),
        ("가처분을 신청했다.", ["가처분"]),
        ("가처분, 신청", ["가처분"]),
        ("서울 내과와 외과", ["내과"]),
        ("참나무들이 참나무숲에서 자란다.", ["참나무"]),
        ("정책실명제와 ‘배출 계수’", ["정책실명제", "배출 계수"]),
        ("표준배출계수", []),
        ("이 주민들은 반대했다.", []),
        ("이주민들은 반대했다.", ["이주민"]),
        ("한 지붕 아래", ["한 지붕"]),
        ("", []),
    ],
)
def test_a_noun_begins_a_word_and_ends_it(text: str, found: list[str]) -> None:
    anchors = NOUNS.find(text)
    assert [anchor.text for anchor in anchors] == found
    assert all(text[anchor.start : anchor.end] == anchor.text for anchor in anchors)


def test_what_an_anchor_has_taken_is_left_to_it() -> None:
    text = "교육부 정책 실명제"
    taken = find_anchors(text)
    assert [anchor.text for anchor in taken] == ["교육부"]
    assert [a.text for a in Nouns.of([("교육부 정책", ["x"])]).find(text, taken)] == []
    assert NOUNS.switch(text, taken) == "Ministry of Education policy accountability system"


def test_particles_stay_with_the_english() -> None:
    assert NOUNS.switch("13일 배출계수를 고쳤다.", find_anchors("13일 배출계수를 고쳤다.")) == (
        "on the 13th emission factor를 고쳤다."
    )


def test_a_table_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    table = tmp_path / "nouns.tsv"
    table.write_text("ko\ten\n참나무\toak|oak tree\n", encoding="utf-8")
    assert Nouns.read(table).switch("참나무가 자란다.", ()) == "oak가 자란다."
    for wrong in ("참나무", "참나무\t", "\toak", "참나무\toak|", "참나무\toak\ttree"):
        table.write_text(f"ko\ten\n{wrong}\n", encoding="utf-8")
        with pytest.raises(ProfileError, match="line 2"):
            Nouns.read(table)
    with pytest.raises(ProfileError, match="can't be read"):
        Nouns.read(tmp_path / "none.tsv")


def test_what_a_told_noun_says_is_not_invented() -> None:
    nouns = Nouns.of([("병자호란", ["Manchu invasion of 1636"]), ("이대남", ["men in their 20s"])])
    for ko, en in (
        ("병자호란을 다룬 책이다.", "The book deals with the Manchu invasion of 1636."),
        ("이대남의 표심이 흔들렸다.", "Men in their 20s wavered."),
    ):
        assert verify_anchors(ko, en)
        assert verify_anchors(ko, en, AnchorContext(nouns=nouns)) == ()
    flags = verify_anchors("병자호란은 길었다.", "It took 12 years.", AnchorContext(nouns=nouns))
    assert [flag.check for flag in flags] == ["figure_invented"]
