"""What marks a sentence as carrying a proposal: a table of expressions, and what it finds.

Responsible for the Korean of proposing (what should be done, what is going to be done, who
asks for it, how it is reported), written as data: regular expressions over the morpheme string
of ``morphemes.Analysis``. It must not know who speaks or which sentences belong together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from models.reading.morphemes import Analysis, Token, analyse

Scope = Literal["all", "frame", "quote"]
Group = Literal[
    "demand",  # what should be done: 해야 한다, 필요가 있다, 하자, 해 달라
    "request",  # a verb that asks: 제안했다, 촉구했다
    "ask",  # the same, as the main verb: it makes a proposal of whatever it governs
    "plan",  # what has been decided: 하기로 했다, 할 계획, 하겠다고
    "announce",  # a plan as a document: … 하는 방안을 공개했다
    "present",  # the news present for what is to come: 내년부터 시행한다
    "anonymous",  # nobody is named: …라는 지적이 나왔다
    "procedure",  # what happens next to the papers, not what they say
    "denial",  # no such plan, not yet
    "if_then",  # …하면 …할 수 있다고 주장했다
    "vow",  # 최선을 다하겠다: a feeling, not a plan
    "reaction",  # how somebody takes what others propose
    "ahead",  # a time to come
    "report",  # any verb of saying
    "says",  # the sentence's own verb is one: its topic is a speaker
]

_END = r"(?=\./SF|,/SP|”/SSC|\"/SS|’/SSC|…/|“”/QUOTE|$| $)"
_GAP = r"(?:\S+ ){0,%d}"
_REQUEST = (
    "제안|제언|건의|촉구|요구|요청|당부|호소|권고|주문|제의|주장|강조|조언|부탁|역설|통보|제시|"
    "대안|해법|해결책|처방|강변|반박|충고|권유|하소연|피력|제창|청원|개진"
)
_PAPERS = (
    "방안|대책|개정안|법안|제정안|정부안|계획안|계획|안|대안|절충안|구상|원칙|지침|조례|개정|특례|제도|"
    "일정표|방식|개선책|해법|처방|로드맵|이행안|청사진|전략|사업|공약|협약|조치|기준|의견|법|예산안|표준안|약관|카드|조례안|조항"
)
_SHOWN = (
    r"(?:제시|공개|발표|의결|마련|확정|통과|예고|입법예고|제출|보고|추진|발의|신설|도입|체결|시행|제정|착수|가결|상정|"
    r"심의)/NNG (?:\S+ )?(?:하|되)/XS|내놓/V|내/VV|담기/V|담/VV|올리/VV|나서/VV|꺼내/VV|만들/VV|손보/VV|짜/VV|"
    r"골자/NNG|내용/NNG"
)
_THAT = "자는|으?라는|ᆫ다는|는다는|다는|이라는|는"
_ASK = "제안|제언|건의|촉구|요구|요청|권고|주문|제의|조언|충고|청원|호소|당부"
_TITLE_END = r"\S*(?:장|교수|대표|위원|연구원|이사|변호사|의원|박사|씨)/NN\S"
_SAY = (
    f"{_ASK}|말|설명|강조|주장|덧붙이|밝히|전하|지적|진단|발표|답하|답|토로|언급|반박|꼬집|경고|내다보|털어놓|보고|화답|역설|약속|"
    "공시|예고|하|알리|외치|쓰|적|전망|평가|규정|맞서|되묻|못박|반문|제시"
)
_VOICES = (
    "지적|제언|의견|목소리|제안|요구|주장|주문|진단|비판|평가|분석|여론|호소|반론|우려|걱정|견해|연구|논의|시각|움직임|푸념|"
    "결과|조언|반응|기대|전망|관측|해석|불만|하소연|공감대|문제의식|생각|인식|지침"
)
_HEARD = (
    "나오|있/V|잇따르|쏟아지|제기|이어지|커지|크/VA|높|많|모이|일/V|들리|얻/V|거세|다수|우세|힘|호응|고개|줄|설득력|적지|만만|"
    "팽배|지배적|시작|오가|퍼지|확산|분분|끊이|담기|주류"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """One row of the table: a pattern over morphemes, where it is looked for, what it marks."""

    group: Group
    pattern: re.Pattern[str]
    scope: Scope = "all"


def _row(group: Group, pattern: str, scope: Scope = "all") -> Expression:
    return Expression(group, re.compile(pattern), scope)


EXPRESSIONS: tuple[Expression, ...] = (
    # 해야 한다 (not 해야 하는 불편, 해야 할 일), 해야만 한다, 하지 않으면 안 된다; headline 해야.
    _row("demand", r" \S*[어아여]야/E[CF] (?:만/JX )?(?:하|되)/V[XV] (?!(?:ᆯ|을)/ETM|는/ETM|었/EP|기/ETN)"),
    _row("demand", r" \S*[어아여]야/E[CF] (?:만/JX )?하/V[XV] ᆯ/ETM (?:때|일|것|필요|시점)/"),
    _row("demand", r" \S*[어아여]야/E[CF] " + _END),
    _row("demand", r" \S*[어아여]야/EC " + _GAP % 5 + r"(?:살/VV|가능/NNG 하|수/NNB 있/VA|되/VV)"),
    _row("demand", r" \S*[어아여]야/EC (?:(?!”/SSC)\S+ )+(?:ᆫ다|는다|다|ᆸ니다|습니다)/EF (?:\./SF )?”/SSC"),
    _row("demand", r"(?:ᆯ|을)/ETM (?:때|시점|차례|판)/NN\S ”/SSC"),
    _row("demand", r"/(?:VV|XSV|VX) (?:으?라|으?세요|시/EP 어요|ᆸ시오|십시오|시/EP ᆸ시오|ᆸ시다|읍시다)/EF"),
    _row("demand", r" 달라/E|것/NNB 만/JX 이/JKS " + _GAP % 2 + r"(?:해답|답|길|해법)/"),
    _row("demand", r"지/EC 않/VX 으면/EC 안/MAG 되/VV"),
    # 필요하다, 필요가 있다, 필요 (nominal ending); not 필요한 예산, 필요 없다.
    _row("demand", r" 필요(?:성)?/NNG (?:성/XSN )?(?:[가이는도]/J\S+ )?(?:있|크|커지|절실)/V"),
    _row("demand", r" 필요/NNG 하/XSA (?!ᆫ/ETM)"),
    _row("demand", r" 필요/NNG " + _END),
    _row("demand", r" (?:시급|절실|급선무|급/XR|긴요|바람직|마땅|타당|적절|최선|상책)/\S+ (?:하/XSA |이/VCP )(?!ᆫ/ETM)"),
    _row("demand", r" (?:관건|급선무|과제|해법|정답|순서|도리|우선|먼저|첫걸음|길)/\S+ (?:이/VCP (?!ᆫ/ETM)|”/SSC)"),
    _row("demand", r" 중요/NNG 하/XSA (?:다|고|며|ᆫ다|습니다)\S*/E"),
    _row("demand", r" 현실(?:적)?/\S+ (?:적/XSN )?(?:이/VCP (?!ᆫ/ETM)|”/SSC)"),
    _row("demand", r" 편/NNB 이/JKS \S*(?:낫|좋|옳|바람직)"),
    _row("demand", r"(?:ᆯ|을)/ETM (?:만/NNB 하/XSA|때/NNG 이/VCP|일/NNG 이/VCP|차례/NNG 이/VCP|시점/NNG 이/VCP)"),
    # 하자, 하자고, 하자는; 해 달라; 하라고 (an order passed on), never 이라고.
    _row("demand", r" (?:(?:자고|자며|자면서|자는|자던)/E\S+|자/EF) "),
    _row("demand", r" 달/VX (?:라|라고|라며|라는|라면서|(?:ᆯ|을)/ETM)"),
    _row("demand", r"(?<!이/VCP )(?<!아니/VCN )(?:으?라고|으?라며|으?라면서)/E\S+ (?:\S+ ){0,4}(?:" + _REQUEST + r"|지시|명령|당국)/NNG"),
    _row("demand", r"(?<!달)/(?:VV|XSV|VX) (?:으?라고|으?라는|으?라며)/E\S+ (?!안내/NNG)"),
    _row("demand", r" (?:기|길)/ETN (?:를/JKO |ᆯ/JKO )?(?:바라|희망|기대/NNG 하)"),
    _row("demand", r"(?:으면|면)/EC (?:좋|하)/V\S* (?:겠/EP|는/ETM 바람)"),
    _row("demand", r"(?:ᆯ|을)/ETM 것/NNB (?:을/JKO |ᆯ/JKO )" + _GAP % 3 + rf"(?:{_REQUEST})/NNG"),
    _row("demand", r" (?:도입|신설|확대|마련|개선|완화|폐지|강화|개정|제정|설치|지원|인하|인상|구축|확충|건립|보완|철회|중단|조정|연장)/NNG "
         r"(?:[을를]/JKO |등/NNB 을/JKO )" + _GAP % 3 + rf"(?:{_REQUEST})/NNG"),
    _row("request", rf" (?:{_REQUEST})/NNG (?:을/JKO |를/JKO )?(?:\S+ )?(?:하|되|내놓|내|보태|제기|드리|쏟|나오|이/VCP)", "frame"),
    _row("request", r" 목소리/NNG (?:를/JKO )?(?:높이|내)", "frame"),
    # Decided: 하기로 했다, 하겠다고, 할 계획이다, 한다고 밝혔다.
    _row("plan", r" 기/ETN 로/JKB " + _GAP % 8 + r"(?:하|되|뜻|의결|합의|결정|결의|약속|확정|방침|방향|의견|협의|잠정|가닥|손|정하|대하)"),
    _row("plan", r" 겠/EP (?:다고|다는|다며|다면서|다던|노라고|다)/E\S+ (?!\./SF)"),
    _row("plan", r" (?:하/XSV|시키/XSV|되/XSV|주/V\S|드리/V\S|늘리/VV|높이/VV|낮추/VV|줄이/VV|만들/VV|나서/VV|바꾸/VV|키우/VV|세우/VV) 겠/EP 습니다/EF"),
    _row("plan", r" 겠/EP (?:습니다|다)/EF (?:\./SF )?”/SSC"),
    _row("plan", r"(?:ᆯ|을)/ETM (?:계획|방침|예정|구상|생각|방안|복안|요량|태세|뜻|각오|작정|채비)/NN\S (?!없|이/JKS 없|은/JX 없)"),
    _row("plan", r"(?:ᆫ다고|는다고|ᆫ다며|는다며)/EC (?:\S+ ){0,5}(?:밝히/VV|발표/NNG|예고/NNG|공고/NNG|설명/NNG|공시/NNG|전하/VV|알리/VV|약속/NNG)"),
    _row("plan", r"(?:ᆫ다는|는다는)/ETM (?:\S+/NN\S ){0,2}(?:계획|방침|구상|목표|입장|복안|내용|방안|전략|것|원칙|일정)/"),
    _row("plan", r" 기/ETN 로/JKB $"),
    _row("plan", r" (?:추진|검토|착수|협의|준비|논의|마련)/NNG (?:하/XSV 고/EC 있/VX|중/NNB 이/VCP|에/JKB 나서|에/JKB 들어가)"),
    _row("plan", r" (?:약속|공약|입법예고|합의)/NNG 하/XSV 었/EP", "frame"),
    _row("plan", r" 도록/EC (?:하/V\S (?:었/EP|기/ETN|(?:ᆯ|을)/ETM|ᆫ다/EF)|" + _GAP % 5 + r"(?:고치|개정|바꾸|손질|지도/NNG|의무))"),
    _row("plan", r" 예산/NNG .*(?:반영|편성|배정|책정)/NNG 하/XSV"),
    _row("announce", r"(?:는|도록 하는|ᆫ다는|는다는|자는|ᆯ|던)/ETM (?:\S+/(?:NN\S|XSN|SSO|SSC|SL|XPN|SP|JKG|SN) ){0,7}"
         rf"(?:\S*(?:{_PAPERS}))/NN\S " + _GAP % 14 + rf"(?:{_SHOWN})\S* (?:\S+ ){{0,5}}$"),
    _row("announce", r" 내용/NNG (?:이|을|도|의)/J\S+ " + _GAP % 4 + r"(?:담|포함|골자|협약|양해각서|합의)"),
    _row("announce", r" (?:맞손|협약|양해각서|업무협약)/NNG (?:을/JKO )?(?:맺|체결|교환|$)"),
    _row("ask", rf" (?:{_ASK})/NNG 하/XSV (?:어/EC 오/VX )?(?:었/EP|ᆫ다|ᆸ니다)(?!\S*는/ETM)", "frame"),
    _row("ask", r" (?:그/NP|씨/NNB|" + _TITLE_END + r")\S* 의/JKG (?:\S+ )?(?:제안|요구|주장|주문|처방|해법|대안|제언|진단|구상)/NNG (?:은|는|이)/"),
    _row("ask", r" (?:제안|제시|요구|주문|촉구|건의)/NNG 하/XSV ᆫ/ETM \S+/NN\S (?:은|는)/JX"),
    # The news present; passives and verbs of being are not plans.
    _row("present", r"(?:/VV|/XSV|/VX) (?:ᆫ다|는다|ᆸ니다|습니다)/EF (?:\./SF )?$", "frame"),
    _row("present", r" (?:추진|시행|도입|확대|축소|폐지|신설|강화|지원|개최|공모)/NNG (?:\./SF )?$", "frame"),
    _row("anonymous", rf"(?:{_THAT})/ETM (?:\S+/(?:NN\S|XSN|JX|JC|SP|MM|VA|ETM) ){{0,3}}(?:{_VOICES})/NNG (?:들/XSN )?"
         rf"(?:[이가도은]|까지|만)/\S+ (?:\S+ ){{0,5}}(?:{_HEARD})\S* (?:\S+ ){{0,5}}$"),
    _row("anonymous", rf"(?:{_THAT})/ETM (?:\S+/(?:NN\S|XSN) ){{0,2}}(?:{_VOICES})/NNG 이/VCP"),
    _row("procedure", r"(?:종합/NNG 계획|설명회|간담회|공청회|토론회|회의|회|심사|최종안|종합계획|대책|법안|개정안|결과|의견|수급안|토론|세미나|포럼|종합대책|본회의|상임위원회|국무회의|협의체)/\S+ "
         + _GAP % 9 + r"(?:열/V|열리/V|심사|다루/V|확정/NNG|제출|전달|상정|개최|오르/V|내놓/V|공개/NNG 하/XSV ᆫ다|논의|거치/V|반영/NNG 되|통과)"),
    _row("procedure", r" (?:조사|수사|감식|부검|파악|확인|검토)/NNG (?:하|을|를|중|에)\S* " + _GAP % 3 + r"(?:계획|방침|예정|있/VX|나서|착수|이/VCP)"),
    _row("vow", r" (?:최선|보답|각오|기대|응원|노력|영광|다하|싶)/\S+ "),
    _row("denial", r"(?:계획|방침|예정|생각|의사|뜻|필요)/NN\S (?:[이은도는가]/J\S+ )?없/VA"),
    _row("denial", r" 지/EC (?:는/JX |도/JX )?(?:못/VX|못하/VX|않/VX) (?:었/EP )(?:다|습니다)/EF", "frame"),
    _row("denial", r"(?:지켜보|신중/NNG 하|선/NNG 을/JKO 긋|일축|부인/NNG 하)", "frame"),
    _row("reaction", r" (?:맞서|우려/NNG|비판/NNG|반발/NNG|난색|걱정/NNG|반기/V|불만/NNG|푸념|환영/NNG|반대/NNG|경고/NNG)", "frame"),
    _row("if_then", r" (?:면|으면)/EC .*(?:주장|강조|제안|제언|역설)/NNG 하/XSV (?:었/EP )?(?:다|ᆫ다|습니다|ᆸ니다)/EF"),
    _row("says", rf" (?:{_SAY})/(?:VV|NNG) (?:하/XSV )?(?:어/EC (?:오|두|놓)/VX )?(?:고/EC 있/VX )?(?:었/EP )?(?:다|ᆫ다|는다|습니다|ᆸ니다)/EF (?:\./SF )?$", "frame"),
    _row("ahead", r" (?:내년|내후년|다음|내달|하반기|상반기|연말|연내|연초|오는|앞|향후|분기|이달|이르면|조만간|단계|까지|부터|추가|무상|전면|새로|우선|반기|차기)/"),
    _row("report", r" (?:말|설명|강조|주장|덧붙이|밝히|전하|지적|진단|발표|답하|답/NNG 하|토로|당부|응답|언급|반박|꼬집|경고|내다보|짚|털어놓|되묻|호소|보고/NNG|내비치|못/MAG 박|맞서|화답|시사|역설|설파|공시|예보|약속|제언|제안|요구|촉구|주문|권고|조언|평가|관측|추산|분석)", "frame"),
)  # fmt: skip

# Verbs whose present tense states how things are, not what will be done.
_STATIVE = re.compile(
    r" (?:(?:차지|거론|우려|걱정|호소|기대|평가|추산|추정|의미|해당|포함|존재|부족|증가|감소|전망|예상|분석|지적|반발|필요|진단|주장|"
    r"강조|말|설명|요청|요구|촉구|제안|당부|밝히|전하|꼽|꼽히|이르|달하|그치|머무|머물|보이|나오|나타나|나타내|커지|따르|쌓이|들|걸리|있|"
    r"없|뜻|가리키|번지|이어지|잇따르|모자라|웃돌|밑돌|넘|바라|열리|오르|내리|늘|줄|늘어나|줄어들|떨어지|높아지|낮아지|남|맞|보내지|모이|"
    r"생기|살|입|고수|다르|같|비싸|낫|알|모르|느끼|여기|믿|원하|즐기|찾|사|먹|자라|흐르|울리|빛나|규정|명시|지배|상징|반영|작용|"
    r"관측|내다보|점치|입을 모으|모으)/\S+|(?:보|지|않|못하|말)/VX) "
    r"(?:(?:하|되)/XS\S )?(?:고/EC 있/VX )?(?:ᆫ다|는다|ᆸ니다|습니다)/EF"
)


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a number that measures something: not the day of the month."""
    following = tokens[index + 1].form if index + 1 < len(tokens) else ""
    return tokens[index].tag == "SN" and following != "일"


@dataclass(frozen=True, slots=True)
class Cues:
    """What the table finds in one sentence; ``figures`` counts its numbers."""

    groups: frozenset[Group]
    figures: int
    quoted: bool

    def has(self, *groups: Group) -> bool:
        """Whether any of ``groups`` is marked."""
        return any(group in self.groups for group in groups)


def _scopes(analysis: Analysis) -> dict[Scope, str]:
    return {"all": analysis.serial, "frame": analysis.frame, "quote": analysis.quoted}


@lru_cache(maxsize=4096)
def find_cues(text: str) -> Cues:
    """The cues of one sentence (see ``Group``)."""
    analysis = analyse(text)
    scopes = _scopes(analysis)
    groups = {row.group for row in EXPRESSIONS if row.pattern.search(scopes[row.scope])}
    if "present" in groups and _STATIVE.search(scopes["frame"]):
        groups.discard("present")
    figures = sum(_is_figure(analysis.tokens, i) for i in range(len(analysis.tokens)))
    return Cues(frozenset(groups), figures, bool(analysis.quotes))
