"""What ``--engine ray`` and the YAML refuse, before Ray is started."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from service.commands.batch_ray import RayOptions
from service.faults import EXIT_USAGE, UsageFault
from service.ray.job import Pool
from service.ray.serving import ServeArgs, limits_of, opener_of, parse_args, settings_of

YAML = Path(__file__).parents[3] / "service" / "ray" / "serve.yaml"


@pytest.mark.parametrize(
    ("actors", "pool"),
    [("1", Pool(1, 1, 2.0, 0.5)), ("3", Pool(3, 3, 2.0, 0.5)), ("1:8", Pool(1, 8, 2.0, 0.5))],
)
def test_actors_are_a_number_or_a_range(actors: str, pool: Pool) -> None:
    assert RayOptions(None, actors, 2.0, 0.5).pool() == pool


@pytest.mark.parametrize("actors", ["", "0", "0:2", "3:2", "a", "1:", "-1", "1:2:3"])
def test_other_actors_are_refused(actors: str) -> None:
    with pytest.raises(UsageFault, match="--actors"):
        RayOptions(actors=actors).pool()


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["pages", "--limit", "3"], "--limit works with --engine local only"),
        (["pages", "--fail-fast"], "--fail-fast works"),
        (["pages", "--overwrite"], "--overwrite works"),
        (["pages", "--dry-run"], "--dry-run works"),
        (["-"], "standard input"),
        (["missing"], "no such file or folder: missing"),
        (["."], "lies in the input"),
        (["pages", "--ray-address", "head:6379"], "must be an absolute path"),
        (["pages", "--actors", "none"], "--actors none"),
    ],
)
def test_what_one_machine_can_do_only_is_refused(
    argv: list[str], message: str, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    Path("pages/a.txt").write_text("기사입니다", encoding="utf-8")
    outcome = run("batch", *argv, "--out", "out", "--engine", "ray")
    assert outcome.code == EXIT_USAGE
    assert message in outcome.error
    assert not Path("out").exists()


def test_a_file_is_no_folder_of_shards(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("기사입니다", encoding="utf-8")
    (tmp_path / "out").touch()
    paths = str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")
    assert "is a file" in run("batch", *paths, "--engine", "ray").error


def test_the_yaml_holds_settings_and_batching() -> None:
    (application,) = yaml.safe_load(YAML.read_text())["applications"]
    args = parse_args(application["args"])
    settings = settings_of(args)
    assert (settings.profile, settings.threads) == ("embedded", 2)
    limits = limits_of(args, settings)
    assert (limits.queue.max_batch_prompts, limits.threads) == (64, 2)
    (deployment,) = application["deployments"]
    most = settings.max_running_requests + settings.max_waiting_requests
    assert deployment["max_ongoing_requests"] > most


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"settings": {"max_running_requests": 0}}, "settings.max_running_requests"),
        ({"settings": {"colour": "red"}}, "settings has no colour"),
        ({"max_batch_prompt": 3}, "args.max_batch_prompt"),
    ],
)
def test_a_wrong_yaml_is_refused(args: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageFault, match=message):
        settings_of(parse_args(args))


def test_settings_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJI_MAX_TEXTS", "3")
    monkeypatch.setenv("YOJI_PROFILE", "server")
    settings = settings_of(ServeArgs(settings={"profile": "quality"}))
    assert (settings.profile, settings.max_texts) == ("quality", 3)


@pytest.mark.parametrize("name", ["", "models.assembly", "models.assembly:none", "no.module:f"])
def test_an_opener_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(UsageFault, match="can't be imported"):
        opener_of(name)
