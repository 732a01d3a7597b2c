import pytest

from models.anchors import AnchorContext, Roster
from models.attribution import plan_speaker
from models.documents import Flag, Translation


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("정부", "the government"),
        ("정무위", "National Policy Committee"),
        ("국회 법사위", "National Assembly Legislation and Judiciary Committee"),
        ("기획 당국", "Planning Authorities"),
        ("노조", "the union"),
        ("현대병원", "Hyundai Hospital"),
        ("김가온 누리대 피부과 교수", "Kim Ga-on, professor of dermatology at Nuri University"),
        (
            "김가온 누리대 경찰행정학과 교수",
            "Kim Ga-on, professor of police administration at Nuri University",
        ),
        (
            "표나리 누리대 산업공학과 교수",
            "Pyo Na-ri, professor of industrial engineering at Nuri University",
        ),
        (
            "음정희 누림대병원 산부인과 교수",
            "Eum Jung-hee, professor of obstetrics and gynecology at the Nurim University Hospital",
        ),
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
        ("라경수 의원(새길연합)", "Rep. Ra Kyung-soo (Saegil Alliance)"),
        ("솔내군(군수 방한울)", "Solnae County (Bang Han-ul, county governor)"),
        ("◆ 표재훈 의원", "Rep. Pyo Jae-hoon"),
        (
            "표재훈 전 교육부 차관",
            "Pyo Jae-hoon, former vice minister of the Ministry of Education",
        ),
        ("표재훈 소장(변호사)", "Pyo Jae-hoon, director (lawyer)"),
        ("채만덕 씨", "Chae Man-deok"),
        (
            "배남지 중견기업경영자협의회 전무",
            "Bae Nam-ji, executive vice president of the Mid-sized Business Employers Council",
        ),
        ("새싹마을의 두진하 대표", "Doo Jin-ha, CEO of Saessak Village"),
        ("교육부 담당 과장", "the director of the Ministry of Education"),
        ("전국금속안전연대", "National Metal Safety Solidarity"),
    ],
)
def test_a_speaker_is_computed_where_tables_suffice(ko: str, en: str) -> None:
    plan = plan_speaker(ko, AnchorContext())
    assert plan.to_translate is None
    assert plan.render({}).en == en


UNKNOWN = "노동계 토론자"


@pytest.mark.parametrize(
    ("english", "flags", "expected"),
    [
        ("A labor panelist.", (), "A labor panelist"),
        ("A panelist " + "and so on " * 20, (), "Toronja"),
        ("A panelist, 40", (Flag("figure_invented", "error", "40"),), "Toronja"),
    ],
)
def test_a_translated_body_is_believed_only_if_nothing_is_wrong_with_it(
    english: str, flags: tuple[Flag, ...], expected: str
) -> None:
    plan = plan_speaker(UNKNOWN, AnchorContext())
    assert plan.to_translate == UNKNOWN
    assert expected in (plan.render({UNKNOWN: Translation(UNKNOWN, english, flags)}).en or "")


def test_a_persons_body_is_never_left_to_the_translator() -> None:
    plan = plan_speaker("표창욱 코어셀리사이클 부사장", AnchorContext())
    assert plan.to_translate is None
    assert (plan.en or "").startswith("Pyo Chang-wook, vice president of K")


def test_surname_and_title_become_the_person_introduced_before() -> None:
    context = AnchorContext(roster=Roster.read("정가람 새벽연구소 소장은 반대했다."))
    assert plan_speaker("정 소장", context).render({}).en == "Director Jeong"
