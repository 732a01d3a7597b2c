"""The people and bodies a sentence names as its topic or subject.

Responsible for finding them in one sentence and for which of them speaks. It must not know what
was said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from models.reading.designations import has_title, is_body, read_person
from models.reading.lexicon import lexicon
from models.reading.morphemes import Token, analyse
from models.reading.phrases import Role, Word, noun_phrase, words_of

MentionKind = Literal["person", "short", "pronoun", "body", "thing"]

_PRONOUNS = frozenset({"그", "그녀", "그이"})
_ASIDE = re.compile(r"\s?\((?:이하|현|전|\d)[^)]*\)")
_LABEL = re.compile(r"^[○◯●▲△◇◆▷▶■□-]?\s*((?:[가-힣A-Za-z]+ ){0,3}[가-힣]+)\s?:\s")
_PROVISION = re.compile(r"(?:제?\d+(?:조|항|호|장)(?:의\d+)?)+")
_CLAUSE_BREAKS = frozenset(
    ["자", "자마자", "지만", "는데", "ᆫ데", "으나", "나", "니", "으니", "면", "어서", "므로", "고자"]
)
_PEOPLE = frozenset({"person", "short", "pronoun"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a sentence.

    ``text`` is the phrase without its particle; ``name``, ``surname`` and ``title`` are those
    of a person. ``end``: where the sentence goes on after it; 0 if it closes the sentence
    ("…는 것이 편 회장의 진단이다"). ``joint``: several bodies at once.
    """

    text: str
    kind: MentionKind
    role: Role
    start: int
    end: int
    name: str = ""
    surname: str = ""
    title: str = ""
    joint: bool = False


@lru_cache(maxsize=4096)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """The topics and subjects of a sentence that can speak, from left to right.

    A leading topic that cannot speak is a "thing": what it governs names no speaker either.
    """
    words = words_of(analyse(text))
    found: list[Mention] = []
    for index, word in enumerate(words):
        if word.role is None:
            continue
        phrase = noun_phrase(words, index)
        mention = _classify(phrase, word.role)
        if mention is not None and (word.role != "other" or mention.kind == "person"):
            found.append(mention)
        elif not found and word.is_thing_topic:
            phrase_text = " ".join([*(w.text for w in phrase[:-1]), word.stem])
            found.append(Mention(phrase_text, "thing", "topic", phrase[0].start, word.end))
    return (*_label(text), *found, *_closing(words), *_last(words, found))


def speaking_mention(text: str) -> Mention | None:
    """The mention that speaks: a topic before a subject, a person before a body.

    The subject of a clause inside the sentence ("정부가 …를 정하도록") comes after the topic.
    """
    mentions = find_mentions(text)
    closing = next((m for m in mentions if m.end == 0), None)
    if closing is not None:
        return closing
    speaking = [m for m in mentions if m.kind != "thing" and m.role != "other"]
    if mentions and mentions[0].kind == "thing":
        speaking = [m for m in speaking if m.role == "topic" or m.kind == "person"]
    topics = [m for m in speaking if m.role == "topic"]
    for pool in (topics, _of_main_clause(text, speaking)):
        if pool:
            return next((m for m in pool if m.kind in _PEOPLE), pool[0])
    return None


def is_provision(text: str) -> bool:
    """Whether a phrase is an article of a law ("안 제39조제2항"), which rules but doesn't speak."""
    return _PROVISION.fullmatch(text.split()[-1]) is not None


def _of_main_clause(text: str, subjects: Sequence[Mention]) -> list[Mention]:
    """``subjects`` without those of a clause that ends before the next ("…가 드러나자 …가")."""
    kept = list(subjects)
    for left, right in pairwise(subjects):
        between = (t for t in analyse(text).tokens if left.end <= t.start < right.start)
        if any(t.tag == "EC" and t.form in _CLAUSE_BREAKS for t in between):
            kept.remove(left)
    return kept


