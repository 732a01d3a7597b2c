"""Floors are raised by better runs, lowered only when asked, and hold what they say."""

import json
from pathlib import Path

import pytest

from service.evaluation.gate import GATED, TARGETS, Floors
from service.faults import UsageFault

KEY = "embedded sample=200"
RUN = {"pud": {"chrf2": 40.0, "figures_wrong_percent": 2.0, "items": 200.0}}


def test_a_run_sets_floors_a_margin_below_itself(tmp_path: Path) -> None:
    floors = Floors.read(tmp_path / "floors.json")
    floors.update(KEY, RUN)
    floors.write()
    written = json.loads((tmp_path / "floors.json").read_text())
    assert written == {KEY: {"pud": {"chrf2": 39.5, "figures_wrong_percent": 2.5}}}


@pytest.mark.parametrize(
    ("chrf2", "lower", "floor"),
    [(50.0, False, 49.5), (30.0, False, 39.5), (30.0, True, 29.5), (50.0, True, 49.5)],
)
def test_floors_fall_only_when_that_is_asked(
    tmp_path: Path, chrf2: float, lower: bool, floor: float
) -> None:
    floors = Floors(tmp_path / "f.json", {})
    floors.update(KEY, RUN)
    floors.update(KEY, {"pud": {"chrf2": chrf2}}, lower=lower)
    assert floors.content[KEY]["pud"]["chrf2"] == floor


def test_a_share_of_errors_rises_as_its_floor_falls(tmp_path: Path) -> None:
    floors = Floors(tmp_path / "f.json", {})
    floors.update(KEY, RUN)
    floors.update(KEY, {"pud": {"figures_wrong_percent": 1.0}})
    assert floors.content[KEY]["pud"]["figures_wrong_percent"] == 1.5
    floors.update(KEY, {"pud": {"figures_wrong_percent": 9.0}})
    assert floors.content[KEY]["pud"]["figures_wrong_percent"] == 1.5


def test_a_breach_names_set_measure_value_and_floor(tmp_path: Path) -> None:
    floors = Floors(tmp_path / "f.json", {KEY: {"pud": {"chrf2": 39.5, "bleu": 9.0}}})
    (breach,) = floors.breaches(KEY, {"pud": {"chrf2": 39.4, "bleu": 9.0}})
    assert str(breach) == "pud.chrf2 is 39.4, its floor 39.5"
    assert list(floors.breaches(KEY, {"pud": {"chrf2": 39.5, "bleu": 12.0}})) == []


def test_floors_of_another_sample_are_no_floors(tmp_path: Path) -> None:
    floors = Floors(tmp_path / "f.json", {KEY: {}})
    with pytest.raises(UsageFault, match="embedded sample=0"):
        list(floors.breaches("embedded sample=0", RUN))


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text("{")
    with pytest.raises(UsageFault, match=r"f\.json"):
        Floors.read(tmp_path / "f.json")


def test_every_target_is_of_a_gated_measure() -> None:
    assert {measure for _, measure in TARGETS} <= set(GATED)
