"""Texts longer than the network reads: chunked, merged, counted; never cut in silence."""

from __future__ import annotations

import pytest

from models.documents import Condensed, ModelReference, Passage, Translation
from models.generation.costs import add_costs, cost_of
from models.generation.fakes import ScriptedGenerator
from models.generation.protocol import Generation, GenerationOptions, Hypothesis
from models.reading import split_sentences
from models.summarizer import GeneratorSummarizer, SummaryRequest
from models.translator import GeneratorTranslator, TranslationRequest

ONCE = GenerationOptions()
MODEL = ModelReference("fake", "1")
SENTENCES = [
    "한가람 소장은 지역 제조업체에 공용 설비를 지원해야 한다고 말했다.",
    "그는 낡은 규제를 먼저 풀어야 한다고 강조했다.",
    "정부는 예산을 늘려 교육 과정을 새로 열어야 한다고 덧붙였다.",
    "기업은 청년을 더 뽑아야 한다고 요청했다.",
]


def first_sentence(prompt: str) -> str:
    return split_sentences(prompt.removeprefix("기사: "))[0].text


def condensed(generator: ScriptedGenerator, article: str) -> Condensed:
    def prompt(text: str, variant: str | None = None, draft: str = "") -> str:
        return f"기사: {text}"

    summarizer = GeneratorSummarizer(generator, prompt, MODEL, ONCE, ONCE)
    request = SummaryRequest(Passage(split_sentences(article), "key_point"))
    (result,) = summarizer.summarize([request])
    assert isinstance(result, Condensed)
    return result


def translated(generator: ScriptedGenerator, text: str) -> Translation:
    translator = GeneratorTranslator(generator, str, MODEL, ONCE, ONCE)
    (result,) = translator.translate([TranslationRequest(text)])
    assert isinstance(result, Translation)
    return result


def test_a_long_passage_is_condensed_in_chunks_and_once_more() -> None:
    generator = ScriptedGenerator(first_sentence, max_source_tokens=18)
    result = condensed(generator, " ".join(SENTENCES))
    seen = [prompt for call in generator.calls for prompt in call.prompts]
    assert all(len(prompt.split()) <= 18 for prompt in seen)
    assert all(any(sentence in prompt for prompt in seen) for sentence in SENTENCES)
    assert result.text in SENTENCES
    assert result.cost.chunks >= 2
    assert not result.cost.truncated


def test_a_passage_that_fits_is_read_once() -> None:
    generator = ScriptedGenerator(first_sentence, max_source_tokens=100)
    result = condensed(generator, " ".join(SENTENCES))
    assert [len(call.prompts) for call in generator.calls] == [1]
    assert result.cost.chunks == 0


def test_a_merged_sentence_that_does_not_hold_is_replaced_by_rule() -> None:
    whole = " ".join(SENTENCES)

    def script(prompt: str) -> str:
        merging = prompt.removeprefix("기사: ") not in whole
        return "정부는 3만 개의 공장을 지어야 한다." if merging else first_sentence(prompt)

    generator = ScriptedGenerator(script, max_source_tokens=18)
    result = condensed(generator, whole)
    assert "3만" not in result.text
    assert any(result.text.rstrip(".") in sentence for sentence in SENTENCES)


def test_one_endless_sentence_is_condensed_in_pieces() -> None:
    endless = "정부는 " + " ".join(f"규제 {at}가지를 풀고" for at in range(2, 30)) + " 지원한다."
    generator = ScriptedGenerator(first_sentence, max_source_tokens=18)
    result = condensed(generator, endless)
    seen = " ".join(prompt for call in generator.calls for prompt in call.prompts)
    assert all(f"{at}가지" in seen for at in range(2, 30))
    assert result.cost.chunks >= 2


def test_every_sentence_is_translated_on_its_own() -> None:
    generator = ScriptedGenerator(lambda prompt: f"Sentence of {len(prompt.split())} words.")
    result = translated(generator, " ".join(SENTENCES))
    assert [len(prompt.split()) for prompt in generator.calls[0].prompts] == [10, 7, 9, 6]
    assert result.text.count("Sentence of") == len(SENTENCES)
    assert result.source == " ".join(SENTENCES)
    assert (result.cost.chunks, result.cost.truncated) == (0, False)


def test_an_endless_sentence_is_translated_in_pieces() -> None:
    endless = "정부는 " + " ".join(f"규제를 풀고 지원을 {'늘' * at}리며" for at in range(1, 12))
    generator = ScriptedGenerator(lambda _: "The government eases rules.", max_source_tokens=12)
    result = translated(generator, f"{endless} 밝혔다.")
    seen = " ".join(prompt for call in generator.calls for prompt in call.prompts)
    assert all(f"{'늘' * at}리며" in seen for at in range(1, 12))
    assert result.cost.chunks == len(generator.calls[0].prompts) >= 3


@pytest.mark.parametrize(("words", "truncated"), [(3, False), (4, False), (5, True)])
def test_an_output_cut_at_the_limit_is_told(words: int, truncated: bool) -> None:
    generator = ScriptedGenerator(lambda _: " ".join(["말"] * words))
    options = GenerationOptions(max_output_tokens=4)
    translator = GeneratorTranslator(generator, str, MODEL, options, options)
    (result,) = translator.translate([TranslationRequest(SENTENCES[0])])
    assert isinstance(result, Translation)
    assert result.cost.truncated is truncated


def test_a_hypothesis_that_is_not_the_best_may_be_cut() -> None:
    best, cut = Hypothesis("말", 1), Hypothesis("말 말", 2, finished=False)
    assert not cost_of(Generation((best, cut), 1)).truncated
    assert cost_of(Generation((cut, best), 1)).truncated
    assert add_costs(cost_of(Generation((cut,), 1)), cost_of(Generation((best,), 1))).truncated
