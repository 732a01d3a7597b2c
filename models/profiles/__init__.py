"""Which checkpoints a task runs on, how they are fed, and how they get into the cache.

Knows nothing of articles, HTTP or the environment: the cache's folder is a parameter.
"""

from models.profiles.build import (
    build_checkpoint,
    checkpoint_folder,
    is_built,
    needs_pull,
    require_pulled,
    verify_checkpoint,
)
from models.profiles.hub_store import (
    commit_of,
    is_pinned,
    megabytes,
    pulled_bytes,
    resolved_profile,
)
from models.profiles.profile import Checkpoint, Licence, Profile, TaskProfile
from models.profiles.pull import PullOptions, Transfer, pull_checkpoint
from models.profiles.registry import (
    list_profiles,
    load_profile,
    require_licences,
    shipped_names,
)

__all__ = [
    "Checkpoint",
    "Licence",
    "Profile",
    "PullOptions",
    "TaskProfile",
    "Transfer",
    "build_checkpoint",
    "checkpoint_folder",
    "commit_of",
    "is_built",
    "is_pinned",
    "list_profiles",
    "load_profile",
    "megabytes",
    "needs_pull",
    "pull_checkpoint",
    "pulled_bytes",
    "require_licences",
    "require_pulled",
    "resolved_profile",
    "shipped_names",
    "verify_checkpoint",
]
