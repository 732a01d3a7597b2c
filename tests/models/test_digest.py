"""The one path, on a fake generator that condenses and translates a made-up page by table."""

from dataclasses import replace

import pytest

from models.assembly import Pipeline, make_pipeline
from models.digest import DigestOptions
from models.documents import Digest
from models.errors import EmptyInputError, NotKoreanError, YojiError
from models.generation.fakes import ScriptedGenerator
from models.profiles import load_profile
from models.reading import Page

PAGE = """새벽신문
뉴스 > 경제
지역 제조업 지원 방안 토론회 열려
입력 2025.05.13 12:00
공유하기 페이스북 트위터

중소벤처기업부는 13일 대전에서 지역 제조업 지원 방안을 논의하는 토론회를 열었다.

한가람 새벽연구소 소장은 “지역 제조업체 3만 곳에 공용 설비를 지원할 필요가 있다”라고 강조했다. 한 소장은 “설비 교체 예산을 2027년까지 500억 원으로 늘려야 한다”라고 덧붙였다.

오누리 누리대학교 교수는 “현장 인력을 키울 교육 과정을 대학마다 마련해야 한다”라고 제안했다.

김다온 기자 daon@saebyeok.example
ⓒ 새벽신문, 무단전재 및 재배포 금지
많이 본 뉴스
1 오늘의 날씨
"""


def script(prompt: str) -> str | list[str]:
    """Writes nothing usable, so that rules and flags have to carry the digest."""
    return "A sentence in English." if prompt.rstrip().endswith("English:") else "???"


@pytest.fixture
def pipeline() -> Pipeline:
    generator = ScriptedGenerator(script, max_source_tokens=10_000)
    return make_pipeline(load_profile("embedded"), generator, generator)


def digest(pipeline: Pipeline, text: str = PAGE, options: DigestOptions | None = None) -> Digest:
    (result,) = pipeline.digester.digest([Page(text)], options)
    assert isinstance(result, Digest), result
    return result


def test_every_proposal_shows_its_evidence_and_speaker(pipeline: Pipeline) -> None:
    result = digest(pipeline)
    assert len(result.proposals) >= 3
    for proposal in result.proposals:
        assert proposal.evidence
        for part in proposal.evidence:
            assert result.article.text[part.start : part.end] == part.text
    speakers = {p.speaker.ko: p.speaker.en for p in result.proposals if p.speaker}
    assert set(speakers) == {"한가람 새벽연구소 소장", "오누리 누리대학교 교수"}
    assert "Han Ga-ram" in (speakers["한가람 새벽연구소 소장"] or "")


def test_what_the_network_gets_wrong_falls_back_and_is_flagged(pipeline: Pipeline) -> None:
    result = digest(pipeline)
    assert {p.method for p in result.proposals} == {"extractive"}
    with_figure = next(p for p in result.proposals if "500억" in p.ko)
    assert any(flag.expected and "50 billion won" in flag.expected for flag in with_figure.flags)


def test_clutter_stays_out(pipeline: Pipeline) -> None:
    result = digest(pipeline)
    for clutter in ("공유하기", "많이 본", "무단전재", "오늘의 날씨", "saebyeok"):
        assert clutter not in result.article.text
    assert result.article.title is not None
    assert result.article.title.ko == "지역 제조업 지원 방안 토론회 열려"
    assert result.article.byline == "김다온 기자"


def test_a_bad_page_fails_alone_and_in_its_place(pipeline: Pipeline) -> None:
    results = pipeline.digester.digest([Page(" "), Page(PAGE), Page("Only English here, sorry.")])
    assert isinstance(results[0], EmptyInputError)
    assert isinstance(results[1], Digest)
    assert isinstance(results[2], NotKoreanError)


def test_together_or_alone_a_page_gives_the_same_digest(pipeline: Pipeline) -> None:
    other = PAGE.replace("3만", "5만")
    together = pipeline.digester.digest([Page(PAGE), Page(other)])
    alone = [pipeline.digester.digest([Page(text)])[0] for text in (PAGE, other)]

    def timeless(result: Digest | YojiError) -> Digest:
        assert isinstance(result, Digest)
        usage = replace(result.usage, summarize_ms=0, translate_ms=0, total_ms=0, queue_ms=0)
        return replace(result, usage=usage)

    assert list(map(timeless, together)) == list(map(timeless, alone))


def test_the_id_depends_on_input_profile_and_options(pipeline: Pipeline) -> None:
    ids = {
        digest(pipeline).id,
        digest(pipeline, PAGE.replace("3만", "5만")).id,
        digest(pipeline, options=DigestOptions(style="headline")).id,
        digest(pipeline, options=DigestOptions(max_proposals=1)).id,
    }
    assert len(ids) == 4
    assert digest(pipeline).id in ids


def test_max_proposals_is_kept(pipeline: Pipeline) -> None:
    assert len(digest(pipeline, options=DigestOptions(max_proposals=2)).proposals) == 2
