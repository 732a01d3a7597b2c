"""From a profile to running generators: ``open_generator`` and ``open_generators``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.errors import CheckpointError, GenerationError
from models.generation.batching import QueuedGenerator, QueueLimits
from models.generation.ctranslate2 import CTranslate2Generator
from models.generation.ctranslate2_networks import Placement
from models.generation.devices import Device, choose_device, usable_cpus
from models.generation.endpoint import Endpoint
from models.generation.llama_binding import LlamaPlacement, load_api
from models.generation.llama_opening import open_llama
from models.generation.protocol import GenerationOptions, TextGenerator
from models.generation.transformers import TransformersGenerator
from models.profiles.build import build_checkpoint
from models.profiles.profile import Profile, TaskProfile

Progress = Callable[[str], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generators:
    """A profile's two generators; the same object twice when one network serves both tasks."""

    summarizer: QueuedGenerator
    translator: QueuedGenerator

    def close(self) -> None:
        """Stop both threads and free the networks."""
        self.summarizer.close()
        if self.translator is not self.summarizer:
            self.translator.close()


def open_generators(
    profile: Profile,
    cache_dir: Path,
    *,
    device: str = "auto",
    threads: int | None = None,
    limits: QueueLimits | None = None,
    progress: Progress | None = None,
) -> Generators:
    """Both networks, each behind its queue; one network if the tasks agree on all but prompts."""
    warned: list[str] = []

    def warn(message: str) -> None:
        if not warned:
            logger.warning("%s", message)
        warned.append(message)

    def start(task: TaskProfile) -> QueuedGenerator:
        engine = open_generator(
            task, cache_dir, device=device, threads=threads, progress=progress, warn=warn
        )
        return QueuedGenerator(engine, limits or QueueLimits())

    if _same_network(profile.summarizer, profile.translator):
        # The longer output leaves the shorter prompt, which holds for both.
        both = start(max(profile.tasks, key=lambda task: task.options.max_output_tokens))
        return Generators(both, both)
    summarizer = start(profile.summarizer)
    try:
        return Generators(summarizer, start(profile.translator))
    except BaseException:
        summarizer.close()
        raise


def open_generator(
    task: TaskProfile,
    cache_dir: Path,
    *,
    device: str = "auto",
    threads: int | None = None,
    progress: Progress | None = None,
    warn: Progress | None = None,
) -> TextGenerator:
    """The task's network, built into the cache first if need be. No queue: see the other one.

    ``device`` is auto, cpu, cuda or cuda:N; ``threads`` defaults to the CPUs there are.
    A GPU that can't be used is replaced by the CPU, and ``warn`` (default: the log) is told why.
    ``CheckpointError`` when it can't be built or loaded.
    """
    if task.endpoint is not None:
        return _open_remote(task, task.endpoint)
    if task.engine == "llama":
        load_api()  # said before anything is built
    tell = warn or logger.warning
    where = choose_device(device, warn=tell)
    folder = build_checkpoint(task, cache_dir, progress)
    try:
        return _proved(_load(task, folder, where, threads or usable_cpus()), where)
    except CheckpointError as error:
        if where.kind == "cpu":
            raise
        tell(f"the GPU can't be used ({error}); running on the CPU")
        return _load(task, folder, Device(), threads or usable_cpus())


def _proved(generator: TextGenerator, where: Device) -> TextGenerator:
    """A GPU without its libraries, or too old for them, loads a network and then can't run it."""
    if where.kind == "cpu":
        return generator
    (result,) = generator.generate(["가"], GenerationOptions(max_output_tokens=1))
    if isinstance(result, GenerationError):
        generator.close()
        raise CheckpointError(str(result)) from result
    return generator


def _open_remote(task: TaskProfile, endpoint: Endpoint) -> TextGenerator:
    from models.generation.remote import RemoteGenerator
    from models.generation.remote_client import ServerClient

    return RemoteGenerator(
        task.checkpoint.id,
        endpoint,
        chat=task.feeding.chat,
        max_source_tokens=task.max_source_tokens,
        client=ServerClient(endpoint),
    )


def _load(task: TaskProfile, folder: Path, where: Device, threads: int) -> TextGenerator:
    if task.engine == "transformers":
        return TransformersGenerator(
            folder,
            task.feeding,
            max_source_tokens=task.max_source_tokens,
            max_output_tokens=task.options.max_output_tokens,
            device=where,
            dtype=torch_dtype(task.compute_type, where),
        )
    if task.engine == "llama":
        return _open_llama(task, folder, LlamaPlacement(threads, where, _is_exact(task)))
    return CTranslate2Generator(
        folder,
        task.feeding,
        max_source_tokens=task.max_source_tokens,
        max_output_tokens=task.options.max_output_tokens,
        placement=placement(task.compute_type, where, threads),
    )


def _open_llama(task: TaskProfile, folder: Path, where: LlamaPlacement) -> TextGenerator:
    """A built folder has its tokenizer; a GGUF of others may have one named in the profile."""
    checkpoint = task.checkpoint
    named = folder / checkpoint.file if checkpoint.file else folder
    return open_llama(
        named if named.is_file() else folder,
        task.feeding,
        max_source_tokens=task.max_source_tokens,
        max_output_tokens=task.options.max_output_tokens,
        placement=where,
        tokenizer=None if checkpoint.source == "package" else checkpoint.tokenizer,
    )


def _is_exact(task: TaskProfile) -> bool:
    return task.compute_type == "float32"


def placement(compute_type: str, device: Device, threads: int) -> Placement:
    """On a CPU as many one-thread workers as threads, up to four: the matrices are small.

    Two workers of one thread beat one of two on the 270M base (design, section 4). On a GPU
    int8 weights are computed with in float16.
    """
    if device.kind == "cuda":
        half = "int8_float16" if compute_type == "int8" else compute_type
        return Placement("cuda", device.index, half)
    # No CPU computes in float16 (CTranslate2 refuses it); stored that way it is widened.
    exact = {"float16": "float32", "bfloat16": "float32"}
    compute_type = exact.get(compute_type, compute_type.split("_")[0])
    workers = min(threads, 4)
    return Placement("cpu", 0, compute_type, workers, max(1, threads // workers))


def torch_dtype(compute_type: str, device: Device) -> str:
    """float32 on a CPU and bfloat16 on a GPU, unless the profile names one of torch's types."""
    if compute_type in ("float32", "bfloat16", "float16"):
        return compute_type
    return "bfloat16" if device.kind == "cuda" else "float32"


def _same_network(one: TaskProfile, other: TaskProfile) -> bool:
    def network(task: TaskProfile) -> tuple[object, ...]:
        return (
            task.engine,
            task.checkpoint,
            task.compute_type,
            task.feeding,
            task.max_source_tokens,
            task.endpoint,
        )

    return network(one) == network(other)
