"""Articles of a law: "제39조제2항" → "Article 39, Paragraph 2".

Only with 제 before it is 39조 an article; else it is an amount of money. It must not know what the
law is, nor read English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from models.anchors.particles import ends_noun
from models.anchors.terms import Term
from models.documents import Anchor

_PROVISION = re.compile(
    r"(?<![0-9A-Za-z가-힣])제\s?(?P<article>\d{1,4})조(?:의\s?(?P<branch>\d{1,2})(?!\d|\s?[항호]))?"
    r"(?:의?\s?제?\s?(?P<paragraph>\d{1,2})항)?(?:의?\s?제?\s?(?P<item>\d{1,2})호)?"
)


def find_provisions(text: str) -> Iterator[Anchor]:
    """The articles ``text`` names, with paragraph and subparagraph, in order."""
    for match in _PROVISION.finditer(text):
        if ends_noun(text, match.end()):
            term = _term(match)
            yield Anchor(match.start(), match.end(), match[0], "term", term.en, term)


def listed_in_english(term: Term, en: str) -> bool:
    """Whether an article stands in a list or range: "Articles 3 and 5", "Articles 3 to 5"."""
    article = re.match(r"Article ([\d-]+)", term.en)
    if article is None:
        return False
    before = r"\bArticles\s(?:[\d,\s–-]|and|to|through)*?"
    return re.search(rf"(?i:{before})(?<!\d)(?<!\d-){article[1]}(?!\d|-\d)", en) is not None


def _term(match: re.Match[str]) -> Term:
    number, branch = match["article"], match["branch"]
    paragraph, item = match["paragraph"], match["item"]
    whole = f"{number}-{branch}" if branch else number
    articles = [f"{word} {whole}" for word in ("Article", "Articles", "Section", "Art.")]
    if branch:
        articles += [f"Article {number}({branch})", f"Article {number}.{branch}"]
    first, *others = dict.fromkeys(_forms(articles, paragraph, item))
    return Term(match[0], first, tuple(others))


def _forms(articles: Sequence[str], paragraph: str | None, item: str | None) -> Iterator[str]:
    """As newspapers write it, the usual way first: "Article 39, Paragraph 2", "Article 39(2)"."""
    brackets = "".join(f"({number})" for number in (paragraph, item) if number)
    for words in product(articles, ("Paragraph", "Clause"), ("Subparagraph", "Item")):
        parts = [words[0]]
        parts += [f"{words[1]} {paragraph}"] if paragraph else []
        parts += [f"{words[2]} {item}"] if item else []
        yield ", ".join(parts)
        yield " of ".join(reversed(parts))
        yield words[0] + brackets
        yield f"{words[0]} {brackets}".strip()
        yield ", ".join(reversed(parts))
