import json
from pathlib import Path

import pytest

from service.cli import main

GOOD = "정부는 3만 명을 지원한다.\tThe government will support 30,000 people."
WRONG = "정부는 3만 명을 지원한다.\tThe government will support 300,000 people."
HINT = "정부는 세금을 올린다.\tThe government will not raise taxes."


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return tmp_path / "쌍.tsv"


@pytest.mark.parametrize(
    ("lines", "code"), [([GOOD], 0), ([HINT], 0), ([GOOD, WRONG], 1), ([GOOD, "한 칸"], 1)]
)
def test_the_exit_code_says_whether_anything_disagrees(
    pairs: Path, lines: list[str], code: int
) -> None:
    pairs.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(pairs)]) == code


def test_json_has_one_line_per_pair_in_order(
    pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs.write_text("\n".join([WRONG, "한 칸", GOOD]), encoding="utf-8")
    assert main(["check", "--json", str(pairs)]) == 1
    wrong, bad, good = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert good == {"ok": True, "flags": []}
    assert (bad["ok"], bad["error"]["code"]) == (False, "bad_record")
    assert not wrong["ok"]
    (flag,) = wrong["flags"]
    assert set(flag) == {"check", "severity", "detail", "ko", "en", "expected", "found"}
    assert (flag["check"], flag["expected"]) == ("figure_missing", "30,000")


def test_a_person_reads_where_and_what(pairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs.write_text(f"{GOOD}\n{WRONG}\n", encoding="utf-8")
    main(["check", str(pairs)])
    out = capsys.readouterr().out
    assert "line 2" in out
    assert "error figure_missing" in out
    assert "1 of 2 pairs flagged" in out


def test_usage_errors_are_two(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "none.tsv")]) == 2
    assert main(["check", str(tmp_path / "none.tsv"), "--date", "yesterday"]) == 2


def test_a_glossary_is_demanded(pairs: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("ko,en\n새빛마을,Saebit Village\n", encoding="utf-8")
    pairs.write_text("새빛마을을 고친다.\tThe village will be repaired.\n", encoding="utf-8")
    assert main(["check", str(pairs)]) == 0
    assert main(["check", str(pairs), "--glossary", str(terms)]) == 1
