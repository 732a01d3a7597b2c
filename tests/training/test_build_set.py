"""Training sets: held-out passages stay out, prompts fit their answers, anchors are switched."""

import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from service.evaluation.sources import Pair, PassageRecord, is_held_out, read_pairs, read_passages
from training.anchoring import anchored
from training.build_set import interleave
from training.examples import (
    HEADLINE_KEY_POINT,
    HEADLINE_PROPOSAL,
    KEY_POINT,
    PROPOSAL,
    summary_prompt,
)
from training.filters import figures_agree, is_aligned, is_prose
from training.mixture import Mixture, Source

TOKENIZER = Path(__file__).parents[2] / "models/profiles/embedded/tokenizer.json"


def record(number: int) -> dict[str, Any]:
    return {
        "ko": [f"{number}번 마을은 도서관을 짓겠다고 밝혔다.", "주민은 반겼다."],
        "en": [f"Village No. {number} said it would build a library.", "Residents welcomed it."],
        "speaker_ko": "마을",
        "speaker_en": "village",
        "proposal_ko": "도서관을 지어야 한다.",
        "proposal_en": "A library should be built.",
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [json.dumps(record(number), ensure_ascii=False) for number in range(60)]
    (tmp_path / "passages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    pairs = "나는 학교에 간다.\tI go to school.\n한쪽만\n밥을 먹었다.\tI ate.\n"
    (tmp_path / "pairs.tsv").write_text(pairs, encoding="utf-8")
    return tmp_path


def mixture(**sources: Source) -> Mixture:
    return Mixture(seed=1, tokens=6000, sources=sources)


TRANSLATIONS = Source(file="passages.jsonl", kind="translations", share=1, holds_out=True)
SUMMARIES = Source(file="passages.jsonl", kind="summaries", share=1, holds_out=True)
PAIRS = Source(file="pairs.tsv", kind="pairs", share=2)


def test_the_held_out_tenth_is_never_in_a_set(data: Path) -> None:
    held_out = [p for p in read_passages(data / "passages.jsonl") if is_held_out(p)]
    assert 0 < len(held_out) < 20
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    built = list(interleave(mixture(t=TRANSLATIONS, s=SUMMARIES), data, tokenizer))
    prompts = " ".join(example.prompt for _, example in built)
    assert not [p for p in held_out if f": {p.ko[0]}" in prompts]
    assert all(example.answer.startswith(" ") for _, example in built)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '"그는 ""쥐가 있다""고 했다."\tHe said, "Mice."',
            ('그는 "쥐가 있다"고 했다.', 'He said, "Mice."'),
        ),
        ('"가자."\t"Let us go."', ('"가자."', '"Let us go."')),
    ],
)
def test_csv_quotes_are_undone_and_others_kept(
    tmp_path: Path, line: str, expected: tuple[str, str]
) -> None:
    (tmp_path / "pairs.tsv").write_text(line + "\n", encoding="utf-8")
    assert list(read_pairs(tmp_path / "pairs.tsv")) == [Pair(*expected)]


def test_the_split_is_the_hash_of_the_first_sentence() -> None:
    passage = PassageRecord(("첫 문장이다.",), ("First.",), "", "", "", "")
    number = int(sha256("첫 문장이다.".encode()).hexdigest(), 16)
    assert is_held_out(passage) == (number % 10 == 0)


def test_shares_are_of_tokens_and_the_seed_decides(data: Path) -> None:
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    mixed = mixture(translations=TRANSLATIONS, pairs=PAIRS)
    first, second = (list(interleave(mixed, data, tokenizer)) for _ in range(2))
    assert first == second
    tokens = {"translations": 0, "pairs": 0}
    for name, example in first:
        tokens[name] += len(tokenizer.encode(example.prompt + example.answer).ids) + 1
    assert tokens["pairs"] / sum(tokens.values()) == pytest.approx(2 / 3, abs=0.02)


def test_a_source_without_examples_is_an_error(data: Path) -> None:
    none = Source(file="pairs.tsv", kind="pairs", share=1, filters=("prose",))
    with pytest.raises(ValueError, match=r"pairs\.tsv"):
        list(interleave(mixture(none=none), data, Tokenizer.from_file(str(TOKENIZER))))


@pytest.mark.parametrize(
    ("speaker", "proposal", "expected"),
    [
        ("정부", "보조금을 늘려야 한다.", PROPOSAL),
        ("정부", "보조금 두 배로 확대", HEADLINE_PROPOSAL),
        ("", "공개가 필요하다.", PROPOSAL),
        ("", "실업률이 3%로 올랐다.", KEY_POINT),
        ("", "실업률 3%로 상승", HEADLINE_KEY_POINT),
    ],
)
def test_the_prompt_asks_for_what_the_reference_is(
    speaker: str, proposal: str, expected: str
) -> None:
    passage = PassageRecord(("가.",), ("A.",), speaker, "", proposal, "")
    assert summary_prompt(passage) == expected


@pytest.mark.parametrize(
    ("ko", "en", "expected"),
    [
        (
            "정부는 3만 개 기업에 1조2000억 원을 지원한다.",
            "The government will give 30,000 companies 1.2 trillion won.",
            "1.2 trillion won",
        ),
        ("예산은 5억 원이다.", "The budget is half a billion won.", "half a billion won"),
        ("예산은 5억 원이다.", "The budget is small.", "5억 원"),
    ],
)
def test_anchors_in_the_target_are_switched_as_the_target_says(
    ko: str, en: str, expected: str
) -> None:
    source, target = anchored(ko, en, random.Random(0), swap=0.0)
    assert expected in source
    assert target == en


def test_a_swapped_figure_changes_on_both_sides() -> None:
    ko, en = "예산은 7억 원이다.", "The budget is 700 million won."
    source, target = anchored(ko, en, random.Random(3), swap=1.0)
    figure = target.removeprefix("The budget is ").removesuffix(".")
    assert figure.endswith("00 million won")
    assert source == f"예산은 {figure}이다."


@pytest.mark.parametrize(
    ("ko", "en", "aligned", "prose", "figures"),
    [
        ("오늘은 날씨가 아주 좋습니다.", "The weather is very nice today.", True, True, True),
        ("좋다.", "It was the best of times, it was the worst of times.", False, False, True),
        ("값은 list.append(x) 로 넣습니다.", "Use list.append(x) to add it.", True, False, True),
        ("2019년 3월 5일에 열렸다.", "It was held in 1950, 1951 and 1952.", True, False, False),
    ],
)
def test_filters(ko: str, en: str, aligned: bool, prose: bool, figures: bool) -> None:
    pair = Pair(ko, en)
    assert (is_aligned(pair), is_prose(pair), figures_agree(pair)) == (aligned, prose, figures)
