"""A prompt never runs past a network's positions, nor past a window that breaks it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError
from models.generation.feeding import Feeding
from models.generation.limits import SOURCE_CONFIG, source_limit

BART = Feeding("encoder-decoder", before=("<s>",), after=("</s>",))


@pytest.mark.parametrize(
    ("config", "feeding", "windowed", "expected"),
    [
        ({"max_position_embeddings": 1026}, BART, True, 1024),
        ({"max_position_embeddings": 4096}, BART, True, 2000),
        ({"d_model": 512}, BART, True, 2000),
        ({"max_position_embeddings": 1026}, Feeding(), False, 768),
        ({"text_config": {"max_position_embeddings": 1026}}, Feeding(), False, 768),
        ({"max_position_embeddings": 9999, "sliding_window": 512}, Feeding(), True, 510),
        ({"max_position_embeddings": 9999, "sliding_window": 512}, Feeding(), False, 2000),
        ({"sliding_window": 512, "use_sliding_window": False}, Feeding(), True, 2000),
        ({"sliding_window": None}, Feeding(), True, 2000),
    ],
)
def test_the_profile_allows_no_more_than_the_network(
    config: dict[str, Any], feeding: Feeding, windowed: bool, expected: int, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / SOURCE_CONFIG).write_text(json.dumps(config), encoding="utf-8")
    assert source_limit(tmp_path, feeding, 2000, 2, windowed=windowed) == expected
    assert source_limit(tmp_path, feeding, 100, 2, windowed=windowed) == 100


def test_the_output_follows_a_decoder_s_prompt_and_stands_apart_from_an_encoder_s(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 100}', encoding="utf-8")
    assert source_limit(tmp_path, Feeding(), 2000, 2, output_tokens=60) == 38
    assert source_limit(tmp_path, BART, 2000, 2, output_tokens=99) == 98
    with pytest.raises(CheckpointError, match=r"0 tokens beside its output.*max_output_tokens"):
        source_limit(tmp_path, Feeding(), 2000, 2, output_tokens=100)
    with pytest.raises(CheckpointError, match=r"max_output_tokens = 100: .*at most 99; lower it"):
        source_limit(tmp_path, BART, 2000, 2, output_tokens=100)
    begun = replace(BART, target_before=("en",))
    with pytest.raises(CheckpointError, match="at most 98"):
        source_limit(tmp_path, begun, 2000, 2, output_tokens=99)


def test_a_frame_longer_than_the_network_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 64}', encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"shorten feeding\.chat\.system"):
        source_limit(tmp_path, BART, 100, 64, output_tokens=9)
