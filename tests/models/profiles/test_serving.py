from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import CheckpointError, ProfileError
from models.generation.endpoint import Endpoint, RemoteAccess
from models.profiles import (
    Profile,
    build_checkpoint,
    is_built,
    load_profile,
    verify_checkpoint,
)
from models.profiles.serving import with_access

SERVED = """
[checkpoints.served]
source = "remote"
id = "org/model"
licence = { name = "MIT", url = "https://example.org", commercial = true }

[summarizer]
engine = "remote"
checkpoint = "served"
prompts = { proposal = "P {text}" }
endpoint = { url = "http://127.0.0.1:8000/v1", api = "completions", concurrency = 3 }

[translator]
engine = "remote"
checkpoint = "served"
prompts = { translation = "T {text}" }
endpoint = { url = "http://127.0.0.1:8000/v1" }
"""


def load(folder: Path, content: str = SERVED) -> Profile:
    path = folder / "served.toml"
    path.write_text(content, encoding="utf-8")
    return load_profile(str(path))


def test_an_endpoint_is_read_with_its_defaults(tmp_path: Path) -> None:
    profile = load(tmp_path)
    assert profile.summarizer.endpoint == Endpoint(
        "http://127.0.0.1:8000/v1", api="completions", concurrency=3
    )
    assert profile.translator.endpoint == Endpoint("http://127.0.0.1:8000/v1", api="chat")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('source = "remote"', 'source = "hub"', "'remote' and the source 'remote' go together"),
        ('engine = "remote"', 'engine = "transformers"', "go together"),
        ('endpoint = { url = "http://127.0.0.1:8000/v1" }', "", "translator.endpoint is missing"),
        ("8000/v1", "8000/v1?key=1", "summarizer.endpoint.url = .*correct the value"),
        ("http://127", "http://me:secret@127", "summarizer.endpoint.url = .*correct the value"),
        ("concurrency = 3", "concurrency = 0", "summarizer.endpoint.concurrency = 0"),
        ("concurrency = 3", 'api_key = "x"', "unknown key summarizer.endpoint.api_key"),
        ("[summarizer]", "[summarizer]\nfeeding = { chat = {} }", "needs endpoint.api = 'chat'"),
        ("[translator]", '[translator]\nfeeding = { before = ["<s>"] }', "names tokens"),
        ("[translator]", "[translator]\ngeneration = { beam_size = 4 }", "asks for beam_size"),
    ],
)
def test_what_no_server_can_do_is_refused(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    assert old in SERVED
    with pytest.raises(ProfileError, match=expected):
        load(tmp_path, SERVED.replace(old, new, 1))


def test_an_endpoint_belongs_to_the_remote_engine(tmp_path: Path) -> None:
    content = SERVED.replace('"remote"', '"local"', 1).replace("org/model", ".")
    content = content.replace('engine = "remote"', 'engine = "llama"')
    with pytest.raises(ProfileError, match="for a remote engine only"):
        load(tmp_path, content)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("127.0.0.1", "example.org", True),
        ("concurrency = 3", "retries = 9", True),
        ('"completions"', '"chat"', False),
        ("org/model", "org/other", False),
    ],
)
def test_the_fingerprint_knows_the_model_not_the_server(
    old: str, new: str, same: bool, tmp_path: Path
) -> None:
    before = load(tmp_path).fingerprint
    after = load(tmp_path, SERVED.replace(old, new, 1)).fingerprint
    assert (before == after) is same


def test_an_operator_names_another_server_and_model(tmp_path: Path) -> None:
    profile = load(tmp_path)
    access = RemoteAccess("https://gpu.example.org/v1", "org/other", "secret")
    changed = with_access(profile, access)
    assert {task.checkpoint.id for task in changed.tasks} == {"org/other"}
    asked = [(task.endpoint.url, task.endpoint.api_key) for task in changed.tasks if task.endpoint]
    assert asked == [(access.url, "secret")] * 2
    assert changed.fingerprint != profile.fingerprint
    assert changed.licences[0].name == "as the server's model"
    assert "secret" not in repr((access, changed))


def test_the_key_is_no_part_of_the_fingerprint(tmp_path: Path) -> None:
    profile = load(tmp_path)
    assert with_access(profile, RemoteAccess(api_key="x")).fingerprint == profile.fingerprint


def test_profiles_that_ask_no_server_stay_as_they_are() -> None:
    profile = load_profile("embedded")
    assert with_access(profile, RemoteAccess("http://127.0.0.1:1/v1", "other")) == profile


def test_a_url_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="URL 'localhost:8000' is none; write it as"):
        with_access(load(tmp_path), RemoteAccess("localhost:8000"))


def test_a_served_checkpoint_is_neither_built_nor_missing(tmp_path: Path) -> None:
    task = load(tmp_path).summarizer
    assert is_built(task, tmp_path)
    assert verify_checkpoint(task, tmp_path) == []
    with pytest.raises(CheckpointError, match="org/model is held by a server"):
        build_checkpoint(task, tmp_path)
