"""Who speaks in each sentence of an article, in full as first introduced.

Responsible for finding the speaking subject of a sentence, and for carrying a speaker over:
"김 팀장은" is the 김 introduced with a 팀장's title, "그는" the last person who spoke, "두
부처는" the two bodies named together, and a quotation without a subject continues the sentence
before. A surname never resolves to a person of another surname; where the article names nobody
the speaker is None. It must not know what a proposal is beyond the cues of ``cues``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.documents import Article, Sentence
from models.reading.cues import Cues, find_cues
from models.reading.interviews import find_interview
from models.reading.lexicon import lexicon
from models.reading.mentions import Mention, find_mentions, is_provision, speaking_mention
from models.reading.morphemes import analyse

# How many sentences of background may stand between a speaker and a plan that names nobody.
_CARRY_LIMIT = 2
_CONTINUES = re.compile(
    r"^(?:이어|이어서|또|또한|그러면서|그러면서도|이와 함께|아울러|특히|더불어|나아가|이를 위해|"
    r"이를|이에 따라|여기에|그리고|그러나|다만|대신|한편으로|이밖에|이 밖에|구체적으로)\b"
)
# "…하자는 얘기다": the sentence explains what was just said.
_EXPLAINS = re.compile(
    r"(?:얘기|이야기|것|설명|주장|뜻|취지|판단|내용|골자|제안|생각|의미|이유|계산|구상)(?:이다|다)\.?$"
)
_BOTH = re.compile(
    r"^(?:두|양|세|네|이들|이|양측)\s?"
    r"(?:부처|기관|회사|단체|당|측|사|도시|지자체|정당|나라|국가|업체|부|곳|은행|노조)?$"
)
# "지원은 접수된 피해를 대상으로 한다": what is planned is told of, nobody acts.
_CONSISTS = re.compile(
    r"(?:대상|내용|골자|원칙|기준|조건|전제|핵심)으?로 (?:한다|했다|삼는다|삼았다)[.]?$"
)
_SAME = re.compile(r"^(?:이|같은|그|해당|동|이 같은)\s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of one sentence.

    ``explicit``: the sentence itself names them (in full, in short or by a pronoun).
    ``introduced``: in full, here. ``person`` is False for bodies and for nobody.
    """

    speaker: str | None
    explicit: bool = False
    introduced: bool = False
    person: bool = False


NOBODY = Attribution(None)


@dataclass
class _Memory:
    """What the article has told so far, and whom it introduces anywhere (for looking ahead)."""

    people: list[Mention]
    introduced: list[Mention] = field(default_factory=list)
    last: Attribution = NOBODY
    last_person: str | None = None
    last_body: str | None = None
    last_joint: str | None = None
    bodies: list[str] = field(default_factory=list)
    silence: int = 0
    planning: bool = False

    def resolve(self, mention: Mention) -> Attribution:
        if mention.kind == "person":
            return Attribution(mention.text, True, True, True)
        if mention.kind == "short":
            found = self._by_surname(mention)
            return Attribution(found or mention.text, True, False, True)
        if mention.kind == "pronoun":
            return Attribution(self.last_person, True, False, True) if self.last_person else NOBODY
        return self._body(mention)

    def _by_surname(self, mention: Mention) -> str | None:
        for pool in (reversed(self.introduced), iter(self.people)):
            best = max(
                (p for p in pool if p.surname == mention.surname),
                key=lambda p: _title_affinity(p.title, mention.title),
                default=None,
            )
            if best is not None and _title_affinity(best.title, mention.title) > 0:
                return best.text
        return None

    def _body(self, mention: Mention) -> Attribution:
        text = mention.text
        if text in {"이들", "이들 단체"}:
            return Attribution(self.last.speaker, True, False, self.last.person)
        if _BOTH.match(text) and self.last_joint:
            return Attribution(self.last_joint, True)
        if _SAME.match(text):
            head = text.split()[-1]
            if self.last.speaker and self.last.speaker.endswith(head):
                return Attribution(self.last.speaker, True)
            return Attribution(self._recall(head) or text, True)
        head = text.split()[0] if text.endswith(" 측") else text
        if head in lexicon().short_bodies:
            found = self._recall(head)
            return Attribution(found or text, True)
        return Attribution(text, True, True)

    def _recall(self, head: str) -> str | None:
        named = (body for body in reversed(self.bodies) if body != head)
        if head in {"회사", "업체", "기업", "사"}:
            return self.last_body
        for body in named:
            if body.endswith(head) or (head in "도시군구" and len(head) == 1 and body[-1:] == head):
                return body
        return None

    def note(self, attribution: Attribution, mentions: Sequence[Mention], cues: Cues) -> None:
        for mention in mentions:
            if mention.kind == "person":
                self.introduced.append(mention)
            elif mention.kind == "body" and mention.text not in lexicon().short_bodies:
                self.bodies.append(mention.text)
                if mention.joint:
                    self.last_joint = mention.text
        self.silence = 0 if attribution.speaker else self.silence + 1
        if not attribution.speaker:
            return
        self.last = attribution
        self.planning = cues.has("plan", "announce", "present", "demand")
        if attribution.person:
            self.last_person = attribution.speaker
        else:
            self.last_body = attribution.speaker


