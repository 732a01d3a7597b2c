"""A Korean text and its English compared: what is missing, what was made up."""

from datetime import date

import pytest

from models.anchors.agreement import compare_numbers

KO = "중기부는 13일 지역 중소기업 3만 개에 1조2000억 원을 지원하고 보증료율을 0.2%포인트 낮춘다고 밝혔다."
EN = (
    "The ministry said on the 13th that it would give 1.2 trillion won to 30,000 regional SMEs"
    " and cut the guarantee fee rate by 0.2 percentage point."
)


def test_a_good_translation_agrees() -> None:
    assert not compare_numbers(KO, EN)


@pytest.mark.parametrize(
    ("right", "wrong", "missing"),
    [
        ("30,000", "300,000", "3만"),
        ("30,000", "3,000", "3만"),
        ("30,000 ", "", "3만"),
        ("1.2 trillion", "1.2 billion", "1조2000억 원"),
        ("1.2 trillion", "1.3 trillion", "1조2000억 원"),
        ("1.2 trillion won", "$1.2 trillion", "1조2000억 원"),
        ("0.2 percentage point", "0.2 percent", "0.2%포인트"),
        ("the 13th", "the 14th", "13일"),
    ],
)
def test_a_corrupted_one_does_not(right: str, wrong: str, missing: str) -> None:
    found = compare_numbers(KO, EN.replace(right, wrong))
    assert missing in [anchor.text for anchor in found.missing]


def test_an_invented_figure_is_named() -> None:
    found = compare_numbers(KO, EN + " The plan covers 17 provinces.")
    assert [figure.text for figure in found.invented] == ["17"]


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        (
            "국고채가 1년 4개월 만에 3%를 뚫었다",
            "yields pierce 3 percent for first time in 16 months",
        ),
        ("올해 1∼3분기 순손실", "net losses for the first three quarters of this year"),
        ("1~20일 수출 6.2%↑", "Exports up 6.2 percent in first 20 days"),
        ("징역 1년 6개월을 구형했다", "sought one and a half years in prison"),
        ("징역 1년6월을 구형했다", "sought 18 months in prison"),
        ("징역 8월을 선고했다", "sentenced him to eight months in prison"),
        ("형사4단독은 징역 4년을", "The court sentenced him to four years in prison"),
        ("형사4단독은 징역 4년을", "Criminal Division 4 sentenced him to four years in prison"),
        ("1분46초08로 우승했다", "won in 1:46.08"),
        ("서해안 철도 복선화 착수", "Work begins on double-tracking west coast railway"),
        ("그들은 되돌아왔다", "They doubled back"),
        ("중3 학생", "ninth graders"),
        ("6·25전쟁", "the 1950-53 Korean War"),
        ("남성 열 명 중 여섯", "six out of 10 men"),
        ("오후 2시부터 5시까지", "from 2 to 5 p.m."),
        ("하루 24시간 연다", "open around the clock"),
        ("비용을 절반씩 나눈다", "split the cost evenly"),
        ("한두 번", "once or twice"),
        ("9·7 공급대책", "the Sept. 7 supply measures"),
        ("50·60대 남성", "men in their 50s and 60s"),
        ("평택·아산·울산 세 곳에", "in Pyeongtaek, Asan and Ulsan"),
        ("21일 밝혔다", "said Monday"),
    ],
)
def test_free_renderings_agree(ko: str, en: str) -> None:
    assert not compare_numbers(ko, en)


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("예산 5천억을 돌려라", "Redirect the 500 billion dollar budget"),
        ("서너 곳으로 모은다", "gathered in three locations"),
        ("열에 여섯이다", "three out of 10"),
        ("9·7 공급대책", "the Sept. 3 supply measures"),
        ("한·중앙아시아 5개국 정상회의", "a summit with two countries"),
        ("위원회는 이를 의결했다", "The committee passed it in March"),
        ("위원회는 이를 의결했다", "The committee passed it on Tuesday"),
    ],
)
def test_what_a_careless_system_writes_is_caught(ko: str, en: str) -> None:
    assert compare_numbers(ko, en)


def test_a_figure_stated_twice_must_be_there_twice() -> None:
    ko = "서울대 10개보다 학과 10개를 먼저 만들어야 한다"
    assert not compare_numbers(ko, "create the 10 departments before 10 universities")
    assert compare_numbers(ko, "create the 10 departments before universities").missing


def test_next_august_is_not_last_august() -> None:
    assert not compare_numbers("내년 8월까지", "by August next year")
    assert compare_numbers("내년 8월까지", "by August last year").missing


def test_the_articles_date_decides_what_a_weekday_may_be() -> None:
    published = date(2026, 5, 14)
    assert not compare_numbers("13일 밝혔다", "said Wednesday", published)
    assert compare_numbers("13일 밝혔다", "said Friday", published).missing
