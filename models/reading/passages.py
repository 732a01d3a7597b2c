"""Which sentences carry an article's proposals, gathered into passages with their speaker.

Responsible for weighing each sentence by its cues, joining what belongs to one proposal
(a short continuation, the sentence that introduces the speaker or that the core points back
to), dropping what repeats or merely announces another, and falling back to key points where
nothing is proposed. It must not know how a passage is condensed or translated.

The weights below were set by hand on the 40 development pages; ``python -m benchmarks.passages``
prints what they reach.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.documents import Article, Passage, Sentence
from models.reading.cues import Cues, find_cues
from models.reading.interviews import find_interview, open_answers
from models.reading.morphemes import analyse
from models.reading.speakers import Attribution, attribute

THRESHOLD = 2.0
LONGEST_PASSAGE = 5
# Share of the smaller sentence's content words found in another: above it they are alike.
ALIKE = 0.7
# An article whose proposals are fewer than this share of its sentences, and only one, and not
# what its first sentence is about, reports; it does not propose.
_LONE_SHARE = 0.2
# Up to this many sentences an article is a note: its lead says what it has to say.
_SHORT = 3
# Above this many sentences the lead of a report is its first two: the second gives the facts.
_LONG_ENOUGH = 4

_POINTS_BACK = re.compile(
    r"^(?:그는 |그가 |[가-힣]{1,2} [가-힣]+[은는] )?"
    r"(?:이를|이런|이러한|이에|이 같은|이같은|그러면서|그러려면|이렇게|따라서|그래서|"
    r"이 때문에|이와 관련|이 문제)"
)
_ADDS = re.compile(
    r"^\S*\s?(?:또|또한|이어|아울러|이와 함께|더불어|나아가|다음으로|"
    r"마지막으로|끝으로|둘째|셋째|넷째)\b|[가-힣]도 "
)
_GENERIC = re.compile(
    r"(?:업계|계|(?:기업|농가|전문가|주민|참석자|지자체|단체|연구자|위원|이해당사자)들)$"
)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence with what was found in it."""

    index: int
    sentence: Sentence
    cues: Cues
    by: Attribution
    weight: float

    @property
    def nouns(self) -> frozenset[str]:
        return analyse(self.sentence.text).nouns()


@dataclass(frozen=True, slots=True)
class _Group:
    """The sentences of one proposal; ``core`` is the one that says it."""

    core: _Weighed
    members: tuple[_Weighed, ...]


def choose_passages(article: Article, max_passages: int = 10) -> tuple[Passage, ...]:
    """The passages that carry ``article``'s proposals, in its order; key points if it has none.

    At most ``max_passages``, the weightiest, no two alike; at least one where there is any
    sentence. Every passage's sentences are sentences of ``article``, or, in an interview, of an
    answer that is one sentence there for being one quotation.
    """
    if max_passages < 1 or not article.sentences:
        return ()
    weighed = _weigh(article.sentences)
    groups = _drop_alike(_group(weighed))
    if not groups or _merely_reports(groups, weighed):
        return key_points(article, min(max_passages, 3))
    best = sorted(groups, key=lambda g: (-g.core.weight, g.core.index))[:max_passages]
    return tuple(_passage(group) for group in sorted(best, key=lambda g: g.core.index))


def _passage(group: _Group) -> Passage:
    sentences = tuple(member.sentence for member in group.members)
    return Passage(sentences, "proposal", group.core.by.speaker, group.core.weight)


def _weigh(sentences: Sequence[Sentence]) -> tuple[_Weighed, ...]:
    sentences = open_answers(sentences)
    speakers = zip(sentences, attribute(sentences), strict=True)
    interview = find_interview(sentences)
    asked = interview.questions if interview else frozenset()
    told = [pair for n, pair in enumerate(speakers) if n not in asked]
    return tuple(
        _Weighed(i, s, find_cues(s.text), by, _weight(i, find_cues(s.text), by, len(told)))
        for i, (s, by) in enumerate(told)
    )


def _weight(index: int, cues: Cues, by: Attribution, count: int) -> float:
    """How much a sentence proposes: its strongest cue, less what makes it weak."""
    weight = _strength(cues, by)
    if weight == 0:
        return 0.0
    weight += 0.5 * min(cues.figures, 2) + (0.3 if cues.has("ahead") else 0.0)
    if cues.has("anonymous") and by.speaker is None:
        weight -= _anonymity(index, cues, count)
    elif cues.has("urges") and by.speaker is None:
        pass  # an editorial speaks for itself
    elif by.speaker is None or _GENERIC.search(by.speaker):
        weight -= 0.0 if cues.figures or count <= _SHORT else 1.5
    if cues.has("procedure") and not cues.has("demand", "announce") and not cues.quoted:
        weight -= 1.5 if cues.has("plan") else 2.0
    if cues.has("vow") and not cues.has("demand") and not cues.figures:
        weight -= 1.5
    if cues.has("denial") and not cues.has("demand"):
        weight -= 3.0
    if index == 0 and count > _SHORT and (cues.figures == 0 or by.speaker is None):
        weight -= 1.5
    return weight


def _anonymity(index: int, cues: Cues, count: int) -> float:
    """What a proposal loses that is nobody's: a lead announces what others say below it."""
    if count <= _SHORT:
        return 0.0
    if index == 0:
        return 3.0
    return 0.0 if cues.figures else 2.0


