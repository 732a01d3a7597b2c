"""Where a noun ends."""

import pytest

from models.anchors.particles import ends_name, ends_noun, is_particle


@pytest.mark.parametrize(
    "rest", ["", "는", "에서는", "와 ", "들이", "의", ",", "’와", "(MSS)", "라며"]
)
def test_particles_and_punctuation_end_a_noun(rest: str) -> None:
    assert ends_noun("중기부" + rest, 3)


@pytest.mark.parametrize("rest", ["물", "탕집", "a", "3", "은행"])
def test_letters_that_are_no_particle_do_not(rest: str) -> None:
    assert not ends_noun("부산" + rest, 2)
    assert not ends_name("부산" + rest, 2)


@pytest.mark.parametrize("rest", ["측은", "발", "산", "장관은", "행"])
def test_sides_and_products_follow_a_name(rest: str) -> None:
    assert ends_name("중국" + rest, 2)
    assert not ends_noun("중국" + rest, 2)


@pytest.mark.parametrize(("text", "expected"), [("에서는", True), ("는는", False), ("", False)])
def test_a_particle_is_nothing_else(text: str, expected: bool) -> None:
    assert is_particle(text) is expected
