"""The hub, asked through huggingface_hub: what a repository holds, and its files.

HF_ENDPOINT (a mirror), HF_TOKEN and HF_HOME (a saved token) mean what they mean to
huggingface_hub, which reads them itself. Whole files only are kept by its own downloads, so a
file is fetched here by its ``http_get``, onto the part that an earlier try left behind.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from models.errors import CheckpointError
from models.profiles.hub_files import HubFile

PART = ".part"
Counter = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at a commit."""

    id: str
    commit: str
    files: tuple[HubFile, ...]


class HubClient:
    """One hub. ``endpoint`` None is HF_ENDPOINT's, or huggingface.co."""

    def __init__(self, endpoint: str | None = None) -> None:
        self._endpoint = endpoint

    def repository(self, id_: str, revision: str) -> Repository:
        """What ``id_`` holds at a commit, branch or tag; ``CheckpointError`` when it can't tell."""
        from huggingface_hub import HfApi

        with self._clear_errors(id_, revision):
            info = HfApi(endpoint=self._endpoint).model_info(
                id_, revision=revision, files_metadata=True
            )
        files = tuple(_file(sibling) for sibling in info.siblings or ())
        return Repository(id_, str(info.sha), files)

    def fetch(self, repository: Repository, file: HubFile, target: Path, count: Counter) -> None:
        """Write ``file`` to ``target``, going on where an earlier try broke off.

        ``count`` gets the bytes as they come, those of the earlier try first.
        """
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import http_get
        from huggingface_hub.utils._headers import build_hf_headers

        url = hf_hub_url(
            repository.id, file.name, revision=repository.commit, endpoint=self._endpoint
        )
        # Compressed on the way, a file could not be taken up in its middle.
        headers = build_hf_headers(headers={"Accept-Encoding": "identity"})
        part = target.with_name(target.name + PART)
        target.parent.mkdir(parents=True, exist_ok=True)
        errors = self._clear_errors(repository.id, repository.commit)
        with errors, _retries_unlogged(), part.open("ab") as handle:
            if handle.tell() > file.size:
                handle.truncate(0)
            here = handle.tell()
            count(here)
            http_get(
                url,
                _Counted(handle, count),  # type: ignore[arg-type]
                resume_size=here,
                headers=headers,
                expected_size=file.size,
                tqdm_class=_NoBar,
            )
        part.replace(target)

    @contextmanager
    def _clear_errors(self, id_: str, revision: str) -> Iterator[None]:
        """Whatever goes wrong with the hub as one ``CheckpointError`` with a remedy."""
        try:
            yield
        except CheckpointError:
            raise
        except Exception as error:  # huggingface_hub's tree, its HTTP library's and the system's
            raise CheckpointError(self._explained(error, id_, revision)) from error

    def _explained(self, error: Exception, id_: str, revision: str) -> str:
        from huggingface_hub.errors import OfflineModeIsEnabled

        where = self._endpoint or _default_endpoint()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"{id_}: the cache's disk is full; free some space and pull again, it goes on"
        if isinstance(error, OfflineModeIsEnabled):
            return offline_problem(id_)
        refused = _refused(error, id_, revision, where)
        if refused is not None:
            return refused
        why = " ".join(str(error).split())[:200] or type(error).__name__
        return (
            f"{id_}: the hub {where} can't be reached or broke off ({why}); check the network "
            "(HF_ENDPOINT names a mirror) and pull again, it goes on where it stopped"
        )


def _refused(error: Exception, id_: str, revision: str, where: str) -> str | None:
    """A hub's "no" in words; None when it is something else."""
    from huggingface_hub import errors

    status = getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(error, errors.GatedRepoError) or status == 403:
        return (
            f"{id_} is gated: accept its terms at {where}/{id_} and set HF_TOKEN to a token "
            "that may read it, then pull again"
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return f"{id_} has no revision {revision!r} at {where}; correct the profile's revision"
    if isinstance(error, errors.RepositoryNotFoundError) or status == 401:
        return (
            f"{id_}: {where} knows no such repository, or it is private or gated; correct "
            "the profile's id, or set HF_TOKEN to a token that may read it"
        )
    if isinstance(error, errors.EntryNotFoundError):
        return f"{id_}: {where} lists a file that it doesn't have; try again later"
    return None


@contextmanager
def _retries_unlogged() -> Iterator[None]:
    """No lines about tries that failed: the last one's error says all."""
    logger = logging.getLogger("huggingface_hub.file_download")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def offline_problem(id_: str) -> str:
    """Why nothing is pulled while HF_HUB_OFFLINE is set."""
    return (
        f"{id_} is not here and HF_HUB_OFFLINE forbids to pull it; unset it for the pull, or copy "
        "the cache folder of a machine that has it"
    )


def _default_endpoint() -> str:
    from huggingface_hub import constants

    return str(constants.ENDPOINT)


def _file(sibling: Any) -> HubFile:
    lfs = sibling.lfs
    size = lfs.size if lfs is not None and lfs.size is not None else sibling.size
    return HubFile(
        name=str(sibling.rfilename),
        size=int(size or 0),
        sha256=str(lfs.sha256) if lfs is not None else None,
        blob_sha1=str(sibling.blob_id) if lfs is None and sibling.blob_id else None,
    )


class _Counted:
    """A file that tells how many bytes were written to it."""

    def __init__(self, file: BinaryIO, count: Counter) -> None:
        self._file = file
        self._count = count

    def write(self, chunk: bytes) -> int:
        self._count(len(chunk))
        return self._file.write(chunk)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _NoBar:
    """In tqdm's place: progress is told by ``count``."""

    def __init__(self, **_: Any) -> None: ...

    def __enter__(self) -> _NoBar:
        return self

    def __exit__(self, *_: object) -> None: ...

    def update(self, _: float | None = 1) -> None: ...
