"""Opens a folder in the hub's layout with transformers: the network whole, and in silence.

transformers gives weights that a file lacks random values and says so in a table; here that is
an error, as is everything its loaders raise.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.devices import Device
from models.generation.feeding import Feeding


def load_vocabulary(folder: Path) -> Any:
    """The folder's tokenizer, for ids; ``CheckpointError`` when it can't be read."""
    from transformers import AutoTokenizer

    try:
        with warnings.catch_warnings(), quiet_transformers():
            warnings.simplefilter("ignore")  # Marian's recommends a package we do not need
            return AutoTokenizer.from_pretrained(folder)
    except Exception as error:  # whatever a foreign checkpoint makes the loaders raise
        raise CheckpointError(
            f"{folder}: transformers can't read its tokenizer ({_short(error)}); restore its files"
        ) from error


def load_network(folder: Path, feeding: Feeding, device: Device, dtype: str) -> Any:
    """The network, ready to run; ``CheckpointError`` when it isn't whole or of another kind."""
    import torch
    from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

    decoder = feeding.architecture == "decoder"
    kind = AutoModelForCausalLM if decoder else AutoModelForSeq2SeqLM
    place = f"cuda:{device.index}" if device.kind == "cuda" else "cpu"
    try:
        with quiet_transformers():
            network, found = kind.from_pretrained(
                folder, dtype=getattr(torch, dtype), output_loading_info=True
            )
        require_whole(folder, network, found["missing_keys"])
        return network.eval().to(place)
    except CheckpointError:
        raise
    except Exception as error:  # whatever a foreign checkpoint makes the loaders raise
        raise CheckpointError(
            f"{folder}: transformers can't load it on {place} as {dtype} ({_short(error)}); "
            "restore its files or correct the profile's feeding.architecture"
        ) from error


def require_whole(folder: Path, network: Any, missing: Collection[str]) -> None:
    """``CheckpointError`` when parameters are missing: transformers makes them up.

    Buffers (masks, a bias of zeros) may be: they are what the class says they are.
    """
    names = sorted(name for name, _ in network.named_parameters() if name in missing)
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        raise CheckpointError(
            f"{folder}: the weights of the architecture that config.json names are not all there "
            f"(no {names[0]}{more}); take a checkpoint made for this task, or restore its files"
        )


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """No progress bars and no advice: what matters is an error here."""
    from transformers.utils import logging

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity(logging.CRITICAL)
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
