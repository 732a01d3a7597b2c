"""The suite on small sets, through the real path with scripted networks."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.assembly import Pipeline, PipelineSettings, make_pipeline
from models.errors import GenerationError
from models.generation.fakes import ScriptedGenerator
from models.profiles import load_profile
from service.cli import main
from service.evaluation.sources import Pair, PassageRecord, is_held_out
from service.evaluation.suite import SETS, open_sets
from service.evaluation.translations import evaluate_translations
from service.faults import UsageFault

ENGLISH = {
    "정부는 학교를 짓는다.": "The government builds schools.",
    "정부는 3만 명을 지원한다.": "The government supports 30,000 people.",
}
PROPOSAL = "정부는 학교를 더 지어야 한다."


def answer(prompt: str) -> str | GenerationError:
    """English of what is known; the same proposal for every article."""
    if prompt.startswith("기사:"):
        return PROPOSAL
    if "실패" in prompt:
        return GenerationError("no")
    if "30,000" in prompt:
        return ENGLISH["정부는 3만 명을 지원한다."]
    if "학교를 짓" in prompt:
        return ENGLISH["정부는 학교를 짓는다."]
    return "The government has to build more schools."


def open_scripted(
    profile_name: str, settings: PipelineSettings, progress: Callable[[str], None] | None = None
) -> Pipeline:
    """The embedded profile with a script for a network."""
    generator = ScriptedGenerator(answer)
    return make_pipeline(load_profile("embedded"), generator, generator)


@pytest.fixture
def pipeline() -> Pipeline:
    return open_scripted("embedded", PipelineSettings(Path()))


def _passages() -> Iterator[dict[str, object]]:
    """Passages until three are held out."""
    held_out = 0
    for number in range(1000):
        first = f"{number}번째 회의에서 정부는 학교를 더 지어야 한다는 말이 나왔다."
        yield {
            "ko": [first, "학교가 모자란다."],
            "en": [
                f"At meeting {number} the government was told to build more schools.",
                "Schools are lacking.",
            ],
            "speaker_ko": "",
            "speaker_en": "",
            "proposal_ko": PROPOSAL,
            "proposal_en": "The government has to build more schools.",
        }
        held_out += is_held_out(PassageRecord((first,), ("",), "", "", "", ""))
        if held_out == 3:
            return


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "benchmark").mkdir()
    (tmp_path / "corpus").mkdir()
    lines = "\n".join(f"{ko}\t{en}" for ko, en in ENGLISH.items())
    for name in ("flores200_devtest", "pud", "wmt24pp_news"):
        (tmp_path / "benchmark" / f"{name}.tsv").write_text(lines, encoding="utf-8")
    policy = "\n".join(json.dumps(p, ensure_ascii=False) for p in _passages())
    (tmp_path / "corpus" / "policy.jsonl").write_text(policy, encoding="utf-8")
    pages = (Path(__file__).parents[2] / "fixtures" / "articles_dev.jsonl").read_text("utf-8")
    (tmp_path / "corpus" / "articles_dev.jsonl").write_text(pages.splitlines()[0], encoding="utf-8")
    return tmp_path


def test_right_translations_score_full_marks(pipeline: Pipeline) -> None:
    told: list[int] = []
    pairs = [Pair(ko, en) for ko, en in ENGLISH.items()]
    measures = evaluate_translations(pipeline, pairs, told.append)
    assert (measures["chrf2"], measures["items"], measures["failed"]) == (100.0, 2, 0)
    assert (measures["figures"], measures["figures_wrong_percent"]) == (1, 0.0)
    assert sum(told) == 2


def test_a_wrong_amount_is_counted_against_both_measures() -> None:
    generator = ScriptedGenerator(lambda _: "The government supports 300,000 people.")
    pipeline = make_pipeline(load_profile("embedded"), generator, generator)
    pairs = [Pair("정부는 3만 명을 지원한다.", "The government supports 30,000 people.")]
    measures = evaluate_translations(pipeline, pairs)
    assert measures["figures_wrong_percent"] == 100.0
    assert measures["reference_figures_wrong_percent"] == 100.0
    assert measures["flagged_percent"] == 100.0
    assert measures["figures_wrong_unflagged"] == 0


def test_a_failed_item_is_counted_and_scored_as_empty(pipeline: Pipeline) -> None:
    pairs = [Pair("번역이 실패한다.", "It fails."), Pair(*next(iter(ENGLISH.items())))]
    measures = evaluate_translations(pipeline, pairs)
    assert (measures["failed"], measures["items"]) == (1, 2)
    assert 0 < measures["chrf2"] < 100


def test_every_set_is_measured_and_the_last_line_is_json(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, floors = tmp_path / "scores.json", tmp_path / "floors.json"
    argv = ["evaluate", "--data", str(data), "--out", str(out), "--floors", str(floors)]
    assert main([*argv, "--raise-floors"], open_scripted) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == json.loads(out.read_text(encoding="utf-8"))
    assert list(told["scores"]) == list(SETS)
    assert told["scores"]["held_out_summaries"]["rouge_l"] == 1.0
    assert told["scores"]["articles_dev"]["proposals"] > 0
    assert told["signatures"]["chrf2"].startswith("nrefs:1|")
    assert main([*argv, "--gate"], open_scripted) == 0


def test_the_gate_fails_on_a_broken_floor(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"embedded sample=1": {"pud": {"chrf2": 100.5}}}')
    argv = ["evaluate", "--data", str(data), "--floors", str(floors), "--set", "pud"]
    assert main([*argv, "--sample", "1", "--gate"], open_scripted) == 1
    assert "pud.chrf2 is" in capsys.readouterr().err
    assert main([*argv, "--gate"], open_scripted) == 2  # floors of another sample


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("nonsense", "", "unknown set"),
        ("pud", "absent", "does not exist"),
        ("pud", "empty", "holds nothing"),
        ("held_out", "damaged", "not as documented"),
    ],
)
def test_what_cannot_be_evaluated_is_told_before_a_model_is_loaded(
    data: Path, name: str, damage: str, message: str
) -> None:
    if damage == "absent":
        (data / "benchmark" / "pud.tsv").unlink()
    elif damage == "empty":
        (data / "benchmark" / "pud.tsv").write_text("")
    elif damage == "damaged":
        (data / "corpus" / "policy.jsonl").write_text('{"ko": 1}\n')
    with pytest.raises(UsageFault, match=message):
        open_sets(data, [name], 0)
