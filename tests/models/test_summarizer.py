from collections.abc import Sequence
from dataclasses import replace

import pytest

from models.condense import condense
from models.documents import Condensed, ModelReference, Passage
from models.errors import GenerationError, QueueFullError, ServerUnavailableError
from models.generation.fakes import ScriptedGenerator
from models.generation.protocol import GenerationOptions
from models.reading import split_sentences
from models.summarizer import GeneratorSummarizer, Style, SummaryRequest

EVIDENCE = (
    "한가람 새벽연구소 소장은 “지역 제조업체 3만 곳에 공용 설비를 지원할 필요가 있다”라고 강조했다."
)
GOOD = "지역 제조업체 3만 곳에 공용 설비를 지원해야 한다."
WRONG_FIGURE = "지역 제조업체 30만 곳에 공용 설비를 지원해야 한다."
FIRST = GenerationOptions()
N_BEST = GenerationOptions(beam_size=4, hypotheses=4)


def request(text: str = EVIDENCE, style: Style = "plain") -> SummaryRequest:
    return SummaryRequest(
        Passage(split_sentences(text), "proposal", "한가람 새벽연구소 소장"), style
    )


def summarizer(generator: ScriptedGenerator) -> GeneratorSummarizer:
    def prompt(text: str, variant: str | None = None, draft: str = "") -> str:
        return f"[{variant}] {text}"

    return GeneratorSummarizer(generator, prompt, ModelReference("fake", "1"), FIRST, N_BEST)


def only(results: Sequence[Condensed | GenerationError]) -> Condensed:
    (result,) = results
    assert isinstance(result, Condensed)
    return result


def test_a_sentence_that_passes_its_checks_is_abstractive() -> None:
    generator = ScriptedGenerator(lambda _: f" {GOOD}\n기사: 다른 글")
    result = only(summarizer(generator).summarize([request()]))
    assert (result.text, result.method, result.flags) == (GOOD, "abstractive", ())
    assert len(generator.calls) == 1


def test_a_wrong_figure_sends_the_passage_through_the_n_best_list() -> None:
    generator = ScriptedGenerator(lambda _: [WRONG_FIGURE, GOOD])
    result = only(summarizer(generator).summarize([request()]))
    assert (result.text, result.method) == (GOOD, "abstractive")
    assert [call.options for call in generator.calls] == [FIRST, N_BEST]
    assert result.cost.output_tokens > len(GOOD.split()), "both attempts are counted"


def test_the_network_is_shown_what_the_rules_make_of_the_passage() -> None:
    generator = ScriptedGenerator(lambda _: GOOD)

    def prompt(text: str, variant: str | None = None, draft: str = "") -> str:
        return f"{text} 초안: {draft}"

    asked = replace(summarizer(generator), prompt=prompt)
    asked.summarize([request(), request(style="headline")])
    assert [prompt.partition("초안: ")[2] for prompt in generator.calls[0].prompts] == [
        condense(request().passage, "plain"),
        condense(request().passage, "headline"),
    ]


@pytest.mark.parametrize(
    "output",
    [
        WRONG_FIGURE,
        "",
        "지원 지원 지원 지원 지원 지원 지원 지원 지원 지원",
        "好的，我来总结一下这篇文章。",
    ],
)
def test_what_fails_twice_is_condensed_by_rule(output: str) -> None:
    result = only(summarizer(ScriptedGenerator(lambda _: output)).summarize([request()]))
    assert result.method == "extractive"
    assert "3만 곳" in result.text
    assert "강조했다" not in result.text


def test_a_proposal_that_lost_its_figure_is_not_believed() -> None:
    without = "지역 제조업체에 공용 설비를 지원해야 한다."
    result = only(summarizer(ScriptedGenerator(lambda _: without)).summarize([request()]))
    assert result.method == "extractive"
    assert "3만 곳" in result.text


@pytest.mark.parametrize("speaker", ["한가람 소장은", "한 소장은"])
def test_a_proposal_is_not_what_its_speaker_should_do(speaker: str) -> None:
    generator = ScriptedGenerator(lambda _: [f"{speaker} {GOOD}", GOOD])
    result = only(summarizer(generator).summarize([request()]))
    assert (result.text, result.method) == (GOOD, "abstractive")


def test_an_engine_error_falls_back_but_a_full_queue_is_passed_on() -> None:
    def script(prompt: str) -> str | GenerationError:
        return QueueFullError("full", 2.0) if "바쁨" in prompt else GenerationError("broken")

    results = summarizer(ScriptedGenerator(script)).summarize(
        [request(), request("바쁨을 해소할 대책을 세워야 한다.")]
    )
    assert isinstance(results[0], Condensed)
    assert results[0].method == "extractive"
    assert isinstance(results[1], QueueFullError)


def test_a_server_that_is_gone_is_no_reason_to_condense_by_rule() -> None:
    gone = ScriptedGenerator(lambda _: ServerUnavailableError("connection refused"))
    (result,) = summarizer(gone).summarize([request()])
    assert isinstance(result, ServerUnavailableError)


def test_kind_and_style_choose_the_prompt() -> None:
    generator = ScriptedGenerator(lambda _: GOOD)
    key_point = SummaryRequest(Passage(split_sentences(EVIDENCE), "key_point"))
    summarizer(generator).summarize([request(), request(style="headline"), key_point])
    prompts = generator.calls[0].prompts
    assert [prompt.split("]")[0] for prompt in prompts] == [
        "[proposal",
        "[proposal_headline",
        "[key_point",
    ]
