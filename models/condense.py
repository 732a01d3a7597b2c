"""A passage condensed by rule: the extractive fallback for what no model may write.

Responsible for cutting the proposal out of its core sentence: who said it, the quotation marks,
the verb of saying and the connectives go; the last predicate is conjugated anew, plainly
("…하자고 제안했다" → "…해야 한다.") or as a headline ("… 필요"). Every word but the ending is a
word of the evidence. It must not know of models, translation or checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from models.documents import Passage
from models.ending import Predicate, conjugate, find_predicate
from models.reading.cues import find_cues
from models.reading.mentions import speaking_mention
from models.reading.morphemes import Analysis, Token, analyse

Style = Literal["plain", "headline"]

# A proposal longer than this loses its leading clauses (code points).
LONGEST = 120
_SHORTEST = 12

_CONNECTIVE = re.compile(
    r"^(?:이어서?|또한?|그러면서도?|이와 함께|아울러|특히|더불어|나아가|그리고|그러나|다만|대신|"
    r"한편|반면|이에 따라|따라서|그래서|이를 위해서?|이에 대해|이에|결국|우선|먼저|실제로|하지만|"
    r"그런데|여기에|이 밖에|구체적으로|그렇다면|다음으로|마지막으로|끝으로),?\s+"
    r"|^(?:첫째|둘째|셋째|넷째),\s+"
)
# "이를 극복하기 위한 방안으로": points out of the sentence.
_POINTER = re.compile(
    r"^이를 (?:\S+ ){1,3}?(?:위해서?|위한 \S+으?로|있도록|통해)\s+(?=\S+(?:\s\S+){2})"
)
_DATELINE = re.compile(r"^(?:\d{1,2}일|이날|앞서|지난 \d{1,2}일|최근)\s+")
# What somebody did to say it: "설명회를 열고", "보고서를 내고", "기자회견에서", "계획에 따르면".
_MEETING = "회의|설명회|간담회|공청회|토론회|세미나|포럼|심포지엄|콘퍼런스"
_TALK = "회견|브리핑|위원회|인터뷰|통화|행사"
_PAPER = "보고서|성명|대책|자료|방안|계획|계획안|이행안|개정안"
_OCCASION = re.compile(
    rf"^(?:\S+\s){{0,7}}?\S*(?:{_MEETING}|{_TALK}|{_PAPER})[’']?"
    r"(?:(?:를|을)?\s(?:열고|열어|내고|발표하고|개최하고|갖고|통해)|에서|에는|에 따르면)\s+"
)
_QUOTE_MARKS = re.compile(r"[“”\"]")


def condense(passage: Passage, style: Style = "plain") -> str:
    """The proposal of ``passage`` in one Korean sentence made of its own words.

    ``plain`` ends in a plain verb and a full stop, ``headline`` in a noun or a clipped verb.
    Figures and names stay; above ``LONGEST`` code points leading clauses go.
    """
    sentence = _core(passage)
    analysis = analyse(sentence)
    if passage.kind == "key_point":
        return _report(analysis, style)
    tokens = _content(analysis)
    predicate = find_predicate(tokens)
    if predicate is None:
        return _report(_told(analysis), style)
    body = _body(analysis.text, tokens, predicate)
    return _finish(_shorten(body, analysis, predicate), predicate, style)


def _core(passage: Passage) -> str:
    """The sentence of a passage with the strongest cues; the first of equals."""
    texts = [sentence.text for sentence in passage.sentences]
    if passage.kind == "key_point":
        return texts[0]
    return max(texts, key=_strength)


def _strength(text: str) -> int:
    cues = find_cues(text)
    if cues.has("demand") and not (cues.quoted or cues.has("request", "report", "plan")):
        return 3
    return (
        4 * cues.has("demand", "plan") + 2 * cues.has("announce") + cues.has("present", "request")
    )


def _content(analysis: Analysis) -> tuple[Token, ...]:
    """The tokens that say what is proposed: a quotation's own, or the frame's after the subject."""
    for start, end in reversed(analysis.quotes):
        inside = tuple(
            t for t in analysis.tokens if start < t.start and t.end <= end and t.tag != "SSC"
        )
        inside = tuple(t for t in inside if analysis.text[t.start] not in '“”"')
        if inside and _proposes(inside) and not _frame_proposes(analysis, end):
            return inside
    begin = _after_subject(analysis)
    return tuple(t for t in analysis.tokens if t.start >= begin)


def _proposes(tokens: Sequence[Token]) -> bool:
    predicate = find_predicate(tokens)
    return predicate is not None and predicate.kind != "statement"


def _frame_proposes(analysis: Analysis, end: int) -> bool:
    """Whether the proposal comes after the last quotation ("“…”며 …해 달라고 요청했다")."""
    after = tuple(t for t in analysis.tokens if t.start >= end)
    if len(after) < 6:
        return False
    predicate = find_predicate(after)
    return predicate is not None and predicate.kind in {"demand", "plan"} and predicate.first > 3


def _after_subject(analysis: Analysis) -> int:
    """Where the proposal starts in a sentence whose proposal is not quoted."""
    mention = speaking_mention(analysis.text)
    begin = 0
    if mention is not None:
        begin = mention.end
    if analysis.quotes and analysis.quotes[-1][0] >= begin - 1:
        close = analysis.quotes[-1][1]
        rest = re.match(
            r"(?:이?라?[고며]|이?라면서|면서|라는|는|[가-힣]{0,4})[,\s]+", analysis.text[close:]
        )
        begin = close + (rest.end() if rest else 0)
    return begin


def _body(text: str, tokens: Sequence[Token], predicate: Predicate) -> str:
    """The text before the predicate's word, without connective, dateline and occasion."""
    body = text[tokens[0].start : predicate.start]
    for pattern in (_CONNECTIVE, _POINTER, _DATELINE, _OCCASION, _CONNECTIVE):
        shorter = pattern.sub("", body, count=1)
        body = shorter if len(shorter) >= _SHORTEST or pattern is not _OCCASION else body
    return _QUOTE_MARKS.sub("", body).lstrip(" ,")


def _shorten(body: str, analysis: Analysis, predicate: Predicate) -> str:
    """``body`` without its leading clauses until it fits."""
    while len(body) + len(predicate.stem) + 6 > LONGEST:
        cut = re.search(r"(?:,|[며고]|는데|지만|면서|[아어해]서|므로|니까)\s", body[:-_SHORTEST])
        if cut is None:
            break
        body = body[cut.end() :]
    return _balance(body)


def _balance(text: str) -> str:
    """Drop single quotation marks and brackets that lost their partner."""
    for left, right in ("‘’", "()", "「」", "『』"):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    return text


def _finish(body: str, predicate: Predicate, style: Style) -> str:
    return re.sub(r"\s+", " ", conjugate(body, predicate, style)).strip(" ,")


def _told(analysis: Analysis) -> Analysis:
    """What a sentence tells, without who does: its last quotation, or what follows its subject."""
    if analysis.quotes:
        start, end = analysis.quotes[-1]
        inside = analysis.text[start:end].strip('“”"').strip()
        return analyse(inside) if inside.endswith(("다", "다.")) else analysis
    return analyse(analysis.text[_after_subject(analysis) :])


def _report(analysis: Analysis, style: Style) -> str:
    """A sentence that proposes nothing, as it stands but for connective and polite ending."""
    text = _CONNECTIVE.sub("", analysis.text).strip()
    text = re.sub(r"([가-힣])\s*[.]$", r"\1", text)
    if style == "plain":
        return text if text[-1:] in '?!”’"' else f"{text}."
    return text
