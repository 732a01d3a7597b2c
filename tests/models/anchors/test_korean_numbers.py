"""Written Korean numbers and what they are worth."""

from decimal import Decimal

import pytest

from models.anchors.korean_numbers import last_scale, read_mixed, read_native


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3만5000", 35_000),
        ("3만 5천", 35_000),
        ("1조2,340억", 1_234_000_000_000),
        ("5천4백만", 54_000_000),
        ("280만", 2_800_000),
        ("36만 5,000", 365_000),
        ("1조8천여억", 1_800_000_000_000),
        ("1만2천423", 12_423),
        ("2천억", 200_000_000_000),
        ("1경 2천조", 12_000_000_000_000_000),
        ("7천500", 7_500),
        ("15억1천234만5천", 1_512_345_000),
        ("천", 1_000),
        ("백만", 1_000_000),
        ("이십오", 25),
        ("2.3", "2.3"),
    ],
)
def test_digits_and_scales_in_every_mix(text: str, value: int | str) -> None:
    assert read_mixed(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("두", 2, None),
        ("열다섯", 15, None),
        ("스무", 20, None),
        ("쉰여섯", 56, None),
        ("백서른일곱", 137, None),
        ("두세", 2, 3),
        ("대여섯", 5, 6),
    ],
)
def test_native_numerals(text: str, value: int, upper: int | None) -> None:
    low, high = read_native(text)
    assert low == value
    assert high == upper


def test_the_last_scale_is_what_a_range_shares() -> None:
    assert last_scale("3만") == 10_000
    assert last_scale("2천만") == 10_000
    assert last_scale("5000") == 1
