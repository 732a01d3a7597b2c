"""What marks a sentence as carrying a proposal: a table of expressions, and what it finds.

Responsible for matching ``cues.toml``, the Korean of proposing as data, against a sentence's
morphemes. It must not know who speaks or which sentences belong together.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from models.reading.morphemes import Token, analyse

Scope = Literal["all", "frame", "quote"]
Group = Literal[
    "demand",  # what should be done: 해야 한다, 필요가 있다, 하자, 해 달라
    "request",  # a verb that asks, anywhere: 제안, 촉구하고
    "ask",  # the same as the main verb: it makes a proposal of whatever it governs
    "if_then",  # …하면 …할 수 있다고 주장했다
    "urges",  # the writer's own demand, nobody's words: 국회는 법을 고쳐야 한다.
    "plan",  # what has been decided: 하기로 했다, 할 계획, 하겠다고
    "announce",  # a plan as a document: … 하는 방안을 공개했다
    "present",  # the news present for what is to come: 내년부터 시행한다
    "anonymous",  # nobody is named: …라는 지적이 나왔다
    "procedure",  # what happens next to the papers, not what they say
    "denial",  # no such plan, not yet
    "vow",  # 최선을 다하겠다: a feeling, not a plan
    "reaction",  # how somebody takes what others propose
    "ahead",  # a time to come
    "report",  # any verb of saying
    "says",  # the sentence's own verb is one: its topic is a speaker
]


@dataclass(frozen=True, slots=True)
class Expression:
    """One row of the table: a pattern over morphemes, where it is looked for, what it marks."""

    group: Group
    pattern: re.Pattern[str]
    scope: Scope = "all"


@dataclass(frozen=True, slots=True)
class Table:
    """``cues.toml``: the expressions, and the verbs whose present tense is no plan."""

    expressions: tuple[Expression, ...]
    stative: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """What the table finds in one sentence; ``figures`` counts its numbers."""

    groups: frozenset[Group]
    figures: int
    quoted: bool

    def has(self, *groups: Group) -> bool:
        """Whether any of ``groups`` is marked."""
        return any(group in self.groups for group in groups)


@functools.cache
def table() -> Table:
    """The shipped table."""
    source = resources.files("models.reading").joinpath("cues.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(source)
    words = data["words"]
    rows = tuple(
        Expression(row["group"], _compile(row["pattern"], words), row.get("scope", "all"))
        for row in data["expression"]
    )
    return Table(rows, _compile(data["stative"]["pattern"], words))


def _compile(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """``pattern`` with each <name> replaced by its row of words, which may name others."""
    for _ in range(2):
        pattern = re.sub(r"<(\w+)>", lambda name: words[name.group(1)], pattern)
    return re.compile(pattern)


@functools.lru_cache(maxsize=4096)
def find_cues(text: str) -> Cues:
    """The cues of one sentence (see ``Group``)."""
    analysis = analyse(text)
    scopes = {"all": analysis.serial, "frame": analysis.frame, "quote": analysis.quoted}
    groups = {row.group for row in table().expressions if row.pattern.search(scopes[row.scope])}
    if "present" in groups and table().stative.search(scopes["frame"]):
        groups.discard("present")
    figures = sum(_is_figure(analysis.tokens, i) for i in range(len(analysis.tokens)))
    return Cues(frozenset(groups), figures, bool(analysis.quotes))


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a number that measures something: not the day of the month."""
    following = tokens[index + 1].form if index + 1 < len(tokens) else ""
    return tokens[index].tag == "SN" and following != "일"
