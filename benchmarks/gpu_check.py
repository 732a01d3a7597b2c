"""Whether Yoji works on this machine's GPU: ``make gpu-check``.

Opens the embedded model on the GPU the way the product does, with every engine and number format
that may run there: outputs against the CPU's, speed at 1, 16 and 64 sequences, what becomes of a
batch that memory runs out on, and a device that doesn't exist. Prints a table; the last line is
JSON. Exits with 0 when all holds, 1 when something doesn't, 2 (and why) without a working GPU.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import fmean, median

from benchmarks.gpu_memory import Memory, TorchMemory, check_memory
from benchmarks.variants import Variant, read_prompts, succeeded, timed
from models.errors import YojiError
from models.generation.devices import count_gpus
from models.generation.factory import open_generator
from models.generation.protocol import GenerationOptions, TextGenerator
from service.settings import Settings

REFERENCE = Variant("transformers", "float32")
#: How alike the outputs must be to the CPU's float32, on average (1: all the same). Greedy search
#: parts ways after one near tie, so that half precision is held to likeness, not to equality;
#: chosen without a GPU at hand.
ALIKE = {
    Variant("ctranslate2", "float16"): 0.9,
    Variant("ctranslate2", "bfloat16"): 0.8,
    Variant("ctranslate2", "int8_float16"): 0.75,
    Variant("transformers", "bfloat16"): 0.8,
}
SIZES = (1, 16, 64)
_ROUNDS = 3
_PARITY_PROMPTS = 20
_OPTIONS = GenerationOptions(max_output_tokens=64, stop=("\n",))

Opener = Callable[[Variant, str, Callable[[str], None]], TextGenerator]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table."""

    subject: str
    name: str
    passed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What the check asks of a machine; tests put fakes in its place."""

    count_gpus: Callable[[], int]
    open: Opener
    memory: Memory


class NoGpuError(Exception):
    """There is no GPU that works; the message says why and what helps."""


def run(machine: Machine, prompts: Sequence[str]) -> list[Check]:
    """All checks; ``NoGpuError`` when there is nothing to check them on."""
    count = _working_gpus(machine, prompts[:1])
    reference = _texts(machine.open(REFERENCE, "cpu", _ignore), prompts[:_PARITY_PROMPTS])
    checks: list[Check] = []
    opened: dict[Variant, TextGenerator] = {}
    for variant in ALIKE:
        try:
            opened[variant] = _open_on_gpu(machine, variant)
            checks.append(_parity(variant, opened[variant], prompts, reference))
        except YojiError as error:
            opened.pop(variant, None)
            checks.append(Check(variant.label, "opens and answers", False, str(error)))
    checks += _speeds(opened, prompts)
    for generator in opened.values():
        generator.close()
    checks += [_out_of_memory(machine, variant, prompts) for variant in opened]
    return [*checks, _beyond_the_last(machine, count, prompts[0])]


def _working_gpus(machine: Machine, prompt: Sequence[str]) -> int:
    try:
        count = machine.count_gpus()
    except RuntimeError as error:
        raise NoGpuError(f"the driver can't be asked ({error}); install NVIDIA's driver") from error
    if not count:
        raise NoGpuError(
            "CTranslate2 finds no CUDA device; it needs an NVIDIA GPU and its driver, and in a "
            "container --gpus all"
        )
    try:
        generator = _open_on_gpu(machine, Variant("ctranslate2", "int8"))
        succeeded(generator.generate(prompt, _OPTIONS))
    except YojiError as error:
        raise NoGpuError(
            f"{count} GPUs found, but the first can't be used: {error}{_remedy(error)}"
        ) from error
    generator.close()
    return count


def _remedy(error: Exception) -> str:
    if "libcublas" not in str(error):
        return ""
    return (
        "; pip install nvidia-cublas-cu12 and put its nvidia/cublas/lib into LD_LIBRARY_PATH "
        "(docs/engines.md)"
    )


def _open_on_gpu(machine: Machine, variant: Variant) -> TextGenerator:
    """``YojiError`` when it would run on the CPU instead, with the reason that was given."""
    told: list[str] = []
    generator = machine.open(variant, "cuda:0", told.append)
    fallbacks = [line for line in told if "running on the CPU" in line]
    if fallbacks:
        generator.close()
        raise YojiError(fallbacks[0])
    return generator


def _parity(
    variant: Variant, generator: TextGenerator, prompts: Sequence[str], reference: Sequence[str]
) -> Check:
    texts = _texts(generator, prompts[: len(reference)])
    pairs = list(zip(texts, reference, strict=True))
    alike = fmean(SequenceMatcher(None, one, other, False).ratio() for one, other in pairs)
    same = sum(one == other for one, other in pairs)
    detail = f"{same} of {len(pairs)} equal, likeness {alike:.3f} (at least {ALIKE[variant]})"
    return Check(variant.label, "outputs as on the CPU", alike >= ALIKE[variant], detail)


def _texts(generator: TextGenerator, prompts: Sequence[str]) -> list[str]:
    return [result.text for result in succeeded(generator.generate(prompts, _OPTIONS))]


def _speeds(opened: dict[Variant, TextGenerator], prompts: Sequence[str]) -> list[Check]:
    """Tokens a second, the engines in turn; passes when every prompt is answered."""
    speeds: dict[Variant, dict[int, list[float]]] = {
        variant: {size: [] for size in SIZES} for variant in opened
    }
    failed: dict[Variant, str] = {}
    for size in SIZES * _ROUNDS:
        for variant, generator in opened.items():
            try:
                found = timed(generator, prompts[:size], _OPTIONS).tokens_per_second
                speeds[variant][size].append(found)
            except YojiError as error:
                failed[variant] = str(error)
    return [
        Check(variant.label, "tokens/s", variant not in failed, failed.get(variant) or _row(found))
        for variant, found in speeds.items()
    ]


def _row(speeds: dict[int, list[float]]) -> str:
    return ", ".join(f"{size}: {median(found):.0f}" for size, found in speeds.items())


def _out_of_memory(machine: Machine, variant: Variant, prompts: Sequence[str]) -> Check:
    """A fresh engine, so that it holds no memory from before."""
    name = "out of memory"
    try:
        generator = _open_on_gpu(machine, variant)
        verdict = check_memory(generator, prompts[: max(SIZES)], _OPTIONS, machine.memory)
        generator.close()
    except Exception as error:  # whatever leaks out of an engine is the finding
        return Check(variant.label, name, False, f"{type(error).__name__}: {error}")
    return Check(variant.label, name, verdict.passed, verdict.detail)


def _beyond_the_last(machine: Machine, count: int, prompt: str) -> Check:
    """A device that isn't there is named, with what happens instead, before anything runs."""
    device, told = f"cuda:{count}", list[str]()
    try:
        generator = machine.open(Variant("ctranslate2", "int8"), device, told.append)
        succeeded(generator.generate([prompt], _OPTIONS))
        generator.close()
    except YojiError as error:
        told.append(str(error))
    said = [line for line in told if device in line]
    return Check(device, "named as missing", bool(said), said[0] if said else "nothing was said")


