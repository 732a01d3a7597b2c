"""Is the English English: no Hangul, no Hanja, not the source over again, not empty, not cut.

Knows characters and function words only; figures and names are the anchors' business.
"""

from __future__ import annotations

import re

from models.documents import Flag

_HANGUL = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]+")
_HANGUL_RUN = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]+(?:\s+[가-힣ㄱ-ㆎᄀ-ᇿ]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_COMMONEST = """
    a an the of to in on at for from by with and or but as is are was were be been has have had
    will would can could should must may not no it its he she they we i you this that these those
    his her their our who which what when where how than more into over under after before
"""
_FUNCTION_WORDS = frozenset(_COMMONEST.split())
_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]」』]*\s*$")
_ENGLISH_END = re.compile(r"[.!?…:]['\"’”)\]]*\s*$|['\"’”)\]]\s*$")
_DANGLING = re.compile(
    r"(?:[,;(“‘]|\b(?:the|a|an|of|and|or|with|for|from|by|its|their|his|is|are|was|were|that))\s*$"
)
_MIN_ENGLISH_WORDS = 12  # below this a headline may well have no function word


def hangul_share(text: str) -> float:
    """The share of Hangul among the letters of ``text``, 0.0 where it has none."""
    letters = sum(character.isalpha() for character in text)
    hangul = sum(len(run) for run in _HANGUL.findall(text))
    return hangul / letters if letters else 0.0


def check_language(ko: str, en: str) -> tuple[Flag, ...]:
    """Flags of an English text that isn't one: empty_output alone, or any of the others."""
    if not en.strip():
        return (Flag("empty_output", "error", "the translation is empty", ko=ko.strip() or None),)
    if hangul_share(en) > 0.5:
        return (Flag("source_copied", "error", "the translation is in Korean", en=en.strip()),)
    whole = _SENTENCE_END.search(ko) is not None
    return (*_left_over(en), *(_not_english(en) if whole else ()), *_truncated(whole, en))


def _left_over(en: str) -> tuple[Flag, ...]:
    hangul = [match.group() for match in _HANGUL_RUN.finditer(en)]
    han = [match.group() for match in _HAN.finditer(en)]
    return tuple(
        [Flag("hangul_left", "error", "Korean left in the English", en=run) for run in hangul]
        + [Flag("hanja_left", "warning", "Chinese characters left", en=run) for run in han]
    )


def _not_english(en: str) -> tuple[Flag, ...]:
    words = [word.lower() for word in _WORD.findall(en)]
    if len(words) < _MIN_ENGLISH_WORDS or any(word in _FUNCTION_WORDS for word in words):
        return ()
    detail = f"none of {len(words)} words is an English function word"
    return (Flag("not_english", "warning", detail, en=en.strip()),)


def _truncated(whole: bool, en: str) -> tuple[Flag, ...]:
    if _DANGLING.search(en) or (whole and not _ENGLISH_END.search(en)):
        detail = "the English breaks off before its sentence ends"
        return (Flag("truncated", "warning", detail, en=en.rstrip()[-40:]),)
    return ()
