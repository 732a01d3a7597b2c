"""A real checkpoint small enough to build in a second: Gemma 3's architecture, random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

SENTENCES = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다.",
    "기사: 김 팀장은 규제를 풀어야 한다고 말했다.\n제안: 규제를 풀어야 한다.",
    "Korean: 중기부는 지원을 늘린다.\nEnglish: The ministry will expand support.",
    "The government said on the 13th that it would support 30,000 firms.",
]

PROFILE = """
[checkpoints.tiny]
source = "local"
id = "{hub}"
licence = {{ name = "none", url = "https://example.org/none", commercial = true }}

[summarizer]
engine = "ctranslate2"
checkpoint = "tiny"
compute_type = "float32"
feeding = {{ before = ["<bos>"] }}
prompts = {{ proposal = "기사: {{text}}\\n제안:", key_point = "기사: {{text}}\\n요점:" }}
limits = {{ max_source_tokens = 64, max_output_tokens = 12 }}

[translator]
engine = "ctranslate2"
checkpoint = "tiny"
compute_type = "float32"
feeding = {{ before = ["<bos>"] }}
prompts = {{ translation = "Korean: {{text}}\\nEnglish:" }}
limits = {{ max_source_tokens = 64, max_output_tokens = 16 }}
generation = {{ stop = ["\\n"] }}
"""


@pytest.fixture(scope="session")
def tiny_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as the hub lays it out."""
    folder = tmp_path_factory.mktemp("tiny 모형") / "hub"
    return write_tiny(folder, ["sliding_attention", "full_attention"])


@pytest.fixture(scope="session")
def tiny_deep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the layers as Google's have them, five sliding to one full."""
    layers = [*["sliding_attention"] * 5, "full_attention"]
    return write_tiny(tmp_path_factory.mktemp("tiny 깊은") / "hub", layers)


def write_tiny(folder: Path, layers: list[str]) -> Path:
    import torch
    from tokenizers import Tokenizer, decoders, models, normalizers, trainers
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    special = ["<pad>", "<eos>", "<bos>", "<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]
    trainer = trainers.BpeTrainer(vocab_size=420, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    torch.manual_seed(7)
    config = Gemma3TextConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=len(layers),
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        query_pre_attn_scalar=16,
        sliding_window=512,
        max_position_embeddings=512,
        layer_types=layers,
        initializer_range=0.5,
        tie_word_embeddings=False,  # tied, random weights only repeat the last token
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )
    network = Gemma3ForCausalLM(config)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if "norm" in name:
                parameter.normal_(0, 1.5)
    network.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<bos>",
        eos_token="<eos>",
        unk_token="<unk>",
        pad_token="<pad>",
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_profile_file(tiny_hub: Path) -> Path:
    """The TOML of a profile that uses the tiny checkpoint for both tasks."""
    path = tiny_hub.parent / "tiny.toml"
    path.write_text(PROFILE.format(hub=tiny_hub), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder shared by the tests that only read from it."""
    return tmp_path_factory.mktemp("cache")
