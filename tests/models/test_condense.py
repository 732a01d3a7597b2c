from __future__ import annotations

import re

import pytest

from models.condense import LONGEST, condense
from models.documents import Passage, Sentence


def passage(*lines: str, kind: str = "proposal") -> Passage:
    sentences = tuple(Sentence(0, len(line), line) for line in lines)
    return Passage(sentences, "key_point" if kind == "key_point" else "proposal")


PAIRS = [
    (
        "그러면서 “2027년까지 거점 공장 25곳을 세워야 한다”고 제안했다.",
        "2027년까지 거점 공장 25곳을 세워야 한다.",
        "2027년까지 거점 공장 25곳을 세워야",
    ),
    (
        "육 대표는 “설비가 돈다”며 “재직자 1만 명의 교육비를 지원해 달라”고 건의했다.",
        "재직자 1만 명의 교육비를 지원해야 한다.",
        "재직자 1만 명의 교육비 지원 필요",
    ),
    (
        "협회는 “일손이 없다”며 모집 한도를 20%에서 50%로 확대해 달라고 요청했다.",
        "모집 한도를 20%에서 50%로 확대해야 한다.",
        "모집 한도를 20%에서 50%로 확대 필요",
    ),
    (
        "중기부 관계자는 “예산 비중을 40%로 높일 계획”이라고 말했다.",
        "예산 비중을 40%로 높일 계획이다.",
        "예산 비중을 40%로 높일 계획",
    ),
    (
        "정부는 또 배터리 등급을 나누기로 했다.",
        "배터리 등급을 나눈다.",
        "배터리 등급을 나누기로",
    ),
    (
        "그는 27개 질환부터 적용하자고 했다.",
        "27개 질환부터 적용해야 한다.",
        "27개 질환부터 적용 필요",
    ),
    (
        "복지부는 석 달마다 수용률을 공개하겠다는 뜻을 내비쳤다.",
        "석 달마다 수용률을 공개한다.",
        "석 달마다 수용률 공개",
    ),
    (
        "김 팀장은 “정책 네트워크 확립이 필요하다”라고 제언했다.",
        "정책 네트워크 확립이 필요하다.",
        "정책 네트워크 확립 필요",
    ),
    (
        "국토부는 임대인의 이력을 조회할 수 있도록 하는 방안을 공개했다.",
        "임대인의 이력을 조회할 수 있도록 한다.",
        "임대인의 이력을 조회할 수 있도록",
    ),
    (
        "단년도 사업을 5년 단위 협약으로 바꿔야 한다는 의견도 있었다.",
        "단년도 사업을 5년 단위 협약으로 바꿔야 한다.",
        "단년도 사업을 5년 단위 협약으로 바꿔야",
    ),
    (
        "“허가 기간을 6개월로 줄여야 공장이 제때 돌아간다”고 강조했다.",
        "허가 기간을 6개월로 줄여야 한다.",
        "허가 기간을 6개월로 줄여야",
    ),
    (
        "“설치율을 95%로 높여 노동 강도를 낮추는 게 먼저”라고 말했다.",
        "설치율을 95%로 높여 노동 강도를 낮추는 게 먼저다.",
        "설치율을 95%로 높여 노동 강도를 낮추는 게 먼저",
    ),
    (
        "이를 뒷받침할 수 있도록 “연구개발 역량을 강화할 필요가 있다”고 했다.",
        "연구개발 역량을 강화할 필요가 있다.",
        "연구개발 역량을 강화할 필요",
    ),
]


@pytest.mark.parametrize(("sentence", "plain", "headline"), PAIRS)
def test_the_proposal_is_cut_out_and_conjugated(sentence: str, plain: str, headline: str) -> None:
    assert condense(passage(sentence)) == plain
    assert condense(passage(sentence), "headline") == headline


def test_the_core_is_the_sentence_that_proposes() -> None:
    text = condense(
        passage(
            "육혜란 성광정밀 대표는 인력 문제를 짚었다.",
            "육 대표는 “교육비를 전액 지원해 달라”고 건의했다.",
        )
    )
    assert text == "교육비를 전액 지원해야 한다."


def test_a_key_point_stays_as_it_is_but_for_its_connective() -> None:
    line = "한편 통행은 사고 3시간 40분 만에 재개됐다."
    assert condense(passage(line, kind="key_point")) == "통행은 사고 3시간 40분 만에 재개됐다."


def test_leading_clauses_go_when_it_is_too_long() -> None:
    background = (
        "지역의 기업들이 해마다 늘어나는 비용을 감당하지 못해 문을 닫는 일이 이어지고 있는데, "
    )
    core = "협력업체 3000곳이 설비와 데이터를 함께 쓰게 해야 한다"
    text = condense(passage(f"그는 “{background * 3}{core}”고 말했다."))
    assert len(text) <= LONGEST
    assert text.endswith(f"{core}.")


@pytest.mark.parametrize("sentence", [sentence for sentence, _, _ in PAIRS])
def test_no_quotation_mark_and_no_figure_of_its_own(sentence: str) -> None:
    for text in (condense(passage(sentence)), condense(passage(sentence), "headline")):
        assert not set(text) & set('“”"')
        assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", sentence))


def test_an_ordinal_goes_only_where_it_numbers_the_proposal() -> None:
    def said(text: str) -> str:
        return condense(Passage((Sentence(0, len(text), text),), "proposal"))

    assert said("둘째 아이부터 출산지원금을 200만 원으로 올려야 한다.").startswith("둘째 아이부터")
    assert said("둘째, 출산지원금을 200만 원으로 올려야 한다.").startswith("출산지원금을")
