"""Does the English negate what the Korean affirms, or the other way round.

A hint, never a verdict: 부족하다 is "not enough", 없지 않다 is "there is some". So its flags are
"info" and mark a pair for a human eye.
"""

from __future__ import annotations

import re

from models.documents import Flag


def _any_of(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


# Negative in form, affirmative in meaning: taken out before anything is counted.
_KO_IDIOMS = _any_of(
    r"뿐(?:만)?\s*(?:이|도)?\s*아니라",  # not only
    r"수(?:밖에)?\s*없",  # can't but; cannot: told apart below
    r"(?:지\s*않으면|[면선서]는?)\s*안\s*[된돼되]",  # must
    r"지\s*않(?:을까|을[지겠])|(?:없|적|못|못지|머지|마지|그치지)지?\s*않",
    r"(?:상관|관계|끊임|틀림|어김|아랑곳|하염|예외|차질|변함|다름)\s*없",
    r"불구하",
)
_KO_NEGATION = _any_of(
    r"지\s?(?:도|는|를|만)?\s*(?:않|못[하했한해])",
    r"없(?:다|는|었|이|고|으|어\s|던|습|을)|없$",
    r"(?:이|가|은|는)\s*아니(?:다|라|고|었)|아닙니다|아닌\s",
    r"지\s*(?:말|마라|마세)",
    r"(?:^|\s)(?:안|못)\s[가-힣]",
)
# What a translator may well have rendered as a negation; asked only when the English has one.
_KO_NEGATIVE_SENSE = _any_of(
    r"않|없|아니|아닌|못|[지면]\s?말|(?:^|\s)안\s|말고|뿐|밖에|커녕|조차|하나도|물론",
    r"미(?:흡|비|달|등|숙|완|참|처|납|만|필|확|지정)|불(?:가|법|편|필|안|능|투|참|공|허|충|이행)|비(?:정|공|현실)",
    r"무(?:상|료|관|단|산|자격|허가|시)|금지|반대|거부|거절|부족|모자|모[르른를]|몰[라랐]|외면|실패|노쇼",
    r"어렵|어려|힘들|중단|폐지|면제|제외|막[다아았는힌]|빠[진졌지]|끊|놓[치친쳤]|잃|부재|자제",
)
_EN_NEGATION = _any_of(
    r"\b(?:not(?!\s+only)|never|nor|neither|none|nothing|nobody|without(?!\s+delay)|cannot)\b",
    r"\bno\b(?![.\s]*\d|\s+(?:more|less|fewer|later|sooner|matter))|n['’]t\b",
)
_EN_NEGATIVE_SENSE = _any_of(
    r"\b(?:no|not|never|nor|neither|none|nothing|nobody|nowhere|without|cannot)\b|n['’]t\b",
    r"\b(?:hardly|barely|scarcely|few|fewer|little|less|only|rather|instead|before|unless|beyond)\b",
    r"\b(?:lack|fail|refus|reject|den[iy]|stop|avoid|abol|elimin|remov|exclu|exempt|prevent|keep|kept)",
    r"\b(?:struggl|miss|ban|bar|block|halt|short of|bypass|skip|waiv|scrap|clos|eras|difficult)",
    r"\b(?:un(?!i|der|til)|im(?!p[olr]|m|a)|dis(?!t|c)|non|ir(?!o)|il(?!l))[a-z-]{3,}|[a-z]less(?:ly)?\b",
    r"\bin(?:ab|ad|ac|cap|eff|equ|evi|exh|fe|suff|vis|val)[a-z]+|\b(?:absen|empty)",
)


def check_negation(ko: str, en: str) -> tuple[Flag, ...]:
    """Info flags where one language negates and the other shows no trace of it."""
    plain = _KO_IDIOMS.sub(" ", ko)
    lost = _KO_NEGATION.search(plain)
    if lost and not _EN_NEGATIVE_SENSE.search(en):
        detail = "the Korean negates, the English doesn't"
        return (Flag("negation_lost", "info", detail, ko=_around(plain, lost)),)
    gained = _EN_NEGATION.search(en)
    if gained and not _KO_NEGATIVE_SENSE.search(ko):
        detail = "the English negates, the Korean doesn't"
        return (Flag("negation_gained", "info", detail, en=_around(en, gained)),)
    return ()


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12) : match.end() + 12].strip()
