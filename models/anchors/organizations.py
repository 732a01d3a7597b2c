"""Is an organisation that the English names anywhere in the Korean: word by word.

For the many bodies no glossary lists ("Hanbit Industrial Research Institute"). A word counts
for the name if the Korean holds a noun it goes with (word_pairs.tsv, learnt by
training/word_pairs.py) or spells it (spelling.py); a word nobody knows counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.anchors.spelling import spelled_at

_HEAD = (
    "Ministry|Agency|Commission|Committee|Institute|Association|Foundation|Federation|Council|Forum"
    "|Cent(?:er|re)|Bank|Network|Union|Corporation|University|Society|Authority|Administration|Group"
    "|Alliance|Coalition|Chamber|Academy|Hospital|College|Court|Office|Bureau|Company|Party|Headquarters"
    "|Corp|Board|Lab(?:oratory)?|School|Service|Team|Organi[sz]ation|League|Cooperative|Secretariat"
)
_PART = r"(?:[A-Z][\w&]*(?:['’]s?)?(?:-[A-Z]?\w+)*|[A-Z]{2,}s?)"
_LINK = r"(?:,? (?:of|for|on|and|&|of the|for the|on the) |, (?=[A-Z]\w* and )| )"
_STRETCH = re.compile(rf"\b{_PART}(?:{_LINK}{_PART})+")
_HEADED = re.compile(rf"\b(?:{_HEAD})$|^(?:{_HEAD})s? (?:of|for|on)\b")
_WORD = re.compile(r"[A-Za-z]+")
# Openings of sentences and titles that capital letters join to a name.
_OPENING_WORDS = """
    a an the in on at by for from to when starting according citing with as under after before but
    and if while because since that this his her its their our former chairman director president
    professor rep dr minister vice deputy head chief
"""
_OPENINGS = frozenset(_OPENING_WORDS.split())
# Words that names gain or lose in translation, or that say no more than the head.
_EMPTY_WORDS = """
    of for on and in to the national korea korean general public high central joint special
    research study studies republic new
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class EnglishOrganization:
    """A stretch of English that names an organisation by the look of it."""

    start: int
    end: int
    text: str


_PERSON_OF = re.compile(r"^[A-Z]\w+ [A-Z]\w*-\w+,? (?:of|at|from|and) (?:the )?")
_OWNED = re.compile(
    r"^.*?(?:Assembly|Parliament|Congress|Senate|Ministry|Authority|Province|City|County)['’]s "
)


def find_english_organizations(en: str) -> Iterator[EnglishOrganization]:
    """Stretches of capitalised words that begin or end like an organisation's name."""
    for match in _STRETCH.finditer(en):
        text = _without_opening(match.group())
        start = match.end() - len(text)
        text = re.sub(r"['’]s?$", "", text)
        if " " in text and _HEADED.search(text):
            yield EnglishOrganization(start, start + len(text), text)


def _without_opening(text: str) -> str:
    """The stretch without sentence openings, titles, people and whose committee it is."""
    while " " in text:
        first, rest = text.split(" ", 1)
        if first.lower().strip("'’s,") not in _OPENINGS:
            break
        text = rest
    for prefix in (_PERSON_OF, _OWNED):
        text = prefix.sub("", text)
    return text


@cache
def word_stems() -> dict[str, tuple[str, ...]]:
    """English word → the Korean it goes with: learnt from pairs, then written by hand."""
    stems: dict[str, tuple[str, ...]] = {}
    for name in ("word_pairs.tsv", "organization_words.tsv"):
        table = (files(__package__) / "data" / name).read_text(encoding="utf-8")
        for line in table.splitlines()[1:]:
            word, forms = line.split("\t")
            stems[word] = (*stems.get(word, ()), *forms.split(" "))
    return stems


