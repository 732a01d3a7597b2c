"""Put anchors into training sources as the run time will: the only door to `models.anchors`.

Only anchors whose English stands in the target are switched: elsewhere the reference chose other
words, and copying would be taught wrong.
"""

import random
from collections.abc import Callable

from training.examples import Switch


def plain(ko: str, en: str) -> str:
    """Leave the Korean as it is."""
    return ko


def anchored(ko: str, en: str) -> str:
    """Replace the anchors whose English is in the target, in any correct form."""
    from models.anchors import find_anchors, switch_source

    kept = tuple(anchor for anchor in find_anchors(ko) if is_in_target(anchor, en))
    return switch_source(ko, kept)


def is_in_target(anchor: object, en: str) -> bool:
    """Tell whether the English that would be switched in stands in the target, letter by letter."""
    return str(getattr(anchor, "en")).lower() in en.lower()  # noqa: B009


def switching(share: float, seed: int, switch: Switch = anchored) -> Switch:
    """Switch ``share`` of the sources, chosen by the seed; the rest stay plain."""
    chance = random.Random(seed)
    choose: Callable[[], bool] = lambda: chance.random() < share  # noqa: E731
    return lambda ko, en: switch(ko, en) if choose() else plain(ko, en)
