"""The one pattern that finds candidate figures in Korean, by named group.

``num…`` digits with scales, ``sino…`` Sino-Korean numerals, ``native…`` native ones, each with
its unit; ``den``/``numer`` a fraction; ``left``/``right`` a score; ``rough…`` 수십 and the like;
``days`` 사흘; ``half`` 절반. What a match is worth is decided in figures.
"""

from __future__ import annotations

import re
from functools import cache

from models.anchors.date_patterns import MONTHS_OF_A_TERM
from models.anchors.korean_numbers import ALONE, COUNTING, MIXED, NATIVE, SINO, TENS
from models.anchors.units import korean_units

RANGE = r"\s?[~∼〜～–]\s?|-(?=\d)"
# What may follow a unit: no Hangul, or a particle, an ending or a bound.
AFTER_HANGUL = (
    r"(?![가-힣])|(?=은|는|이|가(?!지)|을|를|의|에|로|으로|과|와|도|만|까지|부터|씩|당|째|나|다|인|"
    r"였|라|란|며|던|보다|여|초과|안|밖|정도|쯤|간|치|분|급|제|짜리|어치|대|뿐|마다|꼴|입|일|"
    r"동안|내|전|후|뒤|넘|물|형|권|생|산|차|식|용|남짓|조차|마저|하고|든|께|처럼|만큼|"
    r"규모|수준|선|상당|연속|연|지|받|늘|줄|반|미만|하|이)"
)
_BEFORE_NATIVE = r"(?<![가-힣A-Za-z\d])"
# Native numerals of one syllable are also parts of words (세대): glued, they need one of these.
_GLUED = "배|달|번째|번(?!호)|곳|명|차례|가지|시간|개월|개(?!골)|마리"
# Counters that a native numeral does not count, or that are particles after it (하나도).
_NOT_NATIVE = (
    "도 시 구 사 원 주 등 위 통 포 발 막 면 인 실 동 장 반 석 자 경 급 년 개년 m t g W V L"
)
_NOT_NATIVE += " 불 프로 호 조 차 일 초 군 칸 기 량 곡 알 % ％"
# Units that a Sino-Korean numeral may count (not "이 도", "만 세").
_SPELLED = (
    "명|원|달러|유로|엔|위안|년|개월|가구|개|곳|건|대|채|마리|장|톤|평|호|세대|시간|배|퍼센트|%|그루|"
    "병|권|번|분|회|살|주|층|점"
)
# A magnitude of one syllable (수조, 수만) is told from a word by what it counts.
_COUNTED = (
    "원|달러|유로|엔|명|개|건|대|마리|톤|t|년|가구|장|권|그루|번|배|곳|채|평|㏊|차례|편|종|㎞"
)
# A match can only begin with one of these: looking for them first makes the search fast.
_FIRST = (
    r"\d마−△▲수몇이사나닷엿여아열보절반둘셋넷다백한두세석네넉대예일스서쉰든흔만천십억조너육칠팔구"
    r"삼오-"
)


def units_after_number(but: str = "") -> str:
    """Alternation of Korean units, longest first, each ending where its word ends."""
    skip = set(but.split())
    forms = sorted((f for f in korean_units() if f not in skip), key=len, reverse=True)
    hangul = "|".join(re.escape(f) for f in forms if "가" <= f[-1] <= "힣")
    other = "|".join(re.escape(f) for f in forms if not "가" <= f[-1] <= "힣")
    return rf"(?:(?:{hangul})(?:{AFTER_HANGUL})|(?:{other})(?![A-Za-z]))"


@cache
def figure_pattern() -> re.Pattern[str]:
    """Compiled on first use; alternatives in order of precedence."""
    alternatives = (*_numeric(), *_lexical(), *_spelled())
    return re.compile(rf"(?=[{_FIRST}])(?:{'|'.join(alternatives)})")


