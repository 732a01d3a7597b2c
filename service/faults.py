"""What can go wrong at a door, and the exit code it ends with.

``UsageFault`` is the doors' own error (a missing file, a folder where a file is expected, a
setting out of range); the rest of the tree is ``models.errors``. Knows nothing of HTTP.
"""

from __future__ import annotations

from typing import ClassVar, Final

from models.errors import GlossaryError, ProfileError, YojiError

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130


class UsageFault(YojiError):
    """The command can't be carried out as it was given."""

    code: ClassVar[str] = "usage"


EXIT_CODES: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (UsageFault, EXIT_USAGE),
    (ProfileError, EXIT_USAGE),
    (GlossaryError, EXIT_USAGE),
    (KeyboardInterrupt, EXIT_INTERRUPTED),
    (Exception, EXIT_FAILED),
)
"""The first class that matches decides."""


def exit_code_of(error: BaseException) -> int:
    """The exit code an error ends a command with."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), EXIT_FAILED)


def one_line(text: object) -> str:
    """``text`` with its line breaks and runs of whitespace made single spaces."""
    return " ".join(str(text).split())
