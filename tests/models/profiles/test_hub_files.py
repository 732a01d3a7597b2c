from __future__ import annotations

import pytest

from models.errors import CheckpointError
from models.profiles.hub_files import HubFile, needed_files

MARIAN = ["config.json", "source.spm", "target.spm", "vocab.json", "pytorch_model.bin"]


def chosen(names: list[str], file: str | None = None) -> set[str]:
    files = [HubFile(name, 1) for name in names]
    return {one.name for one in needed_files("a/b", files, file)}


@pytest.mark.parametrize(
    ("have", "take"),
    [
        ([*MARIAN, "tf_model.h5", "rust_model.ot", "README.md", ".gitattributes"], MARIAN),
        (
            ["config.json", "tokenizer.json", "model.safetensors", "pytorch_model.bin"],
            ["config.json", "tokenizer.json", "model.safetensors"],
        ),
        (
            ["config.json", "tokenizer.json", "flax_model.msgpack", "pytorch_model.bin"],
            ["config.json", "tokenizer.json", "pytorch_model.bin"],
        ),
        (
            [
                *("config.json", "generation_config.json", "spiece.model", "LICENSE"),
                *("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
                *("model.safetensors.index.json", "consolidated.safetensors"),
                *("pytorch_model-00001-of-00001.bin", "onnx/model.onnx", "onnx/config.json"),
            ],
            [
                *("config.json", "generation_config.json", "spiece.model", "LICENSE"),
                *("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
                "model.safetensors.index.json",
            ],
        ),
        (
            # whole weights and shards of the same: once is enough
            [
                *("config.json", "sentencepiece.bpe.model", "pytorch_model.bin"),
                *("pytorch_model.bin.index.json", "pytorch_model-00001-of-00001.bin"),
            ],
            ["config.json", "sentencepiece.bpe.model", "pytorch_model.bin"],
        ),
        (
            ["config.json", "tokenizer.json", "model.fp16.safetensors", "model.safetensors"],
            ["config.json", "tokenizer.json", "model.safetensors"],
        ),
        (
            ["config.json", "vocab.json", "merges.txt", "chat_template.jinja", "model.safetensors"],
            ["config.json", "vocab.json", "merges.txt", "chat_template.jinja", "model.safetensors"],
        ),
    ],
)
def test_only_what_is_needed_and_nothing_twice(have: list[str], take: list[str]) -> None:
    assert chosen(have) == set(take)


def test_one_gguf_of_many_with_its_shards() -> None:
    names = ["q4/m.gguf", "q8/m.gguf", "config.json", "NOTICE"]
    assert chosen(names, "q4/m.gguf") == {"q4/m.gguf", "NOTICE"}
    shards = [f"big-{at:05}-of-00002.gguf" for at in (1, 2)]
    assert chosen([*shards, "other-00001-of-00002.gguf"], shards[0]) == set(shards)


@pytest.mark.parametrize(
    ("names", "file", "expected"),
    [
        (["README.md"], None, "a/b holds no config.json and no weights .* and no tokenizer files"),
        (["config.json", "model.safetensors"], None, "a/b holds no tokenizer files; name"),
        (["config.json", "tokenizer.json", "tf_model.h5"], None, "holds no weights"),
        ([f"{at}.gguf" for at in range(9)], None, r"it has 0.gguf, .* and 1 more"),
        (["a.gguf", "README.md"], "b.gguf", r"a/b has no file 'b.gguf'; it has a.gguf$"),
        ([], "b.gguf", "it has no files"),
    ],
)
def test_what_a_repository_lacks_is_said(names: list[str], file: str | None, expected: str) -> None:
    with pytest.raises(CheckpointError, match=expected):
        chosen(names, file)
