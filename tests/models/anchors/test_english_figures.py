"""English numbers, read generously."""

from decimal import Decimal

import pytest

from models.anchors.english_figures import read_english_figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("30,000", 30_000, None),
        ("30 thousand", 30_000, None),
        ("thirty thousand", 30_000, None),
        ("three hundred and fifty thousand", 350_000, None),
        ("1.2 trillion won", 1_200_000_000_000, "won"),
        ("$14.7 billion", 14_700_000_000, "dollar"),
        ("14.7 billion dollars", 14_700_000_000, "dollar"),
        ("$53m", 53_000_000, "dollar"),
        ("€1.5bn", 1_500_000_000, "euro"),
        ("₩500", 500, "won"),
        ("KRW 1.2 trillion", 1_200_000_000_000, "won"),
        ("1.2 trillion Korean won", 1_200_000_000_000, "won"),
        ("0.5 percentage points", "0.5", "percentage_point"),
        ("36.5 percent", "36.5", "percent"),
        ("36.5%", "36.5", "percent"),
        ("half", "0.5", None),
        ("half a million", 500_000, None),
        ("half an hour", "0.5", "hour"),
        ("doubled", 2, "times"),
        ("three times", 3, "times"),
        ("fivefold", 5, "times"),
        ("a 1.5-fold", "1.5", "times"),
        ("three-quarters", "0.75", None),
        ("two and a half years", "2.5", "year"),
        ("an hour and a half", "1.5", "hour"),
        ("two decades", 20, "year"),
        ("52-hour", 52, "hour"),
        ("33 square meters", 33, "square_meter"),
        ("500 kilowatt-hours", 500, "kilowatt_hour"),
        ("3rd", 3, None),
        ("twenty-first", 21, None),
        ("tens of thousands of", 10_000, None),
        ("a few hundred", 100, None),
        ("a dozen", 12, None),
        ("zero", 0, None),
    ],
)
def test_one_figure(text: str, value: int | str, unit: str | None) -> None:
    (figure,) = read_english_figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a third of it", Decimal(1) / 3),
        ("two-thirds", Decimal(2) / 3),
        ("one in five", Decimal(1) / 5),
        ("seven out of every 10 people", Decimal(7) / 10),
        ("between 2 and 3 million won", Decimal(2_000_000)),
        ("Cambodia and three other countries", Decimal(4)),
    ],
)
def test_the_other_readings_of_a_figure(text: str, value: Decimal) -> None:
    first = read_english_figures(text)[0]
    assert value in (first.value, *first.also)


def test_both_ends_of_a_range_have_its_unit() -> None:
    ends = [(int(f.value), f.unit) for f in read_english_figures("3 to 5 percent")]
    assert ends == [(3, "percent"), (5, "percent")]


@pytest.mark.parametrize("text", ["the G7 and a K-9", "COVID-19", "one of them", "no cases"])
def test_numbers_in_names_and_idle_words_are_weak(text: str) -> None:
    assert all(figure.weak for figure in read_english_figures(text))


def test_a_number_in_capitals_inside_a_sentence_is_a_name() -> None:
    assert read_english_figures("merged with the Four Rivers Council")[0].weak
    assert not read_english_figures("Four rivers flooded.")[0].weak
