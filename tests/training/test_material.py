"""The project's own passages are in order, and the mixtures can be read."""

from pathlib import Path

import pytest

from service.evaluation.sources import PassageRecord, read_passages
from training.mixture import Shares, read_mixture

TRAINING = Path(__file__).parents[2] / "training"
PASSAGES = list(read_passages(TRAINING / "data" / "passages.jsonl"))


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.ko[0][:20])
def test_a_passage_is_whole(passage: PassageRecord) -> None:
    texts = (*passage.ko, *passage.en, passage.proposal_ko, passage.proposal_en)
    assert all(text == text.strip() and text for text in texts)
    assert len(passage.ko) == len(passage.en)
    assert bool(passage.speaker_ko) == bool(passage.speaker_en)
    assert not any("가" <= character <= "힣" for character in " ".join(passage.en))


def test_no_passage_is_there_twice() -> None:
    assert len({passage.ko for passage in PASSAGES}) == len(PASSAGES)


@pytest.mark.parametrize("path", sorted(TRAINING.glob("phase*.toml")), ids=lambda path: path.name)
def test_a_mixture_is_valid_and_holds_out_its_passages(path: Path) -> None:
    mixture = read_mixture(path)
    assert sum(Shares.of(mixture).wanted.values()) == pytest.approx(1.0)
    passages = [s for s in mixture.sources.values() if s.file.endswith("policy.jsonl")]
    assert passages
    assert all(source.holds_out for source in passages)
