"""A whole batch: what is there already, what is left, the run, and the output at its end.

Must not know of the command line's options nor how a pipeline is opened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

from models.digest import DigestOptions, digest_id
from models.reading import Page
from service.batch.briefs import BriefBy
from service.batch.journal import Journal, keeps
from service.batch.outputs import can_be_read, check_output, read_output, write_output
from service.batch.progress import show_progress
from service.batch.readers import Inputs
from service.batch.rows import Row
from service.batch.runner import Identify, PageDigester, Run, RunLimits, key_of
from service.batch.stopping import Stop
from service.batch.tally import Counts, Tally
from service.faults import UsageFault


@dataclass(frozen=True, slots=True)
class Job:
    """What to digest, how, and where to."""

    inputs: Inputs
    out: Path
    options: DigestOptions
    limits: RunLimits = RunLimits()
    retry_errors: bool = False
    overwrite: bool = False
    brief: BriefBy | None = None

    @property
    def journal_path(self) -> Path:
        """Where finished rows wait for the output."""
        return self.out.with_name(f".{self.out.name}.partial")

    def journal(self, *, read_only: bool = False) -> Journal:
        """What earlier runs finished; a run that ends at an error tries errors again."""
        keep = keeps(self.retry_errors or self.limits.fail_fast)
        return Journal(self.journal_path, keep, read_only=read_only)

    def identify(self, fingerprint: str) -> Identify:
        """The id of a page's digest under a profile and this job's options."""
        return partial(_identify, options=self.options, fingerprint=fingerprint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``complete`` says that the output is there; ``counts`` are of its rows.

    ``at_error`` is the row that a run which is to fail fast stopped at.
    """

    tally: Tally
    counts: Counts
    complete: bool
    at_error: Row | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run would do; ``articles_per_s`` is what earlier runs of it measured, if any."""

    articles: int
    done: int
    articles_per_s: float | None

    @property
    def seconds(self) -> float | None:
        """How long the rest takes, if that is known."""
        if self.articles_per_s is None:
            return None
        return (self.articles - self.done) / self.articles_per_s

    def to_json(self) -> str:
        """The last line a dry run prints."""
        rate, seconds = self.articles_per_s, self.seconds
        line = {
            "articles": self.articles,
            "done": self.done,
            "to_do": self.articles - self.done,
            "articles_per_s": None if rate is None else round(rate, 3),
            "estimate_s": None if seconds is None else round(seconds, 1),
        }
        return json.dumps(line)


def check(job: Job) -> None:
    """``UsageFault`` for a job that can't be carried out, before anything is loaded."""
    check_output(job.out, job.brief)
    job.inputs.check()
    if job.out.exists() and not (
        job.overwrite or can_be_read(job.out) or job.journal_path.exists()
    ):
        raise UsageFault(
            f"{job.out} is there; only JSONL outputs are added to: name another output or replace "
            "it with --overwrite"
        )


def run_job(
    job: Job, journal: Journal, digester: PageDigester, fingerprint: str, console: Console
) -> Outcome:
    """Digest what is left; write the output when nothing is left."""
    _take_over(job, journal)
    stop = Stop()
    digest = partial(digester.digest, options=job.options)
    with show_progress(console, job.inputs.count(job.limits.articles)) as progress:
        run = Run(digest, job.identify(fingerprint), journal, progress, job.limits, stop)
        with stop.listening():
            tally = run.process(job.inputs.records())
    if stop.requested:
        at_error = tally.first_error if job.limits.fail_fast else None
        return Outcome(tally, tally.computed, complete=False, at_error=at_error)
    counts = Counts()
    write_output(job.out, counts.over(journal.rows()), job.brief)
    journal.remove()
    return Outcome(tally, counts, complete=True)


def forecast(job: Job, journal: Journal, fingerprint: str) -> Forecast:
    """Read the whole input and compute nothing."""
    _take_over(job, journal)
    identify = job.identify(fingerprint)
    articles = done = 0
    for record in job.inputs.first(job.limits.articles):
        articles += 1
        done += key_of(record, identify) in journal
    return Forecast(articles, done, journal.articles_per_s)


def _take_over(job: Job, journal: Journal) -> None:
    if job.out.exists() and not job.overwrite and can_be_read(job.out):
        journal.take_over(read_output(job.out))


def _identify(page: Page, *, options: DigestOptions, fingerprint: str) -> str:
    return digest_id(page, options, fingerprint)
