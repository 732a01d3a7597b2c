"""The batch as a Ray Data job: inputs read as streams, groups digested by a pool of actors.

Every group becomes a shard, written by the actor that digested it; only counts come back to
the driver. An actor that dies is started again and its group is done again; a driver that
dies is started again by its user and passes by what is in shards.
"""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from models.digest import DigestOptions
from models.errors import YojiError
from service.batch.journal import OUTAGES
from service.batch.runner import Identify, Progress
from service.batch.tally import Counts, Tally
from service.faults import one_line
from service.ray.reading import Done, Read, read_groups, sorted_keys
from service.ray.shards import ShardFolder
from service.ray.worker import DigestShards, MakeDigester

ARTICLES_PER_SHARD: Final = 256
_TASKS_PER_ACTOR: Final = 2
"""One group is digested while the next one waits beside it."""


class RayJobError(YojiError):
    """Ray gave up on the job; what is in shards stays, the same command goes on."""


@dataclass(frozen=True, slots=True)
class Pool:
    """How many actors, and what each one takes of its machine; ``gpus`` may be a fraction."""

    least: int = 1
    most: int = 1
    cpus: float = 1.0
    gpus: float = 0.0


@dataclass(frozen=True, slots=True)
class RayJob:
    """What is to be done. Everything in it is pickled and sent to the machines.

    ``inputs`` are read by a task each; ``identity`` (the profile's fingerprint) and ``options``
    are what a folder's rows must share.
    """

    inputs: Sequence[str]
    read: Read
    make: MakeDigester
    options: DigestOptions
    identify: Identify
    identity: str
    folder: ShardFolder
    per_shard: int = ARTICLES_PER_SHARD
    retry_errors: bool = False


@dataclass(slots=True)
class Outcome:
    """What a run came to: its own tally, the folder's counts, and rows of no input any more."""

    tally: Tally
    rows: int
    failed: int
    stale: int

    def to_json(self) -> str:
        """The last line a run prints: of the folder, then of this run."""
        computed = self.tally.computed
        line = {
            "articles": self.rows,
            "failed": self.failed,
            "computed": computed.articles,
            "reused": self.tally.reused,
            "stale": self.stale,
            "proposals": computed.proposals,
            "flags": computed.flags,
            "output_tokens": computed.output_tokens,
            "errors": dict(sorted(computed.errors.items())),
            "seconds": round(self.tally.seconds, 3),
            "complete": True,
        }
        return json.dumps(line, ensure_ascii=False)


def run_on_ray(ray: Any, job: RayJob, pool: Pool, progress: Progress) -> Outcome:
    """Digest all that is not in shards yet; ``RayJobError`` when Ray can't go on."""
    job.folder.claim(_identity_of(job))
    before = job.folder.tidy(lambda code: job.retry_errors or code in OUTAGES)
    done = sorted_keys([key for shard in before for key in shard.keys])
    tally = Tally()
    try:
        for counts, reused in _stream(ray, job, pool, ray.put(done)):
            _add(tally, counts, reused)
            progress.advance(tally)
    except ray.exceptions.RayError as error:
        raise RayJobError(
            f"Ray gave up: {one_line(error)[:500]}; the same command goes on where it stood"
        ) from error
    errors = [error for shard in job.folder.shards() for error in shard.errors]
    failed = sum(map(bool, errors))
    return Outcome(tally, len(errors), failed, stale=len(done) - tally.reused)


def _stream(ray: Any, job: RayJob, pool: Pool, done: Any) -> Iterator[tuple[Counts, int]]:
    """The counts of every group, as they are done."""
    context = ray.data.DataContext.get_current()
    # A block per group: groups are what actors share out among themselves.
    context.target_max_block_size = 1
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    units = ray.data.from_items(
        [{"unit": unit} for unit in job.inputs], override_num_blocks=len(job.inputs)
    )
    groups = units.map_batches(
        partial(_read, job=job, done=done), batch_size=1, batch_format="numpy", num_cpus=0.5
    )
    counts = groups.map_batches(
        DigestShards,
        batch_size=1,
        batch_format="numpy",
        compute=ray.data.ActorPoolStrategy(
            min_size=pool.least,
            max_size=pool.most,
            max_tasks_in_flight_per_actor=_TASKS_PER_ACTOR,
        ),
        num_cpus=pool.cpus,
        num_gpus=pool.gpus or None,
        fn_constructor_args=(job.make, job.options, job.identify, job.folder),
    )
    for row in counts.iter_rows():
        yield pickle.loads(row["counts"])  # noqa: S301 - our own actor's


def _read(batch: dict[str, Any], job: RayJob, done: Any) -> Iterator[dict[str, list[bytes]]]:
    import ray

    keys: Done = ray.get(done)
    for unit in batch["unit"]:
        for group in read_groups(str(unit), job.read, job.identify, keys, job.per_shard):
            yield {"group": [pickle.dumps(group)]}


def _identity_of(job: RayJob) -> dict[str, object]:
    glossary = job.options.glossary
    return {
        "fingerprint": job.identity,
        "max_proposals": job.options.max_proposals,
        "style": job.options.style,
        "glossary": glossary.fingerprint if glossary else None,
    }


def _add(tally: Tally, counts: Counts, reused: int) -> None:
    tally.reused += reused
    mine = tally.computed
    mine.articles += counts.articles
    mine.failed += counts.failed
    mine.proposals += counts.proposals
    mine.flags += counts.flags
    mine.output_tokens += counts.output_tokens
    mine.errors += counts.errors
