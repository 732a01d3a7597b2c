"""Whatever is wrong with a profile or its files is one clear error at load, before any article."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.assembly import PipelineSettings, open_pipeline
from models.errors import CheckpointError, ProfileError, YojiError
from models.profiles import tables
from tests.models.conftest import PROFILE
from tests.models.profiles.fake_hub import FakeHub

DOCS = Path(__file__).parents[3] / "docs" / "models.md"
Damage = Callable[[Path], None]


def _architecture(folder: Path) -> None:
    config = {"architectures": ["LongT5ForConditionalGeneration"], "model_type": "longt5"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def _unknown_architecture(folder: Path) -> None:
    config = {"architectures": ["Nobody"], "model_type": "nobody"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def _without_a_weight(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    del weights["model.layers.0.mlp.up_proj.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _broken_generation_config(folder: Path) -> None:
    template = "{{ bos_token }}{% for turn in messages %}{{ turn['content'] }}{% endfor %}"
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    (folder / "generation_config.json").write_text("{", encoding="utf-8")


def _nothing(_: Path) -> None:
    """The files are fine."""


@pytest.mark.parametrize(
    ("damage", "old", "new", "kind", "said"),
    [
        (
            _nothing,
            "limits =",
            "limit =",
            ProfileError,
            r"unknown key summarizer\.limit = .*remove",
        ),
        (_nothing, '"ctranslate2"', '"abacus"', ProfileError, "summarizer.engine = 'abacus'"),
        (
            _nothing,
            *("limits =", 'nouns = "n.tsv"\nlimits =', ProfileError),
            r"summarizer.nouns = 'n.tsv': only a translator is told nouns; remove it",
        ),
        (_nothing, 'id = "', 'id = "/no/such', ProfileError, "does not exist; put the file there"),
        (
            lambda folder: (folder / "model.safetensors").unlink(),
            *("", "", CheckpointError),
            "lacks model.safetensors or .*; copy the whole checkpoint there",
        ),
        (
            lambda folder: (folder / "tokenizer.json").unlink(),
            *("", "", CheckpointError, "lacks tokenizer.json or"),
        ),
        (
            lambda folder: (folder / "tokenizer.json").write_text("{"),
            *("", "", CheckpointError, "can't convert .*restore the checkpoint's files"),
        ),
        (_architecture, "", "", CheckpointError, "'LongT5ForConditionalGeneration' .*engine"),
        (
            _unknown_architecture,
            *('"ctranslate2"', '"transformers"', CheckpointError),
            "transformers can't load it .*correct",
        ),
        (
            _nothing,
            *('["<bos>"]', '["<s>"]', CheckpointError),
            "no token '<s>' that the profile's feeding names; correct the feeding",
        ),
        (
            _nothing,
            *('feeding = { before = ["<bos>"] }', "feeding = { chat = {} }", CheckpointError),
            "has no chat template",
        ),
        (
            lambda folder: (folder / "config.json").write_text("{"),
            *('"ctranslate2"', '"transformers"', CheckpointError, "config.json.*restore"),
        ),
        (
            _broken_generation_config,
            *('feeding = { before = ["<bos>"] }', "feeding = { chat = {} }", CheckpointError),
            "generation_config.json.*restore",
        ),
        (
            _without_a_weight,
            *("", "", CheckpointError),
            "not all there .*no model.layers.0.mlp.up_proj.weight.*; take a checkpoint made for",
        ),
        (
            _without_a_weight,
            *('"ctranslate2"', '"transformers"', CheckpointError),
            "not all there .*no model.layers.0.mlp.up_proj.weight.*; take a checkpoint made for",
        ),
        (
            _nothing,
            *("max_source_tokens = 64", "max_source_tokens = 20", ProfileError),
            r"summarizer.prompts.proposal takes \d+ tokens .*the profile allows 20 .*raise",
        ),
        (
            _nothing,
            *('proposal = "', f'proposal = "{"가" * 500}', ProfileError),
            r"summarizer.prompts.proposal takes \d+ tokens .*allows 64 .*shorten it",
        ),
        (
            _nothing,
            *("max_output_tokens = 12", "max_output_tokens = 512", CheckpointError),
            "reads 0 tokens beside its output .*lower limits.max_output_tokens",
        ),
    ],
)
def test_one_line_with_what_to_do(  # every way a user can get it wrong
    damage: Damage,
    old: str,
    new: str,
    kind: type[YojiError],
    said: str,
    tiny_hub: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(tiny_hub, folder)
    damage(folder)
    file = tmp_path / "mine.toml"
    text = PROFILE.format(hub=folder)
    assert old in text
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    with pytest.raises(kind, match=said) as caught:
        open_pipeline(str(file), PipelineSettings(tmp_path / "cache", device="cpu"))
    assert "\n" not in str(caught.value)


def test_a_pulled_file_with_another_hash(hub: FakeHub, tiny_hub: Path, tmp_path: Path) -> None:
    from models.profiles import PullOptions, load_profile, pull_checkpoint

    hub.add_folder("org/tiny", tiny_hub)
    file = tmp_path / "mine.toml"
    text = PROFILE.format(hub="org/tiny").replace('source = "local"', 'source = "hub"')
    file.write_text(text, encoding="utf-8")
    cache = tmp_path / "cache"
    checkpoint = load_profile(str(file)).summarizer.checkpoint
    folder = pull_checkpoint(checkpoint, cache, PullOptions(endpoint=hub.url))
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    with pytest.raises(CheckpointError, match=r"sha-256 differs.*run yoji models pull"):
        open_pipeline(str(file), PipelineSettings(cache, device="cpu"))


def test_the_guide_names_every_key() -> None:
    text = DOCS.read_text(encoding="utf-8")
    models = [kind for name, kind in vars(tables).items() if name.endswith("Table")]
    keys = {key for kind in models for key in kind.model_fields}
    assert keys
    assert sorted(key for key in keys if f"`{key}`" not in text) == []
