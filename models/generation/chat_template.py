"""A checkpoint's own chat template around a prompt: what stands before and after a user's turn.

The template is rendered once, at load, around a stand-in for the prompt. Must not know which
engine reads the result, nor how text becomes tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import CheckpointError
from models.generation.feeding import Chat
from models.generation.files import read_object

#: What a folder may hold that a template needs: the template, its tokens, the tokens that end.
CHAT_FILES = (
    "chat_template.jinja",
    "chat_template.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "generation_config.json",
)
_STAND_INS = ("Yoji프롬프트0", "Yoji프롬프트1")


@dataclass(frozen=True, slots=True)
class ChatFrame:
    """The text around a prompt, control tokens written out, the model's turn begun."""

    before: str
    after: str


def read_frame(folder: Path, chat: Chat) -> ChatFrame:
    """The frame of the folder's template; ``CheckpointError`` when it has none or refuses.

    Prompts go in without whitespace at their ends, as templates trim them.
    """
    template, tokens = _template(folder)
    frames = {_frame(folder, chat, template, tokens, stand_in) for stand_in in _STAND_INS}
    if len(frames) != 1:
        raise CheckpointError(
            f"{folder}: the chat template changes with what is said in it; "
            "write its tokens into the profile's feeding (before, after) instead of feeding.chat"
        )
    return frames.pop()


def _frame(
    folder: Path, chat: Chat, template: str, tokens: dict[str, str], stand_in: str
) -> ChatFrame:
    rendered = _render(folder, chat, template, tokens, stand_in)
    parts = rendered.split(stand_in)
    if chat.user_fields and f"'{stand_in}'" in rendered:
        raise CheckpointError(
            f"{folder}: the chat template prints feeding.chat.user_fields as they are; "
            "it takes plain text, remove them"
        )
    if len(parts) != 2:
        raise CheckpointError(
            f"{folder}: the chat template shows the prompt {len(parts) - 1} times, once is "
            "needed; correct feeding.chat.user_fields to what the model's card says"
        )
    if chat.system and chat.system.strip() not in rendered:
        raise CheckpointError(
            f"{folder}: the chat template leaves out the system prompt; move "
            "feeding.chat.system into the task's prompts"
        )
    return ChatFrame(*parts)


def _render(folder: Path, chat: Chat, template: str, tokens: dict[str, str], prompt: str) -> str:
    from transformers.utils.chat_template_utils import render_jinja_template

    rendered: Any
    try:
        rendered, _ = render_jinja_template(
            conversations=[messages(chat, prompt)],
            chat_template=template,
            add_generation_prompt=True,
            **tokens | dict(chat.template_options),
        )
    except Exception as error:  # templates are programs of others
        why = " ".join(str(error).split())[:200]
        raise CheckpointError(
            f"{folder}: the chat template refuses what feeding.chat says ({why}); "
            "a template without a system role takes it in the task's prompts"
        ) from error
    return str(rendered[0])


def messages(chat: Chat, prompt: str) -> list[dict[str, Any]]:
    """The conversation that a prompt is: a system's turn if there is one, and the user's."""
    content: Any = [{**chat.user_fields, "text": prompt}] if chat.user_fields else prompt
    system = [{"role": "system", "content": chat.system}] if chat.system else []
    return [*system, {"role": "user", "content": content}]


def _template(folder: Path) -> tuple[str, dict[str, str]]:
    """The template and the special tokens it may name (bos_token …)."""
    config = _json(folder / "tokenizer_config.json")
    template = _written(folder) or _named_default(config.get("chat_template"))
    if not template:
        raise CheckpointError(
            f"{folder} has no chat template (chat_template.jinja or tokenizer_config.json); take "
            "the model's instruction-tuned version or remove feeding.chat from the profile"
        )
    tokens = _json(folder / "special_tokens_map.json") | config
    return template, {
        key: content
        for key, value in tokens.items()
        if key.endswith("_token") and (content := _content(value)) is not None
    }


def _written(folder: Path) -> str | None:
    path = folder / "chat_template.jinja"
    if path.is_file():
        return path.read_text(encoding="utf-8")
    return _named_default(_json(folder / "chat_template.json").get("chat_template"))


def _named_default(value: Any) -> str | None:
    """A template as written, or the default one of a list of named ones."""
    if isinstance(value, list):
        named = {str(item.get("name")): item.get("template") for item in value}
        value = named.get("default")
    return value if isinstance(value, str) else None


def _content(token: Any) -> str | None:
    if isinstance(token, dict):
        token = token.get("content")
    return token if isinstance(token, str) else None


def _json(path: Path) -> dict[str, Any]:
    return read_object(path) if path.is_file() else {}