def table(checks: Sequence[Check]) -> list[str]:
    """A line a check."""
    wide = [max(len(getattr(check, name)) for check in checks) for name in ("subject", "name")]
    return [
        f"{'ok  ' if check.passed else 'FAIL'}  {check.subject:{wide[0]}}  "
        f"{check.name:{wide[1]}}  {check.detail}"
        for check in checks
    ]


def this_machine(cache: Path) -> Machine:
    """The real one."""

    def start(variant: Variant, device: str, tell: Callable[[str], None]) -> TextGenerator:
        return open_generator(variant.task(), cache, device=device, progress=tell)

    return Machine(count_gpus, start, TorchMemory())


def _ignore(_: str) -> None:
    """Progress that nobody reads."""


def main(arguments: Sequence[str], machine: Machine | None = None) -> int:
    """Check and print; 0, 1 or 2."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="JSONL with a field body")
    prompts = read_prompts(parser.parse_args(arguments).articles, max(SIZES))
    try:
        checks = run(machine or this_machine(Settings().cache_dir), prompts)
    except NoGpuError as error:
        print(f"no working GPU: {error}")
        print(json.dumps({"gpu": False, "why": str(error)}))
        return 2
    passed = all(check.passed for check in checks)
    for line in table(checks):
        print(line)
    print(json.dumps({"gpu": True, "passed": passed, "checks": [asdict(one) for one in checks]}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
