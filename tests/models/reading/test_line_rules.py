"""The rules for single lines, each against what it must take and what it must leave alone."""

from __future__ import annotations

import pytest

from models.reading.captions import is_caption, without_credit
from models.reading.datelines import strip_lead, strip_tail
from models.reading.endings import Ending, Register, ending_of, register_of
from models.reading.furniture import Furniture, furniture_of
from models.reading.unfold import unfold
from models.reading.verdicts import judge


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        ("비가 온다.", Ending.STRONG),
        ("“비가 온다.”", Ending.STRONG),
        ("비가 온다(기상청).", Ending.NOMINAL),
        ("왜 그럴까?", Ending.STRONG),
        ("결국 문을 닫아야 했다…", Ending.STRONG),
        ("한 해 35만t.", Ending.NOMINAL),
        ("봄나물 값이 두 배로 뛰었다", Ending.BARE),
        ("다녀왔어요 😊", Ending.BARE),
        ("참가를 제한함", Ending.OFFICIAL),
        ("지원을 확대할 예정", Ending.OFFICIAL),
        ("봄나물 값 왜 뛰었나", Ending.NONE),
        ("정치 경제 사회", Ending.NONE),
        ("정부가 지원을 늘리기로 …", Ending.NONE),
    ],
)
def test_endings(line: str, ending: Ending) -> None:
    assert ending_of(line) is ending


@pytest.mark.parametrize(
    ("line", "register"),
    [
        ("비가 온다.", Register.PLAIN),
        ("사실이 아니다.", Register.PLAIN),
        ("책임은 본인에게 있습니다.", Register.POLITE),
        ("많이 구독해 주세요!", Register.POLITE),
        ("그는 “갑니다”라고 했다.", Register.PLAIN),
        ("“갑니다.”", Register.UNKNOWN),
    ],
)
def test_register_looks_past_quotations(line: str, register: Register) -> None:
    assert register_of(line) is register


CAPTIONS = [
    "▲ 참석자들이 토론하고 있다. (한빛경제)",
    "▲중소기업부 현판. (뉴시스)",
    "△ 조감도. 사진 제공=부산항만공사",
    "[사진] 소방대원들이 사고 차량을 수습하고 있다. 강원소방본부 제공",
    "불이 난 공장에서 검은 연기가 치솟고 있다. 독자 제공",
    "전남 앞바다의 풍력 터빈. (사진=서해안경제 DB)",
    "<사진> 불로 잿더미가 된 마을. 경북매거진DB",
    "[사진 = 게티이미지뱅크]",
    "총재가 의사봉을 두드리고 있다. 2025.8.28 [공동취재단]",
    "고령 운전자가 검사를 받고 있다. 2025.12.08. photo@site.example *재판매 및 DB 금지",
    "큰사진보기 ▲ 실무사들이 반찬을 담고 있다. ⓒ 범나래",
    "김 지사(왼쪽)와 이 시장이 악수하고 있다.",
    "[대체텍스트: 버스 리프트에 오르는 모습]",
]
PROSE = [
    "정부는 12일 예산을 늘린다고 밝혔다.",
    "그는 “사진을 찍지 말라”고 했다.",
    "회사는 자료를 제공했다.",
    "정부가 영상 산업에 1조 원을 지원한다.",
    "조합은 상품을 무료로 제공한다. 이용자는 두 배로 늘었다.",
    "▲ 첫째, 예산을 늘려야 한다.",
    "새 저작권법은 무단으로 베낀 사람을 처벌한다.",
    "시는 댓글 조작을 막겠다고 했다.",
    "구독료는 월 9,900원이다.",
    "사업자등록증을 더는 요구하지 않는다.",
    "관련 기사는 3천 건이 넘었다.",
    "이 사이트는 지난해 문을 열었다.",
    "주요 뉴스는 앞으로 인공지능이 고른다.",
    "코스피는 28.74포인트(1.09%) 오른 2,665.12에 마감했다.",
    "올해 3월 15일 오후 2시에 열린 회의에서 이같이 정했다.",
    "“구독을 취소하면 환불해 주세요.”",
    "10년 뒤 인구는 4천만 명 밑으로 떨어진다.",
    "통계청이 조사한 5일 산지 쌀값은 20㎏에 5만9천140원이다.",
]


@pytest.mark.parametrize("line", CAPTIONS)
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_furniture(line: str) -> None:
    assert not is_caption(line)
    assert furniture_of(line) is None
    assert judge(unfold(line)[0]).prose == line


