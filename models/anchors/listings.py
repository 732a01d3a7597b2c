"""What 대 after a number means: a list (10대 과제), an age (20대 여성), a term (22대 국회).

Only the words after it tell. Where they don't, as with machines (버스 10대), no sense is given:
English may then say the number in any way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from models.anchors.figure import Sense

# What is counted among the foremost, as the end of a word.
_LISTED = re.compile(
    "(?:과제|산업|업종|기술|품목|성수품|작물|곡물|기업|그룹|재벌|로펌|브랜드|뉴스|업체|제조사|금융지주"
    "|(?:건설|증권|손보|생보|카드|통신|제약|정유|항공|조선|철강|완성차|방송|게임)사"
    "|전략|공약|분야|부문|영역|프로젝트|원칙|수칙|의제|어젠다|개혁|개혁안|혁신|법안|권역|거점|도시"
    "|강국|교역국|수출국|투자국|생산국|지표|요소|쟁점|현안|요구안|제안|키워드|트렌드|비전|목표|명산|명소"
    "|관광지|악재|호재|변수|플랫폼|소재|광물|강령|지침|시책|방안|국립대|거점대|노총|인프라|클러스터)$"
)
# What people of an age may have as well: only after numbers that are no age (5대 은행).
_LISTED_TOO = re.compile(
    "(?:은행|보험|연금|대학|병원|회사|제품|상품|식품|사업|정책|대책|시장|의무|권리|의혹|범죄|사고|재난"
    "|질환|질병|암|감염병|리스크|위험|규제|궁|강|항만|공항|유산|축제|리그|종교|문명|진미|해전|정당|계열"
    "|서비스|자원|에너지|단지|특구|메이저|요인|원인|업무|기금|악법|기관|협회|단체|신문|방송|지수)$"
)
_RANKING = re.compile("(?:핵심|주요|중점|우선|국정|전략|추진|유망|첨단|신성장|뿌리|필수|선도)")
# What is done to a list; it may end the phrase of one ("10대 과제 발표").
_DONE = re.compile(
    "(?:발표|선정|추진|확정|육성|제시|공개|제안|촉구|가운데|중|매출|투자|총|발굴|지정|이행)"
)
# People, and what only people have, as the end of a word or the whole of it.
_PERSON = re.compile(
    "^(?:여|남|팬|주민)$|(?:여성|남성|남녀|여자|남자|청소년|청년|청년층|학생|아동|소년|소녀|노인|딸"
    "|아들|자녀|부부|부모|엄마|아빠|어머니|아버지|주부|남편|아내|형제|자매|남매|연인|친구|승객|손님|고객"
    "|직원|임원|회원|공무원|회사원|승무원|종업원|의원|연구원|교사|강사|의사|간호사|약사|변호사|판사"
    "|경찰관|소방관|군인|병사|선수|감독|배우|가수|작가|후보|총수|회장|사장|대표|초반|중반|후반|인구"
    "|[가-힣]{2}(?<!투)자|[가-힣]{2}객|[가-힣]{2}민"
    "|(?:직장|외국|내국|한국|노동|농업|어업|기업|경영|정치|연예|장애|유명|지식)인)$"
)
# What is counted in 대: a count follows it, whatever comes after ("로봇 10대 기업에 공급").
_MACHINE = re.compile(
    "(?:버스|(?<!\\d)차|차량|트럭|택시|헬기|드론|로봇|장비|CCTV|카메라|컴퓨터|노트북|태블릿|PC|기기"
    "|(?:발급|충전|전투|여객|항공|전동|중계|검색|측정|자판|굴착|제설)기|자전거|오토바이|크레인|서버|전화|텔레비전|TV)(?:를|을|가|이)?\\s(?:약\\s?|총\\s?|모두\\s)?$"
)
_OFFICE = re.compile("(?:국회|총선|대선|대통령|대통령선거|국회의원선거)$")
_LAST_TERM = 29
"""In their 30s are people only: no president or parliament here is in so high a term."""
_WORD = re.compile(r"\s[‘“\"']?([가-힣A-Za-z]+)")
_PARTICLE = re.compile(
    r"(?:(?<=..)|(?<=[딸궁암강]))(?:에서는|에서|에게|으로|까지|부터|은|는|이|가|을|를|의|에|로|와|과|도|만|인|들)$"
)
_WORDS = 3


def sense_at(text: str, span: tuple[int, int], value: Decimal) -> Sense | None:
    """The sense of a number ``value`` with its 대 at ``span`` of ``text``; None if unclear."""
    start, end = span
    words = _phrase(text, end)
    if not words or value < 2 or value % 1:
        return None
    if _MACHINE.search(text, max(0, start - 16), start):
        return None
    may_be_age = value % 10 == 0 and 10 <= value <= 90
    if _OFFICE.search(words[0]):
        return "office" if value <= _LAST_TERM or not may_be_age else None
    if may_be_age:
        return _of_people(words) or _of_things(words)
    sure = _RANKING.match(words[0]) or any(map(_is_listed, words))
    return "list" if sure or _LISTED_TOO.search(words[0]) else None


def _of_people(words: Sequence[str]) -> Sense | None:
    """Age if a person comes before anything that makes lists."""
    for word in words:
        if _PERSON.search(word):
            return "age"
        if _is_listed(word) or _LISTED_TOO.search(word):
            break
    return None


def _of_things(words: Sequence[str]) -> Sense | None:
    """List if what is listed closes the phrase and no person is in it (10대 그룹 총수)."""
    if any(map(_PERSON.search, words)):
        return None
    last = len(words) - 1
    while last > 0 and _DONE.match(words[last]):
        last -= 1
    return "list" if _is_listed(words[last]) else None


def _is_listed(word: str) -> bool:
    return _LISTED.search(word) is not None


def _phrase(text: str, end: int) -> list[str]:
    """The words of the noun phrase at ``end``, without particles; the first with one closes it."""
    words: list[str] = []
    for _ in range(_WORDS):
        match = _WORD.match(text, end)
        if match is None:
            break
        word = match[1]
        # 직장인 ends like 인.
        bare = word if _PERSON.search(word) or _is_listed(word) else _PARTICLE.sub("", word)
        words.append(bare)
        end = match.end()
        if bare != word:
            break
    return words
