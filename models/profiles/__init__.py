"""Which checkpoints a task runs on, how they are fed, and how they get into the cache.

Knows nothing of articles, HTTP or the environment: the cache's folder is a parameter.
"""

from models.profiles.build import (
    build_checkpoint,
    checkpoint_folder,
    is_built,
    verify_checkpoint,
)
from models.profiles.profile import Checkpoint, Licence, Profile, TaskProfile
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
    "TaskProfile",
    "build_checkpoint",
    "checkpoint_folder",
    "is_built",
    "list_profiles",
    "load_profile",
    "require_licences",
    "shipped_names",
    "verify_checkpoint",
]
