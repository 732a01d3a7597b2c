"""HTML → the lines a reader sees, what the page declares about itself, and its main content.

The main content is trafilatura's (Barbaresi 2021, ACL demo); what it keeps still goes through
the same rules as pasted text. Knows nothing of Korean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|br|a|ul|ol|li|h[1-6]|strong|b|em|table|tr|td|article|section|"
    r"title|meta|script|style|figure|figcaption|header|footer|nav|aside|main|img)\b[^<>]*>",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html\b)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "select",
        "textarea",
        "nav",
        "footer",
        "aside",
        "figcaption",
        "button",
        "video",
        "audio",
        "head",
    ]
)
# Captions that are no <figcaption>: "img_desc", "photo-caption", "txt_caption" …
_CAPTION_CLASS = re.compile(
    r"caption|(?:img|image|photo|pic)[_-]?(?:desc|txt|text|info)", re.IGNORECASE
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_TEXTS = frozenset(["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "span"])
_SOFT = r"[^\S\n]+"
_HEADINGS = frozenset(("h1", "h2"))
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "publishdate",
    "pubdate",
    "date",
    "dc.date.issued",
    "dc.date",
    "article.created",
)
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "og:article:author",
    "dable:author",
    "byl",
    "dc.creator",
)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a reader sees (``text``, one line per block) and what the page declares."""

    text: str
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    main: str = field(default="")


def looks_like_html(content: str) -> bool:
    """A doctype or root element, or at least three tags of HTML's vocabulary."""
    if _DOCTYPE.search(content[:2000]):
        return True
    return sum(1 for _, _tag in zip(range(3), _TAG.finditer(content), strict=False)) == 3


def read_html(content: str) -> HtmlPage:
    """Render ``content`` to lines and gather its metadata; never raises on broken HTML."""
    renderer = _Renderer(whole=bool(_ROOT.search(content)))
    renderer.feed(content)
    renderer.close()
    declared = renderer.declared
    titles = (declared.get("og:title", ""), *renderer.headings, renderer.title)
    return HtmlPage(
        text=renderer.text(),
        titles=tuple(_one_line(title) for title in titles if title.strip()),
        dates=tuple(declared[key] for key in _DATE_KEYS if key in declared),
        authors=tuple(declared[key] for key in _AUTHOR_KEYS if key in declared),
        main=_main_content(content),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _main_content(content: str) -> str:
    import trafilatura

    found = trafilatura.extract(
        content, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return found or ""


class _Renderer(HTMLParser):
    """Blocks become lines; scripts, menus and captions are skipped."""

    def __init__(self, whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        # In a fragment, lines outside of text blocks are lines of a page pasted with some tags.
        self._lines_break = not whole
        self._open_texts = 0
        self.declared: dict[str, str] = {}
        self.headings: list[str] = []
        self.title = ""
        self._parts: list[str] = []
        self._hidden: list[str] = []
        self._capture: str | None = None

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._declare(attributes)
        elif tag == "script" and attributes.get("type") == "application/ld+json":
            self._capture = "json"
        elif tag == "title" or tag in _HEADINGS:
            self._capture = tag
            if tag in _HEADINGS:
                self.headings.append("")
        if tag == "time" and attributes.get("datetime"):
            self.declared.setdefault("datepublished", attributes["datetime"])
        if tag in _BLOCKS:
            self._break(tag)
        self._open_texts += tag in _TEXTS
        if tag not in _VOID and self._hides(tag, attributes.get("class", "")):
            self._hidden.append(tag)

    def _hides(self, tag: str, classes: str) -> bool:
        # Inside hidden content every element of the same name counts, to find its own end tag.
        return tag in _HIDDEN or tag in self._hidden or bool(_CAPTION_CLASS.search(classes))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        if self._capture in (tag, "json" if tag == "script" else tag):
            self._capture = None
        self._open_texts = max(0, self._open_texts - (tag in _TEXTS))
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._capture == "json":
            self._declare_json(data)
        elif self._capture == "title":
            self.title += data
        elif self._capture in _HEADINGS:
            self.headings[-1] += data
        if not self._hidden and self._capture not in ("title", "json"):
            keep_lines = self._lines_break and not self._open_texts
            self._parts.append(re.sub(_SOFT if keep_lines else r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if not self._hidden:
            self._parts.append("\n\n" if tag in ("p", "div", "article", "section") else "\n")

    def _declare(self, attributes: dict[str, str]) -> None:
        key = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        ).lower()
        if key and attributes.get("content"):
            self.declared.setdefault(key, attributes["content"])

    def _declare_json(self, data: str) -> None:
        for key, value in _json_fields(data):
            self.declared.setdefault(key, value)


def _json_fields(data: str) -> Iterator[tuple[str, str]]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    items = document if isinstance(document, list) else [document]
    for item in items:
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("datePublished"), str):
            yield "datepublished", item["datePublished"]
        if isinstance(item.get("headline"), str):
            yield "og:title", item["headline"]
        author = item.get("author")
        author = author[0] if isinstance(author, list) and author else author
        if isinstance(author, dict) and isinstance(author.get("name"), str):
            yield "author", author["name"]
