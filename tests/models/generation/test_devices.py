from __future__ import annotations

import pytest

from models.errors import CheckpointError
from models.generation.devices import Device, choose_device


@pytest.mark.parametrize(
    ("wanted", "gpus", "expected", "warnings"),
    [
        ("auto", 0, Device("cpu"), 1),
        ("auto", 2, Device("cuda", 0), 0),
        ("cpu", 2, Device("cpu"), 0),
        ("cuda", 1, Device("cuda", 0), 0),
        ("cuda:1", 2, Device("cuda", 1), 0),
        ("cuda:1", 1, Device("cpu"), 1),
        ("cuda", 0, Device("cpu"), 1),
    ],
)
def test_a_gpu_is_used_when_there_is_one(
    wanted: str, gpus: int, expected: Device, warnings: int
) -> None:
    told: list[str] = []
    assert choose_device(wanted, lambda: gpus, told.append) == expected
    assert len(told) == warnings


@pytest.mark.parametrize("wanted", ["gpu", "cpu:0", "auto:1", "cuda:x", ""])
def test_unknown_devices_are_refused(wanted: str) -> None:
    with pytest.raises(CheckpointError, match="use auto, cpu, cuda or cuda:N"):
        choose_device(wanted, lambda: 0)


def test_a_broken_driver_is_a_warning_that_says_why() -> None:
    def broken() -> int:
        raise RuntimeError("CUDA driver version is insufficient")

    told: list[str] = []
    assert choose_device("cuda", broken, told.append) == Device("cpu")
    assert told == [
        "device cuda: no usable GPU (CUDA driver version is insufficient); running on the CPU"
    ]
    assert choose_device("auto", broken, told.append) == Device("cpu")
    assert len(told) == 2
