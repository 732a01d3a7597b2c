"""Keep the sentence pairs worth learning from: prose whose two sides fit each other.

Bounds were set by looking at what they drop in each source, not by any score.
"""

import re

from service.evaluation.sources import Pair

MAX_CHARACTERS = 400
_MARKUP = re.compile(r"[<>{}\[\]|\\`_=]|https?:|\w\(|\w\.\w+\(|--|::|\$\w|#\w")
_HANGUL = re.compile(r"[가-힣]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_DIGITS = re.compile(r"\d+")


def is_aligned(pair: Pair) -> bool:
    """Tell whether lengths fit: English has about 1.4 to 4 letters for each Korean character."""
    ratio = len(pair.en) / len(pair.ko)
    return 0.9 <= ratio <= 5.0 and max(len(pair.ko), len(pair.en)) <= MAX_CHARACTERS


def is_prose(pair: Pair) -> bool:
    """Tell whether both sides are running text, mostly Korean, without code or markup."""
    if _MARKUP.search(pair.ko) or _MARKUP.search(pair.en):
        return False
    hangul = len(_HANGUL.findall(pair.ko))
    foreign = sum(map(len, _LATIN_WORD.findall(pair.ko)))
    return hangul >= 8 and foreign <= hangul / 3 and len(pair.en.split()) >= 4


def figures_agree(pair: Pair) -> bool:
    """Tell whether most numbers written in digits on one side are on the other too."""
    ko, en = set(_DIGITS.findall(pair.ko)), set(_DIGITS.findall(pair.en))
    return len(ko ^ en) <= max(1, len(ko | en) // 2)


FILTERS = {"aligned": is_aligned, "prose": is_prose, "figures": figures_agree}
