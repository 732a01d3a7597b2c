"""Trim the base's 262,144-token vocabulary to what Korean news and its English need.

Writes two files that the build and the run time share and that never change once an adapter
has been trained on them:

- ``tokenizer.json``: a complete fast tokenizer (byte-pair merges, byte fallback, specials);
- ``kept_tokens.npy``: uint32, index = new token id, value = the token's id in the base.

Kept are all tokens holding Hangul; the 40,000 commonest English ones; specials, bytes and white
space; every character of the Korean character set EUC-KR (Hanja, punctuation, units, Latin);
and whatever tokens their merges pass through, so that a kept token is still reachable. A merge
stays when both its parts and its result stay.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from service.evaluation.sources import is_held_out, read_pairs, read_passages

ENGLISH_TOKENS = 40_000
WORDS_COUNTED = 200_000
# Weights of a word after a space, first in a line, capitalised, capitalised first (a guess).
FORM_SHARES = (1.0, 0.02, 0.4, 0.03)
DOCUMENTATION = ("python_docs_ko", "react_docs", "tensorflow_docs")
HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
# General punctuation, currency, CJK punctuation, squared units, full-width forms.
PUNCTUATION_BLOCKS = (
    range(0x2010, 0x2060),
    range(0x20A0, 0x20C0),
    range(0x3000, 0x3040),
    range(0x3380, 0x33E0),
    range(0xFF00, 0xFFF0),
)
UNWANTED = ("<unused", "[multimodal]")


def holds_hangul(token: str) -> bool:
    """Tell whether any character is a Hangul syllable or letter."""
    return any(low <= ord(character) <= high for character in token for low, high in HANGUL)


def is_latin(token: str) -> bool:
    """Tell whether the token is a word or word piece in Latin letters, or ASCII of any kind."""
    return all(ord(character) < 0x250 or character in "▁‘’" for character in token)


def is_punctuation(token: str, characters: set[str]) -> bool:
    """Tell whether the token is made of Korean or Western punctuation and spaces alone."""
    return all(
        character == "▁" or (character in characters and not character.isalnum())
        for character in token
    )


def korean_characters() -> set[str]:
    """Return every character that EUC-KR can write, Latin-1, and more punctuation and units."""
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xFF) for trail in range(0xA1, 0xFF))
    decoded = {pair.decode("euc-kr", errors="ignore") for pair in pairs}
    blocks = (range(0x20, 0x100), *PUNCTUATION_BLOCKS)
    written = {chr(code) for block in blocks for code in block}
    return written | {character for character in decoded if len(character) == 1}


def _merge(pieces: list[str], ranks: dict[tuple[str, str], int]) -> Iterator[str]:
    """Merge in place as byte-pair encoding does, yielding every token formed on the way."""
    while len(pieces) > 1:
        pairs = [(ranks.get(pair, len(ranks)), at) for at, pair in enumerate(pairwise(pieces))]
        rank, at = min(pairs)
        if rank == len(ranks):
            return
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
        yield pieces[at]


def close_under_merges(tokens: Iterable[str], merges: list[tuple[str, str]]) -> set[str]:
    """Add the characters and intermediate tokens through which each token is formed."""
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    closed = set(tokens)
    for token in tuple(closed):
        if not token.startswith("<"):
            closed.update(token)
            closed.update(_merge(list(token), ranks))
    return closed


def count_tokens(tokenizer: Tokenizer, texts: Iterable[str]) -> dict[int, float]:
    """Weigh tokens: one for each time in the texts, and common English words by frequency."""
    from wordfreq import top_n_list, word_frequency

    counts: dict[int, float] = defaultdict(float)
    for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False):
        for token_id in encoding.ids:
            counts[token_id] += 1.0
    scale = sum(counts.values())
    for word in top_n_list("en", WORDS_COUNTED):
        weight = scale * word_frequency(word, "en")
        forms = [f" {word}", word, f" {word.capitalize()}", word.capitalize()]
        for form, share in zip(forms, FORM_SHARES, strict=True):
            for token_id in tokenizer.encode(form, add_special_tokens=False).ids:
                counts[token_id] += weight * share
    return counts


def choose_tokens(base: dict[str, Any], counts: Mapping[int, float]) -> set[str]:
    """Choose what to keep, before closure, from the base's vocabulary."""
    added, vocabulary = base["added_tokens"], base["model"]["vocab"]
    characters = korean_characters()
    kept = {item["content"] for item in added if item["special"] or not item["content"].strip()}
    kept |= {token for token in vocabulary if token.startswith("<0x") and len(token) == 6}
    kept |= {token for token in vocabulary if holds_hangul(token) or token in characters}
    kept |= {
        token
        for token, token_id in vocabulary.items()
        if is_punctuation(token, characters) and (len(token) <= 2 or counts.get(token_id, 0) >= 2)
    }
    rest = {token: counts.get(vocabulary[token], 0) for token in vocabulary if is_latin(token)}
    english = sorted(rest.keys() - kept, key=lambda token: (-rest[token], vocabulary[token]))
    kept.update(english[:ENGLISH_TOKENS])
    return {token for token in kept if not token.startswith(UNWANTED)}


