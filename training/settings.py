"""Settings of a training run, from a TOML file."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class TrainingSettings(BaseModel):
    """How the adapter is trained; defaults are those of the shipped one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = 1
    tokenizer: Path = Path("models/profiles/embedded/tokenizer.json")
    rank: int = Field(default=64, gt=0)
    alpha: float = 64.0
    learning_rate: float = Field(default=7e-4, gt=0)
    warm_up: int = Field(default=30, gt=0, description="batches")
    beta1: float = 0.9
    beta2: float = 0.95
    weight_decay: float = 0.0
    clip: float = 1.0
    batch_tokens: int = Field(default=1600, description="padded tokens of a batch")
    window: int = Field(default=2048, description="examples sorted by length together")
    threads: int = Field(default=2, gt=0, description="parts of a batch, side by side")
    report_every: int = 10
    save_every_seconds: float = 300.0


def read_settings(path: Path) -> TrainingSettings:
    """Read and validate a settings file."""
    return TrainingSettings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
