"""Where a Korean noun ends: the particles and suffixes that may follow it in one word.

Shared by names and glossary; it must not know either.
"""

from __future__ import annotations

import re

# Particles, their combinations and the forms of 이다 that close a noun. The order is free:
# what matches must reach the end of the word.
PARTICLE = (
    "(?:은|는|이|가|을|를|의|에|에서|에게|께|께서|한테|로|으로|로서|으로서|로써|으로써|로부터|으로부터"
    "|에서부터|부터|까지|와|과|랑|이랑|하고|도|만|만의|만이|만을|마저|조차|마다|밖에|뿐|뿐만|뿐이|처럼|보다"
    "|같은|같이|에는|에도|에만|에의|에서는|에서도|에서만|에서의|에게는|에게도|에게서|께서는|께서도|로는"
    "|으로는|로도|으로도|로의|으로의|와는|과는|와도|과도|와의|과의|까지는|까지도|까지의|부터는|부터의|이나"
    "|나|이든|든|이라도|라도|이란|란|이라는|라는|이라고|라고|이라며|라며|이라면|라면|이라|이며|며|이고"
    "|이자|이다|다|였다|이었다|이던|이었던|였던|이지만|지만|이어서|여서|이므로|이면|면|입니다|이에요|예요"
    "|이죠|인데|조차도|마저도|만은|만도|에선|에게선|에겐|로선|으로선|로부터의|으로부터의|치고|대로|만큼"
    "|보다는|보다도|이라서|라서)"
)
_WORD_END = r"(?![0-9A-Za-z가-힣])"
# Between the name of a body or place and the particle: its side, its products, its minister.
_SUFFIX = "(?:측|쪽|등|발|산|내|외|행|장관|차관)"

_NOUN_END = re.compile(f"들?{PARTICLE}?{_WORD_END}")
_NAME_END = re.compile(f"{_SUFFIX}?들?{PARTICLE}?{_WORD_END}")
_ONLY_PARTICLE = re.compile(PARTICLE)


def is_particle(text: str) -> bool:
    """Whether ``text`` is nothing but a particle."""
    return _ONLY_PARTICLE.fullmatch(text) is not None


def ends_noun(text: str, end: int) -> bool:
    """Whether a noun that ends at ``end`` is followed by a particle at most, then no letter."""
    return _NOUN_END.match(text, end) is not None


def ends_name(text: str, end: int) -> bool:
    """Like ``ends_noun``; also allows 측, 등, 산 … ("정부측은", "부산발")."""
    return _NAME_END.match(text, end) is not None
