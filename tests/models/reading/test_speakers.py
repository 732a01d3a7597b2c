from __future__ import annotations

import pytest

from models.documents import Sentence
from models.reading.designations import person_name
from models.reading.mentions import speaking_mention
from models.reading.speakers import attribute


def speakers(*lines: str) -> list[str | None]:
    return [by.speaker for by in attribute([Sentence(0, len(line), line) for line in lines])]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (
            "발제에 나선 조태헌 한밭제조혁신원 원장은 “어렵다”고 진단했다.",
            "조태헌 한밭제조혁신원 원장",
        ),
        ("관광정책연구소 차은유 책임연구원은 축소하자고 했다.", "관광정책연구소 차은유 책임연구원"),
        ("국회 국토위원회 소속 어수환 의원은 “늘려야 한다”고 했다.", "어수환 의원"),
        ("고창에서 수박을 키우는 채만덕 씨는 “힘들다”고 말했다.", "채만덕 씨"),
        ("은하랑 오비탈모션 이사는 낮춰 달라고 했다.", "은하랑 오비탈모션 이사"),
        ("노하영 세림전자 인사담당 이사는 넓혀 달라고 했다.", "노하영 세림전자 인사담당 이사"),
        ("강진모 덕원대 부동산학과 교수는 책임을 거론했다.", "강진모 덕원대 부동산학과 교수"),
        ("선수위원장 우은결은 “낡았다”고 말했다.", "선수위원장 우은결"),
        ("교육부와 고용부는 26일 대책을 내놓고 설비를 바꾸기로 했다.", "교육부와 고용부"),
        ("18일 열린 토론회에서 국토부는 방안을 공개했다.", "국토부"),
        ("학회가 8일 개최한 간담회에서 선우재 학회장은 “띄워야 한다”고 했다.", "선우재 학회장"),
        ("대신 공정위는 7월부터 공시를 시작하기로 했다.", "공정위"),
        ("청소년단체 별무리는 수습 감액을 금지하라고 요구했다.", "청소년단체 별무리"),
        (
            "“사서가 없어 문을 닫는다”는 것이 은소담 정책포럼 이사의 진단이다.",
            "은소담 정책포럼 이사",
        ),
        ("◯진혜겸 위원: 관사를 올해 안에 매각하세요.", "진혜겸 위원"),
        ("표민정 한빛대 세무학과 교수는 “미루면 안 된다”고 했다.", "표민정 한빛대 세무학과 교수"),
        ("특위 위원 승태욱 도의원은 매각하라고 요구했다.", "특위 위원 승태욱 도의원"),
        ("질문이 나오자 한은 외자운용원장은 “검토하겠다”고 답했다.", "한은 외자운용원장"),
        ("사실이 드러나자 시민이 반발하자 산업부가 고시를 고치기로 했다.", "산업부"),
        ("요금부터 고쳐야 한다고 제주시민모임이 주장했다.", "제주시민모임"),
        ("국회는 이번 회기 안에 특별법을 고쳐야 마땅하다.", None),
        ("단년도 사업을 5년 단위로 바꿔야 한다는 의견도 있었다.", None),
        ("지난해 신고는 8120건이었다.", None),
    ],
)
def test_the_speaker_of_one_sentence(sentence: str, speaker: str | None) -> None:
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (("김상신 벤처연구원 혁신팀장이 발제했다.", "김 팀장은 “중요하다”고 했다."), "김상신 벤처연구원 혁신팀장"),
        (("정종수 미래연구소 소장은 “격차가 크다”고 했다.", "그는 “투입돼야 한다”고 했다."), "정종수 미래연구소 소장"),
        (("정종수 미래연구소 소장은 “격차가 크다”고 했다.", "이어 “줄여야 한다”고 했다."), "정종수 미래연구소 소장"),
        (("사공윤 곡물학회 부회장은 “과잉”이라고 했다.", "사공 부회장은 올리자고 했다."), "사공윤 곡물학회 부회장"),
        (("탁정후 기반연구원 선임연구위원은 경고했다.", "탁 위원은 “줄여야 한다”고 했다."), "탁정후 기반연구원 선임연구위원"),
        (("환경부 관계자는 “늘린다”고 했다.", "이 관계자는 “내년에 시행할 것”이라고 말했다."), "환경부 관계자"),
        (("복지부와 산업부가 2일 전망을 공개했다.", "두 부처는 센터를 늘리겠다고 했다."), "복지부와 산업부"),
        (("환경부는 15% 줄이기로 했다.", "용기의 두께도 규격화할 계획이다."), "환경부"),
        (("허다솜 책방연합 사무국장은 “비싸다”고 했다.", "허 국장의 제안은 조례를 만들자는 것이다."), "허다솜 책방연합 사무국장"),
        (("대구정책연구원 모지훈 박사는 “낮다”고 했다.", "보고서는 요건을 낮추자고 제안했다."), "대구정책연구원 모지훈 박사"),
        (("원도연 미래포럼 대표는 “늦다”고 했다.", "나머지 매립은 멈추자는 얘기다."), "원도연 미래포럼 대표"),
        (("동해수산미래포럼은 융자를 늘리자고 했다.", "포럼은 대책도 세워야 한다고 덧붙였다."), "동해수산미래포럼"),
    ],
)  # fmt: skip
def test_a_speaker_is_carried_over(lines: tuple[str, ...], speaker: str) -> None:
    assert speakers(*lines)[-1] == speaker


def test_a_surname_never_becomes_somebody_of_another_surname() -> None:
    lines = ("정종수 미래연구소 소장은 “크다”고 했다.", "김 소장은 “작다”고 했다.")
    assert speakers(*lines)[-1] == "김 소장"


def test_a_surname_takes_the_person_whose_title_fits() -> None:
    lines = (
        "김하늘 한빛대 교수는 “크다”고 했다.",
        "김도윤 정책연구원 팀장은 “작다”고 했다.",
        "김 교수는 “바꿔야 한다”고 했다.",
    )
    assert speakers(*lines)[-1] == "김하늘 한빛대 교수"


def test_a_name_given_only_later_is_found_by_looking_ahead() -> None:
    lines = ("이 교수는 그 원인을 하나로 설명했다.", "연사인 이서하 한결의대 교수는 “크다”고 했다.")
    assert speakers(*lines)[0] == "이서하 한결의대 교수"


def test_a_thing_as_topic_hides_the_subject_of_its_clause() -> None:
    mention = speaking_mention("이 제도는 얼마나 되는지를 정부가 확인해 주는 것이다.")
    assert mention is None


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("정종수 미래연구소 소장", "정종수"),
        ("난민법률지원단의 양로아 변호사", "양로아"),
        ("환경부 관계자", None),
        ("중소벤처기업부", None),
    ],
)
def test_the_personal_name_of_a_designation(speaker: str, name: str | None) -> None:
    assert person_name(speaker) == name


def test_provisions_and_measures_do_not_speak() -> None:
    told = speakers(
        "해양수산부는 29일 양식어가 1142곳에 재난지원금을 지급하기로 했다고 밝혔다.",
        "지원은 지난달 21일부터 이달 18일까지 접수된 피해를 대상으로 한다.",
        "안 제39조제2항은 의무를 위반한 사업자에게 3년 이하의 징역을 부과하도록 했다.",
    )
    assert told[0] == "해양수산부"
    assert told[1] in (None, "해양수산부")
    assert told[2] in (None, "해양수산부")