# What a head is in Korean: forms that say it, and endings that are too short to say much.
_HEADS: dict[str, tuple[str, str]] = {
    "ministry": ("부처|정부", "부|처"),
    "agency": ("기관|진흥원|공단|관리원", "청|원|처"),
    "administration": ("행정", "청|처|국"),
    "service": ("서비스|공단|조사처", "청|원|처|국"),
    "commission": ("위원회", "위"),
    "committee": ("위원회|특위", "위"),
    "institute": ("연구소|연구원|학회|연구회", "원|연|소"),
    "association": ("협회|학회|연합|조합|모임|단체|협의회", "회|련"),
    "federation": ("연합|연맹|중앙회|총연", "회|련"),
    "foundation": ("재단", ""),
    "council": ("의회|회의|협의회|위원회|평의회", "회|위"),
    "forum": ("포럼|토론회", ""),
    "center": ("센터|본부", "원|소"),
    "centre": ("센터|본부", "원|소"),
    "bank": ("은행|뱅크", "행"),
    "network": ("네트워크|연대|연합|모임", "망|넷"),
    "union": ("노조|조합|연합|연맹", "노|회"),
    "corporation": ("공사|공단|회사", "사"),
    "university": ("대학", "대"),
    "society": ("학회|연구회|모임|협회", "회"),
    "authority": ("공사|당국|공단|관리", "청|원"),
    "alliance": ("연대|연합|동맹", ""),
    "court": ("법원|재판소", "재|법"),
    "office": ("교육청|사무소|사무국|사무처|비서실", "청|실|처|소|국"),
    "academy": ("아카데미|학교|학술원", "원"),
    "party": ("정당|여당|야당", "당"),
    "board": ("위원회|이사회", "원|회"),
    "group": ("단체|모임|연구회|그룹", "단|회"),
    "lab": ("연구소|연구실|랩", "소"),
    "school": ("학교|스쿨|대학원", "고|중|초|대"),
    "college": ("대학|칼리지", "대"),
    "corp": ("공사|공단|회사", "사"),
    "company": ("회사|기업|컴퍼니", "사"),
    "team": ("", "팀|단"),
    "bureau": ("", "국|실|청"),
    "hospital": ("병원|의료원", ""),
    "cooperative": ("조합|협동", "협"),
    "secretariat": ("사무처|사무국|비서실", "처"),
    "chamber": ("상의|회의소", ""),
    "organization": ("기구|단체|위원회|조직", "원"),
    "organisation": ("기구|단체|위원회|조직", "원"),
}
# Two syllables or more, of the letters romanised Korean uses: "hannuri", "saebom".
_LIKE_KOREAN = re.compile(
    r"(?=.{5})(?:(?:kk|tt|pp|ss|jj|ch|[gndrmbsjktphyw])?y?w?(?:ae|eo|eu|oe|ui|[aeiou])"
    r"(?:ng|[nmlkpt](?![aeiouyw]))?){2,}"
)
_WINDOW = 24  # characters of Korean that a name with its parts may stretch over


def organization_in_korean(name: str, ko: str) -> bool:
    """Whether ``ko`` may name the body: False only if what is known of ``name`` isn't there.

    The limits separate the 1,300 organisations that human translations of the corpus name
    (1 % refused) from the same with others swapped in (5 % let through).
    """
    known, together, head = support(name, ko)
    if together == 0:
        return known == 0 and head is not False
    if together == 1:
        return known == 1 or (known == 2 and head is True) or (known == 3 and head is True)
    return known < 5 and (known == 2 or head is not False) if together == 2 else True


def support(name: str, ko: str) -> tuple[int, int, bool | None]:
    """How many words of ``name`` are known, how many stand together in ``ko``, and its head.

    Heads (Institute, Ministry …) are not counted; the last is True if the Korean says the
    head in full, None if it may, False if it doesn't.
    """
    places: list[list[int]] = []
    head: bool | None = None
    for word in (w.lower() for w in _WORD.findall(name) if len(w) > 1):
        if word in _EMPTY:
            continue
        if word in _HEADS:
            head = _head_in_korean(word, ko)
            continue
        where = _places(word, ko)
        if where is not None:
            places.append(where)
    starts = [start for found in places for start in found]
    together = max(
        (sum(any(s <= w <= s + _WINDOW for w in found) for found in places) for s in starts),
        default=0,
    )
    return len(places), together, head


def _head_in_korean(word: str, ko: str) -> bool | None:
    full, short = _HEADS[word]
    if re.search(full, ko):
        return True
    return None if short and re.search(rf"(?:{short})(?![가-힣]{{4}})", ko) else False


def _places(word: str, ko: str) -> list[int] | None:
    """Where the Korean holds the word; [] if what it goes with is missing, None if unknown."""
    stems = word_stems().get(word) or word_stems().get(word.removesuffix("s")) or ()
    places = [match.start() for stem in stems for match in re.finditer(re.escape(stem), ko)]
    latin = ko.lower().find(word)
    if latin >= 0:
        places.append(latin)
    if not places:
        places = spelled_at(word, ko)
    return places or ([] if stems or _LIKE_KOREAN.fullmatch(word) else None)
