"""What a training set is made of, read from a TOML file: sources, shares, filters, anchoring."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Source(BaseModel):
    """One file and its part in the mixture."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    kind: Literal["pairs", "translations", "summaries"]
    share: float = Field(gt=0, description="part of all tokens, before shares are normalised")
    filters: tuple[str, ...] = ()
    holds_out: bool = False


class Mixture(BaseModel):
    """A training set: how many tokens of what, and how much of it is anchored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int
    tokens: int = Field(gt=0)
    max_example_tokens: int = 320
    switch_share: float = Field(default=0.0, ge=0, le=1, description="sources with anchors")
    swap_share: float = Field(default=0.0, ge=0, le=1, description="anchors made others, of those")
    nouns: Path | None = Field(default=None, description="table of nouns told to the translator")
    sources: dict[str, Source]


@dataclass(frozen=True)
class Shares:
    """Gives each source its turn so that tokens given stay in proportion to the shares."""

    wanted: dict[str, float]

    @classmethod
    def of(cls, mixture: Mixture) -> "Shares":
        """Normalise the shares of a mixture."""
        total = sum(source.share for source in mixture.sources.values())
        return cls({name: source.share / total for name, source in mixture.sources.items()})

    def next(self, given: dict[str, int]) -> str:
        """Return the source furthest behind its share."""
        return min(self.wanted, key=lambda name: given[name] / self.wanted[name])


def read_mixture(path: Path) -> Mixture:
    """Read and validate a mixture file."""
    return Mixture.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
