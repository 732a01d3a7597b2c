"""The floors of benchmarks/reading.py, on every page that is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reading import Scores, main, read_records, score_file
from models.reading import Page, read_page, split_sentences

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = ("articles_dev.jsonl", "pages_more.jsonl")
RECORDS = [record for name in FILES for record in read_records(FIXTURES / name)]


@pytest.fixture(scope="module", params=FILES)
def scores(request: pytest.FixtureRequest) -> Scores:
    return score_file(FIXTURES / request.param)


def test_floors(scores: Scores) -> None:
    assert scores.precision >= 0.98
    assert scores.recall >= 0.98
    assert {page.id: page.lost + page.extra for page in scores.pages if page.worst < 0.9} == {}


def test_dates_and_titles(scores: Scores) -> None:
    assert [page.id for page in scores.pages if not page.date_right] == []
    # The headline of a page in one line can't be told from the menu before it.
    wrong = {page.id for page in scores.pages if not page.title_right}
    assert wrong <= {"dev-037", "one-line"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: str(record["id"]))
def test_article_is_exact_and_invents_nothing(record: dict[str, str]) -> None:
    article = read_page(Page(record["raw"]))
    page = "".join(record["raw"].split())
    assert article.sentences == split_sentences(article.text)
    for sentence in article.sentences:
        assert article.text[sentence.start : sentence.end] == sentence.text
        if "<p>" not in record["raw"]:
            assert "".join(sentence.text.split()) in page


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: str(record["id"]))
def test_a_cleaned_text_stays_as_it_is(record: dict[str, str]) -> None:
    once = read_page(Page(record["raw"]))
    assert read_page(Page(once.text)).text == once.text


def test_command_fails_below_the_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(
        '{"id": "x", "raw": "비가 온다.", "title": "", "date": "", "body": ["눈이 온다."]}\n',
        encoding="utf-8",
    )
    assert main([str(bad), "--errors"]) == 1
    assert "lost  눈이 온다." in capsys.readouterr().out
    assert main([str(FIXTURES / "articles_dev.jsonl")]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith('{"pages": 40')
