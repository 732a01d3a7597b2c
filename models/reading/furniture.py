"""The rest of a page's clutter, line by line: what a site says about itself and to its reader.

Only lines that end like a sentence need a rule here; the others never become body. Each
table says what it stands for; none names a site.
"""

from __future__ import annotations

import re
from enum import Enum

from models.reading.endings import Register, register_of

_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"


class Furniture(Enum):
    """``END``: after it comes no body. ``BYLINE``: the same, less surely. ``SECTION``: heads a
    list of headlines or a summary. ``COMMENTS``: readers speak from here on. ``NOISE``: this
    line alone."""

    END = "end"
    BYLINE = "byline"
    SECTION = "section"
    COMMENTS = "comments"
    NOISE = "noise"


def _table(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Copyright notices and the marks agencies close a story with.
_END = _table(
    r"무단\s?(?:전재|복제|배포|사용|도용)",
    r"재배포\s?(?:금지|를 금)",
    r"저작권자\s?[(:ⓒ©]",
    r"all rights? reserved",
    r"^copyright\b",
    r"^[<\[(]?\s*[(]?[ⓒ©].{0,40}$",
    r"^[(\[<]\s*끝\s*[)\]>][.]?$",
    r"^끝[.]?$",
    r"^[<\[(]?저작권자",
    r"전체\s?기사\s?보기|다른\s?기사\s?(?:더\s?)?보기|기자의\s?(?:다른|최신|인기)\s?기사|기자\s?(?:구독|페이지)",
    r"기사\s?(?:제보|문의)\s?(?:및|:|：|는|바)",
    r"^[■▶▷☞※◇●]?\s?(?:기사\s?)?제보(?:하기|는|를|$|\s?[:：])",
    r"언론사\s?(?:홈|구독|에서)|섹션으로 분류",
    r"^이\s?기사[를는의]?\s?(?:어떠|좋으|추천|공유|후원|본|어떻)",
    r"^[\[(<]?첨부(?:파일)?[\])>:\s]",
    r"^담당\s?부서|^문의\s?[:：]|^공공누리",
)
# A reporter's name with an address; in the head of the page too.
_BYLINE = _table(
    rf"^[\[(<]?\s*(?:[가-힣A-Za-z·=\s]{{0,30}})(?:기자|특파원|에디터|위원|PD)?\s*[|/]?\s*[(\[<]?\s*{_EMAIL}\s*[)\]>]*$",
    rf"^[가-힣=·\s]{{2,20}}기자\s?[(\[</|,]?\s*{_EMAIL}",
)
_COMMENTS = _table(
    r"^[\[(]?\s*(?:전체\s?|총\s?|독자\s?|네티즌\s?|기사\s?)?(?:댓글|의견|리플|코멘트|comments?)\s?[\[(]?\s?\d*\s?(?:개|건)?\s?[)\]]?(?:\s.{0,12})?$",
    r"댓글\s?(?:을|쓰기|작성|달기|남기|입력|등록|정책|운영|\(\d+\))",
    r"^(?:최신순|공감순|추천순|과거순|등록순)",
    r"의견을\s?(?:남겨|적어|들려)|생각을\s?(?:적어|남겨)",
    r"^(?:작성자|닉네임)\s?(?:비밀번호|$)",
)
_SECTION = _table(
    r"^.{0,14}(?:주요|많이\s?본|인기|추천|관련|최신|핫|hot|이\s?시각|오늘의|지금\s?뜨는|함께\s?(?:읽|보)\S*|랭킹|속보|실시간|섹션별|주간|베스트|헤드라인)\s?.{0,6}(?:뉴스|기사|클릭|top\s?\d*|글|포토|영상|헤드라인|검색어|이슈|인기|댓글|콘텐츠)\s?.{0,8}$",
    r"^[\[<(【■▶◆●]?\s?(?:관련\s?(?:기사|뉴스|글)|헤드라인|오늘의\s?운세|포토뉴스|핫\s?이슈|베스트)\s?[\])>】]?",
    r"^(?:ai\s?)?(?:기사\s?)?(?:핵심|본문|세\s?줄|3줄|한\s?줄)?\s?(?:요약|포인트)(?:봇|\s?보기)?\s?[▼▲:]?$",
    r"헤드라인$",
)
_COUNTED = re.compile(r"([^\s\d|/·,.:：]{1,10})[!?:：]?\s?(\d[\d,]{0,6})(?=[\s|/·]|$)[\s|/·]*")
_READER_COMMENT = _table(
    r"^[A-Za-z0-9가-힣]{1,8}\*{2,}",
    r"(?:공감|추천|좋아요|찬성)\s?\d+\s*[|/]?\s*(?:비공감|반대|싫어요)\s?\d+",
    r"답글\s?(?:쓰기|달기|\d+|$)|신고하기|^└",
    r"\d{1,2}:\d{2}(?::\d{2})?\s+.{0,120}(?:추천|공감|답글|신고)",
)
# Marks that open advertisements, links and notes, whatever follows.
_OPENING = _table(
    r"^[☞☜➤►└]",
    r"^[<\[(【]?\s?(?:광고|AD|ad|advertisement|배너|이벤트|제휴|협찬|"
    r"프로모션|뉴스레터|추천기사|관련기사|지난 기사|함께 읽기|편집자\s?주|알림|공지|정정\s?보도|"
    r"바로잡습니다|구독|영상|동영상|포토|화보|인포그래픽|카드뉴스)\s?[>\])】:：]",
    r"^(?:광고|AD)\s",
    r"^[-·*]?\s?(?:함께 (?:읽기|보기|볼)|추천기사|관련기사|연관기사|"
    r"다음\s?(?:글|기사)|이전\s?(?:글|기사)|더 읽기|읽어보기)\s?[:：|>]",
    r"^이\s?기사와 함께",
    r"^#\S+(?:\s#\S+)*$",
)
# What a site tells or asks its reader.
_SITE_SPEECH = _table(
    r"(?:구독|좋아요|알림\s?설정|채널\s?추가|팔로우|친구\s?추가|즐겨찾기).{0,20}(?:세요|주세요|부탁|바랍니다|하기(?!로)|눌러)",
    r"제보.{0,20}(?:기다립니다|받습니다|주세요|바랍니다|기다린다)",
    r"^(?:이|본|해당)\s?(?:기사|글|콘텐츠|컨텐츠|게시물|정보|저작물|누리집|웹사이트|홈페이지|포스팅|자료|서비스)(?:는|은|를|을|의|에|와)\s.{0,80}(?:니다|세요)",
    r"(?:로그인|회원\s?가입).{0,20}(?:하세요|주세요|필요|이용하|후\s?이용)",
    r"쿠키.{0,15}(?:사용|수집|동의)|자바스크립트|javascript|브라우저.{0,20}(?:지원|최적화|업데이트)",
    r"투자.{0,12}책임|투자\s?참고",
    r"^.{0,40}(?:하|보|받으|만나|들으|읽으)실 수 (?:있|없)습니다[.]?$",
    r"브라우저에서만",
    r"^(?:.{0,12}\s)?[가-힣]{2,4}\s?(?:기자|특파원|리포터)(?:가|의|이|를)\s.{0,25}니다[.]?$",
    r"기자[가이]?\s?(?:취재|보도|전해|전합|단독)(?:\S{0,4})?(?:습니다|니다)",
    r"^.{0,24}(?:기자|앵커|특파원|리포터|아나운서)(?:였|이었)?(?:습니다|입니다)[.]?$",
    r"^.{1,20}(?:뉴스|방송|TV|티브이|[A-Z]{2,4})\s?[가-힣]{2,4}(?:였|이었)?(?:습니다|입니다)[.]?$",
    r"^지금까지\s.{0,40}(?:였|이었)?(?:습니다|입니다|전해)",
    r"신문윤리|자율심의|청소년\s?보호\s?책임|등록번호\s?[:：]|사업자\s?(?:등록)?\s?번호\s?[:：]|통신판매|개인정보\s?(?:처리|취급)\s?방침|이용약관",
    r"(?:AI|인공지능|로봇)(?:가|이|로|을 이용해|를 활용해).{0,20}"
    r"(?:요약|작성|번역|생성)(?:한|된|했|됐|하).{0,20}(?:니다|기사)",
    r"(?:앱|어플).{0,12}(?:다운|설치).{0,12}(?:세요|받기|하기)",
    r"(?:후원|정기\s?구독|멤버십|응원).{0,30}(?:세요|주세요|부탁|됩니다)",
    r"(?:클릭|터치|눌러).{0,10}(?:하세요|주세요|하시면|보세요)",
    r"(?:뉴스레터|메일함|이메일).{0,30}(?:세요|보내드|받아보|받아볼)",
    r"매체가? .{0,20}책임.{0,10}(?:지지|없)|언론사.{0,10}책임",
    r"페이지를 찾을 수 없|접근이 제한|서비스 점검",
)
_CALL = _table(
    r"구독|다운로드|바로\s?가기|클릭|채널|앱|제보|이벤트|받기|보기|무료|할인|신청|가입|카카오톡|카톡|텔레그램|유튜브|놓치면|손해|특가|쿠폰|최저가"
)
_LINK_MARK = re.compile(r"^[▶▷→>➜⇒☆★◁◀]|[▶▷☜◀◁☆★▣]$")
_QUESTION_OR_LIST = re.compile(r"^(?:[-–—―▲△◇◆○●□■]|Q\d?[.:)]?|A\d?[.:)]?)\s?")


def furniture_of(line: str) -> Furniture | None:
    """What piece of furniture ``line`` is, or None. ``line`` is normalised and not empty."""
    if _END.search(line) and len(line) < 160:
        return Furniture.END
    if _BYLINE.search(line):
        return Furniture.BYLINE
    if _COMMENTS.search(line) and len(line) < 60:
        return Furniture.COMMENTS
    if is_reaction(line):
        return Furniture.END
    if len(line) < 45 and _SECTION.search(line) and register_of(line) is not Register.PLAIN:
        return Furniture.SECTION
    return Furniture.NOISE if _is_noise(line) else None


def is_reaction(line: str) -> bool:
    """Reaction counts: "좋아요0 훌륭해요0 슬퍼요0"."""
    if len(line) > 120:
        return False
    rest, counts = _COUNTED.subn("", line)
    return counts >= 2 and len(rest) <= 4 * counts


def _is_noise(line: str) -> bool:
    if _OPENING.search(line) or _READER_COMMENT.search(line):
        return True
    if _LINK_MARK.search(line) and (len(line) < 30 or _CALL.search(line)):
        return True
    if line.startswith("※") and register_of(line) is not Register.PLAIN:
        return True
    return _may_address_reader(line) and bool(_SITE_SPEECH.search(line))


def _may_address_reader(line: str) -> bool:
    """Not a finished sentence in plain style, a quotation, or an answer of an interview."""
    reported = register_of(line) is Register.PLAIN or line[0] in "“\"‘'"
    return len(line) < 140 and not reported and not is_list_item(line)


def is_list_item(line: str) -> bool:
    """Starts like a list item or a question and answer of an interview."""
    return bool(_QUESTION_OR_LIST.search(line))