def test_a_paragraph_loses_its_credit_only() -> None:
    assert (
        without_credit("시는 공사를 마쳤다. 값도 내렸다. [사진=시청]")
        == "시는 공사를 마쳤다. 값도 내렸다."
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ⓒ 한빛경제, 무단전재 및 재배포 금지", Furniture.END),
        ("<저작권자(c) 한결뉴스, 무단 전재-재배포 금지>", Furniture.END),
        ("Copyright ⓒ 달빛신문. All rights reserved.", Furniture.END),
        ("(끝)", Furniture.END),
        ("좋아요0 훌륭해요0 슬퍼요0 화나요0", Furniture.END),
        ("나유진 기자의 다른 기사 보기", Furniture.END),
        ("■ 제보하기", Furniture.END),
        ("ysdo@hanbit.example", Furniture.BYLINE),
        ("도윤서 기자 ysdo@hanbit.example", Furniture.BYLINE),
        ("[개호연 기자(hoyeon@secunews.example)]", Furniture.BYLINE),
        ("댓글 3", Furniture.COMMENTS),
        ("독자의견 (0)", Furniture.COMMENTS),
        ("최신순 과거순 공감순", Furniture.COMMENTS),
        ("많이 본 뉴스", Furniture.SECTION),
        ("오늘의 주요 뉴스", Furniture.SECTION),
        ("[관련뉴스]", Furniture.SECTION),
        ("핵심요약 ▼", Furniture.SECTION),
        ("☞ 우리 동네 전세가율 확인하기 (클릭)", Furniture.NOISE),
        ("▶ 놓치면 손해! 텔레그램 채널 입장하기", Furniture.NOISE),
        ("(광고) 우리 가게 카드매출, 내일 바로 입금받으세요.", Furniture.NOISE),
        ("kim**** 중개사만 잡는다고 되나.", Furniture.NOISE),
        ("투자 판단의 책임은 투자자 본인에게 있습니다.", Furniture.NOISE),
        ("한밭방송 뉴스 채은봄입니다.", Furniture.NOISE),
        ("하지율 기자가 현장을 다녀왔습니다.", Furniture.NOISE),
        ("※ 본 정보는 투자 참고용이며 오류가 있을 수 있습니다.", Furniture.NOISE),
        ("#중소제조 #AI전환", Furniture.NOISE),
    ],
)
def test_furniture(line: str, kind: Furniture) -> None:
    assert furniture_of(line) is kind


@pytest.mark.parametrize(
    "lead",
    [
        "(서울=한결뉴스) 남기훈 기자 = ",
        "(서울=새벽통신) 김바다 이하늘 기자 = ",
        "[원주=교통신보]옥단비 기자 = ",
        "【세종=뉴시스】 ",
        "(서울=증권통신) ",
        "[SECU뉴스 개호연 기자] ",
        "남기훈 기자 = ",
        "[한빛경제] ",
        "[앵커] ",
        "◀ 리포트 ▶ ",
    ],
)
def test_leads_are_stripped(lead: str) -> None:
    assert strip_lead(lead + "정부가 예산을 늘린다.") == "정부가 예산을 늘린다."


@pytest.mark.parametrize(
    "line",
    [
        "(가칭) 지역청은 문을 연다.",
        "[단독 입수] 문서에 따르면 그렇다.",
        "남기훈 기자는 말했다.",
        "x=3이다.",
    ],
)
def test_what_only_resembles_a_lead_stays(line: str) -> None:
    assert strip_lead(line) == line


@pytest.mark.parametrize(
    "tail",
    [
        " 도윤서 기자 ysdo@hanbit.example",
        " /도윤서 기자",
        " [도윤서 기자]",
        " ysdo@hanbit.example",
        " <저작권자 ⓒ 한빛경제 무단전재 금지>",
        " (끝)",
        " ▶관련기사 더 보기",
        " #예산 #지역",
        " 서울=도윤서 기자 a@b.example (끝)",
    ],
)
def test_tails_are_stripped(tail: str) -> None:
    assert strip_tail("정부가 예산을 늘린다." + tail) == "정부가 예산을 늘린다."


@pytest.mark.parametrize(
    "line",
    [
        "가" * 20_000,
        "가 " * 10_000,
        "가1 " * 8_000,
        "가나다, " * 5_000,
        "a@" * 8_000,
        "[" * 9_000,
        "2025." * 5_000,
    ],
    ids=lambda line: line[:6],
)
def test_no_rule_runs_away_on_a_long_line(line: str) -> None:
    """A pattern that backtracks without end would not come back from these."""
    judge(unfold(line[:300])[0])
    for rule in (is_caption, furniture_of, ending_of, register_of):
        rule(line)
    for strip in (strip_lead, strip_tail):
        assert len(strip(line)) <= len(line)
