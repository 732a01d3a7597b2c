"""A hub on this machine: the part of the hub's protocol that a pull speaks, over real HTTP."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

LFS_ENDINGS = (".safetensors", ".bin", ".gguf", ".spm", ".h5", ".msgpack")
_INFO = re.compile(r"/api/models/([^/]+/[^/]+)/revision/([^/?]+)")
_FILE = re.compile(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")


def commit_of(files: dict[str, bytes]) -> str:
    parts = (name.encode() + content for name, content in sorted(files.items()))
    return hashlib.sha1(b"".join(parts)).hexdigest()


@dataclass
class FakeHub:
    """Repositories and what shall go wrong with them."""

    url: str = ""
    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    commits: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    gated: set[str] = field(default_factory=set)
    token: str | None = None
    break_after: dict[str, int] = field(default_factory=dict)
    garbled: set[str] = field(default_factory=set)
    down: bool = False
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)

    def add(self, id_: str, files: dict[str, bytes]) -> str:
        """Put a repository up (its branch main goes there) → its commit."""
        self.repositories[id_] = files
        commit = commit_of(files)
        self.commits[id_, commit] = files
        return commit

    def add_folder(self, id_: str, folder: Path) -> str:
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        return self.add(id_, files)

    def fetched(self) -> list[str]:
        """The files that were asked for."""
        return [path.rsplit("/", 1)[1] for verb, path, _ in self.requests if "/resolve/" in path]

    def at(self, id_: str, revision: str) -> dict[str, bytes] | None:
        if revision == "main":
            return self.repositories[id_]
        return self.commits.get((id_, revision))


@contextmanager
def serve_hub() -> Iterator[FakeHub]:
    hub = FakeHub()

    class Handler(_Handler):
        state = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: FakeHub

    def log_message(self, *_: Any) -> None:
        """Silence."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0])
        self.state.requests.append((self.command, path, self.headers.get("Range")))
        info, file = _INFO.fullmatch(path), _FILE.fullmatch(path)
        id_ = (info or file)[1] if info or file else ""  # type: ignore[index]
        if self.state.down:
            return self._answer(500, b"down")
        if id_ not in self.state.repositories:
            return self._answer(404, b"", {"X-Error-Code": "RepoNotFound"})
        if info:
            return self._info(id_, info[2])
        assert file is not None
        return self._file(id_, file[2], file[3])

    def _info(self, id_: str, revision: str) -> None:
        files = self.state.at(id_, revision)
        if files is None:
            return self._answer(404, b"", {"X-Error-Code": "RevisionNotFound"})
        siblings = [_sibling(name, content) for name, content in files.items()]
        content = {"id": id_, "sha": commit_of(files), "siblings": siblings}
        body = json.dumps(content).encode()
        return self._answer(200, body, {"Content-Type": "application/json"})

    def _file(self, id_: str, revision: str, name: str) -> None:
        allowed = self.headers.get("Authorization") == f"Bearer {self.state.token}"
        if id_ in self.state.gated and not allowed:
            return self._answer(403, b"", {"X-Error-Code": "GatedRepo"})
        content = (self.state.at(id_, revision) or {})[name]
        if name in self.state.garbled:
            content = bytes(len(content))
        start = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
        cut = self.state.break_after.pop(name, None)
        if cut is not None:
            self.state.down = True
        etag = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "Accept-Ranges": "bytes"}
        if start:
            etag["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return self._answer(206 if start else 200, content[start:], etag, cut)

    def _answer(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        cut: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:cut])
        if cut is not None:  # the line goes dead in the middle of a file
            self.close_connection = True


def _sibling(name: str, content: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"rfilename": name, "size": len(content)}
    blob = f"blob {len(content)}\0".encode() + content
    entry["blobId"] = hashlib.sha1(blob).hexdigest()
    if name.endswith(LFS_ENDINGS):
        digest = hashlib.sha256(content).hexdigest()
        entry["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
    return entry