def _title_affinity(full: str, short: str) -> int:
    """How well a title in short fits the title somebody was introduced with; 0 not at all."""
    if full == short:
        return 3
    if full.endswith(short) or short.endswith(full):
        return 2
    # 탁 위원 of 연구위원, 구 본부장 of 전략본부 부본부장: the last two syllables decide.
    return 1 if full[-2:] == short[-2:] else 0


def find_speakers(article: Article) -> tuple[Attribution, ...]:
    """One ``Attribution`` for each of ``article.sentences``, in order."""
    return attribute(article.sentences)


def attribute(sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """As ``find_speakers``, for sentences alone."""
    mentions = [find_mentions(sentence.text) for sentence in sentences]
    people = [m for found in mentions for m in found if m.kind == "person"]
    memory = _Memory(people)
    result: list[Attribution] = []
    for sentence, found in zip(sentences, mentions, strict=True):
        attribution = _speaker_of(sentence.text, memory)
        memory.note(attribution, found, find_cues(sentence.text))
        result.append(attribution)
    return tuple(_answering(sentences, mentions, _look_ahead(sentences, result)))


def _answering(
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """In an interview the questions are nobody's; all else is whom the lead introduces."""
    interview = find_interview(sentences)
    if interview is None:
        return list(found)
    lead = [m for ms in mentions[: interview.first] for m in ms if m.kind == "person"]
    answer = Attribution(lead[-1].text, person=True) if lead else None
    result = [NOBODY if n in interview.questions else by for n, by in enumerate(found)]
    for n in range(interview.first, len(result)):
        if answer and n not in interview.questions and not _names_in_full(sentences[n]):
            result[n] = answer
    return result


def _names_in_full(sentence: Sentence) -> bool:
    """Whether a sentence says who speaks: in an article whose headings ask, each may be another."""
    speaker = speaking_mention(sentence.text)
    return speaker is not None and speaker.kind == "person"


def _speaker_of(text: str, memory: _Memory) -> Attribution:
    cues = find_cues(text)
    if cues.has("anonymous") and not cues.quoted:
        return NOBODY
    subject = _subject(text, cues)
    if subject is not None:
        attribution = memory.resolve(subject)
        if attribution.speaker:
            return attribution
    if _writes(text) or _may_carry(text, memory):
        return Attribution(memory.last.speaker, False, False, memory.last.person)
    return NOBODY


def _subject(text: str, cues: Cues) -> Mention | None:
    """Who speaks by the sentence's own words."""
    if cues.has("urges") and not cues.has("says", "report"):
        return None  # its subject is who should act
    subject = speaking_mention(text)
    first = next(iter(find_mentions(text)), None)
    if subject is not None or first is None or first.kind != "thing" or _writes(text):
        return subject
    bodies = [m for m in find_mentions(text) if m.kind == "body"]
    if bodies and cues.has("plan") and not cues.quoted:
        return bodies[-1]
    return replace(first, kind="body") if _acts(first, cues, text) else None


def _writes(text: str) -> bool:
    """Whether a text is the topic ("보고서는 … 제안했다"): it speaks for whoever spoke last."""
    first = next(iter(find_mentions(text)), None)
    return first is not None and first.kind == "thing" and first.text.endswith(lexicon().documents)


def _acts(thing: Mention, cues: Cues, text: str) -> bool:
    """Whether a topic of unknown kind must be somebody: it says, or it plans to do something.

    Where what is planned has no object, the topic is the object ("과태료는 유예하기로 했다").
    """
    if _CONSISTS.search(text) or is_provision(thing.text):
        return False
    if cues.has("says"):
        return True
    if thing.text.endswith("들"):
        return cues.has("plan", "demand")
    objects = any(t.tag == "JKO" and not t.quoted for t in analyse(text).tokens)
    return cues.has("plan") and objects


def _may_carry(text: str, memory: _Memory) -> bool:
    """Whether a sentence without a speaking subject goes on with the last speaker."""
    cues = find_cues(text)
    if memory.last.speaker is None or memory.silence > _CARRY_LIMIT:
        return False
    goes_on = _CONTINUES.match(text) or _EXPLAINS.search(text) or text[:1] in '“"'
    if goes_on or cues.has("says"):
        return memory.silence == 0
    if memory.last.person or (cues.has("urges") and memory.silence > 0):
        return False
    # A detail of a plan goes with it; an editorial's own demand goes with nobody.
    detail = memory.planning and cues.has("present", "demand")
    return detail or cues.has("plan", "announce")


def _look_ahead(sentences: Sequence[Sentence], found: Sequence[Attribution]) -> list[Attribution]:
    """A sentence that is all quotation belongs to whoever the next sentence names in full."""
    result = list(found)
    for index in range(len(result) - 1):
        text, after = sentences[index].text, result[index + 1]
        alone = text[:1] in '“"' and text[-1:] in '”"'
        if alone and not result[index].explicit and after.explicit and after.person:
            result[index] = Attribution(after.speaker, False, False, True)
    return result
