from dataclasses import replace
from datetime import date

from models.anchors import AnchorContext, Glossary
from models.anchors.nouns import Nouns
from models.documents import ModelReference, Translation
from models.errors import GenerationError
from models.generation.fakes import ScriptedGenerator
from models.generation.protocol import GenerationOptions
from models.translator import GeneratorTranslator, TranslationRequest

FIRST = GenerationOptions()
N_BEST = GenerationOptions(beam_size=4, hypotheses=4)
SOURCE = "중소벤처기업부는 지역 기업 3만 곳에 1조2000억 원을 지원한다."
GOOD = (
    "The Ministry of SMEs and Startups will provide 1.2 trillion won to 30,000 regional companies."
)
WRONG = (
    "The Ministry of SMEs and Startups will provide 120 billion won to 30,000 regional companies."
)


def translator(generator: ScriptedGenerator) -> GeneratorTranslator:
    return GeneratorTranslator(
        generator, lambda text: text, ModelReference("fake", "1"), FIRST, N_BEST
    )


def translate(generator: ScriptedGenerator, text: str = SOURCE) -> Translation:
    context = AnchorContext(published_at=date(2025, 5, 13))
    (result,) = translator(generator).translate([TranslationRequest(text, context)])
    assert isinstance(result, Translation)
    return result


def test_the_network_sees_the_anchors_in_english() -> None:
    generator = ScriptedGenerator(lambda _: GOOD)
    result = translate(generator)
    (prompt,) = generator.calls[0].prompts
    assert "1.2 trillion won" in prompt
    assert "30,000" in prompt
    assert "Ministry of SMEs and Startups" in prompt
    assert (result.text, result.flags) == (GOOD, ())
    assert len(generator.calls) == 1, "what is right at once is not asked again"


def test_a_network_trained_on_them_is_told_nouns() -> None:
    def script(prompt: str) -> str:
        return "The National Reef Institute should publish three emission factors."

    source = "국립산호원은 배출계수 3개를 공개해야 한다."
    nouns = Nouns.of(
        [("국립산호원", ["National Reef Institute"]), ("배출계수", ["emission factor"])]
    )
    plain, told = ScriptedGenerator(script), ScriptedGenerator(script)
    (doubted,) = translator(plain).translate([TranslationRequest(source)])
    (result,) = replace(translator(told), nouns=nouns).translate([TranslationRequest(source)])
    assert plain.calls[0].prompts == ("국립산호원은 배출계수 three개를 공개해야 한다.",)
    assert told.calls[0].prompts == (
        "National Reef Institute은 emission factor three개를 공개해야 한다.",
    )
    assert isinstance(doubted, Translation)
    assert isinstance(result, Translation)
    assert [flag.check for flag in doubted.flags] == ["organization_invented"]
    assert result.flags == (), "a body it was told is not invented"
    generator = ScriptedGenerator(lambda _: "It should publish three factors.")
    (other,) = replace(translator(generator), nouns=nouns).translate([TranslationRequest(source)])
    assert isinstance(other, Translation)
    assert other.flags == (), "a told noun is not demanded"


def test_a_users_term_wins_over_a_told_noun() -> None:
    generator = ScriptedGenerator(lambda _: "Publish the carbon figure.")
    nouns = Nouns.of([("배출계수", ["emission factor"])])
    context = AnchorContext(glossary=Glossary.from_entries([("배출계수", "carbon figure")]))
    request = TranslationRequest("배출계수를 공개하라.", context)
    replace(translator(generator), nouns=nouns).translate([request])
    assert generator.calls[0].prompts == ("carbon figure를 공개하라.",)


def test_a_wrong_amount_is_replaced_from_the_n_best_list() -> None:
    generator = ScriptedGenerator(lambda _: [WRONG, GOOD])
    assert translate(generator).text == GOOD
    assert [call.options.hypotheses for call in generator.calls] == [1, 4]


def test_then_the_korean_as_it_stands_is_tried() -> None:
    generator = ScriptedGenerator(lambda prompt: GOOD if prompt == SOURCE else WRONG)
    assert translate(generator).text == GOOD


def test_then_its_halves_are_tried_and_put_together() -> None:
    halves = {
        "인구는 30,000 명으로 줄었고": "The population fell to 30,000.",
        "학교는 four 곳만 남았다.": "Only four schools remain.",
    }
    generator = ScriptedGenerator(lambda prompt: halves.get(prompt, "Schools fell."))
    result = translate(generator, "인구는 3만 명으로 줄었고 학교는 네 곳만 남았다.")
    assert (result.text, result.flags) == (" ".join(halves.values()), ())


def test_a_half_that_fails_is_halved_again() -> None:
    parts = {
        "인구는 30,000 명으로 줄었고": "The population fell to 30,000.",
        "학교는 four 곳만 남았으며": "Only four schools remain.",
        "병원은 two 곳이 문을 닫았다.": "Two hospitals closed.",
    }
    generator = ScriptedGenerator(lambda prompt: parts.get(prompt, "Schools fell."))
    text = "인구는 3만 명으로 줄었고 학교는 네 곳만 남았으며 병원은 두 곳이 문을 닫았다."
    result = translate(generator, text)
    assert (result.text, result.flags) == (" ".join(parts.values()), ())


def test_halves_that_are_no_better_are_not_taken() -> None:
    result = translate(
        ScriptedGenerator(lambda prompt: "It fell to 30,000." if "고" in prompt else "Five."),
        "인구는 3만 명으로 줄었고 학교는 네 곳만 남았다.",
    )
    assert result.text == "It fell to 30,000."


def test_then_placeholders_are_tried() -> None:
    def script(prompt: str) -> str:
        if "X1" not in prompt:
            return WRONG
        return "The X1 will provide X3 to X2 regional companies."

    result = translate(ScriptedGenerator(script))
    assert "1.2 trillion won" in result.text
    assert not [flag for flag in result.flags if flag.severity == "error"]


def test_what_stays_wrong_is_shown_with_its_flag() -> None:
    result = translate(ScriptedGenerator(lambda _: WRONG))
    assert result.text == WRONG
    assert any(flag.severity == "error" and "1조2000억" in (flag.ko or "") for flag in result.flags)


def test_hangul_never_reaches_the_reader_but_is_flagged() -> None:
    result = translate(
        ScriptedGenerator(lambda _: "It will build a 한옥 village."), "한옥 마을을 짓는다."
    )
    assert not any("가" <= letter <= "힣" for letter in result.text)
    assert "hangul_left" in {flag.check for flag in result.flags}


def test_an_engine_error_stays_in_its_place() -> None:
    def script(prompt: str) -> str | GenerationError:
        return GenerationError("broken") if "나쁜" in prompt else "Good sentence."

    results = translator(ScriptedGenerator(script)).translate(
        [TranslationRequest("좋은 문장이다."), TranslationRequest("나쁜 문장이다.")]
    )
    assert isinstance(results[0], Translation)
    assert isinstance(results[1], GenerationError)
