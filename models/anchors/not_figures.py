"""What looks like a figure and is none: phone numbers, articles of law, names with numbers.

Gives spans to leave alone. Numbers in names stay as they are in English, so nothing is lost.
"""

from __future__ import annotations

import re

_NOT_FIGURES = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+",
            r"(?<!\d)0\d{1,2}[-)\s.]\s?\d{3,4}-\d{4}(?!\d)|(?<!\d)1[568]\d\d-\d{4}(?!\d)",
            r"(?<!\d)\d{2,6}-\d{2,6}-\d{2,7}(?!\d)",
            # articles, paragraphs and items of a law
            r"제\s?\d+조(?:의\s?\d+)?(?:\s?제?\d+항)?(?:\s?제?\d+호)?|제\s?\d+[항호](?![기선])",
            r"(?<=[법령칙례약헌])\s?\d{1,4}조(?:의\s?\d+)?(?:\s?제?\d+항)?(?:\s?제?\d+호)?(?!\s?\d*\s?원)",
            r"\d{1,4}조(?:의\s?\d+)?\s제?\d+항(?:\s?제?\d+호)?",
            # model and brand names: K-9, A4, G7, 5G, 3D, PM2.5
            r"[A-Za-z][-‐]?\d[\d.]*[A-Za-z]*(?:[-/]\d+[A-Za-z]*)*",
            r"(?<![\d.,])\d{1,2}(?:[GDKQPB]|차원|G)(?![A-Za-z])(?!\s?[~∼])",
            r"코로나\s?\-?19|코비드\s?19|메르스\s?\d+",
            r"^\s*\d{1,2}\.\s(?=[가-힣‘“])",
            r"\d+\.\d+\.\d+(?:\.\d+)*",
            r"\(\d{6}\)",
            r"2030\s?세대|\d인\s?\d조|\d금융권|서해\s?5도",
            r"(?<![\d.])(?:3\.1|4\.3|4\.19|5\.16|5\.18|6\.10|6\.15|6\.25|8\.15|9\.11|12\.12)(?=\s?(?:남북|전쟁|민주|선언|항쟁|운동|테러|절|혁명|사태|참전|공동))",
            # events known by their day: 5·18 민주화운동, 12·3 비상계엄
            r"(?<![\d.])(?:1[0-2]|[1-9])·(?:3[01]|[12]?\d)(?!\d|\s?(?:월|일|분기|%|명|개|호|단지|부두|세대|"
            r"구역|학년|급|대|위|등|차|층|동|권|회|번|년))",
            r"(?<!\d)[2-4]차\s?(?:전지|산업|피해|가해|의료|병원|감염)",
        )
    )
)


def not_figure_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of ``text`` in which no figure is looked for."""
    return [match.span() for match in _NOT_FIGURES.finditer(text)]
