import pytest

from models.anchors import AnchorContext, Roster
from models.attribution import plan_speaker
from models.documents import Flag, Translation


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("정부", "the government"),
        ("중기부", "Ministry of SMEs and Startups"),
        ("중기부 관계자", "an official at the Ministry of SMEs and Startups"),
        (
            "오누리 중기부 제조혁신과장",
            "Oh Nu-ri, head of the Manufacturing Innovation Division at the Ministry of SMEs and Startups",
        ),
        ("한가람 새벽연구소 소장", "Han Ga-ram, director of the Saebyeok Research Institute"),
        (
            "강진모 덕원대 부동산학과 교수",
            "Kang Jin-mo, professor of real estate at Deokwon University",
        ),
        ("한가람 성광정밀 대표", "Han Ga-ram, CEO of Sungkwang Precision"),
        ("지역유통네트워크 기유라 대표", "Ki Yu-ra, CEO of the Regional Distribution Network"),
        ("표재훈 의원", "Rep. Pyo Jae-hoon"),
        ("전국금속안전연대", "National Metal Safety Solidarity"),
    ],
)
def test_a_speaker_is_computed_where_tables_suffice(ko: str, en: str) -> None:
    plan = plan_speaker(ko, AnchorContext())
    assert plan.to_translate is None
    assert plan.render({}).en == en


UNKNOWN = "표창욱 코어셀리사이클 부사장"


@pytest.mark.parametrize(
    ("english", "flags", "expected"),
    [
        ("Pyo Chang-wook, vice president of CoreCell Recycle.", (), "CoreCell Recycle"),
        ("a vice president of CoreCell Recycle", (), "Koeo"),
        ("Pyo Chang-wook " + "and so on " * 20, (), "Koeo"),
        ("Pyo Chang-wook, 40", (Flag("figure_invented", "error", "40"),), "Koeo"),
    ],
)
def test_a_translated_speaker_is_believed_only_if_it_holds_what_was_computed(
    english: str, flags: tuple[Flag, ...], expected: str
) -> None:
    plan = plan_speaker(UNKNOWN, AnchorContext())
    assert plan.to_translate == UNKNOWN
    rendered = plan.render({UNKNOWN: Translation(UNKNOWN, english, flags)}).en
    assert rendered is not None
    assert rendered.startswith("Pyo Chang-wook")
    assert expected in rendered


def test_surname_and_title_become_the_person_introduced_before() -> None:
    context = AnchorContext(roster=Roster.read("정가람 새벽연구소 소장은 반대했다."))
    assert plan_speaker("정 소장", context).render({}).en == "Director Jeong"
