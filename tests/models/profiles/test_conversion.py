from __future__ import annotations

from typing import Any

import pytest
from transformers import BartConfig, Gemma3TextConfig, MBartConfig, T5Config

from models.errors import CheckpointError
from models.profiles.conversion import correct_config


@pytest.mark.parametrize("tied", [True, False])
def test_t5_scales_its_outputs_only_where_the_checkpoint_was_tied(tied: bool) -> None:
    config = T5Config(tie_word_embeddings=tied)
    correct_config(config)
    assert config.tie_word_embeddings is tied


@pytest.mark.parametrize(("kind", "before"), [(BartConfig, False), (MBartConfig, True)])
def test_bart_knows_where_it_normalises(kind: Any, before: bool) -> None:
    config = kind()
    correct_config(config)
    assert config.normalize_before is before


def test_a_checkpoint_that_says_so_itself_is_believed() -> None:
    config = BartConfig(normalize_before=True)
    correct_config(config)
    assert config.normalize_before is True


def rope(kind: str, **values: float) -> dict[str, Any]:
    return {
        "full_attention": {"rope_type": kind, "rope_theta": 500_000.0, **values},
        "sliding_attention": {"rope_type": "default", "rope_theta": 20_000.0},
    }


def test_gemma_keeps_its_rope_bases() -> None:
    config = Gemma3TextConfig(rope_parameters=rope("default"))
    correct_config(config)
    assert (config.rope_theta, config.rope_local_base_freq) == (500_000.0, 20_000.0)


def test_a_rope_that_ctranslate2_does_not_know_is_refused() -> None:
    with pytest.raises(CheckpointError, match=r"'dynamic' rope scaling.*engine = .transformers"):
        correct_config(Gemma3TextConfig(rope_parameters=rope("dynamic", factor=8.0)))
