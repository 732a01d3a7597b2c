"""What is known about a text besides its words: its date, its glossary, its people.

Plain data for finding and verifying; it must not read files or guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.anchors.glossary import Glossary
from models.anchors.names import Roster
from models.anchors.nouns import NO_NOUNS, Nouns


@dataclass(frozen=True, slots=True)
class AnchorContext:
    """The circumstances of one article.

    ``published_at`` resolves 지난달 and picks the name a body bore at the time; ``glossary``
    None is the shipped one; ``roster`` lets 김 팀장 be the 김상신 introduced earlier. ``nouns``
    are those the translator was told: a body named in their English was not invented.
    """

    published_at: date | None = None
    glossary: Glossary | None = None
    roster: Roster | None = None
    nouns: Nouns = NO_NOUNS

    @property
    def terms(self) -> Glossary:
        """The glossary in force (the shipped one is loaded once, on first use)."""
        return self.glossary if self.glossary is not None else Glossary.shipped()
