"""Where profiles lie: the shipped ones by name, a user's own by path."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from functools import cache
from pathlib import Path

from models.errors import ProfileError
from models.profiles.profile import Profile
from models.profiles.schema import read_profile

SHIPPED = Path(__file__).parent


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of the profiles that ship with Yoji, the default first."""
    names = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    return tuple(sorted(names, key=lambda name: name != "embedded"))


def list_profiles() -> tuple[Profile, ...]:
    """All shipped profiles, the default first."""
    return tuple(load_profile(name) for name in shipped_names())


def load_profile(name_or_path: str) -> Profile:
    """A shipped profile by name, or any TOML file by its path; ``ProfileError`` otherwise."""
    if name_or_path in shipped_names():
        return read_profile(SHIPPED / f"{name_or_path}.toml")
    path = Path(name_or_path).expanduser()
    if path.suffix == ".toml" and path.is_file():
        return read_profile(path)
    raise ProfileError(
        f"unknown profile {name_or_path!r}; use one of {', '.join(shipped_names())}, "
        "or the path of a .toml file that exists"
    )


def require_licences(profile: Profile, accepted: Collection[str] = ()) -> None:
    """``ProfileError`` if a checkpoint's licence needs an agreement that was not given."""
    for licence in profile.licences:
        if licence.needs_acceptance and licence.name not in accepted:
            raise ProfileError(
                f"profile {profile.name!r} uses a model under {licence.name} ({licence.url}): "
                f"{licence.restriction}; read it, then run again with "
                f"--accept-licence {shlex.quote(licence.name)} "
                f"(in a container YOJI_ACCEPT_LICENCES={shlex.quote(licence.name)})"
            )
