from __future__ import annotations

import pytest

from models.errors import GenerationError
from models.generation.fakes import EchoGenerator, FailingGenerator, ScriptedGenerator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator

OPTIONS = GenerationOptions()


def texts(results: list[Generation | GenerationError]) -> list[str]:
    return [r.text if isinstance(r, Generation) else "!" for r in results]


def test_echo_answers_in_order_and_counts_words() -> None:
    generator: TextGenerator = EchoGenerator()
    results = generator.generate(["하나 둘", "셋"], OPTIONS)
    assert texts(results) == ["하나 둘", "셋"]
    assert [r.source_tokens for r in results if isinstance(r, Generation)] == [2, 1]
    assert generator.count_tokens(["", "a b  c"]) == [0, 3]


def test_failing_items_are_errors_in_their_place() -> None:
    generator = FailingGenerator(lambda prompt: "나" in prompt)
    assert texts(generator.generate(["가", "나", "다"], OPTIONS)) == ["가", "!", "다"]


def test_overlong_prompt_names_count_limit_and_remedy() -> None:
    result = EchoGenerator(max_source_tokens=2).generate(["a b c"], OPTIONS)[0]
    assert isinstance(result, GenerationError)
    assert str(result) == (
        "the prompt has 3 tokens, the limit is 2; split it into shorter passages"
    )


@pytest.mark.parametrize(
    ("options", "expected", "finished"),
    [
        (GenerationOptions(), "one two\nthree", True),
        (GenerationOptions(stop=("\n",)), "one two", True),
        (GenerationOptions(max_output_tokens=1), "one", False),
        (GenerationOptions(stop=("three", "two")), "one ", True),
    ],
)
def test_stop_strings_and_limits_cut(
    options: GenerationOptions, expected: str, finished: bool
) -> None:
    result = ScriptedGenerator(lambda _: "one two\nthree").generate(["x"], options)[0]
    assert isinstance(result, Generation)
    assert (result.text, result.hypotheses[0].finished) == (expected, finished)


def test_n_best_comes_best_first_and_no_more_than_asked() -> None:
    generator = ScriptedGenerator(lambda prompt: [prompt, prompt + "?", prompt + "!"])
    result = generator.generate(["a"], GenerationOptions(beam_size=2, hypotheses=2))[0]
    assert isinstance(result, Generation)
    assert [h.text for h in result.hypotheses] == ["a", "a?"]
    assert result.hypotheses[0].score > result.hypotheses[1].score


def test_a_closed_generator_raises() -> None:
    generator = EchoGenerator()
    generator.close()
    with pytest.raises(GenerationError, match="closed"):
        generator.generate(["a"], OPTIONS)
