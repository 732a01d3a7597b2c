"""What an image must do, asked of its unpacked root in a network namespace of our own.

Run by docker/check.sh as root; uses nothing but the standard library. Prints what it checks;
the last line is one JSON object.
"""

# It runs commands, asks a server on loopback, and prints:
# ruff: noqa: S310, S603, T201

from __future__ import annotations

import array
import fcntl
import json
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

USER, GROUP = 12345, 0
PORT = 8765
HANGUL = re.compile("[\uac00-\ud7a3]")


class Image:
    """The image's root folder and its configuration."""

    def __init__(self, root: Path, config: dict[str, Any]) -> None:
        self.root = root
        self.config = config
        self.env = dict(line.split("=", 1) for line in config["Env"]) | {"PORT": str(PORT)}

    def start(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start ``command`` inside, as the arbitrary user."""
        enter = ("chroot", f"--userspec={USER}:{GROUP}", str(self.root))
        there = ("sh", "-c", 'cd "$0" && exec "$@"', self.config["WorkingDir"])
        return subprocess.Popen([*enter, *there, *command], env=self.env, **options)

    def run(self, *command: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
        """Run ``command`` inside to its end."""
        pipe = subprocess.PIPE
        process = self.start(*command, stdin=pipe, stdout=pipe, stderr=pipe)
        out, err = process.communicate(stdin, timeout=3600)
        return process.returncode, out, err

    def yoji(self, *arguments: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
        """Run the entry point with ``arguments``."""
        return self.run(*self.config["Entrypoint"], *arguments, stdin=stdin)


def main() -> None:
    """Every check in turn; the first that fails ends it."""
    root, description = map(Path, sys.argv[1:])
    image = Image(root, json.loads(description.read_text())["Docker"]["config"])
    loopback_up()
    check_configuration(image)
    check_confinement(image)
    seconds = check_server(image)
    articles = check_batch(image)
    check_command_line(image)
    print(json.dumps({"image": "ok", "ready_s": round(seconds, 1), "batch_articles": articles}))


def loopback_up() -> None:
    """A new network namespace has loopback, but down (ioctl SIOCSIFFLAGS, IFF_UP)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = array.array("B", struct.pack("16sh14x", b"lo", 0x1))
        fcntl.ioctl(control, 0x8914, request)


def check_configuration(image: Image) -> None:
    """What the image says of itself."""
    config = image.config
    assert config["User"] not in ("", "0", "root", "0:0"), config["User"]
    assert config["Entrypoint"] == ["yoji"]
    assert "8000/tcp" in config["ExposedPorts"]
    assert config["Healthcheck"]["Test"][0] == "CMD"
    say("configuration: non-root user, entry point, port, health check")


def check_confinement(image: Image) -> None:
    """That the checks run as confined as they claim."""
    assert [name for _, name in socket.if_nameindex()] == ["lo"]
    code, _, _ = image.run("sh", "-c", "touch /opt/yoji/x /x /etc/x 2>/dev/null")
    assert code != 0, "the root is writable"
    code, _, err = image.run("sh", "-c", "touch /tmp/x && touch /data/x && rm /data/x")
    assert code == 0, err
    say(f"confinement: no network but loopback, read-only root, user {USER}")


def check_server(image: Image) -> float:
    """The server as the image starts it; how many seconds it took to be ready."""
    started = time.monotonic()
    server = image.start(*image.config["Entrypoint"], *image.config["Cmd"])
    try:
        wait_for("/livez", server)
        while image.run(*image.config["Healthcheck"]["Test"][1:])[0] != 0:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() - started < 300, "not ready after 300 s"
            time.sleep(0.5)
        seconds = time.monotonic() - started
        page = next((image.root / "data/pages").glob("[!b]*.txt")).read_text(encoding="utf-8")
        (item,) = post("/v1/digest", {"articles": [{"id": 1, "text": page}]})["results"]
        assert item["digest"]["proposals"], item
        assert not any(HANGUL.search(p["en"]) for p in item["digest"]["proposals"])
        (item,) = post("/v1/translate", {"texts": ["중기부는 3만 개 기업을 지원한다."]})["results"]
        assert item["translation"]["en"], item
        assert b"swagger" in get("/docs")
    finally:
        server.terminate()
        code = server.wait(timeout=60)
    assert code in (0, -15), f"the server ended with {code}"
    say(f"server: ready after {seconds:.1f} s, digests, translates, stops when told")
    return seconds


def check_batch(image: Image) -> int:
    """A folder of pages, one of them broken; how many."""
    code, out, err = image.yoji("batch", "pages", "--out", "digests.jsonl")
    summary = json.loads(out.splitlines()[-1])
    lines = (image.root / "data/digests.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    failed = [row for row in rows if "error" in row]
    assert code == 1, err
    assert [row["error"]["code"] for row in failed] == ["binary_input"], failed
    assert len(rows) == summary["articles"] > 1
    assert all(row["digest"]["proposals"] for row in rows if row not in failed)
    say(f"batch: {len(rows)} articles, the broken one with its error")
    return len(rows)


def check_command_line(image: Image) -> None:
    """Commands that need no network either."""
    code, _, err = image.yoji("models", "verify")
    assert code == 0, err
    code, _, err = image.yoji("digest", "nowhere.txt")
    assert (code, err.count(b"\n")) == (2, 1), err
    say("command line: checkpoints verified, usage errors are one line")


def wait_for(path: str, server: subprocess.Popen[bytes]) -> None:
    """Until ``path`` answers."""
    for _ in range(600):
        assert server.poll() is None, "the server ended"
        try:
            get(path)
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{path} does not answer")


def get(path: str) -> bytes:
    """The body of a 200."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5) as answer:
        return bytes(answer.read())


def post(path: str, body: Any) -> Any:
    """The JSON of a 200."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}{path}",
        json.dumps(body).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.load(answer)


def say(text: str) -> None:
    """One line of what holds."""
    print(f"ok  {text}", flush=True)


if __name__ == "__main__":
    main()
