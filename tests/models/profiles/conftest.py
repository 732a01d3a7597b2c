"""A hub that every test here can pull from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.models.profiles.fake_hub import FakeHub, serve_hub


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A fresh hub, retries that don't wait, and chunks small enough to break between."""
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 100_000)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)
    with serve_hub() as hub:
        yield hub
