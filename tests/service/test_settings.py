"""Settings: defaults, the environment, and the table in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from service.faults import UsageFault
from service.settings import Settings, variable_of

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| `([^`]*)` \| (.+) \|$", re.MULTILINE)


def test_the_table_in_the_docs_is_true() -> None:
    documented = {name: (default, text) for name, default, text in ROW.findall(DOCS.read_text())}
    actual = {
        variable_of(name): (
            "~/.cache/yoji" if name == "cache_dir" else _shown(field.default),
            field.description,
        )
        for name, field in Settings.model_fields.items()
    }
    assert documented == actual


def _shown(default: object) -> str:
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def test_lists_and_usual_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJI_ACCEPT_LICENCES", "CC-BY-NC-4.0, EXAONE 1.2-NC,")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    settings = Settings.read()
    assert settings.accept_licences == ("CC-BY-NC-4.0", "EXAONE 1.2-NC")
    assert settings.offline is True


@pytest.mark.parametrize("value", ["", "0", "no", "OFF", "whatever"])
def test_what_the_hub_s_own_library_takes_for_online_is_online(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert Settings.read().offline is False


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOJI_MAX_TEXTS", "3")
    monkeypatch.setenv("YOJI_PROFILE", "mine.toml")
    monkeypatch.setenv("PORT", "9000")
    settings = Settings.read()
    assert (settings.max_texts, settings.profile, settings.port) == (3, "mine.toml", 9000)


def test_the_cache_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("YOJI_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Settings.read().cache_dir == tmp_path / "yoji"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Settings.read().cache_dir == Path.home() / ".cache" / "yoji"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YOJI_MAX_TEXTS", "0"),
        ("YOJI_MAX_INPUT_BYTES", "4 MB"),
        ("YOJI_REQUEST_DEADLINE_S", "-1"),
        ("PORT", "http"),
    ],
)
def test_an_error_names_variable_and_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageFault, match=f"^{name}='{re.escape(value)}': "):
        Settings.read()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]
