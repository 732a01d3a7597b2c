"""The GPU check's own logic, on fakes: what it must notice, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.gpu_check import ALIKE, Machine, main
from benchmarks.gpu_memory import check_memory
from benchmarks.variants import Variant
from models.errors import CheckpointError, GenerationError
from models.generation.fakes import EchoGenerator, FailingGenerator, ScriptedGenerator
from models.generation.protocol import Generation, GenerationOptions, TextGenerator

ARTICLES = Path(__file__).parents[1] / "fixtures" / "articles_dev.jsonl"
OPTIONS = GenerationOptions()
Tell = Callable[[str], None]


class Memory:
    """Remembers how many megabytes are free."""

    def __init__(self) -> None:
        self.free = 80_000

    @contextmanager
    def leaving(self, megabytes: int) -> Iterator[None]:
        before, self.free = self.free, megabytes
        yield
        self.free = before


class Hungry(EchoGenerator):
    """Needs a megabyte a prompt; takes batches in parts if it ``halves``."""

    def __init__(self, memory: Memory, *, halves: bool) -> None:
        super().__init__()
        self._memory = memory
        self._most = 5 if halves else 10_000

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        if min(len(prompts), self._most) > self._memory.free:
            return [GenerationError("out of memory") for _ in prompts]
        return super().generate(prompts, options)


def machine(start: Callable[[Variant, str, Tell], TextGenerator], gpus: int = 1) -> Machine:
    def opened(variant: Variant, device: str, tell: Tell) -> TextGenerator:
        if device == "cuda:1":
            tell(f"device {device} is not usable here; running on the CPU")
        return start(variant, device, tell)

    return Machine(lambda: gpus, opened, Memory())


def ended(machine: Machine, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    code = main([str(ARTICLES)], machine)
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_a_gpu_on_which_all_holds_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, last = ended(machine(lambda *_: EchoGenerator()), capsys)
    assert code == 0
    assert last["passed"] is True
    checks = last["checks"]
    assert isinstance(checks, list)
    assert len(checks) == 3 * len(ALIKE) + 1


@pytest.mark.parametrize(
    ("gpus", "error", "words"),
    [
        (0, None, "no CUDA device"),
        (1, GenerationError("Library libcublas.so.12 is not found"), "nvidia-cublas-cu12"),
        (1, CheckpointError("no kernel image"), "no kernel image"),
    ],
)
def test_without_a_working_gpu_it_says_why_and_ends_with_2(
    gpus: int, error: Exception | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def start(variant: Variant, device: str, tell: Tell) -> TextGenerator:
        if isinstance(error, CheckpointError):
            raise error
        return FailingGenerator(lambda _: True) if error is None else Answers(error)

    code, last = ended(machine(start, gpus), capsys)
    assert code == 2
    assert words in str(last["why"])


class Answers(EchoGenerator):
    """Every prompt fails with one error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = GenerationError(str(error))

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        return [self._error for _ in prompts]


def different(variant: Variant, device: str, tell: Tell) -> TextGenerator:
    other = variant == Variant("ctranslate2", "float16")
    return ScriptedGenerator(lambda text: "??" if other else text)


def fallen_back(variant: Variant, device: str, tell: Tell) -> TextGenerator:
    if variant.engine == "transformers" and device == "cuda:0":
        tell("the GPU can't be used (torch without CUDA); running on the CPU")
    return EchoGenerator()


def refused(variant: Variant, device: str, tell: Tell) -> TextGenerator:
    if variant.compute_type == "bfloat16":
        raise CheckpointError("bfloat16 is not supported")
    return EchoGenerator()


@pytest.mark.parametrize(
    ("start", "failing"),
    [
        (different, {"ctranslate2 float16"}),
        (fallen_back, {"transformers bfloat16"}),
        (refused, {"ctranslate2 bfloat16", "transformers bfloat16"}),
    ],
)
def test_what_goes_wrong_in_one_engine_fails_the_check_and_the_others_go_on(
    start: Callable[[Variant, str, Tell], TextGenerator],
    failing: set[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, last = ended(machine(start), capsys)
    assert code == 1
    checks = last["checks"]
    assert isinstance(checks, list)
    assert {check["subject"] for check in checks if not check["passed"]} == failing
    assert {check["subject"] for check in checks} == {one.label for one in ALIKE} | {"cuda:1"}


def test_a_device_beyond_the_last_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    silent = Machine(lambda: 1, lambda *_: EchoGenerator(), Memory())
    assert ended(silent, capsys)[0] == 1


@pytest.mark.parametrize(("halves", "passed"), [(True, True), (False, False)])
def test_a_large_batch_must_be_answered_where_a_single_prompt_fits(
    halves: bool, passed: bool
) -> None:
    memory = Memory()
    verdict = check_memory(Hungry(memory, halves=halves), ["글"] * 64, OPTIONS, memory)
    assert verdict.passed is passed
    assert memory.free == 80_000


def test_an_engine_that_stays_broken_after_running_out_fails() -> None:
    memory = Memory()
    verdict = check_memory(Answers(GenerationError("broken")), ["글"] * 4, OPTIONS, memory)
    assert not verdict.passed
    assert "free again" in verdict.detail
