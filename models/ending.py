"""The last predicate of a proposal: found, and conjugated anew.

Responsible for the endings of Korean proposals, as data over morphemes: where the predicate of
a clause ends ("…하자고", "…해 달라고", "…하기로", "…할 계획"), what kind of proposal that makes,
and its plain and its headline form. It must not know where the clause came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.reading.morphemes import Token, join, serialise

Kind = Literal["demand", "plan", "statement"]
Form = Literal[
    "must", "need", "adjective", "noun_need", "will", "planned", "copula", "says", "said"
]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A clause's last predicate.

    ``start``: where its word starts in the text. ``stem``: its morphemes before the ending, as
    (form, tag). ``first``: the index of its first token. ``rest``: morphemes that stay after
    the stem ("계획" of "할 계획"). ``after_particle``: a subject's or object's particle stands
    right before the word.
    """

    kind: Kind
    form: Form
    start: int
    first: int
    stem: tuple[tuple[str, str], ...]
    rest: tuple[tuple[str, str], ...] = ()
    after_particle: bool = False


@dataclass(frozen=True, slots=True)
class _Ending:
    form: Form
    kind: Kind
    pattern: re.Pattern[str]


def _row(form: Form, kind: Kind, pattern: str) -> _Ending:
    return _Ending(form, kind, re.compile(pattern))


_PAPERS = (
    "(?:방안|대책|개정안|법안|제정안|정부안|계획안|계획|안|대안|절충안|구상|내용|원칙|지침|조례안|개정|특례|일정표|"
    "로드맵|골자|이행안|입장|뜻|의견|해법|표준안|제도|사업|조항|규정)"
)
_ASKS = "(?:제안|제언|건의|촉구|요구|요청|당부|권고|주문|호소)/NNG"
_THAT = r"(?:ᆫ?다|다고|다는|다며|고|며|라고|라는)"
_VERB = r"(?:(?<=/VV )|(?<=XSV )|(?<=/VX ))"
_STOP = r"(?:$|\./SF )"

_ENDINGS: tuple[_Ending, ...] = (
    _row("must", "demand", r" [어아여]야/E[CF] (?:만/JX )?(?:하|되)/V[XV] (?!는/ETM|기/ETN)"),
    _row("must", "demand", rf" [어아여]야/E[CF] {_STOP}"),
    _row("must", "demand", r" (?:(?:자고|자며|자면서|자는|자던)/E\S+|자/EF) "),
    _row("must", "demand", r" 어/EC 달/VX "),
    _row("must", "demand", rf"{_VERB}(?<!달/VX )(?:으?라고|으?라는|으?라며)/E\S+ "),
    _row("must", "demand", rf"{_VERB}(?<!달/VX )(?:으?라|으?세요|십시오|ᆸ시오|ᆸ시다|읍시다)/EF "),
    _row("must", "demand", rf" (?:ᆯ|을)/ETM 것/NNB [을를ᆯ]/JKO (?:\S+ ){{0,3}}{_ASKS} "),
    _row("must", "demand", r" 기/ETN (?:를/JKO |ᆯ/JKO )?(?:바라|희망|기대|촉구)"),
    _row("need", "demand", r" (?:ᆯ|을)/ETM 필요(?:성)?/NNG "),
    _row("adjective", "demand", rf" (?:하/XSA |이/VCP )(?={_THAT}\S*/E|$)"),
    _row("noun_need", "demand", rf" (?<!\S)(?:필요|시급|절실)/(?:NNG|XR) {_STOP}"),
    _row("copula", "demand", rf" (?:먼저|우선|급선무|과제|관건|해법|순서)/\S+ {_STOP}"),
    _row("noun_need", "demand", rf" [을를]/JKO (?:\S+ ){{0,2}}{_ASKS} "),
    _row(
        "planned", "plan", r" (?:ᆯ|을)/ETM (?:계획|방침|예정|구상|생각|방안|복안|뜻|각오|작정)/NN\S "
    ),
    _row("will", "plan", r" 기/ETN 로/JKB "),
    _row("will", "plan", r" 겠/EP "),
    _row(
        "will",
        "plan",
        rf"{_VERB}(?:는|ᆫ다는|는다는)/ETM (?:\S+/(?:NN\S|XSN|SL|XPN|SN) ){{0,5}}\S*{_PAPERS}/NN\S "
        r"(?:\S+ ){1,9}었/EP ",
    ),
    _row("will", "plan", r"(?:(?<=도록/EC 하/VX )|(?<=도록/EC 하/VV ))었/EP "),
)
# Tried in this order where none of the table is found.
_LAST_RESORT: tuple[_Ending, ...] = (
    _row("must", "demand", r" [어아여]야/EC "),
    _row("will", "plan", r" (?:ᆫ다고|는다고|ᆫ다며|는다며)/EC "),
    _row("says", "plan", rf"{_VERB}(?:ᆫ다|는다|ᆸ니다|습니다)/EF {_STOP}$"),
    _row("said", "statement", r"(?<=었/EP )(?:다고|다며)/EC "),
)
_MUST = frozenset({"어야", "아야", "여야"})
_ADJECTIVES = frozenset(
    [
        *("필요", "시급", "바람직", "중요", "절실", "긴요", "마땅", "타당", "적절", "급", "현실적"),
        *("현실", "적", "먼저", "우선", "급선무", "과제", "해법", "때", "일", "만", "차례", "최선"),
    ]
)