def trim(base: dict[str, Any], counts: Mapping[int, float]) -> tuple[dict[str, Any], np.ndarray]:
    """Return the trimmed tokenizer's JSON and the base id of each new id."""
    model, added = base["model"], base["added_tokens"]
    merges = [tuple(pair) for pair in model["merges"]]
    chosen = choose_tokens(base, counts)
    closed = close_under_merges(chosen, merges) & model["vocab"].keys()
    order = sorted(closed, key=model["vocab"].__getitem__)
    ids = {token: new for new, token in enumerate(order)}
    kept_merges = [
        list(pair) for pair in merges if pair[0] in ids and pair[1] in ids and "".join(pair) in ids
    ]
    kept_added = [{**item, "id": ids[item["content"]]} for item in added if item["content"] in ids]
    trimmed = {
        **base,
        "added_tokens": kept_added,
        "model": {**model, "vocab": ids, "merges": kept_merges},
    }
    return trimmed, np.array([model["vocab"][token] for token in order], dtype=np.uint32)


def training_texts(corpus: Path, parallel: Path) -> Iterator[str]:
    """Yield both sides of pairs and passages, without software manuals and the held-out tenth."""
    for passage in read_passages(corpus):
        if not is_held_out(passage):
            yield from (*passage.ko, *passage.en, passage.proposal_ko, passage.proposal_en)
    for path in sorted(parallel.glob("*.tsv")):
        if path.stem in DOCUMENTATION:
            continue
        for pair in read_pairs(path):
            yield from (pair.ko, pair.en)


def main() -> None:
    """Parse arguments, trim, write."""
    parser = argparse.ArgumentParser(prog="python -m training.trim_tokenizer", description=__doc__)
    parser.add_argument("base", type=Path, help="the base's tokenizer.json (see training.base)")
    parser.add_argument("--corpus", type=Path, required=True, help="policy.jsonl")
    parser.add_argument("--parallel", type=Path, required=True, help="folder of ko TAB en files")
    parser.add_argument("--out", type=Path, default=Path("models/profiles/embedded"))
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.base))
    counts = count_tokens(tokenizer, training_texts(options.corpus, options.parallel))
    trimmed, kept = trim(json.loads(options.base.read_text(encoding="utf-8")), counts)
    text = json.dumps(trimmed, ensure_ascii=False, separators=(",", ":"))
    (options.out / "tokenizer.json").write_text(text, encoding="utf-8")
    np.save(options.out / "kept_tokens.npy", kept)
    print(f"{len(kept):,} tokens, {len(trimmed['model']['merges']):,} merges kept in {options.out}")


if __name__ == "__main__":
    main()
