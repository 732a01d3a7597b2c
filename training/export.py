"""Export the adapter of a run from its saved state, while the run goes on."""

import argparse
from pathlib import Path

import torch

from training import lora
from training.settings import TrainingSettings, read_settings
from training.train import STATE, Progress, adapter_config


def export_state(run: Path, settings: TrainingSettings, out: Path) -> None:
    """Write the adapter of the last saved state, in bfloat16, into the folder ``out``."""
    state = torch.load(run / STATE, weights_only=True)
    config = adapter_config(settings, Progress(**state["progress"]))
    lora.export_adapter(state["adapter"], config, out)


def main() -> None:
    """Parse arguments and export."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("settings", type=Path, help="TOML file the run was started with")
    parser.add_argument("run", type=Path, help="folder of the run")
    parser.add_argument("out", type=Path, help="folder to write the adapter into")
    options = parser.parse_args()
    export_state(options.run, read_settings(options.settings), options.out)


if __name__ == "__main__":
    main()
