"""The shipped tokenizer holds what it promises, from its own file alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from training.trim_tokenizer import close_under_merges, holds_hangul, is_latin, trim

EMBEDDED = Path(__file__).parents[2] / "models" / "profiles" / "embedded"


@pytest.fixture(scope="module")
def content() -> Any:
    return json.loads((EMBEDDED / "tokenizer.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(EMBEDDED / "tokenizer.json"))


def test_a_merge_joins_kept_tokens_into_a_kept_token(content: Any) -> None:
    vocabulary = content["model"]["vocab"]
    broken = [
        pair
        for pair in content["model"]["merges"]
        if not {pair[0], pair[1], "".join(pair)} <= vocabulary.keys()
    ]
    assert broken == []


def test_every_new_id_has_an_old_one_in_the_same_order(content: Any) -> None:
    kept = np.load(EMBEDDED / "kept_tokens.npy")
    assert kept.dtype == np.uint32
    assert len(kept) == len(content["model"]["vocab"])
    assert (np.diff(kept.astype(np.int64)) > 0).all()


def test_ids_are_dense_and_added_tokens_agree(content: Any) -> None:
    vocabulary = content["model"]["vocab"]
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    assert all(vocabulary[item["content"]] == item["id"] for item in content["added_tokens"])


@pytest.mark.parametrize(
    ("token", "expected"), [("<pad>", 0), ("<eos>", 1), ("<bos>", 2), ("<unk>", 3)]
)
def test_specials_keep_their_ids(tokenizer: Tokenizer, token: str, expected: int) -> None:
    assert tokenizer.token_to_id(token) == expected


def test_bytes_and_turns_are_kept(tokenizer: Tokenizer) -> None:
    wanted = [f"<0x{byte:02X}>" for byte in range(256)] + ["<start_of_turn>", "<end_of_turn>"]
    assert [token for token in wanted if tokenizer.token_to_id(token) is None] == []


@settings(max_examples=200)
@given(st.text())
def test_what_is_encoded_is_decoded(text: str) -> None:
    tokenizer = Tokenizer.from_file(str(EMBEDDED / "tokenizer.json")) if not _CACHE else _CACHE[0]
    _CACHE[:] = [tokenizer]
    plain = text.replace("\x00", "").replace("▁", "")
    if any(item in plain for item in ("<", ">")):
        plain = plain.replace("<", "").replace(">", "")
    ids = tokenizer.encode(plain, add_special_tokens=False).ids
    assert tokenizer.decode(ids) == plain


_CACHE: list[Tokenizer] = []


@pytest.mark.parametrize(
    "word", ["정부는", "추진한다고", "밝혔다", "필요", "確保", "Ministry", "won", "“", "㎡", "·"]
)
def test_common_words_need_no_bytes(tokenizer: Tokenizer, word: str) -> None:
    tokens = tokenizer.encode(word, add_special_tokens=False).tokens
    assert not [token for token in tokens if token.startswith("<0x")]


def base(*merges: tuple[str, str], characters: str = "abc▁가나") -> dict[str, Any]:
    tokens = ["<pad>", "<unused0>", *characters, *("".join(pair) for pair in merges)]
    return {
        "added_tokens": [
            {"id": 0, "content": "<pad>", "special": True},
            {"id": 1, "content": "<unused0>", "special": True},
        ],
        "model": {
            "vocab": {token: at for at, token in enumerate(dict.fromkeys(tokens))},
            "merges": [list(pair) for pair in merges],
        },
    }


def test_closure_adds_the_tokens_a_merge_passes_through() -> None:
    merges = [("a", "b"), ("ab", "c"), ("b", "c"), ("가", "나")]
    assert close_under_merges(["abc"], merges) == {"abc", "a", "b", "c", "ab"}


def test_trimming_drops_unused_tokens_and_merges_into_them() -> None:
    trimmed, kept = trim(base(("가", "나"), ("ж", "б"), characters="가나жб"), {})
    assert trimmed["model"]["vocab"].keys() >= {"<pad>", "가", "나", "가나"}
    assert "<unused0>" not in trimmed["model"]["vocab"]
    assert ["가", "나"] in trimmed["model"]["merges"]
    assert len(kept) == len(trimmed["model"]["vocab"])


@pytest.mark.parametrize(
    ("token", "hangul", "latin"),
    [("▁정부", True, False), ("ㅋㅋ", True, False), ("▁won", False, True), ("это", False, False)],
)
def test_scripts(token: str, hangul: bool, latin: bool) -> None:
    assert (holds_hangul(token), is_latin(token)) == (hangul, latin)
