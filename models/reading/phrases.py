"""A sentence's words outside quotations, and the noun phrase that ends at one of them.

Responsible for where a noun phrase starts: the clauses that modify it are stripped ("발제에 나선
조태헌 한밭제조혁신원 원장은" → the last three words), times and connectives too. It must not know
who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.reading.designations import has_title, is_body, is_name, scored_name
from models.reading.lexicon import lexicon
from models.reading.morphemes import Analysis, Token

Role = Literal["topic", "subject", "other"]

_QUOTED = "¶"
_PARTICLE_TAGS = frozenset({"JX", "JKS", "JKG", "JC", "JKB", "JKO"})
_PARTICLES = frozenset(
    ["은", "는", "이", "가", "도", "께서", "에서", "의", "와", "과", "에게", "에"]
)
_MORE_PARTICLES = frozenset(["으로", "로", "을", "를", "만", "까지", "부터"])
_TOPICS = frozenset({"은", "는", "도", "께서는"})
_SUBJECTS = frozenset({"이", "가", "께서"})
_OTHERS = frozenset({"의", "에게", "과", "와", "을", "를"})
_NOMINAL = frozenset(
    {"NNG", "NNP", "NNB", "NP", "NR", "XSN", "XPN", "SL", "SH", "SN", "SW", "SSC", "XR", "SO"}
)
# After these a word that looks like a verb is one ("질문이 나오자").
_GOVERNED = frozenset({"JKS", "JKO", "JX", "MAG"})
_DETERMINERS = frozenset({"두", "양", "세", "네", "이", "그", "같은", "해당", "동"})
_TIME = re.compile(
    r"^(?:이날|올해|내년|지난해|작년|최근|현재|당시|오전|오후|이달|다음|달|지난달|지난|이번|앞서|오는|하루|이후|"
    r"오늘|어제|내일|그동안|한편|반면|특히|당초|당장|현지|이밖에|그중|이중|같은|그간|연말|연초|상반기|하반기|첫|"
    r"대신|또|또한|이어|아울러|다만|이에|결국|먼저|우선|\d+일|\d+월|\d+년|\d+분기|\d+시)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A space-separated word outside quoted speech, with its morphemes and its particle."""

    text: str
    start: int
    tokens: tuple[Token, ...]
    particle: str = ""

    @property
    def end(self) -> int:
        """Where the next word starts."""
        return self.start + len(self.text) + 1

    @property
    def stem(self) -> str:
        """The word without its particle."""
        return self.text[: len(self.text) - len(self.particle)] if self.particle else self.text

    @property
    def role(self) -> Role | None:
        """What its particle makes of it."""
        if not self.stem or _QUOTED in self.text:
            return None
        if self.particle in _TOPICS:
            return "topic"
        if self.particle in _SUBJECTS:
            return "subject"
        return "other" if self.particle in _OTHERS else None

    @property
    def is_thing_topic(self) -> bool:
        """Whether it is a topic other than a time."""
        return self.particle in {"은", "는"} and not _TIME.match(self.stem)


def words_of(analysis: Analysis) -> list[Word]:
    """The words of a sentence; a quotation is part of one word and marked as such."""
    masked = list(analysis.text)
    for start, end in analysis.quotes:
        masked[start:end] = _QUOTED * (end - start)
    words: list[Word] = []
    for match in re.finditer(r"\S+", "".join(masked)):
        inside = tuple(t for t in analysis.tokens if match.start() <= t.start < match.end())
        words.append(Word(match.group(), match.start(), inside, _particle(match.group(), inside)))
    return words


def _particle(text: str, tokens: Sequence[Token]) -> str:
    tail = ""
    for token in reversed(tokens):
        known = token.form in _PARTICLES or token.form in _MORE_PARTICLES
        if token.tag not in _PARTICLE_TAGS or not known:
            break
        tail = token.form + tail
    return tail if text.endswith(tail) else ""


def noun_phrase(words: Sequence[Word], index: int) -> list[Word]:
    """The words of the noun phrase that ends at ``index``, modifying clauses stripped."""
    first = index
    while first > 0 and _belongs(words[first - 1], words[first]):
        first -= 1
    if first > 0 and _wants(words[:first], words[first : index + 1]):
        first -= 1
        while first > 0 and _belongs(words[first - 1], words[first]):
            first -= 1
    phrase = list(words[first : index + 1])
    while len(phrase) > 1 and _TIME.match(phrase[0].text):
        phrase.pop(0)
    for position, word in enumerate(phrase[:-1]):
        if word.text in lexicon().modifiers:
            return phrase[position + 1 :]
    return phrase


def _wants(before: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether a phrase that ends in a title takes one word more: its name.

    A given name may look like a particle or an ending (은하랑, 노하영), a surname like an adverb;
    only where a phrase can start, so that the ending of a clause is not taken for a name.
    """
    word, stems = before[-1], [item.stem for item in phrase]
    if not has_title(stems[-1]):
        return False
    if len(phrase) == 1 and lexicon().is_family_name(word.text):
        return True
    starts = len(before) == 1 or not before[-2].tokens or before[-2].tokens[-1].tag not in _GOVERNED
    score, _ = scored_name(stems[:-1], [item.tokens for item in phrase])
    return starts and score < 2 and len(word.text) == 3 and is_name(word.text)


def _belongs(word: Word, following: Word) -> bool:
    """Whether ``word`` is part of the noun phrase that goes on with ``following``."""
    if _QUOTED in word.text or not word.tokens:
        return False
    if word.particle in {"와", "과"}:
        return is_body(word.stem, word.tokens[:-1]) or is_name(word.stem)
    if word.particle == "의":
        return _owns(word, following)
    if word.text.endswith(","):
        return is_body(word.text[:-1], word.tokens[:-1]) and following.particle != ""
    nominal = word.particle == "" and word.tokens[-1].tag in _NOMINAL
    return nominal or word.text in _DETERMINERS or word.text.endswith("학과")


def _owns(word: Word, following: Word) -> bool:
    """Whether a possessive is part of a designation ("픽셀온의 두진하 대표", "허 국장의 제안")."""
    if has_title(word.stem) and following.stem in lexicon().sayings:
        return True
    proper = len(word.tokens) > 1 and word.tokens[-2].tag in {"SSC", "NNP"}
    return proper or is_body(word.stem, word.tokens[:-1])
