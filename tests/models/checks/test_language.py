import pytest

from models.checks.language import check_language, hangul_share

KO = "정부는 지역 중소기업 3만 개를 지원한다고 밝혔다."
GOOD = "The government said it will support 30,000 regional small firms."


def names(ko: str, en: str) -> list[str]:
    return [flag.check for flag in check_language(ko, en)]


def test_a_good_translation_has_no_flag() -> None:
    assert check_language(KO, GOOD) == ()


@pytest.mark.parametrize(
    ("en", "check"),
    [
        ("", "empty_output"),
        (" \n", "empty_output"),
        (KO, "source_copied"),
        ("The government said it will support 중소기업 firms.", "hangul_left"),
        ("The 日 government said it will support 30,000 firms.", "hanja_left"),
        ("The government said it will support 30,000 regional small", "truncated"),
        ("The government said it will support the", "truncated"),
        (
            "Jeongbuneun jiyeok jungsogieop samman gaereul jiwonhandago balkhyeotda geureona"
            " oneul achim yeogi seoul.",
            "not_english",
        ),
    ],
)
def test_each_fault_is_named(en: str, check: str) -> None:
    assert names(KO, en) == [check]


def test_every_stretch_of_korean_is_quoted() -> None:
    flags = check_language(KO, "It will 지원 the 지역 중소기업 in the country.")
    assert [flag.en for flag in flags] == ["지원", "지역 중소기업"]
    assert {flag.severity for flag in flags} == {"error"}


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        (
            "지역화폐 국비 지원 부활…도상권 매출 17% 늘어",
            "Local currency funds revived; sales up 17 percent",
        ),
        ("“바로 그것입니다.”", "“That's exactly it.”"),
        ("김 의원은 이렇게 말했다.", "Kim had this to say:"),
        ("향년 94세.", "He was 94."),
    ],
)
def test_headlines_and_quotes_may_end_otherwise(ko: str, en: str) -> None:
    assert check_language(ko, en) == ()


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("123", 0.0), ("가나", 1.0), ("가나ab", 0.5), ("abc", 0.0)]
)
def test_hangul_share(text: str, share: float) -> None:
    assert hangul_share(text) == share
