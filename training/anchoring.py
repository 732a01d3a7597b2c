"""Put anchors into training sources as the run time will: the only door to `models.anchors`.

Only anchors rendered in the target are switched, and in the target's own words ("Nov. 18" where
the reference says so): what is taught is to copy what stands in the source. Elsewhere the
reference chose other words, and copying would be taught wrong.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.anchors import find_anchors, switch_source
from models.anchors.date_value import DateValue
from models.anchors.english_dates import read_english_dates
from models.anchors.english_figures import read_english_figures
from models.anchors.english_names import find_person
from models.anchors.figure import Figure
from models.anchors.matching import date_matches, figure_matches
from models.anchors.nouns import NO_NOUNS, Nouns
from models.anchors.person import PersonName
from models.anchors.terms import Term, forms_in_english, term_spans
from models.documents import Anchor
from training.examples import Switch

_FAMILIES = (
    *("Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang"),
    *("Lim", "Han", "Oh", "Seo", "Shin", "Kwon", "Hwang", "Ahn", "Song"),
)
_SYLLABLES = (
    *("min", "seo", "ji", "hyun", "woo", "jun", "young", "hee", "eun", "soo"),
    *("jin", "kyung", "tae", "sang", "won", "hye", "dong", "mi", "ah"),
)


def plain(ko: str, en: str) -> tuple[str, str]:
    """Leave a pair as it is."""
    return ko, en


def anchored(
    ko: str, en: str, chance: random.Random, swap: float, nouns: Nouns = NO_NOUNS
) -> tuple[str, str]:
    """Switch the anchors found in both; with probability ``swap`` each becomes another first."""
    kept: list[Anchor] = []
    anchors = find_anchors(ko)
    for anchor in anchors:
        form = form_in(anchor, en)
        if form is None:
            continue
        other = another(anchor, form, chance) if chance.random() < swap else None
        if other and en.count(form) == 1 and not _named_again(anchor, form, en):
            en, form = en.replace(form, other), other
        kept.append(replace(anchor, en=form))
    everything = sorted(
        [*kept, *told_nouns(nouns, ko, en, anchors)], key=lambda anchor: anchor.start
    )
    return switch_source(ko, everything), en


def told_nouns(nouns: Nouns, ko: str, en: str, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the nouns the run time would switch in whose English stands in the target.

    They are told in their plain form, as at run time: what is taught is to inflect them.
    """
    for noun in nouns.find(ko, anchors):
        forms = forms_in_english(noun.value, en) if isinstance(noun.value, Term) else []
        if forms:
            yield replace(noun, en=forms[0])


def form_in(anchor: Anchor, en: str) -> str | None:
    """Return the words of ``en`` that render the anchor, the computed ones where they stand."""
    if _stands_in(anchor.en, en):
        return anchor.en
    spans = _spans(anchor.value, en)
    start, end = next(iter(spans), (0, 0))
    form = en[start:end].strip()
    return None if _half_a_score(anchor.value, form) else form or None


def _half_a_score(value: object, form: str) -> bool:
    """Whether a form renders one side of "11 대 9" only, as English readings of numbers do."""
    score = isinstance(value, Figure) and value.kind == "score"
    return score and len(re.findall(r"\d+", form)) < 2


def _spans(value: object, en: str) -> Sequence[tuple[int, int]]:
    if isinstance(value, PersonName):
        found = find_person(value, en)
        return [found] if found else []
    if isinstance(value, Term):
        return term_spans(value, en)
    return list(_number_spans(value, en))


def _number_spans(value: object, en: str) -> Iterator[tuple[int, int]]:
    if isinstance(value, DateValue):
        yield from ((d.start, d.end) for d in read_english_dates(en) if date_matches(value, d))
    elif isinstance(value, Figure):
        yield from ((f.start, f.end) for f in read_english_figures(en) if figure_matches(value, f))


def _stands_in(form: str, en: str) -> bool:
    """Whole words only: the 3 of "39 percent" is not the figure 3."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(form)}(?!\w|[.,]\d)", en))


def another(anchor: Anchor, form: str, chance: random.Random) -> str | None:
    """Invent a figure of the same shape or another person's name; None for other anchors."""
    if isinstance(anchor.value, Figure) and re.search(r"\d", form):
        return re.sub(r"\d+", lambda match: _digits_like(match[0], chance), form)
    if isinstance(anchor.value, PersonName) and "-" in form:
        given = "-".join(chance.sample(_SYLLABLES, 2)).capitalize()
        return f"{chance.choice(_FAMILIES)} {given}"
    return None


def _digits_like(digits: str, chance: random.Random) -> str:
    """Return as many digits; zeros stay zeros, so that round numbers stay round."""
    return "".join(digit if digit == "0" else str(chance.randint(2, 9)) for digit in digits)


def _named_again(anchor: Anchor, form: str, en: str) -> bool:
    """Whether a person's surname stands elsewhere too: it would have to change as well."""
    return isinstance(anchor.value, PersonName) and en.count(form.split()[0]) > 1


def switching(share: float, swap: float, seed: str, table: Path | None = None) -> Switch:
    """Anchor ``share`` of the pairs, chosen by the seed; the rest stay plain."""
    chance = random.Random(seed)
    nouns = Nouns.read(table) if table else NO_NOUNS

    def switch(ko: str, en: str) -> tuple[str, str]:
        return anchored(ko, en, chance, swap, nouns) if chance.random() < share else plain(ko, en)

    return switch