def _numeric() -> tuple[str, ...]:
    unit = units_after_number()
    return (
        rf"(?P<den>{MIXED})\s?분의\s?(?P<numer>{MIXED}|[일이삼사오육칠팔구])",
        r"(?P<left>(?<![\d.,])\d{1,3})(?:\s?대\s?|-|\s?:\s?)(?P<right>\d{1,3})(?![\d,.%]|\s?[만억조])"
        r"(?=\s?(?:로|으로|의|,|승|패|무|완승|완패|역전|동점|비율|까지)|\s(?:승리|패배|무승부|역전|완승|대승|참패))",
        r"(?P<batting>(?P<tenths>\d)할\s?(?P<hundredths>\d)푼(?:\s?(?P<thousandths>\d)리)?)",
        r"(?<![\d./])(?P<above>\d{1,3})/(?P<below>\d{1,4})(?![\d./])",
        rf"{MONTHS_OF_A_TERM}(?P<term>\d{{1,2}})월(?!\s?\d{{1,2}}일)",
        # 3분 42초 08, 46초08 and 2m 30: what follows the unit are its decimals
        rf"(?P<whole>\d{{1,3}})(?P<split_unit>초\s?|m\s)(?P<decimals>\d{{1,3}})(?!\d|[.,:]\d|\s?[a-z㎝㎜시]|[천억]|만(?!에)|\s?(?!차[였이로의]|차(?![가-힣])){unit})",
        rf"(?P<minus>마이너스\s?|(?<![\w)\]%])[-−△▲]\s?)?(?P<num>{MIXED})"
        rf"(?:(?P<dash>{RANGE})(?P<upper>{MIXED}))?(?P<num_yeo>여)?"
        rf"(?:\s?(?P<num_unit>{unit})(?P<num_half>\s반(?!영|복|응|대|도|환|납|기|경|면|드|값|려|토|지))?)?",
    )


def _lexical() -> tuple[str, ...]:
    unit = units_after_number()
    return (
        rf"{_BEFORE_NATIVE}(?P<rough>(?:수|몇)\s?(?:[십백천](?:[만억조](?!차))?|[만억조](?=\s?(?:{_COUNTED}))))"
        rf"(?P<rough_yeo>여)?(?=\s?{unit}|\s[가-힣]|명|개)(?:\s?(?P<rough_unit>{unit}))?",
        rf"{_BEFORE_NATIVE}(?P<days>열하루|열이틀|열사흘|열나흘|이틀|사흘|나흘|닷새|엿새|여드레|"
        rf"아흐레|열흘|보름)(?:{AFTER_HANGUL})",
        rf"{_BEFORE_NATIVE}(?P<half>절반|반\s?토막|반값|반년|반세기)",
        rf"{_BEFORE_NATIVE}(?P<nine>열에)\s(?P<nine_of>{NATIVE})(?:{AFTER_HANGUL})",
        rf"{_BEFORE_NATIVE}(?P<of>둘|셋|넷|다섯|열|백)\s?(?:중|가운데)\s?(?:에\s)?"
        rf"(?P<some>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)",
    )


def _spelled() -> tuple[str, ...]:
    unit, counter = units_after_number(), units_after_number(_NOT_NATIVE)
    return (
        rf"{_BEFORE_NATIVE}(?P<native>(?:백(?={TENS}))?{COUNTING})(?:\s|(?<=[가-힣]{{2}})|(?={_GLUED}))\s?"
        rf"(?P<native_unit>{counter}|(?<=[가-힣]{{2}}\s)(?:기|동|실|군|칸|량|주|인|석|면|장|알))(?P<native_half>\s반(?!영|복|응|대|도|환|납|기|경|면|드|값|려|토|지))?",
        rf"{_BEFORE_NATIVE}(?P<alone>백?{ALONE})",
        rf"{_BEFORE_NATIVE}(?P<sino>{SINO})(?P<sino_yeo>여)?(?:\s|(?<=[가-힣]{{2}})(?=명|원|달러|억|개월|가구|%|퍼센트|년|분)|(?=원|명))(?={_SPELLED})(?P<sino_unit>{unit})",
    )
