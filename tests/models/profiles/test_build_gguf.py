"""Checkpoints for llama.cpp: built from the hub's layout, or a user's own file as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import CheckpointError
from models.profiles import (
    TaskProfile,
    build_checkpoint,
    checkpoint_folder,
    is_built,
    load_profile,
    verify_checkpoint,
)


def on(task: TaskProfile, path: Path, compute_type: str = "int8") -> TaskProfile:
    checkpoint = replace(task.checkpoint, id=str(path))
    return replace(task, engine="llama", checkpoint=checkpoint, compute_type=compute_type)


@pytest.fixture
def task(tiny_profile_file: Path, tiny_deep: Path) -> TaskProfile:
    return on(load_profile(str(tiny_profile_file)).translator, tiny_deep)


def test_a_gemma_is_built_into_a_gguf_beside_its_tokenizer(
    task: TaskProfile, tiny_deep: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    folder = build_checkpoint(task, tmp_path, told.append)
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json",
        "model.gguf",
        "tokenizer.json",
    ]
    assert "writing a GGUF (int8)" in told
    tokenizer = (folder / "tokenizer.json").read_bytes()
    assert tokenizer == (tiny_deep / "tokenizer.json").read_bytes()
    assert is_built(task, tmp_path)
    assert verify_checkpoint(task, tmp_path) == []


def test_each_compute_type_has_its_own(task: TaskProfile, tmp_path: Path) -> None:
    other = replace(task, compute_type="float16")
    assert checkpoint_folder(task, tmp_path) != checkpoint_folder(other, tmp_path)


def test_a_users_own_file_is_opened_where_it_lies(task: TaskProfile, tmp_path: Path) -> None:
    path = tmp_path / "내 모형.gguf"
    path.write_bytes(b"GGUF and more")
    own = on(task, path)
    assert build_checkpoint(own, tmp_path / "cache") == path
    assert verify_checkpoint(own, tmp_path / "cache") == []
    assert not (tmp_path / "cache").exists()
    path.write_bytes(b"<html>not found</html>")
    assert "is no GGUF" in verify_checkpoint(own, tmp_path / "cache")[0]


def test_what_can_be_no_gguf_leaves_nothing_behind(
    task: TaskProfile, tiny_hub: Path, tmp_path: Path
) -> None:
    with pytest.raises(CheckpointError, match="layer_types"):
        build_checkpoint(on(task, tiny_hub), tmp_path)
    assert not [path for path in (tmp_path / "checkpoints").iterdir() if path.suffix != ".lock"]


def test_the_embedded_model_may_run_on_llama_cpp() -> None:
    ours, theirs = load_profile("embedded-fast"), load_profile("embedded-llama")
    for one, other in zip(ours.tasks, theirs.tasks, strict=True):
        assert other.engine == "llama"
        assert replace(other, engine=one.engine) == one
