"""The project's own passages are in order, and the mixtures can be read."""

from pathlib import Path

import pytest

from service.evaluation.sources import PassageRecord, read_pairs, read_passages
from training.filters import is_aligned
from training.mixture import Shares, read_mixture

TRAINING = Path(__file__).parents[2] / "training"
PASSAGES = list(read_passages(TRAINING / "data" / "passages.jsonl"))


def has_hangul(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.ko[0][:20])
def test_a_passage_is_whole(passage: PassageRecord) -> None:
    texts = (*passage.ko, *passage.en, passage.proposal_ko, passage.proposal_en)
    assert all(text == text.strip() and text for text in texts)
    assert len(passage.ko) == len(passage.en)
    assert bool(passage.speaker_ko) == bool(passage.speaker_en)
    assert not has_hangul(" ".join((*passage.en, passage.proposal_en, passage.speaker_en or "")))


def test_no_passage_is_there_twice() -> None:
    assert len({passage.ko for passage in PASSAGES}) == len(PASSAGES)


def test_the_pairs_are_korean_and_english_each_once_and_of_like_length() -> None:
    pairs = list(read_pairs(TRAINING / "data" / "pairs.tsv"))
    assert pairs
    assert len({pair.ko for pair in pairs}) == len(pairs)
    assert not [pair for pair in pairs if has_hangul(pair.en) or not has_hangul(pair.ko)]
    assert sum(not is_aligned(pair) for pair in pairs) < len(pairs) / 50


@pytest.mark.parametrize("path", sorted(TRAINING.glob("phase*.toml")), ids=lambda path: path.name)
def test_a_mixture_is_valid_and_holds_out_its_passages(path: Path) -> None:
    mixture = read_mixture(path)
    assert sum(Shares.of(mixture).wanted.values()) == pytest.approx(1.0)
    passages = [s for s in mixture.sources.values() if s.file.endswith("policy.jsonl")]
    assert passages
    assert all(source.holds_out for source in passages)
