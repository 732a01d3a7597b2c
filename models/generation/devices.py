"""Where to run: reads ``auto | cpu | cuda | cuda:N`` and asks the machine."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from models.errors import CheckpointError

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Device:
    """ "cpu" or "cuda", and which one."""

    kind: str = "cpu"
    index: int = 0


def choose_device(
    wanted: str, gpus: Callable[[], int] | None = None, warn: Progress | None = None
) -> Device:
    """The device to use: a GPU that works, else the CPU, with one warning that says why.

    "cpu" asks for no GPU and warns of none.
    ``CheckpointError`` for a device that has no meaning. ``gpus`` counts the usable ones.
    """
    match = re.fullmatch(r"(auto|cpu|cuda)(?::(\d+))?", wanted)
    if match is None or (match[2] and match[1] != "cuda"):
        raise CheckpointError(f"unknown device {wanted!r}; use auto, cpu, cuda or cuda:N")
    if match[1] == "cpu":
        return Device()
    index = int(match[2] or 0)
    why = _missing(gpus or count_gpus, index)
    if why is None:
        return Device("cuda", index)
    if warn is not None:
        warn(f"device {wanted}: no usable GPU ({why}); running on the CPU")
    return Device()


def _missing(gpus: Callable[[], int], index: int) -> str | None:
    """Why there is no GPU of this number, or None when there is."""
    try:
        count = gpus()
    except (OSError, RuntimeError) as error:  # a driver that is broken or too old
        return " ".join(str(error).split())
    return None if index < count else f"{count} GPUs found"


def count_gpus() -> int:
    """How many CUDA devices CTranslate2 can use."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def usable_cpus() -> int:
    """How many CPUs this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
