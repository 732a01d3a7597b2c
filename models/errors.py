"""Every error Yoji raises on purpose, as one tree::

    YojiError
    ├── InputError               the caller's text or file
    │   ├── EmptyInputError
    │   ├── NotKoreanError
    │   ├── BinaryInputError
    │   ├── EncodingError
    │   ├── InputTooLargeError
    │   ├── RecordError          an unreadable line of a JSONL, CSV …
    │   └── GlossaryError        a malformed glossary file: names file and line
    ├── ProfileError             unknown profile, unknown key, a licence not accepted
    ├── CheckpointError          files missing, damaged, of an architecture no engine runs
    └── GenerationError          the network failed on this item
        ├── QueueFullError       try again later (``retry_after_s``)
        ├── ServerUnavailableError  the server that runs the network can't be used
        ├── DeadlineExceededError
        └── RequestCancelledError

A message is one line and names the value, the limit and the remedy. ``code`` is stable: it
is what HTTP problems and batch error rows carry. Errors are data too: lists of results hold
an error in the place of the item that failed.
"""

from __future__ import annotations

from typing import ClassVar


class YojiError(Exception):
    """The root; catch this to catch all that Yoji raises on purpose."""

    code: ClassVar[str] = "internal"


class InputError(YojiError):
    """The caller's text or file can't be used as it is."""

    code = "invalid_input"


class EmptyInputError(InputError):
    """Nothing but whitespace, or nothing left once the clutter is gone."""

    code = "empty_input"


class NotKoreanError(InputError):
    """Too few Hangul syllables among the letters."""

    code = "not_korean"


class BinaryInputError(InputError):
    """Bytes that are no text: NUL bytes, an image, a PDF, an archive."""

    code = "binary_input"


class EncodingError(InputError):
    """Bytes that none of the encodings we know decodes."""

    code = "unknown_encoding"


class InputTooLargeError(InputError):
    """Over a size limit."""

    code = "too_large"


class RecordError(InputError):
    """An unreadable record of a batch input; names file and line."""

    code = "bad_record"


class GlossaryError(InputError):
    """A malformed glossary; names file and line."""

    code = "bad_glossary"


class ProfileError(YojiError):
    """An unknown or malformed profile, or a licence that was not accepted."""

    code = "bad_profile"


class CheckpointError(YojiError):
    """A checkpoint's files are missing, damaged, or of a kind no engine runs."""

    code = "bad_checkpoint"


class GenerationError(YojiError):
    """The network failed on this item; others may have gone well."""

    code = "generation_failed"


class QueueFullError(GenerationError):
    """The generator's queue is at its limit; ``retry_after_s`` is a guess in seconds."""

    code = "overloaded"

    def __init__(self, message: str, retry_after_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ServerUnavailableError(GenerationError):
    """The server that runs the network is gone, busy, refuses the key or lacks the model."""

    code = "server_unavailable"


class DeadlineExceededError(GenerationError):
    """The call's deadline passed before its turn came or its work was done."""

    code = "deadline_exceeded"


class RequestCancelledError(GenerationError):
    """The caller went away; the work still queued was dropped."""

    code = "cancelled"
