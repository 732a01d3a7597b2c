"""A batch and the service on a real local Ray: started once, minutes long.

``make ray-check`` installs the extra and runs these; elsewhere they are left out.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.fake_pipeline import open_fake
from benchmarks.resume import find_actors, timeless
from benchmarks.varied import write_varied
from service.cli import main
from service.faults import EXIT_FAILED, EXIT_OK

pytestmark = [pytest.mark.heavy, pytest.mark.filterwarnings("ignore")]  # Ray's own warnings

ROOT = Path(__file__).parents[3]
ARTICLES = ROOT / "tests" / "fixtures" / "articles_dev.jsonl"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    pytest.importorskip("ray")
    from service.ray.cluster import connected

    with connected(cpus=2) as ray:
        yield ray.get_runtime_context().gcs_address


def make_pages(path: Path, count: int) -> Path:
    write_varied(ARTICLES, count, path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "english", "text": "Nothing of this page is Korean."}\n')
        file.write("no article\n")
    return path


def rows_of(out: Path) -> dict[Any, Any]:
    files = sorted(out.glob("part-*")) if out.is_dir() else [out]
    lines = [line for file in files for line in file.read_text().splitlines()]
    rows = [timeless(json.loads(line)) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def batch(pages: Path, out: Path, *more: str) -> int:
    argv = ["batch", str(pages), "--out", str(out), "--max-proposals", "2", *more]
    return main(argv, opener=open_fake)


RAY = ("--engine", "ray", "--shard-articles", "8")


def test_rows_are_those_of_the_local_engine_and_are_kept(
    cluster: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = make_pages(tmp_path / "pages.jsonl", 24)
    assert batch(pages, tmp_path / "local.jsonl") == EXIT_FAILED
    assert batch(pages, tmp_path / "ray", *RAY, "--actors", "1:2") == EXIT_FAILED
    assert rows_of(tmp_path / "ray") == rows_of(tmp_path / "local.jsonl")
    capfd.readouterr()
    assert batch(pages, tmp_path / "ray", *RAY) == EXIT_FAILED
    summary = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert (summary["articles"], summary["computed"], summary["reused"]) == (26, 0, 26)


def test_parquet_shards_are_one_table(cluster: str, tmp_path: Path) -> None:
    import pyarrow.parquet

    pages = tmp_path / "pages.jsonl"
    write_varied(ARTICLES, 10, pages)
    assert batch(pages, tmp_path / "out.parquet", *RAY) == EXIT_OK
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert sorted(table["id"].to_pylist()) == sorted(f"page-{at}" for at in range(10))


def test_an_actor_that_is_killed_loses_nothing(cluster: str, tmp_path: Path) -> None:
    pages = make_pages(tmp_path / "pages.jsonl", 48)
    out = tmp_path / "ray"
    killed: list[int] = []

    def kill() -> None:
        while not list(out.glob("part-*")):
            time.sleep(0.05)
        killed.extend(find_actors())
        for pid in killed:
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert batch(pages, out, *RAY) == EXIT_FAILED
    killer.join()
    assert killed
    assert batch(pages, tmp_path / "local.jsonl") == EXIT_FAILED
    assert rows_of(out) == rows_of(tmp_path / "local.jsonl")


def test_the_embedded_profile_gives_the_same(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In float32: in int8 the wording may depend on what shares a batch (README, limits)."""
    monkeypatch.delenv("YOJI_CACHE_DIR")  # built checkpoints are in the usual place
    shipped = ROOT / "models" / "profiles"
    text = (shipped / "embedded.toml").read_text().replace('"int8"', '"float32"')
    (tmp_path / "exact.toml").write_text(text.replace('"embedded/', f'"{shipped}/embedded/'))
    pages = [str(path) for path in sorted((ROOT / "examples").glob("*.txt"))[:3]]
    profile = ("--profile", str(tmp_path / "exact.toml"))
    for out, more in ((tmp_path / "local.jsonl", ()), (tmp_path / "ray", ("--engine", "ray"))):
        assert main(["batch", *pages, "--out", str(out), *profile, *more]) == EXIT_OK
    assert rows_of(tmp_path / "ray") == rows_of(tmp_path / "local.jsonl")


def test_serve_answers_as_the_app_does(cluster: str, tmp_path: Path) -> None:
    config = (ROOT / "service" / "ray" / "serve.yaml").read_text()
    config = config.replace("port: 8000", "port: 8765").replace("threads: 2", "threads: 1")
    config = config.replace("num_cpus: 2", "num_cpus: 1").replace(
        "      max_batch_prompts",
        "      opener: benchmarks.fake_pipeline:open_fake\n      max_batch_prompts",
    )
    (tmp_path / "serve.yaml").write_text(config)
    command = [sys.executable, "-m", "ray.serve.scripts", "run", "--address", cluster]
    process = subprocess.Popen(
        [*command, "--app-dir", str(ROOT), str(tmp_path / "serve.yaml")], cwd=ROOT
    )
    try:
        with httpx.Client(base_url="http://127.0.0.1:8765", timeout=60, trust_env=False) as client:
            assert _when_up(client, "/readyz").json()["profile"] == "embedded"
            page = json.loads(ARTICLES.read_text().splitlines()[0])["raw"]
            answer = client.post("/v1/digest", json={"articles": [{"text": page}]})
            assert answer.status_code == 200
            (result,) = answer.json()["results"]
            assert result["digest"]["proposals"]
            problem = client.post("/v1/digest", json={"articles": "none"})
            assert problem.headers["content-type"] == "application/problem+json"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _when_up(client: httpx.Client, path: str) -> httpx.Response:
    until = time.monotonic() + 300
    while True:
        try:
            response = client.get(path)
            if response.status_code == 200:
                return response
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, "the service did not come up"
        time.sleep(0.5)
