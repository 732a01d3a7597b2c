"""Articles of a law are computed, in the forms newspapers and lawyers write."""

import pytest

from models.anchors import find_anchors, switch_source, verify_anchors


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("제39조제2항은", "Article 39, Paragraph 2은"),
        ("헌법 제31조는", "헌법 Article 31는"),
        ("제8조의2를", "Article 8-2를"),
        ("제3조 제1항 제2호에", "Article 3, Paragraph 1, Subparagraph 2에"),
        ("제10조의4 제1항이", "Article 10-4, Paragraph 1이"),
        ("제7조제3호와", "Article 7, Subparagraph 3와"),
        ("제5조 1항은", "Article 5, Paragraph 1은"),
        ("제2조1항을", "Article 2, Paragraph 1을"),
        ("제8조의 2항을", "Article 8, Paragraph 2을"),
    ],
)
def test_provisions_are_rendered(ko: str, en: str) -> None:
    assert switch_source(ko, find_anchors(ko)) == en


@pytest.mark.parametrize("ko", ["39조 원을 쓴다.", "제조업", "제2항구", "제39조합은", "제3회 대회"])
def test_money_and_words_are_no_provisions(ko: str) -> None:
    assert "Article" not in switch_source(ko, find_anchors(ko))


KO = "안 제39조제2항은 3년 이하의 징역을 정했다."


@pytest.mark.parametrize(
    "said",
    [
        "Article 39, Paragraph 2",
        "Article 39(2)",
        "Paragraph 2 of Article 39",
        "article 39, clause 2",
    ],
)
def test_every_usual_form_passes(said: str) -> None:
    assert verify_anchors(KO, f"{said} of the bill sets up to three years in prison.") == ()


@pytest.mark.parametrize(
    "said", ["Article 2, Article 39", "Article 93(2)", "The bill", "Article 392"]
)
def test_another_provision_is_flagged(said: str) -> None:
    flags = verify_anchors(KO, f"{said} sets up to three years in prison.")
    assert flags
    assert all(flag.check in ("term_missing", "figure_invented") for flag in flags)


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("제3조와 제5조를 고쳤다.", "Articles 3 and 5 were revised."),
        ("제3조부터 제5조까지 고쳤다.", "Articles 3 to 5 were revised."),
        ("제5조제1항을 고쳤다.", "Article 5 (1) was revised."),
    ],
)
def test_lists_and_ranges_hold_each_article(ko: str, en: str) -> None:
    assert verify_anchors(ko, en) == ()


def test_an_article_is_not_the_beginning_of_another() -> None:
    flags = verify_anchors("제3조와 제39조를 고쳤다.", "Article 39 was revised.")
    assert [flag.ko for flag in flags] == ["제3조"]
    assert verify_anchors("제1조제2항을 고쳤다.", "Article 1, Paragraph 25 was revised.")
