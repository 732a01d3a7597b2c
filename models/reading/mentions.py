"""The people and bodies a sentence names as its topic or subject.

Responsible for cutting the noun phrase before 은/는/이/가 out of a sentence, with the clauses
that modify it stripped ("발제에 나선 조태헌 한밭제조혁신원 원장은" → "조태헌 한밭제조혁신원
원장"), and for telling a person, a short form, a pronoun, a body and a mere thing apart. It
must not know what was said before: one sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from models.reading.morphemes import Analysis, Token, analyse

MentionKind = Literal["person", "short", "pronoun", "body", "thing"]
Role = Literal["topic", "subject"]

# Family names: 통계청's list of those with more than a thousand bearers, and the compound ones.
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지나엄채원천방공현함변염여추도소"
    "석선설마길연위표명기반라왕모금옥육인맹제탁국어은편용예경봉사부가복태목형계피두감음빈동온호범좌팽승간상시갈단견당화"
    "창내풍옹순궁빙평뇌묵돈미매수필초영대해"
)
COMPOUND_SURNAMES = ("남궁", "황보", "제갈", "사공", "선우", "독고", "서문", "동방", "어금")
_FAMILY_NAMES = SURNAMES | frozenset(COMPOUND_SURNAMES)

TITLES = tuple(
    "소장 원장 실장 국장 과장 팀장 부장 차장 처장 청장 총장 학장 교장 교감 단장 센터장 본부장 위원장 의장 회장 이사장 관장 "
    "서장 행장 사장 반장 계장 조합장 지부장 지점장 조직위원장 군수 시장 지사 구청장 도지사 장관 차관 총리 대통령 수석 비서관 "
    "총재 이사 대표 대표이사 전무 상무 고문 감사 교수 연구원 연구위원 위원 의원 전문위원 변호사 회계사 노무사 세무사 변리사 "
    "관세사 법무사 의사 약사 간호사 수의사 교사 강사 박사 작가 감독 코치 활동가 간사 대사 판사 검사 평론가 애널리스트 "
    "매니저 책임자 대변인 원내대표 정책위의장 주무관 사무관 서기관 부총리 기술사 건축사 사회복지사 지휘자 학예사 "
    "책임연구원 이코노미스트 전문의 전공의 디자이너 프로그래머 개발자 창업자 셰프 소방관 경위 경감 경정 총경 조종사 기관사 "
    "기획자 연출가 활동지원사 요양보호사 조리사 지도사 상담사 심의관 정책관 기획관 담당관 조정관 협력관 조사관 심판관 특보 "
    "보좌관 자문관 총괄 그룹장 사업부장 리더 센터장 총괄 책임 분석관 연구관 감독관 장학관 수사관 행정관 외교관 지회장 분과장 총무 간사장 수간호사 사육사 노조위원장 이장 석좌교수 명예교수 학회장 농장주 촌장 이장 통장 점장 공장장 선장 역장 "
    "팀장 파트장 랩장 부문장 부의장 부위원장 단원 CEO CTO CFO COO PD".split()
)
HONORIFICS = ("씨", "양", "군", "옹")
# People without a name who may speak: an official, an expert, a resident.
_NAMELESS = tuple("관계자 전문가 토론자 참석자 발제자 담당자 당국자 소식통 대변인 실무자".split())
_NAMELESS_PLURAL = tuple(
    f"{noun}들"
    for noun in (*_NAMELESS, "주민", "상인", "농민", "어민", "학부모", "노동자", "연구자", "위원", "기업", "농가", "의원", "교수", "지자체", "교사", "의사", "업체", "단체", "대학",
                 "은행", "통신사", "발행사", "회원사", "기관", "학교", "건설사", "카드사", "보험사", "제조사")
)  # fmt: skip
_BODY_WORDS = frozenset(
    "정부 국회 여야 여당 야당 與 野 당정 당국 검찰 경찰 법원 대법원 헌법재판소 헌재 국정원 청와대 대통령실 총리실 업계 학계 "
    "노동계 경영계 재계 의료계 교육계 종교계 법조계 산업계 금융권 정치권 시민사회 노사 노사정 노조 사측 노측 회사 업체 협회 조합 "
    "포럼 재단 센터 연구원 연구소 위원회 도 시 군 구 군청 시청 도청 구청 한은 한국은행 국세청 관세청 유엔 은행권 지자체 "
    "지방자치단체 농협 수협 신협 코레일 한전 인수위 비대위 특위 재판부 사용자 원청 경영진 집행부 주최 대책위 산별노조 대한상의 "
    "상의 경총 전경련 한경협 무협 중기중앙회 민주노총 한국노총 전교조 참여연대 경실련 사용자 기상청 소방당국 금융당국 방역당국 "
    "보건당국 교육당국 수사당국 외교당국 군당국 중앙은행 환경단체 시민단체 장애인단체 노인단체 소비자단체 농민단체".split()
)
_BODY_SUFFIXES = tuple(
    "처 청 위원회 공사 공단 협회 연합회 연합 연맹 학회 연구소 연구원 연구회 센터 재단 은행 금고 그룹 정부 노조 조합 업계 단체 측 당국 "
    "법원 검찰청 경찰서 소방서 대학 대학교 병원 의료원 미술관 박물관 도서관 과학관 포럼 모임 연대 본부 진흥원 거래소 법인 협의회 "
    "협의체 의회 교육청 학계 노동계 경영계 의료계 중앙회 총연맹 총연합회 상공회의소 상의 진흥회 평가원 개발원 관리원 정보원 "
    "기술원 과학원 조사국 사무국 사무처 비서실 대책본부 추진단 기획단 지원단 조사단 자문단 지자체 증권 전자 자동차 화학 건설 "
    "생명 화재 카드 보험 캐피탈 바이오 제약 통신 항공 해운 물산 중공업 시민행동 행동 네트워크 총국 이사회 상조회 부녀회 향우회 "
    "동문회 학생회 교수회 총학생회 비상대책위 대책위 위원장단 교육부 연구단 사업단 공장 농장 마을 학교 초등학교 중학교 "
    "고등학교 유치원 어린이집 요양원 복지관 회의소 자문회의 대사관 영사관 사령부 훈련원 양성소 인재원 한전 코레일 진료원 의원실 기구 보건소 사무소 파출소 지구대 교육지원청 공제회 기금 부처 국립공원 정책과 지원과 관리과 사업부 발행사 운용사 개발사 협력사 여행사 배급사 유통사 건설사 카드사 보험사 증권사 제작사 완성차 택배사 정유사 제강사 조선사 철강사 게임사 방송사 신문사 출판사 "
    "지주 홀딩스 테크 랩 소프트 시스템즈 솔루션 스튜디오 엔터테인먼트 기업 회사 제조사 통신사 항공사 운영사 시공사 조달청 "
    "위원 회 원 부 위 사 당 단".split()
)  # fmt: skip
_PLACE_BODY = re.compile(r"^[가-힣]{1,4}(?:특별자치|특별|광역)?(?:시|도|군|구)$")
# Nouns that end like a body or a person and are neither.
_THINGS = frozenset(
    "일부 대부분 내부 외부 전부 제도 한도 정도 속도 온도 지도 태도 각도 밀도 강도 용도 보도 철도 법도 의도 인도 빈도 농도 습도 "
    "진도 난도 고도 제도 시도 연도 년도 올해 도시 임시 즉시 일시 당시 다시 역시 동시 공사 행사 인사 검사 조사 기사 의사 역사 심사 "
    "감사 봉사 수사 농사 장사 회사원 공원 지원 자원 인원 예원 병원비 정원 직원 회원 재원 복원 위원회안 기회 사회 대회 국회법 "
    "단위 범위 지위 순위 행위 시위 수위 부위 상위 하위 우위 가위 최고위 당 수당 식당 담당 해당 배당 상당 할당 집단 수단 진단 "
    "판단 중단 차단 분단 계단 첨단 극단 단 부 일부분 거부 납부 여부 기부 공부 정부안 세부 피부 간부 승부 후원 법안 원 만원 백만원 "
    "요구 연구 도구 기구 청구 복구 지구 가구 인구 입구 출구 항구 식구 영구 친구 창구 기군 대군 해군 육군 공군 과학 화학 전자 "
    "자동차 통신 바이오 생명 화재 카드 보험 건설 항공 기업 학교 대학 병원 마을 공장 농장 이번 다음 지난해 누구 모두 처 출처 대처 상처 거처 "
    "근처 요청 신청 시청 행동 대표 대회 집회 행사 설명회 간담회 토론회 공청회 발표회 전시회 박람회 협의 연합 연대 이 그 저 것 수 "
    "사업 계획 방안 대책 예산 기금 수수료 비용 개정안 이행안 법".split()
)
_TIME = re.compile(
    r"^(?:이날|올해|내년|지난해|작년|최근|현재|당시|오전|오후|이달|다음|달|지난달|지난|이번|앞서|오는|하루|이후|오늘|어제|내일|"
    r"그동안|한편|반면|특히|당초|당장|현지|이밖에|그중|이중|같은|그간|연말|연초|상반기|하반기|첫|"
    r"대신|또|또한|이어|아울러|다만|이에|결국|먼저|우선|\d+일|\d+월|\d+년|\d+분기|\d+시)$"
)
# What stands before a person as a mere modifier: "국회 …위원회 소속 어수환 의원".
_MODIFIER_END = frozenset({"소속", "출신", "겸", "담당인", "등", "중", "가운데"})
_SAYINGS = frozenset(
    "제안 주장 주문 처방 생각 요구 해법 대안 설명 의견 진단 지적 구상 계획 방침 조언 해석 판단 입장 복안 말 바람 호소 답 대답 "
    "전망 목소리 당부 우려 분석 결론 속내 논리 제언 반론 반응 시각 결정".split()
)
_NOMINAL = frozenset(
    {"NNG", "NNP", "NNB", "NP", "NR", "XSN", "SL", "SH", "SN", "SW", "SSC", "XR", "SO"}
)
_DETERMINERS = frozenset("두 양 세 네 이 그 같은 해당 동".split())
_PRONOUN = re.compile(r"^(?:그|그녀|그이)$")
_PAREN = re.compile(r"\s?\((?:이하|현|전|\d)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a sentence.

    ``text`` is the phrase without its particle; ``name``, ``surname`` and ``title`` are those
    of a person. ``role`` says how it stands there. ``joint``: several bodies at once.
    """

    text: str
    kind: MentionKind
    role: Role
    start: int
    end: int = 0
    name: str = ""
    surname: str = ""
    title: str = ""
    joint: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A space-separated word outside quoted speech, with its morphemes."""

    text: str
    start: int
    tokens: tuple[Token, ...]
    particle: str = ""

    @property
    def end(self) -> int:
        """Where the next word starts."""
        return self.start + len(self.text) + 1

    @property
    def stem(self) -> str:
        return self.text[: len(self.text) - len(self.particle)] if self.particle else self.text


@lru_cache(maxsize=4096)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """The topics and subjects of a sentence that can speak, from left to right.

    A leading topic that cannot speak is a "thing": what it governs names no speaker either.
    """
    words = _words(analyse(text))
    found: list[Mention] = []
    for index, word in enumerate(words):
        role = _role(word)
        if role is None:
            continue
        phrase = _phrase(words, index)
        mention = _classify(phrase, role)
        if mention is not None:
            found.append(mention)
        elif role == "topic" and not found and _is_thing(word):
            text = " ".join([*(w.text for w in phrase[:-1]), word.stem])
            found.append(Mention(text, "thing", role, phrase[0].start, word.end))
    return (*_labels(text), *found, *_closing(words))


_LABEL = re.compile(r"^[○◯●▲△◇◆▷▶■□-]?\s*((?:[가-힣A-Za-z]+ ){0,3}[가-힣]+)\s?:\s")


def _labels(text: str) -> Iterator[Mention]:
    """The speaker a line of minutes starts with ("◯진혜겸 위원: …")."""
    label = _LABEL.match(text)
    words = label.group(1).split() if label else []
    if label is None or not words[-1].endswith(TITLES):
        return
    person = _person(words, ())
    if person is not None:
        name, surname, title = person
        kind: MentionKind = "person" if name else "short"
        yield Mention(label.group(1), kind, "topic", 0, label.end(), name, surname, title)
    else:
        yield Mention(label.group(1), "body", "topic", 0, label.end())


def _closing(words: Sequence[_Word]) -> Iterator[Mention]:
    """The speaker a sentence ends with ("…는 것이 은 이사의 진단이다")."""
    if len(words) < 3:
        return
    last = words[-1].tokens
    tags = [token.tag for token in last]
    if "VCP" not in tags:
        return
    if words[-2].particle == "의" and last[0].form in _SAYINGS:
        mention = _classify(_phrase(words, len(words) - 2), "topic")
    else:
        mention = _predicated(words, last[: tags.index("VCP")])
    if mention is not None and mention.kind != "thing":
        yield replace(mention, end=0)


def _predicated(words: Sequence[_Word], noun: Sequence[Token]) -> Mention | None:
    """The person a sentence says somebody is ("…를 높인 이는 온다현 소장이다")."""
    if not noun:
        return None
    word = words[-1]
    title = word.text[: noun[-1].end - word.start]
    bare = replace(word, text=title, tokens=tuple(noun))
    mention = _classify(_phrase([*words[:-1], bare], len(words) - 1), "subject")
    return mention if mention is not None and mention.kind == "person" else None


def _is_thing(word: _Word) -> bool:
    return word.particle in {"은", "는"} and not _TIME.match(word.stem)


def _words(analysis: Analysis) -> list[_Word]:
    masked = list(analysis.text)
    for start, end in analysis.quotes:
        masked[start:end] = "¶" * (end - start)
    text = "".join(masked)
    words: list[_Word] = []
    for match in re.finditer(r"\S+", text):
        inside = tuple(t for t in analysis.tokens if match.start() <= t.start < match.end())
        words.append(_word(match.group(), match.start(), inside))
    return words


_PARTICLES = re.compile(
    r"(?:에서는|께서는|에서도|측은|은|는|이|가|도|께서|의|와|과|에게|에|으로|로|을|를)$"
)


def _word(text: str, start: int, tokens: tuple[Token, ...]) -> _Word:
    tail = ""
    for token in reversed(tokens):
        if token.tag in {"JX", "JKS", "JKG", "JC", "JKB", "JKO"} and token.form in _KNOWN_PARTICLES:
            tail = token.form + tail
        else:
            break
    if tail and not text.endswith(tail):
        tail = ""
    return _Word(text, start, tokens, tail)


_KNOWN_PARTICLES = frozenset(
    "은 는 이 가 도 께서 에서 의 와 과 에게 에 으로 로 을 를 만 까지 부터".split()
)
_TOPICS = frozenset({"은", "는", "도", "께서는", "에서는"})
_SUBJECTS = frozenset({"이", "가", "께서"})


def _role(word: _Word) -> Role | None:
    if not word.stem or "¶" in word.text:
        return None
    if word.particle in _TOPICS:
        return "topic" if word.particle != "에서는" else None
    if word.particle in _SUBJECTS:
        return "subject"
    return None


def _phrase(words: Sequence[_Word], index: int) -> list[_Word]:
    """The words of the noun phrase that ends at ``index``, modifying clauses stripped."""
    first = index
    while first > 0 and _belongs(words[first - 1], words[first]):
        first -= 1
    # A given name may look like a particle or an ending (은하랑, 노하영): try one word more.
    if first > 0 and _lacks_name(words[first : index + 1]) and _looks_like_name(words[first - 1]):
        first -= 1
    alone = first == index and words[index].stem.endswith(TITLES)
    if alone and first > 0 and words[first - 1].text in _FAMILY_NAMES:
        first -= 1
    phrase = list(words[first : index + 1])
    while len(phrase) > 1 and _TIME.match(phrase[0].text):
        phrase.pop(0)
    for position, word in enumerate(phrase[:-1]):
        if word.text in _MODIFIER_END:
            return phrase[position + 1 :]
    return phrase


def _belongs(word: _Word, following: _Word) -> bool:
    """Whether ``word`` is part of the noun phrase that goes on with ``following``."""
    if "¶" in word.text or not word.tokens:
        return False
    if word.particle in {"와", "과"}:
        return _is_body(word.stem, word.tokens[:-1]) or _is_name(word.stem)
    if word.particle == "의":
        return _is_body(word.stem, word.tokens[:-1]) or word.tokens[-2].tag in {"SSC", "NNP"}
    if word.text.endswith(","):
        return _is_body(word.text[:-1], word.tokens[:-1]) and following.particle != ""
    if word.text in _DETERMINERS or word.text.endswith("학과"):
        return True
    return word.particle == "" and _is_nominal(word)


def _is_nominal(word: _Word) -> bool:
    return bool(word.tokens) and word.tokens[-1].tag in _NOMINAL and "¶" not in word.text


def _is_name(text: str) -> bool:
    """Whether ``text`` has the shape of a Korean name and is no common body or thing."""
    if text in _THINGS or text in _BODY_WORDS:
        return False
    if text.startswith(COMPOUND_SURNAMES) and 3 <= len(text) <= 4:
        return True
    return bool(re.fullmatch(r"[가-힣]{2,3}", text)) and text[0] in SURNAMES


def _lacks_name(phrase: Sequence[_Word]) -> bool:
    """Whether a phrase ends in a title but has no name for it."""
    stems = [word.stem for word in phrase]
    return stems[-1].endswith(TITLES) and _best_name(stems[:-1], phrase) is None


def _looks_like_name(word: _Word) -> bool:
    return bool(re.fullmatch(r"[가-힣]{3}", word.text)) and _is_name(word.text)


def _is_body(text: str, tokens: Sequence[Token]) -> bool:
    """Whether the last word of a phrase names an organisation, an office or a group."""
    text = re.sub(r"\([^)]*\)$", "", text).strip("‘’'\"")
    if not text or text in _THINGS:
        return False
    if text in _BODY_WORDS or text.endswith(_NAMELESS_PLURAL) or text == "측":
        return True
    pieces = re.split(r"[·ㆍ]", text)
    if len(pieces) > 1 and all(
        len(p) > 1 and (p in _BODY_WORDS or p.endswith(_BODY_SUFFIXES)) for p in pieces
    ):
        return True
    if _PLACE_BODY.match(text):
        return any(t.tag == "NNP" for t in tokens) or text[:-1] in _PROVINCES
    if text.endswith(tuple(s for s in _BODY_SUFFIXES if len(s) > 1)) and len(text) > 2:
        return True
    proper = any(t.tag in {"NNP", "SL"} for t in tokens)
    if len(text) >= 3 and text.endswith(("사", "당", "단")):
        return proper
    if len(text) >= 3 and text.endswith(("부", "원", "회", "위", "청", "처")):
        return proper or len(tokens) <= 2 or (len(text) >= 4 and text[-1] in "부원회위청처")
    return bool(tokens) and tokens[-1].tag == "NNP"


_PROVINCES = frozenset(
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 제주특별자치 충청북 충청남".split()
)


def _classify(phrase: Sequence[_Word], role: Role) -> Mention | None:
    last = phrase[-1]
    start, end = phrase[0].start, last.end
    stems = [*(word.text for word in phrase[:-1]), last.stem]
    if len(phrase) > 1 and last.stem in _SAYINGS and phrase[-2].particle == "의":
        stems = [*(word.text for word in phrase[:-2]), phrase[-2].stem]
        phrase = phrase[:-1]
    text = _PAREN.sub("", " ".join(stems))
    if _PRONOUN.match(text):
        return Mention(text, "pronoun", role, start, end)
    person = _person(stems, phrase)
    if person is not None:
        name, surname, title = person
        kind: MentionKind = "person" if name else "short"
        return Mention(text, kind, role, start, end, name, surname, title)
    return _body_mention(phrase, text, role, (start, end))


def _body_mention(
    phrase: Sequence[_Word], text: str, role: Role, span: tuple[int, int]
) -> Mention | None:
    head = text.split()[-1]
    last = phrase[-1]
    tokens = last.tokens[:-1] if last.particle else last.tokens
    nameless = head.endswith((*_NAMELESS, *_NAMELESS_PLURAL)) or head in _OFFICES
    titled = len(phrase) > 1 and head.endswith(TITLES) and head not in _THINGS
    if not (nameless or titled or head in {"부처", "양측"} or _is_body(head, tokens)):
        return None
    if last.tokens and role == "subject" and span[0] > 0 and not (nameless or titled):
        known = _is_body(head, ()) or head in _BODY_WORDS
        if not known:
            return None
    joint = any(word.particle in {"와", "과"} or word.text.endswith(",") for word in phrase[:-1])
    return Mention(text, "body", role, *span, joint=joint or "·" in head)


_OFFICES = frozenset(
    "장관 차관 총리 대통령 시장 지사 군수 구청장 청장 위원장 대표 회장 총장 의장".split()
)


def _person(stems: Sequence[str], phrase: Sequence[_Word]) -> tuple[str, str, str] | None:
    """(name, surname, title) of a phrase that names a person; the name is "" for a short form."""
    words = " ".join(stems).split()
    title = words[-1]
    if title in HONORIFICS and len(words) > 1:
        name = words[-2]
        if _is_name(name) or re.fullmatch(r"[가-힣]{2,4}", name):
            return name, _surname(name), title
        return ("", _surname(name), title) if name in _FAMILY_NAMES else None
    if len(words) > 1 and len(title) == 3 and _is_name(title) and words[-2].endswith(TITLES):
        return title, _surname(title), words[-2]
    if not title.endswith(TITLES):
        return None
    if len(words) == 2 and words[0] in _FAMILY_NAMES:
        generic = words[0] == "이" and title in _NAMELESS
        return None if generic else ("", words[0], title)
    name = _best_name(words[:-1], phrase)
    return (name, _surname(name), title) if name else None


def _surname(name: str) -> str:
    return name[:2] if name.startswith(COMPOUND_SURNAMES) and len(name) != 2 else name[:1]


def _best_name(words: Sequence[str], phrase: Sequence[_Word]) -> str | None:
    scored = [
        (
            _name_score(word, phrase[i].tokens if i < len(phrase) else ())
            + _place_bonus(i, len(words)),
            word,
        )
        for i, word in enumerate(words)
    ]
    score, name = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return name if score >= 1 else None


def _place_bonus(index: int, count: int) -> float:
    if index == 0:
        return 0.5
    return 0.4 if index == count - 1 else 0.0


def _name_score(word: str, tokens: Sequence[Token]) -> float:
    """How much a word looks like a person's name; at least 1 is believed."""
    if not _is_name(word):
        return -1.0
    score = 2.0 if len(word) >= 3 else 1.0
    single = len(tokens) == 1
    if single and tokens[0].tag == "NNP":
        score += 0.5
    if single and tokens[0].tag == "NNG":
        score -= 1.5
    if word.endswith(_BODY_SUFFIXES) or word.endswith(("시", "도", "군", "구", "대")):
        score -= 0.8 if len(word) >= 3 else 1.0
    if word.endswith(TITLES):
        score -= 2.0
    return score


def speaking_mention(text: str) -> Mention | None:
    """The mention that speaks: a topic before a subject, a person before a body.

    The subject of a clause inside the sentence ("정부가 …를 정하도록") comes after the topic.
    """
    mentions = find_mentions(text)
    closing = [m for m in mentions if m.end == 0]
    if closing:
        return closing[0]
    speaking = [m for m in mentions if m.kind != "thing"]
    if mentions and mentions[0].kind == "thing":
        speaking = [m for m in speaking if m.role == "topic" or m.kind == "person"]
    topics = [m for m in speaking if m.role == "topic"]
    for pool in (topics, speaking):
        if pool:
            return next((m for m in pool if m.kind in {"person", "short", "pronoun"}), pool[0])
    return None


def person_name(text: str) -> str | None:
    """The personal name in a speaker's full designation, None for a body or an office."""
    words = text.split()
    person = _person(words, ()) if words else None
    return person[0] or None if person else None