def _strength(cues: Cues, by: Attribution) -> float:
    if cues.has("demand"):
        reported = cues.has("request", "report") or (by.speaker and by.explicit)
        return 3.0 if reported else 2.2
    if cues.has("plan", "announce"):
        return 3.0 if cues.has("plan") and by.speaker else 2.2
    if cues.has("ask") and by.speaker:
        return 2.4
    if cues.has("if_then") and by.person:
        return 1.8
    if cues.has("present") and by.speaker and not by.person:
        return 2.0 if by.explicit else 1.6
    return 0.0


def _group(weighed: Sequence[_Weighed]) -> list[_Group]:
    groups: list[_Group] = []
    for item in weighed:
        if item.weight < THRESHOLD:
            continue
        before = groups[-1] if groups else None
        if before is not None and _continues(before, item):
            members = (*before.members, item)
            groups[-1] = replace(before, members=members)
        else:
            groups.append(_Group(item, (*_context(item, weighed, before), item)))
    return groups


def _continues(before: _Group, item: _Weighed) -> bool:
    """Whether ``item`` goes on with the proposal before it rather than making another."""
    last = before.members[-1]
    if item.index != last.index + 1 or len(before.members) >= LONGEST_PASSAGE:
        return False
    if _asked_between(last, item):
        return False
    if item.by.speaker != last.by.speaker or _ADDS.search(item.sentence.text[:30]):
        return False
    if item.cues.quoted:
        return False
    bare = item.by.speaker is not None and not item.by.explicit and item.cues.has("demand")
    return bare or _overlap(item.nouns, last.nouns) > 0.35


def _context(
    core: _Weighed, weighed: Sequence[_Weighed], before: _Group | None
) -> tuple[_Weighed, ...]:
    """The sentence before, where the core cannot be understood without it."""
    if core.index == 0:
        return ()
    previous = weighed[core.index - 1]
    if (before is not None and previous in before.members) or _asked_between(previous, core):
        return ()
    same = previous.by.speaker is not None and previous.by.speaker == core.by.speaker
    introduces = same and previous.by.introduced and not core.by.introduced
    points_back = bool(_POINTS_BACK.match(core.sentence.text))
    nameless = same and not core.by.explicit
    return (previous,) if introduces or nameless or (points_back and same) else ()


def _asked_between(previous: _Weighed, item: _Weighed) -> bool:
    """Whether a question of an interview, which is not weighed, stands between two sentences."""
    return item.sentence.paragraph > previous.sentence.paragraph + 1


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of the smaller set found in the other."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def _drop_alike(groups: Sequence[_Group]) -> list[_Group]:
    """Of two groups that say the same, the weightier stays; an announcement yields to it."""
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda g: (-g.core.weight, g.core.index)):
        if all(_overlap(group.core.nouns, other.core.nouns) < ALIKE for other in kept):
            kept.append(group)
    return sorted(kept, key=lambda g: g.core.index)


def _merely_reports(groups: Sequence[_Group], weighed: Sequence[_Weighed]) -> bool:
    if len(weighed) <= _SHORT:
        return False
    firm = [g for g in groups if g.core.cues.has("demand", "plan", "announce", "ask")]
    if not firm:
        return len(groups) / len(weighed) < 2 * _LONE_SHARE
    if len(groups) > 1:
        return False
    core = groups[0].core
    about = core.index <= 1 or _overlap(core.nouns, weighed[0].nouns) > 0.3
    return len(groups[0].members) / len(weighed) <= _LONE_SHARE and not about


def key_points(article: Article, count: int = 3) -> tuple[Passage, ...]:
    """The lead and the most telling other sentences of an article that proposes nothing.

    A sentence tells more the more figures it has, the more of the article's repeated words it
    holds, the earlier it stands, and if it looks ahead; none may repeat one already chosen.
    """
    weighed = _weigh(article.sentences)
    lead = weighed[: 2 if len(weighed) > _LONG_ENOUGH else 1]
    chosen = [lead]
    for item in sorted(weighed[len(lead) :], key=lambda item: -_salience(item, weighed)):
        if len(chosen) == count:
            break
        if all(_overlap(item.nouns, other.nouns) < ALIKE for point in chosen for other in point):
            chosen.append((item,))
    return tuple(_key_point(point, weighed) for point in sorted(chosen, key=lambda p: p[0].index))


def _key_point(point: Sequence[_Weighed], weighed: Sequence[_Weighed]) -> Passage:
    first = point[0]
    says = first.cues.has("report", "says", "plan", "demand", "ask", "announce", "present")
    sentences = tuple(item.sentence for item in point)
    return Passage(
        sentences, "key_point", first.by.speaker if says else None, _salience(first, weighed)
    )


def _salience(item: _Weighed, weighed: Sequence[_Weighed]) -> float:
    nouns = item.nouns
    shared = sum(1 for other in weighed if other is not item and nouns & other.nouns) / max(
        len(weighed) - 1, 1
    )
    position = 1 - item.index / len(weighed)
    figures = min(item.cues.figures, 4) / 4
    return shared + position + figures + (0.5 if item.weight >= THRESHOLD else 0.0)
