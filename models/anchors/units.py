"""Units and counters as data: what Korean writes, what it is, what English calls it.

``rendered`` units are put into English together with their number ("36.5 percent", "110
kilometers"); of the others (counters: 명, 곳, 건 …) English decides the noun from the
sentence, so only the number is computed and the counter stays Korean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

UnitClass = Literal["money", "share", "time", "measure", "multiple", "order", "counter"]


@dataclass(frozen=True, slots=True)
class Unit:
    """``name`` is canonical; ``one``/``many`` are English (empty for counters)."""

    name: str
    kind: UnitClass
    korean: tuple[str, ...]
    one: str = ""
    many: str = ""
    english: tuple[str, ...] = ()
    symbol: str = ""

    @property
    def rendered(self) -> bool:
        """Whether English gets the unit with the number."""
        return bool(self.one)


def _unit(name: str, kind: UnitClass, korean: str, one: str = "", *english: str) -> Unit:
    many = "" if not one else one if one in _INVARIABLE else _plural(one)
    return Unit(name, kind, tuple(korean.split()), one, many, english, _SYMBOLS.get(name, ""))


_PLURALS = {"foot": "feet", "inch": "inches", "hertz": "hertz"}
_INVARIABLE = {"won", "yen", "yuan", "baht", "dong", "pyeong", "percent", "hertz", "ppm", "dB"}
_SYMBOLS = {"dollar": "$", "euro": "€", "pound": "£"}


def _plural(one: str) -> str:
    """Plural of a unit: of its head, which is the word before "per" or "of"."""
    if one in _PLURALS:
        return _PLURALS[one]
    head, sep, rest = one.partition(" per ")
    return f"{head if head.endswith(('hertz', 's')) else head + 's'}{sep}{rest}"


UNITS: tuple[Unit, ...] = (
    _unit("won", "money", "원 ₩", "won", "krw", "₩", "korean won", "south korean won"),
    _unit("dollar", "money", "달러 불 弗", "dollar", "usd", "$", "us$", "us dollar",
          "american dollar"),
    _unit("euro", "money", "유로", "euro", "eur", "€"),
    _unit("yen", "money", "엔", "yen", "jpy", "¥", "japanese yen"),
    _unit("yuan", "money", "위안", "yuan", "renminbi", "rmb", "cny", "chinese yuan"),
    _unit("pound", "money", "파운드", "pound", "gbp", "£"),
    _unit("rupee", "money", "루피", "rupee"),
    _unit("ruble", "money", "루블", "ruble", "rouble"),
    _unit("peso", "money", "페소", "peso"),
    _unit("franc", "money", "프랑", "franc", "swiss franc"),
    _unit("dong", "money", "베트남동", "dong"),
    _unit("baht", "money", "바트", "baht"),
    _unit("percentage_point", "share", "%포인트 %p %P %p포인트 퍼센트포인트 ％포인트 ％p",
          "percentage point", "percentage-point", "percent point", "ppt", "pp", "%p"),
    _unit("percent", "share", "% ％ 퍼센트 프로", "percent", "%", "％", "per cent", "pct",
          "percents", "pc"),
    _unit("basis_point", "share", "bp 베이시스포인트", "basis point", "bp", "bps"),
    _unit("tenth", "share", "할"),
    _unit("year", "time", "년 개년 해 年", "year", "yr"),
    _unit("month", "time", "개월 달", "month"),
    _unit("week", "time", "주일 주간 주", "week"),
    _unit("day", "time", "일 日", "day"),
    _unit("hour", "time", "시간", "hour", "hr"),
    _unit("minute", "time", "분", "minute", "min"),
    _unit("second", "time", "초", "second", "sec"),
    _unit("meter", "measure", "m 미터", "meter", "metre", "m"),
    _unit("kilometer", "measure", "㎞ km 킬로미터", "kilometer", "kilometre", "km"),
    _unit("centimeter", "measure", "㎝ cm 센티미터", "centimeter", "centimetre", "cm"),
    _unit("millimeter", "measure", "㎜ mm 밀리미터", "millimeter", "millimetre", "mm"),
    _unit("micrometer", "measure", "㎛ 마이크로미터", "micrometer", "micrometre", "micron"),
    _unit("nanometer", "measure", "㎚ nm 나노미터 나노", "nanometer", "nanometre", "nm"),
    _unit("inch", "measure", "인치", "inch", "inches"),
    _unit("mile", "measure", "마일", "mile"),
    _unit("foot", "measure", "피트", "foot", "feet"),
    _unit("acre", "measure", "에이커", "acre"),
    _unit("square_meter", "measure", "㎡ 제곱미터 m² m2 평방미터", "square meter", "square metre",
          "㎡", "m²"),
    _unit("square_kilometer", "measure", "㎢ 제곱킬로미터 km² km2", "square kilometer",
          "square kilometre", "km²"),
    _unit("hectare", "measure", "㏊ ha 헥타르", "hectare", "ha"),
    _unit("pyeong", "measure", "평", "pyeong"),
    _unit("cubic_meter", "measure", "㎥ 세제곱미터 m³ 입방미터", "cubic meter", "cubic metre"),
    _unit("liter", "measure", "ℓ L 리터 ℓ", "liter", "litre"),
    _unit("milliliter", "measure", "㎖ mL ml 밀리리터", "milliliter", "millilitre", "ml"),
    _unit("gram", "measure", "g 그램", "gram", "g"),
    _unit("kilogram", "measure", "㎏ kg 킬로그램", "kilogram", "kg"),
    _unit("milligram", "measure", "㎎ mg 밀리그램", "milligram", "mg"),
    _unit("microgram", "measure", "㎍ 마이크로그램", "microgram"),
    _unit("nanogram", "measure", "ng 나노그램", "nanogram"),
    _unit("ton", "measure", "톤 t", "ton", "tonne", "metric ton"),
    _unit("watt", "measure", "W 와트", "watt"),
    _unit("kilowatt", "measure", "㎾ kW 킬로와트", "kilowatt", "kw"),
    _unit("megawatt", "measure", "㎿ MW 메가와트", "megawatt", "mw"),
    _unit("gigawatt", "measure", "GW 기가와트", "gigawatt", "gw"),
    _unit("kilowatt_hour", "measure", "㎾h kWh 킬로와트시", "kilowatt-hour",
          "kilowatt hour", "kwh"),
    _unit("megawatt_hour", "measure", "㎿h MWh 메가와트시", "megawatt-hour",
          "megawatt hour", "mwh"),
    _unit("gigawatt_hour", "measure", "GWh 기가와트시", "gigawatt-hour",
          "gigawatt hour", "gwh"),
    _unit("terawatt_hour", "measure", "TWh 테라와트시", "terawatt-hour",
          "terawatt hour", "twh"),
    _unit("volt", "measure", "V 볼트", "volt"),
    _unit("kilovolt", "measure", "㎸ kV 킬로볼트", "kilovolt", "kv"),
    _unit("kilohertz", "measure", "㎑ kHz", "kilohertz", "khz"),
    _unit("megahertz", "measure", "㎒ MHz", "megahertz", "mhz"),
    _unit("gigahertz", "measure", "㎓ GHz", "gigahertz", "ghz"),
    _unit("megabyte", "measure", "MB 메가바이트", "megabyte", "mb"),
    _unit("gigabyte", "measure", "GB 기가바이트", "gigabyte", "gb"),
    _unit("terabyte", "measure", "TB 테라바이트", "terabyte", "tb"),
    _unit("petabyte", "measure", "PB 페타바이트", "petabyte", "pb"),
    _unit("decibel", "measure", "㏈ dB 데시벨", "decibel", "db"),
    _unit("ppm", "measure", "ppm", "ppm"),
    _unit("degree", "measure", "℃ °C 도", "", "degree", "degrees"),
    _unit("barrel", "measure", "배럴", "barrel"),
    _unit("knot", "measure", "노트", "knot"),
    _unit("becquerel", "measure", "베크렐 Bq", "becquerel"),
    _unit("calorie", "measure", "칼로리", "calorie"),
    _unit("kilocalorie", "measure", "㎉ kcal 킬로칼로리", "kilocalorie", "kcal"),
    _unit("times", "multiple", "배", "", "times", "time", "fold", "x", "-fold"),
    _unit("rank", "order", "위 등 순위"),
    _unit("ordinal", "order", "번째 차 차례째 회차 기생 학년 단계 호기 호선 등급 세대 급"),
    _unit("person", "counter", "명 인 사람 분 명분 식구", "", "people", "person"),
    _unit("place", "counter", "곳 개소 군데 개교 개국 개사 개구 개동 개시 개군 개도 개팀 개반"),
    _unit("case", "counter", "건 회 차례 번 가지 종 종류 개 조각 항목 편 점 표 판 골 승 패 무"),
    _unit("age", "counter", "세 살", "", "years old"),
    _unit("thing", "counter",
          "대 채 척 마리 그루 장 권 부 벌 켤레 자루 병 잔 그릇 봉지 포기 상자 박스 통 포 석 자리"
          " 병상 실 동 가구 세대 호 팀 쌍 부부 층 칸 면 필지 발 기 량 편 막 곡 쪽 페이지"
          " 경기 게임 라운드 학급 학기 과목 문항 학점 나라 시군 시도 마을 도시 자녀 남매 주택"
          " 차선 차로 종목 부문 분야 걸음 바퀴 송이 다발 알 끼 구 계좌 큐비트 코어 인승 인분 노선"
          " 정거장 정류장 자릿수 위원 교대 부처 기관 단체 회사 업체 학교 대학 병원 사 인 주"),
)  # fmt: skip


@cache
def korean_units() -> dict[str, Unit]:
    """Korean form → unit; of a form two units share, the first in the table."""
    found: dict[str, Unit] = {}
    for unit in UNITS:
        for form in unit.korean:
            found.setdefault(form, unit)
    return found


@cache
def english_units() -> dict[str, Unit]:
    """Lower-case English form, singular or plural, → unit."""
    found: dict[str, Unit] = {}
    for unit in UNITS:
        for form in (unit.one, unit.many, *unit.english, *(_plural(e) for e in unit.english)):
            if form:
                found.setdefault(form.lower(), unit)
    return found


def unit_named(name: str) -> Unit | None:
    """The unit of a canonical name."""
    return _by_name().get(name)


@cache
def _by_name() -> dict[str, Unit]:
    return {unit.name: unit for unit in UNITS}


@cache
def korean_unit_pattern(*kinds: UnitClass) -> str:
    """Alternation of Korean forms, longest first; all kinds if none is named."""
    forms = [f for f, unit in korean_units().items() if not kinds or unit.kind in kinds]
    return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))
