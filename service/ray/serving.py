"""The HTTP service under Ray Serve: the same FastAPI app in every replica.

``serve run serve.yaml`` builds it from one file (see docs/scale.md). A replica opens its
pipeline before it counts as started, so none is asked before it can answer. Must not know of
routes.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from models.assembly import PipelineSettings
from models.generation.batching import QueueLimits
from service.app import create_app
from service.faults import UsageFault
from service.opening import Opener, pipeline_settings
from service.ray.cluster import require_ray
from service.settings import Settings

_QUEUE = QueueLimits()


class ServeArgs(BaseModel):
    """``args`` of the application in the YAML.

    ``settings`` are those of docs/cli.md without ``YOJI_`` and in lower case; they win over the
    environment. ``opener`` (``module:function``) replaces how pipelines are opened.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    settings: dict[str, Any] = {}
    max_batch_prompts: int = _QUEUE.max_batch_prompts
    max_batch_tokens: int = _QUEUE.max_batch_tokens
    max_waiting_prompts: int = _QUEUE.max_waiting
    opener: str = "models.assembly:open_pipeline"


def app(args: dict[str, Any]) -> Any:
    """The Serve application for these ``ServeArgs``; what ``import_path`` in the YAML names.

    Replicas, their resources and the requests each may hold are the YAML's to say.
    """
    require_ray()
    from ray import serve

    parsed = parse_args(args)
    settings_of(parsed)  # a wrong setting shows here, not in every replica

    def build() -> Any:
        """Make the app, in the replica, once its pipeline is open."""
        settings = settings_of(parsed)
        opener = opener_of(parsed.opener)
        return create_app(settings, opener(settings.profile, limits_of(parsed, settings)))

    return serve.deployment(serve.ingress(build)(), name="yoji").bind()


def settings_of(args: ServeArgs) -> Settings:
    """The replica's settings; ``UsageFault`` names the one that is wrong."""
    unknown = sorted(set(args.settings) - set(Settings.model_fields))
    if unknown:
        raise UsageFault(f"settings has no {', '.join(unknown)}; docs/cli.md has the table")
    read = Settings.read().model_dump() | args.settings
    try:
        # By field name: one of the fields has an alias, which model_validate would want.
        return Settings.model_validate(read, by_name=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UsageFault(f"settings.{first['loc'][0]}: {first['msg']}") from error


def limits_of(args: ServeArgs, settings: Settings) -> PipelineSettings:
    """The pipeline's settings with this file's batching."""
    limits = QueueLimits(args.max_waiting_prompts, args.max_batch_prompts, args.max_batch_tokens)
    return replace(pipeline_settings(settings), queue=limits)


def opener_of(name: str) -> Opener:
    """The function behind ``module:function``."""
    module, _, function = name.partition(":")
    try:
        opener: Opener = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageFault(f"opener {name!r} can't be imported: {error}") from error
    return opener


def parse_args(args: dict[str, Any]) -> ServeArgs:
    """The YAML's ``args``, checked; ``UsageFault`` names what is wrong."""
    try:
        return ServeArgs.model_validate(args)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageFault(f"args.{place}: {first['msg']}") from error
