"""What goes over the wire: request types, problems, and the envelopes of the answers.

Must not know of routes or commands; views.py has the results themselves.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from models.reading import Page
from models.summarizer import Style
from service.views import DigestView, FlagDetailView, SummaryView, TranslationView


def _whole_characters(text: str) -> str:
    """JSON can name half a surrogate pair, which no encoding can write back."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"half of a surrogate pair at character {error.start}") from error
    return text


Text = Annotated[str, AfterValidator(_whole_characters)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


def left_out_when_none() -> Any:
    """A field that is not there when it is None."""
    return Field(None, exclude_if=lambda value: value is None)


class ArticleRequest(_Request):
    """One page: pasted text or HTML. ``id`` comes back with the answer."""

    id: Text | int | None = Field(None, description="Yours; it comes back with the answer.")
    text: Text | None = Field(None, description="The page as pasted, clutter and all.")
    html: Text | None = Field(None, description="The page as HTML.")

    @model_validator(mode="after")
    def _has_one_content(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give either 'text' or 'html'")
        return self

    def page(self) -> Page:
        """The page reading takes."""
        if self.html is not None:
            return Page(self.html, "html")
        return Page(self.text or "", "auto")


class GlossaryEntry(_Request):
    """A term and the English it must have."""

    ko: Text
    en: Text


class DigestOptionsRequest(_Request):
    """How to digest."""

    max_proposals: int = Field(10, ge=1, le=10)
    style: Style = "plain"
    glossary: list[GlossaryEntry] = Field(default_factory=list, max_length=10_000)


class DigestRequest(_Request):
    """Articles to digest; each is answered in its place."""

    articles: list[ArticleRequest]
    options: DigestOptionsRequest = Field(default_factory=DigestOptionsRequest)


class SummarizeRequest(_Request):
    """Korean texts to condense; each is answered in its place."""

    texts: list[Text]
    style: Style = "plain"


class TranslateRequest(_Request):
    """Korean texts to render in English; each is answered in its place."""

    texts: list[Text]
    glossary: list[GlossaryEntry] = Field(default_factory=list, max_length=10_000)


class PairRequest(_Request):
    """A Korean text and its English, any translator's."""

    ko: Text
    en: Text


class CheckRequest(_Request):
    """Pairs to check; dates in them are read as of ``published_on``."""

    pairs: list[PairRequest]
    published_on: date | None = None
    glossary: list[GlossaryEntry] = Field(default_factory=list, max_length=10_000)


class InvalidField(BaseModel):
    """One field of a request that is not as it should be."""

    name: str
    reason: str


class Problem(BaseModel):
    """An error as RFC 9457 has it; ``code`` is stable, ``detail`` is for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = left_out_when_none()
    request_id: str | None = left_out_when_none()
    errors: list[InvalidField] | None = left_out_when_none()


class DigestItem(BaseModel):
    """One article's answer: a digest or an error, and the id it came with."""

    id: str | int | None = left_out_when_none()
    digest: DigestView | None = left_out_when_none()
    error: Problem | None = left_out_when_none()


class SummaryItem(BaseModel):
    """One text's answer: a summary or an error."""

    summary: SummaryView | None = left_out_when_none()
    error: Problem | None = left_out_when_none()


class TranslationItem(BaseModel):
    """One text's answer: a translation or an error."""

    translation: TranslationView | None = left_out_when_none()
    error: Problem | None = left_out_when_none()


class CheckItem(BaseModel):
    """One pair's answer: ``ok`` when nothing stands against it."""

    ok: bool
    flags: list[FlagDetailView]


class DigestResponse(BaseModel):
    """As many results as articles, in order."""

    results: list[DigestItem]


class SummarizeResponse(BaseModel):
    """As many results as texts, in order."""

    results: list[SummaryItem]


class TranslateResponse(BaseModel):
    """As many results as texts, in order."""

    results: list[TranslationItem]


class CheckResponse(BaseModel):
    """As many results as pairs, in order."""

    results: list[CheckItem]


class StatusView(BaseModel):
    """What a probe that holds answers."""

    status: Literal["ok"] = "ok"
    profile: str | None = left_out_when_none()
