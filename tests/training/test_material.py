"""The project's own passages are in order, and the mixtures can be read."""

from pathlib import Path

import pytest

from models.anchors.nouns import Nouns
from service.evaluation.sources import PassageRecord, read_pairs, read_passages
from training.filters import is_aligned
from training.mixture import Shares, read_mixture
from training.nouns import merge, read_list

TRAINING = Path(__file__).parents[2] / "training"
NOUNS = TRAINING.parent / "models" / "profiles" / "embedded" / "nouns.tsv"
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


def test_every_noun_the_translator_is_told_was_written_by_hand() -> None:
    lists = sorted((TRAINING / "data" / "nouns").glob("*.tsv"))
    written = merge(read_list(path) for path in lists)
    table = NOUNS.read_text(encoding="utf-8").splitlines()
    assert table[0] == "ko\ten"
    rows = [line.split("\t") for line in table[1:]]
    assert len(rows) == len({ko.replace(" ", "") for ko, _ in rows})
    assert [ko for ko, en in rows if not set(en.split("|")) <= set(written.get(ko, ()))] == []
    assert not has_hangul(" ".join(en for _, en in rows))
    assert len(Nouns.read(NOUNS).terms) == len(rows)


@pytest.mark.parametrize("path", sorted(TRAINING.glob("phase*.toml")), ids=lambda path: path.name)
def test_a_mixture_is_valid_and_holds_out_its_passages(path: Path) -> None:
    mixture = read_mixture(path)
    assert sum(Shares.of(mixture).wanted.values()) == pytest.approx(1.0)
    passages = [s for s in mixture.sources.values() if s.file.endswith("policy.jsonl")]
    assert passages
    assert all(source.holds_out for source in passages)
