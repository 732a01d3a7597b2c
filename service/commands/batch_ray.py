"""``yoji batch --engine ray``: a batch's job made a Ray job, and what is said about it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from models.assembly import Pipeline, PipelineSettings
from models.digest import Digester
from service.batch.job import Job
from service.batch.lock import only_run
from service.batch.progress import describe, show_progress
from service.batch.sources import is_url
from service.faults import EXIT_FAILED, EXIT_OK, UsageFault
from service.inputs import STDIN
from service.opening import Opener, pipeline_settings, profile_fingerprint
from service.ray.cluster import connected
from service.ray.job import ARTICLES_PER_SHARD, Outcome, Pool, RayJob, run_on_ray
from service.ray.shards import ENDINGS, ShardFolder
from service.session import Session, err_console, write

BatchEngine = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class RayOptions:
    """Where to run and with how many actors; ``actors`` is ``N`` or ``MIN:MAX``."""

    address: str | None = None
    actors: str = "1"
    cpus_per_actor: float = 1.0
    gpus_per_actor: float = 0.0
    per_shard: int = ARTICLES_PER_SHARD

    def pool(self) -> Pool:
        """The pool of actors; ``UsageFault`` when ``actors`` names none."""
        match = re.fullmatch(r"(\d+)(?::(\d+))?", self.actors)
        least, most = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= least <= most:
            raise UsageFault(f"--actors {self.actors}: give a number, or MIN:MAX with MIN from 1")
        return Pool(least, most, self.cpus_per_actor, self.gpus_per_actor)


@dataclass(frozen=True, slots=True)
class OpenDigester:
    """A ``MakeDigester``: opens the profile in the process that is to run it."""

    opener: Opener
    profile: str
    settings: PipelineSettings

    def __call__(self) -> Digester:
        """The digester; its pipeline lives as long as the process."""
        pipeline: Pipeline = self.opener(self.profile, self.settings)
        return pipeline.digester


def run_batch_on_ray(job: Job, options: RayOptions, session: Session, profile: str | None) -> int:
    """Run the job on Ray, say what it came to, give the exit code."""
    _require_runnable(job, options)
    ray_job = _ray_job(job, options, session, profile or session.settings.profile)
    pool = options.pool()
    console = err_console()
    with (
        only_run(job.out),
        connected(options.address) as ray,
        show_progress(console, job.inputs.count()) as progress,
    ):
        outcome = run_on_ray(ray, ray_job, pool, progress)
    _tell(job.out, outcome, console.print)
    return EXIT_FAILED if outcome.failed else EXIT_OK


def _ray_job(job: Job, options: RayOptions, session: Session, profile: str) -> RayJob:
    fingerprint = profile_fingerprint(profile, session.settings)
    settings = pipeline_settings(session.settings)
    if not settings.threads:
        settings = replace(settings, threads=max(1, int(options.cpus_per_actor)))
    ending = job.out.suffix if job.out.suffix in ENDINGS else ENDINGS[0]
    return RayJob(
        inputs=job.inputs.paths,
        read=job.inputs.records_of,
        make=OpenDigester(session.opener, profile, settings),
        options=job.options,
        identify=job.identify(fingerprint),
        identity=fingerprint,
        folder=ShardFolder(job.out.absolute(), ending),
        per_shard=options.per_shard,
        retry_errors=job.retry_errors,
    )


def _require_runnable(job: Job, options: RayOptions) -> None:
    """``UsageFault`` for what only one machine can do."""
    local = {
        "--limit": job.limits.articles is not None,
        "--fail-fast": job.limits.fail_fast,
        "--overwrite": job.overwrite,
        "--brief": job.brief is not None,
        "- (standard input)": STDIN in job.inputs.paths,
    }
    for name, given in local.items():
        if given:
            raise UsageFault(f"{name} works with --engine local only")
    if job.out.is_file():
        raise UsageFault(f"--out {job.out} is a file; --engine ray writes a folder of shards")
    job.inputs.check()
    for path in job.inputs.paths:
        _require_visible(path, job.out, options.address)


def _require_visible(path: str, out: Path, address: str | None) -> None:
    if os.path.isdir(path) and out.absolute().is_relative_to(Path(path).absolute()):
        raise UsageFault(f"--out {out} lies in the input {path}; name a folder outside of it")
    if address and not (is_url(path) or os.path.isabs(path)):
        raise UsageFault(f"{path} must be an absolute path that every machine of the cluster sees")


def _tell(out: Path, outcome: Outcome, say: Callable[[str], None]) -> None:
    say(f"yoji: {outcome.rows} articles in {out}, {describe(outcome.tally)}")
    if outcome.stale:
        say(
            f"yoji: {outcome.stale} rows in {out} are of articles that the inputs no longer have "
            "under these ids"
        )
    write(outcome.to_json())
