"""Training on a tiny random model: learning, resuming, cooling down, exporting."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.profiles.adapters import merge_adapter
from training import lora
from training.batches import Batch, Encoded, collate
from training.export import export_state
from training.settings import TrainingSettings
from training.train import STATE, Plan, Run, alone, answer_loss, export, rate_at, train

SETTINGS = TrainingSettings(rank=4, alpha=8, learning_rate=0.02, warm_up=2, threads=2)


def tiny_model() -> Any:
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    torch.manual_seed(0)
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 16}
    return Gemma3ForCausalLM(Gemma3TextConfig(vocab_size=64, **shape, **heads))


def parts(number: int) -> tuple[Batch, ...]:
    chance = random.Random(number)
    rows = [
        Encoded(tuple(chance.randrange(5, 64) for _ in range(chance.randrange(6, 12))), 3)
        for _ in range(6)
    ]
    return tuple(collate(rows[at::2]) for at in range(2))


def learn(run: Run, numbers: range) -> list[float]:
    return [run.step(parts(number), 1.0) for number in numbers]


def test_training_lowers_the_loss_of_what_is_repeated() -> None:
    run = Run(tiny_model(), SETTINGS)
    losses = [run.step(parts(0), 1.0) for _ in range(25)]
    assert losses[-1] < losses[0] - 0.5


def test_a_resumed_run_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    whole = Run(tiny_model(), SETTINGS)
    learn(whole, range(3))
    whole.save(tmp_path / STATE)
    expected = learn(whole, range(3, 6))
    resumed = Run(tiny_model(), SETTINGS)
    resumed.restore(tmp_path / STATE)
    assert resumed.progress.batch == 3
    assert learn(resumed, range(3, 6)) == expected


def test_threads_share_a_batch_without_changing_it() -> None:
    both, one = Run(tiny_model(), SETTINGS), Run(tiny_model(), SETTINGS)
    rows = [Encoded((2, *range(5, 5 + n), 1), 2) for n in (4, 6, 8, 9)]
    losses = [both.step((collate(rows[::2]), collate(rows[1::2])), 1.0) for _ in range(3)]
    assert [one.step((collate(rows),), 1.0) for _ in range(3)] == pytest.approx(losses, abs=1e-4)


def test_merged_products_have_the_gradients_of_the_usual_form() -> None:
    linear = torch.nn.Linear(6, 5, bias=False)
    adapted = lora.AdaptedLinear(linear, 3, 6.0)
    torch.nn.init.normal_(adapted.b)
    adapted.refresh()
    x = torch.randn(2, 4, 6, requires_grad=True)
    weight = torch.randn(2, 4, 5)
    usual = linear(x) + 2.0 * (x @ adapted.a.T) @ adapted.b.T
    inputs = (x, adapted.a, adapted.b)
    expected = torch.autograd.grad((usual * weight).sum(), inputs)
    found = torch.autograd.grad((adapted(x) * weight).sum(), inputs)
    for ours, theirs in zip(found, expected, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_what_is_exported_merges_into_what_was_trained(tmp_path: Path) -> None:
    run = Run(tiny_model(), SETTINGS)
    learn(run, range(4))
    export(run, tmp_path)
    config = json.loads((tmp_path / lora.CONFIG_FILE).read_text(encoding="utf-8"))
    assert (config["r"], config["lora_alpha"], config["trained"]["batches"]) == (4, 8.0, 4)
    merged = tiny_model()
    weights = {name: tensor.numpy().copy() for name, tensor in merged.state_dict().items()}
    assert merge_adapter(weights, tmp_path) == 14
    merged.load_state_dict({name: torch.from_numpy(np.asarray(w)) for name, w in weights.items()})
    for adapter in run.adapters.values():
        adapter.refresh()
    ours, theirs = (answer_loss(model, parts(9)[0]) for model in (run.model, merged))
    assert float(ours.detach()) == pytest.approx(float(theirs.detach()), rel=1e-2)


def test_a_saved_state_exports_the_same_adapter(tmp_path: Path) -> None:
    run = Run(tiny_model(), SETTINGS)
    learn(run, range(2))
    run.save(tmp_path / STATE)
    export(run, tmp_path / "now")
    export_state(tmp_path, SETTINGS, tmp_path / "later")
    for name in (lora.CONFIG_FILE, lora.WEIGHTS_FILE):
        assert (tmp_path / "now" / name).read_bytes() == (tmp_path / "later" / name).read_bytes()


def test_a_cool_down_ends_the_run_and_leaves_the_state_alone(tmp_path: Path) -> None:
    run = Run(tiny_model(), SETTINGS)
    train(run, (parts(n) for n in range(9)), Plan(tmp_path, 0, 3), lambda: False)
    assert run.progress.batch == 3
    assert not (tmp_path / STATE).exists()


def test_progress_says_how_long_it_will_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tiny_model(), SETTINGS.model_copy(update={"report_every": 1}))
    train(run, (parts(n) for n in range(9)), Plan(tmp_path, 0, 2), lambda: False)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["batch 1", "batch 2"]
    assert lines[-1].endswith("0 min left")


def test_a_signal_stops_between_batches(tmp_path: Path) -> None:
    run = Run(tiny_model(), SETTINGS)
    answers = iter([False, False, True])
    train(run, (parts(n) for n in range(9)), Plan(tmp_path, None, 0), lambda: next(answers))
    assert run.progress.batch == 2


@pytest.mark.parametrize(
    ("batch", "cool_from", "expected"),
    [(0, None, 0.5), (1, None, 1.0), (99, None, 1.0), (10, 10, 1.0), (15, 10, 0.5), (20, 10, 0.05)],
)
def test_rate(batch: int, cool_from: int | None, expected: float) -> None:
    assert rate_at(batch, SETTINGS, cool_from, 10) == pytest.approx(expected)


def test_a_second_process_is_told_to_stay_out(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(SystemExit, match="another process"), alone(tmp_path):
        pass
