"""A pipeline without a network, for measuring everything around it: the opener of a command.

The real reading, anchors, checks and digester; only the generator is a fake. What it says
depends on the prompt alone, so that two runs can be compared byte by byte.
``python -m benchmarks.fake_pipeline batch …`` is the command line on it.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Sequence

from models.assembly import Pipeline, PipelineSettings, make_pipeline
from models.errors import GenerationError
from models.generation.fakes import ScriptedGenerator
from models.generation.protocol import Generation, GenerationOptions
from models.profiles import load_profile
from service.cli import main

CALL_S = 0.02
"""How long a batch takes, so that a kill may fall into one."""


class ContentGenerator(ScriptedGenerator):
    """Says a few words that only the prompt decides; keeps no record of its calls."""

    def __init__(self, call_s: float = CALL_S) -> None:
        super().__init__(_words, max_source_tokens=1_000_000)
        self._call_s = call_s

    def generate(
        self, prompts: Sequence[str], options: GenerationOptions
    ) -> list[Generation | GenerationError]:
        """N prompts → N results in order, after a pause."""
        time.sleep(self._call_s)
        results = super().generate(prompts, options)
        self.calls.clear()
        return results


def open_fake(
    profile_name: str,
    settings: PipelineSettings,
    progress: Callable[[str], None] | None = None,
) -> Pipeline:
    """An ``Opener``: the profile's prompts and options on a generator that makes things up."""
    return _open(profile_name, settings, CALL_S)


def open_instant(
    profile_name: str,
    settings: PipelineSettings,
    progress: Callable[[str], None] | None = None,
) -> Pipeline:
    """The same without the pauses."""
    return _open(profile_name, settings, 0.0)


def _open(profile_name: str, settings: PipelineSettings, call_s: float) -> Pipeline:
    generator = ContentGenerator(call_s)
    return make_pipeline(load_profile(profile_name), generator, generator, settings.limits)


def _words(prompt: str) -> str:
    digest = hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prompt.split()[-1][:8]} {digest[:6]} {digest[6:12]}"


if __name__ == "__main__":
    # Under its own name, so that other processes can import it.
    from benchmarks.fake_pipeline import open_fake as opener

    sys.exit(main(opener=opener))
