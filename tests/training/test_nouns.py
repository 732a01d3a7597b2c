"""Lists of nouns are merged, and human translations judge them."""

import random
from pathlib import Path

from models.anchors.nouns import Nouns
from service.evaluation.sources import Pair
from training import anchoring, nouns

TABLE = Nouns.of([("참나무", ["oak", "oak tree"]), ("보조금", ["subsidy"])])


def test_only_what_can_be_found_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    lines = ["참나무\toak|oak tree", "배\tpear", "oak\toak", "참나무\t참나무", "세 낱말\t", "네\tx"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert nouns.read_list(path) == [("참나무", ("oak", "oak tree"))]


def test_what_most_lists_say_comes_first() -> None:
    one, two, three = ("fine",), ("penalty",), ("penalty", "fine")
    lists: list[list[tuple[str, tuple[str, ...]]]] = [
        [("과태료", forms)] for forms in (one, two, three)
    ]
    assert nouns.merge(lists) == {"과태료": ("penalty", "fine")}


def test_translations_drop_homonyms_and_choose_forms() -> None:
    rows = {"참나무": ("oak tree", "oak"), "사과": ("apple",), "낯선말": ("unknown",)}
    pairs = [
        Pair("참나무를 심었다.", "They planted oaks."),
        Pair("사과를 받았다.", "She accepted the apology."),
        Pair("사과가 늦었다.", "The apology came late."),
        Pair("낯선말은 한 번뿐이다.", "It stands here once."),
    ]
    kept = nouns.judged(rows, nouns.judge(rows, pairs))
    assert kept == {"참나무": ("oak", "oak tree"), "낯선말": ("unknown",)}


def test_a_noun_is_taught_in_its_plain_form_where_the_target_has_it() -> None:
    def told(ko: str, en: str) -> str:
        return anchoring.anchored(ko, en, random.Random(1), 0.0, TABLE)[0]

    assert told("보조금을 준다.", "Subsidies are paid.") == "subsidy을 준다."
    assert told("참나무가 있다.", "There are oak trees.") == "oak tree가 있다."
    assert told("보조금을 준다.", "Money is paid.") == "보조금을 준다."


def test_half_a_score_is_no_rendering_of_it() -> None:
    ko, en = "표결 끝에 11 대 9로 부결됐다.", "It was voted down 11 to 9."
    assert anchoring.anchored(ko, en, random.Random(1), 0.0)[0] == ko
    assert "11-9" in anchoring.anchored(ko, "The vote was 11-9.", random.Random(1), 0.0)[0]
