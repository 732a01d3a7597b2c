from __future__ import annotations

import pytest

from models.reading.cues import Group, find_cues, table

SAID: list[tuple[str, Group]] = [
    ("박 교수는 “등록금 상한을 없애야 한다”고 말했다.", "demand"),
    ("“심사 인력을 두 배로 늘릴 필요가 있다”고 했다.", "demand"),
    ("협회는 세액공제를 연장해 달라고 요청했다.", "demand"),
    ("그는 조례부터 고치자고 했다.", "demand"),
    ("위원회는 약관을 바로잡으라고 권고했다.", "demand"),
    ("“지금은 속도를 늦출 때”라고 강조했다.", "demand"),
    ("“허가 기간을 줄여야 공장이 돌아간다”고 토로했다.", "demand"),
    ("“안전망부터 갖추는 게 먼저”라고 말했다.", "demand"),
    ("시는 노선 세 개를 새로 놓기로 했다.", "plan"),
    ("도는 내년까지 센터를 열 곳으로 늘리겠다고 밝혔다.", "plan"),
    ("군은 폐교를 기숙사로 고쳐 쓸 계획이다.", "plan"),
    ("구는 전동차 40대를 놓을 방침이다.", "plan"),
    ("공사는 요금을 5% 내린다고 발표했다.", "plan"),
    ("부처는 신고를 의무화하는 내용의 개정안을 입법예고했다.", "announce"),
    ("교육청은 급식로봇을 20개 학교에 추가로 들인다.", "present"),
    ("임금체계부터 손봐야 한다는 지적이 나왔다.", "anonymous"),
    ("구단은 팬들의 성원에 보답하겠다고 했다.", "vow"),
    ("다만 정부는 시행 시기를 밝히지 않았다.", "denial"),
    ("정부는 증세할 계획이 없다고 했다.", "denial"),
    ("그 법안은 다음 달 공청회를 거쳐 확정된다.", "procedure"),
]


@pytest.mark.parametrize(("sentence", "group"), SAID)
def test_an_expression_is_found(sentence: str, group: Group) -> None:
    assert group in find_cues(sentence).groups


NOT_SAID: list[tuple[str, Group]] = [
    ("갈아타야 하는 불편이 크다.", "demand"),
    ("지분 절반을 팔아야 하기 때문이다.", "demand"),
    ("돈의 속도가 느려지자 투자가 줄었다.", "demand"),
    ("필요한 예산은 9300억 원이다.", "demand"),
    ("이 제품은 ‘친환경’이라고 부른다.", "demand"),
    ("중부지방에 많은 비가 내리겠다.", "plan"),
    ("지난해 수출은 3.6% 늘었다.", "plan"),
    ("서울이 전체의 절반을 차지한다.", "present"),
    ("행사에는 시민 200명이 참석했다.", "plan"),
    ("길이 막힌다는 하소연이 커지자 시가 버스를 늘리기로 했다.", "anonymous"),
]


@pytest.mark.parametrize(("sentence", "group"), NOT_SAID)
def test_what_only_looks_like_an_expression_is_left(sentence: str, group: Group) -> None:
    assert group not in find_cues(sentence).groups


def test_the_day_of_the_month_is_no_figure() -> None:
    assert find_cues("13일 서울에서 30명을 만났다.").figures == 1


def test_every_row_of_the_table_compiles_and_none_matches_nothing() -> None:
    rows = table().expressions
    assert len(rows) > 30
    assert not [row.pattern.pattern for row in rows if row.pattern.search("")]
