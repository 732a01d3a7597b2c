from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError, GenerationError
from models.generation import factory
from models.generation.ctranslate2_networks import Placement
from models.generation.devices import Device
from models.generation.factory import open_generator, open_generators, placement, torch_dtype
from models.generation.protocol import Generation, GenerationOptions
from models.profiles import Profile, load_profile

CUDA = Device("cuda", 1)


@pytest.fixture
def profile(tiny_profile_file: Path) -> Profile:
    return load_profile(str(tiny_profile_file))


def test_tasks_that_agree_share_one_network(profile: Profile, tiny_cache: Path) -> None:
    generators = open_generators(profile, tiny_cache, device="cpu", threads=1)
    try:
        assert generators.summarizer is generators.translator
        (result,) = generators.translator.generate(["3만 개"], GenerationOptions(5))
        assert isinstance(result, Generation)
    finally:
        generators.close()


def test_tasks_that_do_not_agree_have_their_own(profile: Profile, tiny_cache: Path) -> None:
    other = replace(profile, translator=replace(profile.translator, max_source_tokens=9))
    generators = open_generators(other, tiny_cache, device="cpu", threads=1)
    try:
        assert generators.summarizer is not generators.translator
        assert generators.summarizer.max_source_tokens == 64
        assert generators.translator.max_source_tokens == 9
    finally:
        generators.close()


@pytest.mark.parametrize(
    ("compute_type", "device", "threads", "expected"),
    [
        ("int8", Device(), 1, Placement("cpu", 0, "int8", 1, 1)),
        ("int8", Device(), 2, Placement("cpu", 0, "int8", 2, 1)),
        ("float32", Device(), 16, Placement("cpu", 0, "float32", 4, 4)),
        ("int8", CUDA, 8, Placement("cuda", 1, "int8_float16")),
        ("bfloat16", CUDA, 8, Placement("cuda", 1, "bfloat16")),
        ("float16", Device(), 1, Placement("cpu", 0, "float32", 1, 1)),
        ("int8_float16", Device(), 1, Placement("cpu", 0, "int8", 1, 1)),
    ],
)
def test_placement_by_device(
    compute_type: str, device: Device, threads: int, expected: Placement
) -> None:
    assert placement(compute_type, device, threads) == expected


@pytest.mark.parametrize(
    ("compute_type", "device", "expected"),
    [
        ("int8", Device(), "float32"),
        ("auto", CUDA, "bfloat16"),
        ("float16", CUDA, "float16"),
        ("bfloat16", Device(), "bfloat16"),
    ],
)
def test_dtype_by_device(compute_type: str, device: Device, expected: str) -> None:
    assert torch_dtype(compute_type, device) == expected


def on_gpu_only_failing(load: Callable[..., Any]) -> Callable[..., Any]:
    def loading(task: Any, folder: Path, where: Device, threads: int) -> Any:
        if where.kind == "cuda":
            raise CheckpointError("no kernel image for this device")
        return load(task, folder, where, threads)

    return loading


def test_a_gpu_that_does_not_work_is_replaced_by_the_cpu_with_one_warning(
    profile: Profile,
    tiny_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("models.generation.devices.count_gpus", lambda: 1)
    monkeypatch.setattr(factory, "_load", on_gpu_only_failing(factory._load))
    open_generator(profile.summarizer, tiny_cache, device="cpu").close()
    caplog.clear()
    generator = open_generator(profile.summarizer, tiny_cache, device="auto")
    assert generator.count_tokens(["3만"])[0] > 0
    generator.close()
    (warning,) = caplog.messages
    assert "no kernel image" in warning
    assert "running on the CPU" in warning


@pytest.mark.parametrize(("device", "warnings"), [("auto", 1), ("cuda:7", 1), ("cpu", 0)])
def test_where_there_is_no_gpu_a_pair_of_networks_warns_once(
    device: str,
    warnings: int,
    profile: Profile,
    tiny_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("models.generation.devices.count_gpus", lambda: 0)
    other = replace(profile, translator=replace(profile.translator, max_source_tokens=9))
    open_generators(other, tiny_cache, device=device, threads=1).close()
    assert [record.levelname for record in caplog.records] == ["WARNING"] * warnings
    assert all("running on the CPU" in message for message in caplog.messages)


class Unable:
    """A network that loads on a GPU and can't run there (no libcublas.so.12)."""

    closed = False

    def generate(self, prompts: list[str], _: GenerationOptions) -> list[GenerationError]:
        return [GenerationError("Library libcublas.so.12 is not found")] * len(prompts)

    def close(self) -> None:
        self.closed = True


def test_a_gpu_that_loads_but_cannot_run_is_found_at_opening_with_one_warning_for_both_tasks(
    profile: Profile,
    tiny_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    load, unable = factory._load, Unable()

    def loading(task: Any, folder: Path, where: Device, threads: int) -> Any:
        return unable if where.kind == "cuda" else load(task, folder, where, threads)

    monkeypatch.setattr("models.generation.devices.count_gpus", lambda: 1)
    monkeypatch.setattr(factory, "_load", loading)
    other = replace(profile, translator=replace(profile.translator, max_source_tokens=9))
    open_generators(other, tiny_cache, device="cuda").close()
    (warning,) = caplog.messages
    assert "libcublas.so.12" in warning
    assert "running on the CPU" in warning
    assert unable.closed
