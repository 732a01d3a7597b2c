"""How much a Korean word looks like a person's full name, by itself.

A word the dictionary knows as a common noun is no name; a word it has never seen is one if
it has the right shape. It must not know the words around it (names.py does).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from models.anchors.romanization import is_hangul, split_name

if TYPE_CHECKING:
    from kiwipiepy import Token

# Kiwi numbers the morphemes of its dictionary; below this they stand for unseen words.
_FIRST_DICTIONARY_ID = 60
# It numbers them by falling frequency, roughly; below these: seen, well known, very common.
_SEEN_ID, _KNOWN_ID, _COMMON_ID = 60_000, 30_000, 5_000

_GRAMMATICAL = frozenset({"JK", "JX", "JC", "EC", "EF", "EP", "ET", "VC", "XS"})
# Kiwi reads a lone ㄴ or ㅁ into names it doesn't know (고상진 → 고상지 + ㄴ).
_STRAY_CODAS, _STRAY = frozenset("ᆫᆷᆯᆸ"), frozenset({"JX", "EF", "Z_CODA"})
NOUN_SUFFIXES = frozenset("제형별비권원관국시구도동리소법금세업계층망선품력자용기환")
# Syllables that end words for institutions and places, hardly ever a given name.
_NEVER_LAST = frozenset("대시군읍면항위역당청처측체팀단실급부장사회층짜과묘망치산가를에와께며")
_PREFIXES = frozenset("시도군구신고전현여한두이부반소남선주연공사인국제원대동서석양각노성명")
# Surnames that start few other words.
_CLEAR = frozenset("김박최윤임송황류곽엄염맹탁편")
# Surnames rare enough that the word is more often something else.
_RARE = frozenset("계온두시담탕상곡섭탄단낭감호화음순갈평풍빙동승범엽사가복목형피팽창옹간견좌당")

# Syllables of given names, by position, as in assembly records and birth-name lists.
_FIRST = frozenset(
    "가강건겸경계관광교구국권규근금기길나남노누다단달대덕도동두라래로리린만명모무문미민백범병보복봉상새서석선"
    "설성세소솔송수숙순슬승시신아안애양여연영예오옥온완용우운웅원유윤율은을의이인일임자장재정제조종주준중지진"
    "찬창채천철청초춘충치태택하학한해향헌혁현형혜호홍화환효훈휘휴흥희힘늘겨솔빛별봄"
)
_SECOND = frozenset(
    "가강건걸겸경계곤관광교구국권규균근금기길나남년녀노늘다달담덕도동두라란람래랑려련렬령로록론롱루류륜률리린"
    "림만매면명모목묵문미민배백범별병보복봉빈빛상새샘서석선설섭성세소솔송수숙순술슬승식신실아안애양언여연열영"
    "예오옥온완용우욱운웅원월유윤율은을음의이익인일임자작재전정제조종주준중지진찬창채천철초춘충치칠탁태택"
    "표필하학한해향헌혁현협형혜호홍화환회효후훈휘흔흠희힘결봄벽울롬롱레례분든솜"
)


class Likeness(IntEnum):
    """How far to trust the shape of a word; the context it needs shrinks as this grows."""

    NONE = 0
    UNUSUAL = 1
    POSSIBLE = 2
    LIKELY = 3


@lru_cache(maxsize=8192)
def _tokens(word: str) -> Sequence[Token]:
    from models.reading.sentences import KIWI_LOCK, kiwi

    with KIWI_LOCK:
        tokens: Sequence[Token] = kiwi().tokenize(word)
    return tokens


@lru_cache(maxsize=65536)
def name_likeness(word: str) -> Likeness:
    """How much ``word`` (whole, without particles) looks like surname + given name."""
    parts = split_name(word)
    if parts is None or not 1 <= len(parts[1]) <= 2:
        return Likeness.NONE
    family, given = parts
    typical = _is_typical(given)
    if not (typical and len(family) == 2) and _is_common(word, typical):
        return Likeness.NONE
    if len(given) == 1:
        return _of_short(word, typical)
    if not typical:
        return Likeness.NONE if _is_seen(word) else Likeness.UNUSUAL
    doubtful = family in _RARE or _may_be_compound(word)
    return Likeness.POSSIBLE if doubtful else Likeness.LIKELY


def _may_be_compound(word: str) -> bool:
    """Whether a noun shows: at the start (상인회), or after what may be a prefix (신제품)."""
    if len(word) != 3:
        return False
    if _known_noun(word[:2], "NN") and (word[-1] in NOUN_SUFFIXES or not _is_unseen(word)):
        return True
    return word[0] in _PREFIXES and _known_noun(word[1:], "NNG")


def _of_short(word: str, typical: bool) -> Likeness:
    """Of a one-syllable given name: sure enough only after a two-syllable surname."""
    if not typical:
        return Likeness.NONE
    if len(word) > 2:
        return Likeness.LIKELY
    tokens = _tokens(word)
    unseen = tokens[0].id < _FIRST_DICTIONARY_ID
    proper = len(tokens) == 1 and (tokens[0].tag == "NNP" or unseen)
    return Likeness.POSSIBLE if proper else Likeness.NONE


def _is_common(word: str, typical: bool) -> bool:
    if word[-1] in _NEVER_LAST:
        return True
    tokens = _tokens(word)
    if len(tokens) == 1:
        return bool(tokens[0].id >= _FIRST_DICTIONARY_ID and tokens[0].tag != "NNP")
    clear = typical and word[0] in _CLEAR and tokens[0].len == 1
    if not clear and _is_inflected(tokens):
        return True
    stem, ending = word[:-1], word[-1]
    if ending in NOUN_SUFFIXES and _known_noun(stem, "NN"):
        return True
    return len(word) == 3 and word[0] in _PREFIXES and _known_noun(word[1:], "NN", common=True)


def _is_inflected(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` are a well-known stem with particles or endings after it."""
    stem, *rest = tokens
    if not rest or any(token.form in _STRAY_CODAS and token.tag in _STRAY for token in rest):
        return False
    if any(t.tag in ("VV", "VA") for t in rest) and rest[-1].tag[:2] in ("ET", "EC", "EF"):
        return True
    grammatical = all(token.tag[:2] in _GRAMMATICAL or token.tag == "VX" for token in rest)
    known = stem.id < (_SEEN_ID if stem.tag == "NNG" and stem.len > 1 else _KNOWN_ID)
    return grammatical and stem.tag != "XR" and (known or stem.tag[0] == "V")


