import pytest

from models.documents import Condensed, ModelReference, Translation
from models.errors import EmptyInputError, InputTooLargeError, NotKoreanError
from models.generation.fakes import ScriptedGenerator
from models.generation.protocol import GenerationOptions
from models.reading import ReadingLimits
from models.summarizer import GeneratorSummarizer
from models.texts import summarize_texts, translate_texts
from models.translator import GeneratorTranslator

OPTIONS = GenerationOptions()
REFERENCE = ModelReference("fake", "1")


@pytest.fixture
def translator() -> GeneratorTranslator:
    generator = ScriptedGenerator(lambda prompt: f"Said {len(prompt.split())} words.")
    return GeneratorTranslator(generator, lambda text: text, REFERENCE, OPTIONS, OPTIONS)


def test_each_text_is_answered_in_its_place(translator: GeneratorTranslator) -> None:
    results = translate_texts(translator, ["비가 온다.", "", "nothing Korean", "눈이 많이 온다."])
    assert [type(result) for result in results] == [
        Translation,
        EmptyInputError,
        NotKoreanError,
        Translation,
    ]


def test_every_sentence_of_a_text_is_translated(translator: GeneratorTranslator) -> None:
    (result,) = translate_texts(translator, ["비가 온다. 눈이 많이 온다. 바람이 분다."])
    assert isinstance(result, Translation)
    assert result.text == "Said 2 words. Said 3 words. Said 2 words."


def test_a_text_over_the_limit_is_refused_with_value_and_limit(
    translator: GeneratorTranslator,
) -> None:
    (result,) = translate_texts(translator, ["가" * 11], limits=ReadingLimits(max_characters=10))
    assert isinstance(result, InputTooLargeError)
    assert "11" in str(result)
    assert "10" in str(result)


def test_a_text_is_condensed_to_a_sentence() -> None:
    proposal = "도서관을 늘려야 한다."

    def prompt(text: str, variant: str | None = None, draft: str = "") -> str:
        return text

    summarizer = GeneratorSummarizer(
        ScriptedGenerator(lambda _: proposal), prompt, REFERENCE, OPTIONS, OPTIONS
    )
    results = summarize_texts(summarizer, ["그는 “마을마다 도서관을 늘려야 한다”고 말했다.", "  "])
    assert isinstance(results[0], Condensed)
    assert results[0].text == proposal
    assert isinstance(results[1], EmptyInputError)
