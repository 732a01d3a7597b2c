"""Properties that hold of every number and every text."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.anchors.agreement import compare_numbers
from models.anchors.dates import find_dates
from models.anchors.english_dates import read_english_dates
from models.anchors.english_figures import read_english_figures
from models.anchors.figure import Figure
from models.anchors.figure_rendering import render, rough_words
from models.anchors.figures import find_figures
from models.anchors.matching import figure_matches
from models.anchors.number_words import fraction, numeric_ordinal, ordinal, spell
from models.anchors.units import UNITS
from models.documents import Anchor

WHOLE = st.integers(min_value=0, max_value=10**17).map(Decimal)
DECIMALS = st.decimals(min_value=0, max_value=10**7, places=3, allow_nan=False)
SCALED = st.tuples(
    st.decimals(min_value=Decimal("0.001"), max_value=9999, places=3, allow_nan=False),
    st.sampled_from([10**4, 10**6, 10**8, 10**9, 10**12]),
).map(lambda pair: pair[0] * pair[1])
NUMBERS = st.one_of(WHOLE, DECIMALS, SCALED)
RENDERED_UNITS = [unit.name for unit in UNITS if unit.rendered and unit.kind != "multiple"]
# Korean-looking noise: what finders are made for, in every wrong order.
NOISE = st.text(
    alphabet=st.sampled_from(list("0123456789,.~∼-−·%분의 만억조천백십원명년월일시두세네열반약여제차대위개p㎞()‘’ ")),
    max_size=60,
)  # fmt: skip
ENGLISH_WORDS = [
    "half", "a", "the", "third", "3", "1,000", "million-billion", "to", "and", "-", "$", "percent",
    "years", "of", "May", "13", ",", ".", "twice", "dozens", "5G", "1/0", "0/5", "hundred", "first",
    "quarter", "p.m.", "9:30", "seven", "tens", "fold", "x's", "'", "won", "in", "out", "2025",
]  # fmt: skip
ENGLISH_NOISE = st.lists(
    st.sampled_from(ENGLISH_WORDS),
    max_size=20,
).map(" ".join)


@given(NUMBERS, st.booleans())
def test_reading_a_spelled_number_gives_it_back(value: Decimal, words: bool) -> None:
    (figure,) = read_english_figures(spell(value, words))
    assert figure.value == value


@given(NUMBERS, st.sampled_from(RENDERED_UNITS))
def test_reading_a_rendered_figure_gives_it_back(value: Decimal, unit: str) -> None:
    figure = Figure(value, unit, rendered_unit=True)
    read = read_english_figures(render(figure))
    assert any(found.value == value for found in read)
    assert any(figure_matches(figure, found) for found in read)
    assert all(found.unit in (unit, None) for found in read)


@given(NUMBERS, NUMBERS, st.sampled_from(RENDERED_UNITS))
def test_both_ends_of_a_range_come_back(low: Decimal, high: Decimal, unit: str) -> None:
    read = read_english_figures(render(Figure(low, unit, upper=high, rendered_unit=True)))
    assert all(any(end in (f.value, *f.also) for f in read) for end in (low, high))


@given(st.integers(1, 9), st.integers(2, 9999))
def test_a_fraction_comes_back(numerator: int, denominator: int) -> None:
    text = fraction(Decimal(numerator), Decimal(denominator))
    quotient = Decimal(numerator) / Decimal(denominator)
    assert any(quotient in (f.value, *f.also) for f in read_english_figures(text))


@given(st.integers(1, 99))
def test_an_ordinal_comes_back(value: int) -> None:
    for text in (ordinal(value), numeric_ordinal(value)):
        assert read_english_figures(text)[0].value == value


@given(st.integers(1, 13))
def test_a_magnitude_comes_back(exponent: int) -> None:
    value = Decimal(10) ** exponent
    assert read_english_figures(rough_words(value))[0].value == value


def _disjoint(anchors: tuple[Anchor, ...], text: str) -> None:
    last = 0
    for anchor in anchors:
        assert last <= anchor.start < anchor.end
        assert text[anchor.start : anchor.end] == anchor.text
        last = anchor.end


@given(st.one_of(NOISE, st.text(max_size=60)))
def test_offsets_slice_back_and_nothing_overlaps(text: str) -> None:
    figures, dates = find_figures(text), find_dates(text)
    _disjoint(figures, text)
    _disjoint(dates, text)
    _disjoint(tuple(sorted(figures + dates, key=lambda a: a.start)), text)


@given(st.one_of(ENGLISH_NOISE, st.text(max_size=60)))
def test_english_offsets_slice_back(text: str) -> None:
    for figure in read_english_figures(text):
        assert text[figure.start : figure.end] == figure.text
    for found in read_english_dates(text):
        assert text[found.start : found.end] == found.text


@given(NOISE, st.one_of(ENGLISH_NOISE, st.text(max_size=60)))
def test_any_pair_can_be_compared(ko: str, en: str) -> None:
    found = compare_numbers(ko, en)
    assert all(ko[a.start : a.end] == a.text for a in found.missing)
    assert all(en[f.start : f.end] == f.text for f in found.invented)