def find_predicate(tokens: Sequence[Token]) -> Predicate | None:
    """The predicate that makes ``tokens`` a proposal: the last one the table knows."""
    serial = serialise(tokens)
    best: tuple[int, _Ending] | None = None
    for row in _ENDINGS:
        for match in row.pattern.finditer(serial):
            if row.form == "adjective" and not _is_adjective(serial, match.start()):
                continue
            if best is None or match.start() > best[0]:
                best = (match.start(), row)
    if best is None:
        best = next(
            ((m.start(), row) for row in _LAST_RESORT for m in row.pattern.finditer(serial)), None
        )
    if best is None:
        return None
    return _predicate(tokens, serial[: best[0] + 1].count(" ") - 1, best[1])


def _is_adjective(serial: str, at: int) -> bool:
    before = serial[:at].rsplit(" ", 1)[-1].partition("/")[0]
    return before in _ADJECTIVES


def _predicate(tokens: Sequence[Token], cut: int, row: _Ending) -> Predicate | None:
    """The predicate whose ending starts at token ``cut``."""
    if row.form == "copula" or (row.form == "noun_need" and tokens[cut].tag != "JKO"):
        cut += 1
    if cut >= 2 and tokens[cut - 1].form in {"하", "되"} and tokens[cut - 2].form in _MUST:
        cut, row = cut - 2, _ENDINGS[0]  # "…해야 한다는 의견", "…해야 하겠다"
    if cut <= 0:
        return None
    first = cut - 1
    while first > 0 and _joined(tokens[first - 1], tokens[first]):
        first -= 1
    stem = tuple((t.form, t.full_tag) for t in tokens[first:cut])
    rest: tuple[tuple[str, str], ...] = ()
    if row.form in {"planned", "need"}:
        rest = tuple((t.form, t.full_tag) for t in tokens[cut : cut + 2])
    if row.form == "adjective":
        rest = ((tokens[cut].form, tokens[cut].full_tag),)
    particle = (
        first > 0 and tokens[first - 1].tag in {"JKO", "JKS"} and _one_syllable(tokens, first)
    )
    return Predicate(row.kind, row.form, tokens[first].start, first, stem, rest, particle)


def _one_syllable(tokens: Sequence[Token], first: int) -> bool:
    """Whether the particle before ``first`` is a syllable of its own (를, not the ㄹ of 걸)."""
    return (
        tokens[first - 1].form in {"을", "를", "이", "가"}
        and tokens[first].start - tokens[first - 1].end == 1
    )


def _joined(left: Token, right: Token) -> bool:
    return left.end >= right.start and left.tag not in {"SP", "SSO", "SSC"}


def conjugate(body: str, predicate: Predicate, style: Literal["plain", "headline"]) -> str:
    """``body`` and the predicate in its plain or headline form."""
    if style == "plain":
        return body + _plain(predicate) + "."
    return _headline(body, predicate)


def _plain(p: Predicate) -> str:
    if p.form == "must":
        return join((*p.stem, ("어야", "EC"))) + " 한다"
    if p.form == "noun_need" and p.stem[-1][0] not in _NEEDS:
        return join((*p.stem, ("이", "JKS"))) + " 필요하다"
    return join((*p.stem, *p.rest, *_PLAIN_ENDINGS[p.form]))


_PLAIN_ENDINGS: dict[Form, tuple[tuple[str, str], ...]] = {
    "need": (("가", "JKS"), ("있", "VA"), ("다", "EF")),
    "planned": (("이", "VCP"), ("다", "EF")),
    "copula": (("이", "VCP"), ("다", "EF")),
    "adjective": (("다", "EF"),),
    "said": (("다", "EF"),),
    "noun_need": (("하", "XSA"), ("다", "EF")),
    "will": (("ᆫ다", "EF"),),
    "says": (("ᆫ다", "EF"),),
}
_NEEDS = frozenset({"필요", "시급", "절실"})


def _headline(body: str, p: Predicate) -> str:
    noun = _verbal_noun(p)
    if noun is not None:
        clipped = f"{_bare(body, p)}{noun}"
        return f"{clipped} 필요" if p.form == "must" else clipped
    if p.form in _CLIPPED:
        if body.endswith("도록 ") and len(p.stem) == 1:
            return body.rstrip()
        return body + join((*p.stem, *p.rest, *_CLIPPED[p.form]))
    if p.form == "noun_need" and p.stem[-1][0] not in _NEEDS:
        return f"{body}{join(p.stem)} 필요"
    word = join(p.stem)
    if word in _NEEDS:
        return f"{_bare(body, p)}{word}"
    return body + (word if p.form == "copula" else _plain(p))


_CLIPPED: dict[Form, tuple[tuple[str, str], ...]] = {
    "must": (("어야", "EC"),),
    "will": (("기", "ETN"), ("로", "JKB")),
    "need": (),
    "planned": (),
}


def _verbal_noun(p: Predicate) -> str | None:
    """ "신설" of "신설하": what a headline keeps of a verb made from a noun."""
    if p.form not in {"must", "will", "says"} or len(p.stem) < 2:
        return None
    return join(p.stem[:-1]) if p.stem[-1] in {("하", "XSV"), ("되", "XSV")} else None


def _bare(body: str, p: Predicate) -> str:
    """``body`` without the object's particle before a noun ("한도를 신설" → "한도 신설")."""
    return f"{body[:-2]} " if p.after_particle else body
