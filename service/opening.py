"""From settings to what opens a pipeline: shared by the command line and the HTTP service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from models.assembly import Pipeline, PipelineSettings
from models.generation.endpoint import RemoteAccess
from models.profiles import load_profile, resolved_profile
from models.profiles.serving import with_access
from models.reading import ReadingLimits
from service.settings import Settings


class Opener(Protocol):
    """``models.assembly.open_pipeline``, or a fake of it."""

    def __call__(
        self,
        profile_name: str,
        settings: PipelineSettings,
        progress: Callable[[str], None] | None = None,
    ) -> Pipeline:
        """The pipeline of a profile, ready to run; raises ``YojiError``."""
        ...


def pipeline_settings(settings: Settings) -> PipelineSettings:
    """The part of the settings that the models need."""
    return PipelineSettings(
        cache_dir=settings.cache_dir,
        device=settings.device,
        threads=settings.threads,
        accepted_licences=settings.accept_licences,
        remote=RemoteAccess(
            url=settings.remote_url or None,
            model=settings.remote_model or None,
            api_key=settings.remote_api_key.get_secret_value() or None,
        ),
        limits=ReadingLimits(max_characters=settings.max_input_characters),
    )


def profile_fingerprint(profile_name: str, settings: Settings) -> str:
    """The fingerprint a pipeline of this profile has, without opening one."""
    profile = with_access(load_profile(profile_name), pipeline_settings(settings).remote)
    return resolved_profile(profile, settings.cache_dir).fingerprint
