from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents import Article
from models.reading.passages import choose_passages
from models.reading.sentences import split_sentences

FORUM = """중소 제조기업의 인공지능 도입률이 한 자릿수에 머무는 가운데, 거점 공장부터 세워야 한다는 제언이 나왔다.
산업연구회가 12일 대전에서 연 좌담회에는 제조업 대표 등 120여 명이 참석했다.
조태헌 한밭혁신원 원장은 “공장 한 곳이 AI를 들이는 데 평균 2억3000만 원이 든다”고 진단했다.
그러면서 “2027년까지 5대 권역에 거점 공장 25곳을 세워야 한다”고 제안했다.
종업원 50인 미만 제조업체의 도입률은 4.7%다.
육혜란 성광정밀 대표는 인력 문제를 짚었다.
육 대표는 “재직자 1만 명에게 교육비를 전액 지원해 달라”고 건의했다.
중기부 관계자는 “AI 예산 비중을 올해 18%에서 내년 40%로 높일 계획”이라고 말했다.
다음 회의는 25일 열린다."""

ACCIDENT = """7일 오전 5시 22분께 영동고속도로 터널 인근에서 차량 7대가 잇달아 부딪쳤다.
이 사고로 화물차 운전자가 숨지고 승용차 탑승자 등 9명이 다쳐 병원으로 옮겨졌다.
부상자 가운데 2명은 중상으로 알려졌다.
사고 지점에는 전날 밤부터 3.2㎝의 눈이 내렸다.
통행은 사고 3시간 40분 만에 재개됐다.
경찰은 블랙박스 영상을 확보해 정확한 경위를 조사할 계획이다."""


def article(text: str) -> Article:
    return Article(text, split_sentences(text))


def test_each_proposal_is_a_passage_with_its_speaker() -> None:
    passages = choose_passages(article(FORUM))
    assert [p.speaker for p in passages] == [
        "조태헌 한밭혁신원 원장",
        "육혜란 성광정밀 대표",
        "중기부 관계자",
    ]
    assert {p.kind for p in passages} == {"proposal"}


def test_a_passage_has_the_sentence_its_core_depends_on_and_no_other() -> None:
    first, second, third = choose_passages(article(FORUM))
    assert [s.text[:4] for s in first.sentences] == ["조태헌 ", "그러면서"]
    assert [s.text[:4] for s in second.sentences] == ["육혜란 ", "육 대표"]
    assert [s.text[:4] for s in third.sentences] == ["중기부 "]


def test_an_article_that_proposes_nothing_gives_key_points_from_the_lead_on() -> None:
    source = article(ACCIDENT)
    passages = choose_passages(source)
    assert {p.kind for p in passages} == {"key_point"}
    assert 2 <= len(passages) <= 3
    assert passages[0].sentences[0] == source.sentences[0]


def test_two_proposals_of_one_speaker_side_by_side_are_two_passages() -> None:
    text = (
        "정종수 미래연구소 소장은 “공급망을 구축할 필요가 있다”고 제안했다.\n"
        "그는 “중소기업 3만 곳을 육성해야 한다”고 강조했다.\n"
        "정 소장은 “범부처의 예산이 투입돼야 한다”고 덧붙였다."
    )
    passages = choose_passages(article(text))
    assert [len(p.sentences) for p in passages] == [1, 1, 1]
    assert {p.speaker for p in passages} == {"정종수 미래연구소 소장"}


def test_an_announcement_yields_to_the_sentence_it_announces() -> None:
    text = (
        "시가 공영버스 노선을 2027년부터 무료로 운행한다.\n"
        "시는 2027년부터 공영버스 노선을 무료로 운행하기로 했다."
    )
    assert len(choose_passages(article(text))) == 1


def test_an_editorial_proposes_in_nobodys_name() -> None:
    text = (
        "전세사기 피해자가 3만 명을 넘어섰다.\n"
        "정부가 대책을 내놓은 지 2년이 지났지만 달라진 것은 없다.\n"
        "피해자들은 여전히 눈물을 흘린다.\n"
        "무엇보다 보증금을 먼저 돌려주는 방식부터 도입해야 한다.\n"
        "국회는 이번 회기 안에 특별법을 고쳐야 마땅하다."
    )
    passages = choose_passages(article(text))
    assert [(p.kind, p.speaker) for p in passages] == [("proposal", None)] * 2


def test_the_weightiest_are_kept_in_the_articles_order() -> None:
    source = article(FORUM)
    passages = choose_passages(source, max_passages=2)
    starts = [p.sentences[0].start for p in passages]
    assert len(passages) == 2
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["", "눈이 내렸다."])
def test_the_smallest_articles_work(text: str) -> None:
    assert len(choose_passages(article(text))) == len(article(text).sentences)


_LINES = st.lists(st.sampled_from((FORUM + "\n" + ACCIDENT).split("\n")), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(_LINES, st.integers(1, 10))
def test_passages_are_sentences_of_the_article_in_order(lines: list[str], limit: int) -> None:
    source = article("\n".join(lines))
    passages = choose_passages(source, limit)
    starts = [p.sentences[0].start for p in passages]
    assert 1 <= len(passages) <= limit
    assert starts == sorted(starts)
    for passage in passages:
        assert 1 <= len(passage.sentences) <= 5
        assert set(passage.sentences) <= set(source.sentences)
