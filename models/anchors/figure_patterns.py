"""The one pattern that finds candidate figures in Korean, by named group.

``num…`` digits with scales, ``sino…`` Sino-Korean numerals, ``native…`` native ones, each with
its unit; ``den``/``numer`` a fraction; ``left``/``right`` a score; ``rough…`` 수십 and the like;
``days`` 사흘; ``half`` 절반. What a match is worth is decided in figures.
"""

from __future__ import annotations

import re
from functools import cache

from models.anchors.korean_numbers import MIXED, NATIVE, SINO
from models.anchors.units import korean_units

RANGE = r"\s?[~∼〜～–]\s?|-(?=\d)"
# What may follow a unit: no Hangul, or a particle, an ending or a bound.
_AFTER_HANGUL = (
    r"(?![가-힣])|(?=은|는|이|가(?!지)|을|를|의|에|로|으로|과|와|도|만|까지|부터|씩|당|째|나|다|인|"
    r"였|라|란|며|던|보다|여|초과|안|밖|정도|쯤|간|치|분|급|제|짜리|어치|대|뿐|마다|꼴|입|일|"
    r"동안|내|전|후|뒤|넘|물|형|권|생|산|차|식|용|남짓|조차|마저|하고|든|께|처럼|만큼|"
    r"규모|수준|선|상당|연속|연|지|받|늘|줄|반|미만|하|이)"
)
_BEFORE_NATIVE = r"(?<![가-힣A-Za-z\d])"
# Native numerals of one syllable are also parts of words: glued, they need a plain counter.
_GLUED = "배|달|번째|번|곳|명|차례|가지|시간|개월|개|마리|살|건|대"


def _units(*, but: str = "") -> str:
    skip = set(but.split())
    forms = sorted((f for f in korean_units() if f not in skip), key=len, reverse=True)
    hangul = "|".join(re.escape(f) for f in forms if "가" <= f[-1] <= "힣")
    other = "|".join(re.escape(f) for f in forms if not "가" <= f[-1] <= "힣")
    return rf"(?:(?:{hangul})(?:{_AFTER_HANGUL})|(?:{other})(?![A-Za-z]))"


# Units that a spelled-out numeral may count (not "이 도", "세 시", "만 세").
_SPELLED = (
    "명|원|달러|유로|엔|위안|년|개월|가구|개|곳|건|명|대|채|마리|장|톤|평|호|세대|시간|배|억|퍼센트|%"
    "|여\\s?(?:명|년|개|곳|건|가구|원|대)|그루|병|권|리"
)


@cache
def figure_pattern() -> re.Pattern[str]:
    """Compiled on first use; alternatives in order of precedence."""
    number = rf"{MIXED}"
    unit = _units()
    glued_ok = rf"(?:\s|(?<=[가-힣]{{2}})|(?={_GLUED}))"
    alternatives = (
        rf"(?P<den>{number})\s?분의\s?(?P<numer>{number}|[일이삼사오육칠팔구])",
        r"(?P<left>(?<![\d.,])\d{1,3})(?:\s?대\s?|-|\s?:\s?)(?P<right>\d{1,3})"
        r"(?=\s?(?:로|으로|의|,|승|패|무|완승|완패|역전|동점|비율|,\s|\s(?:승리|패배|무승부|역전|완승)))",
        rf"(?P<minus>마이너스\s?|(?<![\w)\]%])[-−△▲]\s?)?(?P<num>{number})"
        rf"(?:(?P<dash>{RANGE})(?P<upper>{number}))?(?P<num_yeo>여)?"
        rf"(?:\s?(?P<num_unit>{unit}))?",
        rf"{_BEFORE_NATIVE}(?P<rough>(?:수|몇)\s?(?:[십백천](?:[만억조])?|[만억조]))(?P<rough_yeo>여)?"
        rf"(?=\s?{unit}|\s[가-힣]|명|개)(?:\s?(?P<rough_unit>{unit}))?",
        rf"{_BEFORE_NATIVE}(?P<days>이틀|사흘|나흘|닷새|엿새|여드레|아흐레|열흘|보름)"
        rf"(?:{_AFTER_HANGUL})",
        rf"{_BEFORE_NATIVE}(?P<half>절반|반\s?토막|반값|반년|반세기)",
        rf"{_BEFORE_NATIVE}(?P<nine>열에)\s(?P<nine_of>{NATIVE})(?![가-힣]{{2}})",
        rf"{_BEFORE_NATIVE}(?P<of>둘|셋|넷|다섯|열|백)\s?(?:중|가운데)\s?(?:에\s)?"
        rf"(?P<some>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)",
        rf"{_BEFORE_NATIVE}(?P<native>{NATIVE}){glued_ok}\s?(?P<native_unit>{unit})",
        rf"(?<![가-힣A-Za-z\d]{{1}})(?P<sino>{SINO})(?P<sino_yeo>여)?\s?(?={_SPELLED})"
        rf"(?P<sino_unit>{unit})",
    )
    return re.compile("|".join(alternatives))