def _label(text: str) -> Iterator[Mention]:
    """The speaker a line of minutes starts with ("◯진혜겸 위원: …")."""
    label = _LABEL.match(text)
    words = label.group(1).split() if label else []
    if label is None or not has_title(words[-1]):
        return
    mention = _person(words, (), "topic", (0, label.end()))
    yield mention or Mention(label.group(1), "body", "topic", 0, label.end())


def _last(words: Sequence[Word], found: Sequence[Mention]) -> Iterator[Mention]:
    """Whatever stands as subject right before the verb ("…고 시민회의가 주장했다")."""
    if not found and len(words) > 2 and words[-2].role == "subject":
        phrase = noun_phrase(words, len(words) - 2)
        text = " ".join([*(w.text for w in phrase[:-1]), phrase[-1].stem])
        yield Mention(text, "thing", "subject", phrase[0].start, phrase[-1].end)


def _closing(words: Sequence[Word]) -> Iterator[Mention]:
    """The speaker a sentence ends with ("…는 것이 은 이사의 진단이다", "…는 온다현 소장이다")."""
    last = words[-1].tokens if words else ()
    tags = [token.tag for token in last]
    if len(words) < 3 or "VCP" not in tags:
        return
    if words[-2].particle == "의" and last[0].form in lexicon().sayings:
        mention = _classify(noun_phrase(words, len(words) - 2), "topic")
    else:
        mention = _predicated(words, last[: tags.index("VCP")])
    if mention is not None:
        yield replace(mention, end=0)


def _predicated(words: Sequence[Word], noun: Sequence[Token]) -> Mention | None:
    """The person a sentence says somebody is."""
    if not noun:
        return None
    word = words[-1]
    bare = replace(word, text=word.text[: noun[-1].end - word.start], tokens=tuple(noun))
    mention = _classify(noun_phrase([*words[:-1], bare], len(words) - 1), "subject")
    return mention if mention is not None and mention.kind == "person" else None


def _classify(phrase: Sequence[Word], role: Role) -> Mention | None:
    span = (phrase[0].start, phrase[-1].end)
    if len(phrase) > 1 and phrase[-1].stem in lexicon().sayings and phrase[-2].particle == "의":
        phrase = phrase[:-1]
    stems = [*(word.text for word in phrase[:-1]), phrase[-1].stem]
    text = _ASIDE.sub("", " ".join(stems))
    if text in _PRONOUNS:
        return Mention(text, "pronoun", role, *span)
    person = _person(text.split(), [word.tokens for word in phrase], role, span)
    return person or _body(phrase, text, role, span)


def _person(
    words: Sequence[str], tokens: Sequence[Sequence[Token]], role: Role, span: tuple[int, int]
) -> Mention | None:
    person = read_person(words, tokens)
    if person is None:
        return None
    kind: MentionKind = "person" if person.name else "short"
    return Mention(" ".join(words), kind, role, *span, person.name, person.surname, person.title)


def _body(phrase: Sequence[Word], text: str, role: Role, span: tuple[int, int]) -> Mention | None:
    head, last, known = text.split()[-1], phrase[-1], lexicon()
    tokens = last.tokens[:-1] if last.particle else last.tokens
    if is_provision(head):
        return None
    office = head.endswith((*known.nameless, *known.plurals)) or head in known.offices
    titled = len(phrase) > 1 and has_title(head) and head not in known.things
    # A proper noun of unknown kind may act where it opens the sentence, not in a clause.
    opens = role == "topic" or span[0] == 0
    known_body = (
        office or titled or head in {"부처", "양측"} or is_body(head, tokens, unknown=opens)
    )
    if not known_body:
        return None
    joint = "·" in head or any(
        word.particle in {"와", "과"} or word.text.endswith(",") for word in phrase[:-1]
    )
    return Mention(text, "body", role, *span, joint=joint)
