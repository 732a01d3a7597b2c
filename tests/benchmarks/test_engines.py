"""The comparison of engines: rounds, ratios, and engines that aren't installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import engines
from benchmarks.engines import Measurement, measure, record, table
from benchmarks.variants import Timing, Variant, read_prompts, timed
from models.errors import GenerationError
from models.generation.fakes import EchoGenerator, FailingGenerator
from models.generation.protocol import GenerationOptions

ARTICLES = Path(__file__).parents[1] / "fixtures" / "articles_dev.jsonl"
OPTIONS = GenerationOptions(max_output_tokens=24)


def test_prompts_are_sentences_in_the_translators_prompt() -> None:
    prompts = read_prompts(ARTICLES, 96)
    assert len(set(prompts)) == 96
    assert all(one.startswith("Korean: ") and one.endswith("\nEnglish:") for one in prompts)


def test_too_small_a_corpus_is_an_error() -> None:
    with pytest.raises(ValueError, match="1000000 are needed"):
        read_prompts(ARTICLES, 1_000_000)


def test_a_prompt_that_fails_is_no_fast_one() -> None:
    with pytest.raises(GenerationError):
        timed(FailingGenerator(lambda text: text == "나"), ["가", "나"], OPTIONS)


def test_every_engine_runs_every_size_each_round() -> None:
    prompts = read_prompts(ARTICLES, 64)
    first, second = EchoGenerator(), EchoGenerator()
    found = measure({"one": first, "other": second}, prompts, OPTIONS, seconds=0)
    assert {key: len(speeds) for key, speeds in found.speeds.items()} == {
        (label, size): 1 for label in ("one", "other") for size in engines.SIZES
    }
    sizes = [len(call.prompts) for call in second.calls]
    assert sizes == [2, 1, 1, 1, 5, 16, 64]


def test_ratios_are_to_the_default_of_the_same_round() -> None:
    found = Measurement(["default", "other"], skipped={"llama": "not installed"})
    for seconds in (1.0, 2.0, 4.0):
        found.add("default", 1, Timing(seconds, 100))
        found.add("other", 1, Timing(seconds / 2, 100))
    found.add("default", 1, Timing(1.0, 100))
    found.add("other", 1, Timing(1.0, 100))
    summary = record(found, threads=2, sizes=(1,))
    assert summary["rounds"] == 4
    assert summary["ratios"] == {
        "default": {"1": {"median": 1.0, "min": 1.0, "max": 1.0}},
        "other": {"1": {"median": 2.0, "min": 1.0, "max": 2.0}},
    }
    lines = list(table(found, sizes=(1,)))
    assert "2.00 (1.00–2.00)" in lines[2]
    assert lines[-1] == "llama: not compared, not installed"


def test_the_table_is_put_between_the_marks_of_the_page(tmp_path: Path) -> None:
    found = Measurement(["default", "other"], skipped={"llama": "not installed"})
    for size in engines.SIZES:
        found.add("default", size, Timing(1.0, 100))
        found.add("other", size, Timing(2.0, 100))
    page = tmp_path / "engines.md"
    docs = Path(__file__).parents[2] / "docs" / "engines.md"
    page.write_text(docs.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        engines.write_between_marks(page, engines.markdown(found, 2))
    text = page.read_text(encoding="utf-8")
    cells = " | ".join(["0.50 (0.50–0.50)"] * 4)
    assert text.count(f"| other | {cells} |\n| the default, output tokens/s | 100 |") == 1
    assert text.count("rounds: 1.\nllama: not installed.\n<!-- engines-report: end -->") == 1
    before, after = docs.read_text(encoding="utf-8").split("<!-- engines-report: begin")
    assert text.startswith(before)
    assert text.endswith(after.split("engines-report: end -->")[1])


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the marks"):
        engines.write_between_marks(page, ["x"])
    assert page.read_text(encoding="utf-8") == "# Nothing\n"


def test_an_engine_that_is_not_installed_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    opened, skipped = engines.open_all({"default": EchoGenerator, "llama Q8_0": EchoGenerator})
    assert list(opened) == ["default"]
    assert "yoji[llama]" in skipped["llama Q8_0"]


def test_the_first_engine_is_what_the_product_uses_on_two_cpus(tmp_path: Path) -> None:
    assert next(iter(engines.openers(tmp_path, 2))) == "ctranslate2 int8, 2 workers × 1 thread"
    task = Variant("llama", "int4").task()
    assert (task.engine, task.compute_type) == ("llama", "int4")
