"""What a run makes of an article: a row with its id, and a digest or an error.

Must not know how rows are kept or what a file of them looks like.
"""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from models.documents import Digest
from models.errors import YojiError
from service.faults import one_line
from service.schemas import left_out_when_none
from service.views import DigestView, digest_view


class ErrorView(BaseModel):
    """Why an article has no digest; ``code`` is stable.

    ``digest_id`` is the id its digest would have; none when the article can't be read.
    """

    code: str
    detail: str
    digest_id: str | None = left_out_when_none()


class Row(BaseModel):
    """One article's row: its id, and a digest or an error."""

    id: str | int
    digest: DigestView | None = left_out_when_none()
    error: ErrorView | None = left_out_when_none()

    @classmethod
    def of(cls, id: str | int, result: Digest | YojiError, digest_id: str | None = None) -> Self:
        """The row of one result; ``digest_id`` tells an error's article by its content."""
        if isinstance(result, YojiError):
            error = ErrorView(code=result.code, detail=one_line(result), digest_id=digest_id)
            return cls(id=id, error=error)
        return cls(id=id, digest=digest_view(result))

    @property
    def digest_id(self) -> str | None:
        """What the article's content, the profile and the options come to; see digest_id."""
        if self.digest is not None:
            return self.digest.id
        return self.error.digest_id if self.error else None

    def to_json(self) -> str:
        """One line of JSON: ``id`` and whichever of ``digest`` and ``error`` there is."""
        return self.model_dump_json()
