"""``pull_checkpoint``: a hub checkpoint into the cache, the one thing here that needs a network.

Files are fetched into ``<commit>.pulling`` beside the final folder, each held to the hash that
the hub names for it; what is whole there is kept from try to try, what is half is gone on with.
The folder appears by one rename, its manifest in it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from models.errors import CheckpointError
from models.profiles import cache, hub_store
from models.profiles.hashing import sha256_file
from models.profiles.hub_client import PART, HubClient, Repository, offline_problem
from models.profiles.hub_files import HubFile, needed_files
from models.profiles.profile import Checkpoint

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far the file that is being fetched is, and all of them."""

    file: str
    done_bytes: int
    file_bytes: int
    all_done_bytes: int
    all_bytes: int


Watch = Callable[[Transfer], None]


@dataclass(frozen=True, slots=True)
class PullOptions:
    """``offline`` forbids the network; ``update`` resolves a branch anew; ``endpoint`` is a hub."""

    offline: bool = False
    update: bool = False
    endpoint: str | None = None


def pull_checkpoint(
    checkpoint: Checkpoint,
    cache_dir: Path,
    options: PullOptions | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Path:
    """The folder of a pulled checkpoint, fetched now if it isn't here whole.

    ``progress`` gets a line per step, ``watch`` the bytes as they come. ``CheckpointError``
    when the hub, the network, a hash or the disk doesn't allow it: what came is kept.
    """
    options = options or PullOptions()
    tell = progress or (lambda _: None)
    if checkpoint.source != "hub":
        raise CheckpointError(f"{checkpoint.id} is not on the hub: there is nothing to pull")
    update = options.update and not hub_store.is_pinned(checkpoint)
    here = _whole(checkpoint, cache_dir)
    if here is not None and not update:
        return here
    if options.offline:
        raise CheckpointError(offline_problem(checkpoint.id))
    with cache.locked(hub_store.repository_folder(checkpoint, cache_dir)):
        try:
            return _pull(checkpoint, cache_dir, options, tell, watch or (lambda _: None))
        except OSError as error:
            raise CheckpointError(
                f"{cache_dir}: {checkpoint.id} can't be written there ({error}); free some space "
                "or choose another cache folder, and pull again"
            ) from error


def _whole(checkpoint: Checkpoint, cache_dir: Path) -> Path | None:
    if hub_store.pulled_problems(checkpoint, cache_dir):
        return None
    commit = hub_store.commit_of(checkpoint, cache_dir)
    return hub_store.commit_folder(checkpoint, commit, cache_dir) if commit else None


def _pull(
    checkpoint: Checkpoint, cache_dir: Path, options: PullOptions, tell: Progress, watch: Watch
) -> Path:
    client = HubClient(options.endpoint)
    known = None if options.update else hub_store.commit_of(checkpoint, cache_dir)
    repository = client.repository(checkpoint.id, known or checkpoint.revision)
    if known is not None and repository.commit != known:
        raise CheckpointError(
            f"{checkpoint.id}: the hub answers {known} with commit {repository.commit}; "
            "take another mirror (HF_ENDPOINT)"
        )
    folder = hub_store.commit_folder(checkpoint, repository.commit, cache_dir)
    if cache.problems_of(folder):
        files = needed_files(checkpoint.id, repository.files, checkpoint.file)
        _fill(folder, files, _Fetcher(client, repository, watch), tell)
    hub_store.record_commit(checkpoint, repository.commit, cache_dir)
    return folder


class _Fetcher:
    """Fetches a repository's files and tells how far it is."""

    def __init__(self, client: HubClient, repository: Repository, watch: Watch) -> None:
        self.repository = repository
        self._client = client
        self._watch = watch
        self._before = 0
        self.total = 0

    def fetch(self, file: HubFile, target: Path) -> str:
        """Put ``file`` at ``target`` unless it is there, hold it to its hash → its sha-256."""
        if target.is_file():
            digest = _checked(file, target)
            if digest is not None:
                self._tell(file, file.size)
                self._before += file.size
                return digest
            target.unlink()
        done = 0

        def count(size: int) -> None:
            nonlocal done
            done += size
            self._tell(file, done)

        self._client.fetch(self.repository, file, target, count)
        self._before += file.size
        digest = _checked(file, target)
        if digest is None:
            target.unlink()
            raise CheckpointError(
                f"{self.repository.id}: {file.name} came with another hash than the hub names; "
                "it was thrown away: pull again, or take another mirror (HF_ENDPOINT)"
            )
        return digest

    def _tell(self, file: HubFile, done: int) -> None:
        self._watch(Transfer(file.name, done, file.size, self._before + done, self.total))


def _fill(folder: Path, files: list[HubFile], fetcher: _Fetcher, tell: Progress) -> None:
    repository = fetcher.repository
    fresh = folder.with_name(folder.name + ".pulling")
    if folder.exists():  # damaged: what is whole of it need not come again
        shutil.rmtree(fresh, ignore_errors=True)
        folder.rename(fresh)
        (fresh / cache.MANIFEST).unlink(missing_ok=True)
    fresh.mkdir(parents=True, exist_ok=True)
    _remove_strangers(fresh, files)
    fetcher.total = sum(file.size for file in files)
    _require_space(repository.id, fresh, files)
    size = hub_store.megabytes(fetcher.total)
    tell(f"pulling {repository.id} at {repository.commit[:12]} ({len(files)} files, {size})")
    hashes = {file.name: fetcher.fetch(file, fresh / file.name) for file in files}
    inputs = {"id": repository.id, "commit": repository.commit}
    cache.write_manifest(fresh, inputs, hashes)
    fresh.rename(folder)
    tell(f"pulled {repository.id} into {folder}")


def _remove_strangers(folder: Path, files: Iterable[HubFile]) -> None:
    """What an earlier version left that this one doesn't want."""
    wanted = {folder / f"{file.name}{ending}" for file in files for ending in ("", PART)}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def _require_space(id_: str, folder: Path, files: Iterable[HubFile]) -> None:
    here = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    needed = sum(file.size for file in files) - here
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise CheckpointError(
            f"{id_} needs {hub_store.megabytes(needed)} more, {folder.parent} has "
            f"{hub_store.megabytes(free)} left; free some space or choose another cache folder"
        )


def _checked(file: HubFile, path: Path) -> str | None:
    """The sha-256 of a file that is what the hub says it is, else None."""
    if path.stat().st_size != file.size:
        return None
    digest = sha256_file(path)
    if file.sha256 is not None:
        return digest if digest == file.sha256 else None
    if file.blob_sha1 is not None and _git_blob(path) != file.blob_sha1:
        return None
    return digest


def _git_blob(path: Path) -> str:
    """Git's name of a file's content; files that git itself holds are small."""
    content = path.read_bytes()
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()