@lru_cache(maxsize=65536)
def _known_noun(word: str, tag: str, *, common: bool = False) -> bool:
    tokens = _tokens(word)
    highest = _COMMON_ID if common else _KNOWN_ID
    return (
        len(tokens) == 1
        and _FIRST_DICTIONARY_ID <= tokens[0].id < highest
        and tokens[0].tag.startswith(tag)
    )


def _is_seen(word: str) -> bool:
    tokens = _tokens(word)
    return len(tokens) == 1 and tokens[0].id >= _FIRST_DICTIONARY_ID


def _is_unseen(word: str) -> bool:
    tokens = _tokens(word)
    return len(tokens) == 1 and tokens[0].id < _FIRST_DICTIONARY_ID


def is_foreign_looking(word: str) -> bool:
    """Whether ``word`` is unseen or a proper noun, and no Korean name: a given name abroad."""
    if not is_hangul(word) or len(word) > 4 or name_likeness(word) > Likeness.NONE:
        return False
    tokens = _tokens(word)
    return len(tokens) == 1 and (tokens[0].tag == "NNP" or tokens[0].id < _FIRST_DICTIONARY_ID)


def _is_typical(given: str) -> bool:
    if len(given) == 1:
        return given in _FIRST or given in _SECOND
    return given[0] in _FIRST and given[1] in _SECOND
