"""Korean names in Latin letters: one rendering, and every spelling their bearers use.

The rendering follows the Revised Romanisation with the customary surname spellings
("Jeong Jong-seok"). Matching is generous, since people choose their own spelling ("Chung
Jong Suk"). It must not know where a name stands in a text, nor what a title is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ONSETS = (
    "g:k:gh:kh kk:gg:k:g n d:t tt:dd:t:d r:l:rh:n m b:p:v:bh pp:bb:p:b s:sh:c ss:s :y j:ch:z:jh:g "
    "jj:j:zz:ch ch:j:tch k:kh:c:q t:th p:ph:f h:wh:w:"
).split(" ")
_VOWELS = (
    "a:ah:aa ae:ai:e:ay:ea:eh:ei ya:yah:ia:iya yae:ye eo:u:o:uh:eou:eu:eau:er:oe:ur:ou:e:ua:oo:a "
    "e:ae:ay:eh:ei:ie yeo:you:yu:yo:ye:yeou:yeu:yoo:eo:ea:ie:iu:u ye:yea:yae:e:ea:ae:ie:eh:yeh "
    "o:oh:oo:ou:au:oe wa:oa:hwa:ua:woa:a wae:oae:oe:we:wai oe:oi:oy:we:wei:wi:eo:ue:e:wae yo:yoh:io:you "
    "u:oo:ou:wu:woo:uh:o:eu wo:weo:wu:oo:uo:whu:o we:ue:wae:oe wi:we:ui:wie:wee:uy:ooi:ee "
    "yu:yoo:you:yew:eu:ryu:iu:u eu:u:oo:e:o:ue:uh:ou:i:eou ui:ee:eui:ie:i:euy:e:uee:hi:yi:yui "
    "i:ee:ie:yi:ih:ea:y:ey:e:ii"
).split(" ")
_CODAS = (
    " k:g:c:ck:gh:q:kh kk:k:g k:ks:g n:nn:hn:ne n:nj n:nh t:d l:r:ll:rl:lh k:lk m:lm p:lp:b l:ls l:lt p:lp "
    "l:lh m:mm:hm:lm p:b:ph p:ps t:s:th t:ss:s ng:n:gn t:j:z t:ch k:kh t:th p:ph t:h"
).split(" ")
_SYLLABLE_BASE, _SYLLABLE_END = 0xAC00, 0xD7A3

# Where custom and the Revised Romanisation part and custom clearly wins in the press.
# Counted on the names of a corpus of Korean–English news; each won at least two to one.
_CUSTOMARY = dict(
    pair.split(":")
    for pair in (
        "윤:yoon 경:kyung 영:young 현:hyun 우:woo 성:sung 희:hee 훈:hoon 정:jung 선:sun 기:ki "
        "욱:wook 병:byung 운:woon 혁:hyuk 별:byul 숙:sook 건:gun 형:hyung 명:myung 순:soon "
        "웅:woong 균:kyun 신:shin 문:moon 강:kang 묵:mook 국:kook 수:soo 광:kwang 관:kwan 규:kyu"
    ).split(" ")
)


# Read as two-syllable surnames only before a two-syllable given name: 서문석 is Seo Moon-seok.
_RARELY_COMPOUND = frozenset({"서문", "동방", "망절"})


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname, its customary English spelling first, then the others its bearers use."""

    ko: str
    en: str
    variants: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings, the customary one first."""
        return (self.en, *self.variants)


@cache
def surnames() -> dict[str, Surname]:
    """The shipped surname table by Hangul."""
    table = (files(__package__) / "data" / "surnames.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {ko: Surname(ko, en, tuple(variants.split())) for ko, en, variants in rows}


@cache
def surname_spellings() -> dict[str, tuple[str, ...]]:
    """Lower-cased spelling → the Hangul surnames it may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for surname in surnames().values():
        for spelling in surname.spellings:
            key = spelling.lower()
            found[key] = (*found.get(key, ()), surname.ko)
    return found


def is_hangul(text: str) -> bool:
    """Whether ``text`` is nothing but whole Hangul syllables, at least one."""
    return bool(text) and all(_SYLLABLE_BASE <= ord(char) <= _SYLLABLE_END for char in text)


def _letters(syllable: str) -> tuple[list[str], list[str], list[str]]:
    code = ord(syllable) - _SYLLABLE_BASE
    onset, vowel, coda = code // 588, code % 588 // 28, code % 28
    return _ONSETS[onset].split(":"), _VOWELS[vowel].split(":"), _CODAS[coda].split(":")


def romanize_syllable(syllable: str) -> str:
    """One Hangul syllable by itself, as in names, where sounds don't assimilate."""
    onset, vowel, coda = _letters(syllable)
    return _CUSTOMARY.get(syllable) or onset[0] + vowel[0] + coda[0]


def romanize_given(given: str) -> str:
    """A given name, its syllables hyphenated: "종석" → "Jong-seok"."""
    return "-".join(romanize_syllable(syllable) for syllable in given).capitalize()


def romanize_surname(family: str) -> str:
    """A surname as custom spells it, by rule if the table lacks it."""
    known = surnames().get(family)
    return known.en if known else "".join(map(romanize_syllable, family)).capitalize()


def romanize_name(family: str, given: str = "") -> str:
    """Surname, space, given name: the order of the Korean."""
    surname = romanize_surname(family)
    return f"{surname} {romanize_given(given)}" if given else surname


def split_names(name: str) -> list[tuple[str, str]]:
    """Every way to read ``name`` as surname and given name: 선우진 is 선우+진 or 선+우진."""
    pairs = ((name[:length], name[length:]) for length in (2, 1))
    return [(family, given) for family, given in pairs if family in surnames() and given]


def split_name(name: str) -> tuple[str, str] | None:
    """(surname, given name) of a full name in Hangul; None if it has no known surname.

    Names have two to five syllables; 남궁민 splits after the second, 서문석 after the first.
    """
    if not is_hangul(name):
        return None
    for length in (2, 1):
        family, given = name[:length], name[length:]
        shortest = 2 if family in _RARELY_COMPOUND else 1
        if family in surnames() and shortest <= len(given) <= 3:
            return family, given
    return None


@cache
def _syllable_pattern(syllable: str) -> str:
    onset, vowel, coda = _letters(syllable)
    parts = (
        "(?:" + "|".join(map(re.escape, sorted(p, key=len, reverse=True))) + ")"
        for p in (onset, vowel, coda)
    )
    return "".join(parts)


def given_pattern(given: str) -> str:
    """A regular expression (to be used ignoring case) for any spelling of a given name."""
    return "[-‐‑ ]?".join(map(_syllable_pattern, given))


def surname_pattern(family: str) -> str:
    """A regular expression (to be used ignoring case) for any spelling of a surname."""
    known = surnames().get(family)
    if known is None:
        return "".join(map(_syllable_pattern, family))
    return "(?:" + "|".join(map(re.escape, known.spellings)) + ")"
