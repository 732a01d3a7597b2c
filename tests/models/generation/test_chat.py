"""Chat models, fed through their own templates: equal to transformers', closed to injection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import CheckpointError
from models.generation.chat_template import messages, read_frame
from models.generation.factory import open_generator
from models.generation.feeding import Chat, Feeding
from models.generation.prompting import ChatPrompting, load_prompting
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.generation.tokenizing import load_tokenizer
from models.profiles import Checkpoint, Licence, TaskProfile
from tests.models.generation.tiny_decoders import SHAPES, write_decoder

PROMPTS = [
    "정부는 내년까지 3만 개의 기업에 1조2000억 원을 지원한다고 밝혔다. 규제를 풀어야 한다고 말했다.",
    "요약하세요.\n기사: 지원한다",
    "Translate into English.",
    "김 팀장은 漢字 🙂",
]
GREEDY = GenerationOptions(max_output_tokens=16)
BEAM = GenerationOptions(max_output_tokens=16, beam_size=4, hypotheses=4)
CHATS = {
    "gemma3": Chat(system="한 문장으로 요약하세요."),
    "llama": Chat(system="Translate."),
    "qwen3": Chat(template_options={"enable_thinking": False}),
    "mistral": Chat(),
}


@dataclass(frozen=True)
class Model:
    folder: Path
    chat: Chat


@pytest.fixture(scope="module", params=SHAPES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("chat 모형") / request.param
    return Model(write_decoder(folder, SHAPES[request.param]), CHATS[request.param])


@pytest.fixture(scope="module", params=["ctranslate2", "transformers"])
def generator(
    request: pytest.FixtureRequest, model: Model, tiny_cache: Path
) -> Iterator[TextGenerator]:
    task = task_of(model.folder, model.chat)
    generator = open_generator(
        replace(task, engine=request.param), tiny_cache, device="cpu", threads=2
    )
    yield generator
    generator.close()


def task_of(folder: Path, chat: Chat) -> TaskProfile:
    licence = Licence("none", "https://example.org", True)
    return TaskProfile(
        task="translator",
        engine="ctranslate2",
        checkpoint=Checkpoint("local", str(folder), "local", licence),
        prompts={"translation": "{text}"},
        feeding=Feeding(chat=chat),
        compute_type="float32",
    )


def authors_ids(model: Model, prompt: str) -> list[int]:
    """The tokens as the model cards' snippets make them."""
    from transformers import AutoTokenizer

    ids: list[int] = AutoTokenizer.from_pretrained(model.folder).apply_chat_template(
        messages(model.chat, prompt),
        add_generation_prompt=True,
        tokenize=True,
        return_dict=False,
        **model.chat.template_options,
    )
    return ids


def authors_outputs(model: Model, prompt: str, **options: Any) -> list[str]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    network = AutoModelForCausalLM.from_pretrained(model.folder).eval()
    ids = torch.tensor([authors_ids(model, prompt)])
    with torch.no_grad():
        rows = network.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=False,
            max_new_tokens=16,
            **options,
        )
    tokenizer = AutoTokenizer.from_pretrained(model.folder)
    new = rows[:, ids.shape[1] :]
    return [text.strip() for text in tokenizer.batch_decode(new, skip_special_tokens=True)]


def texts(results: list[Any]) -> list[list[str]]:
    assert all(isinstance(result, Generation) for result in results), results
    return [[hypothesis.text for hypothesis in result.hypotheses] for result in results]


def prompting_of(model: Model) -> ChatPrompting:
    feeding = Feeding(chat=model.chat)
    prompting = load_prompting(model.folder, feeding, load_tokenizer(model.folder, feeding))
    assert isinstance(prompting, ChatPrompting)
    return prompting


@pytest.mark.parametrize(
    ("options", "theirs"),
    [(GREEDY, {}), (BEAM, {"num_beams": 4, "num_return_sequences": 4})],
    ids=["greedy", "beam"],
)
def test_outputs_equal_the_authors_way(
    options: GenerationOptions, theirs: dict[str, Any], model: Model, generator: TextGenerator
) -> None:
    ours = texts(generator.generate(PROMPTS, options))
    assert ours == [authors_outputs(model, prompt, **theirs) for prompt in PROMPTS]
    assert len({row[0] for row in ours}) >= 3


@pytest.mark.parametrize("options", [GREEDY, BEAM], ids=["greedy", "beam"])
def test_a_batch_gives_what_single_calls_give(
    options: GenerationOptions, generator: TextGenerator
) -> None:
    singles = [generator.generate([prompt], options)[0] for prompt in PROMPTS]
    assert texts(generator.generate(PROMPTS, options)) == texts(singles)


def test_the_tokens_are_the_authors_with_one_bos(model: Model) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
    for prompt, source in zip(PROMPTS, prompting_of(model).sources(PROMPTS), strict=True):
        ids = [tokenizer.token_to_id(token) for token in source.tokens]
        assert ids == authors_ids(model, prompt)
        assert ids.count(ids[0]) == 1 or ids[0] != tokenizer.token_to_id("<bos>")
        assert 0 < source.own < len(ids)


def test_control_tokens_in_an_article_stay_text(model: Model) -> None:
    prompting = prompting_of(model)
    frame = [t for t in prompting.sources(["정부"])[0].tokens if t in prompting._controls]
    decode = load_tokenizer(model.folder, Feeding()).text
    for control in sorted(prompting._controls - {"<pad>"}):
        said = f"정부는 {control}지원 {control} 밝혔다."
        source = prompting.sources([said])[0]
        assert [t for t in source.tokens if t in prompting._controls] == frame
        before, after = len(prompting._before), len(prompting._after)
        assert decode(source.tokens[before : len(source.tokens) - after]) == said


def test_outputs_end_on_every_end_token_of_the_generation_config(
    model: Model, tiny_cache: Path
) -> None:
    generator = open_generator(task_of(model.folder, model.chat), tiny_cache, device="cpu")
    shape = next(SHAPES[name] for name in SHAPES if model.folder.name == name)
    assert set(generator._ends) == set(shape.specials[1:3])  # type: ignore[attr-defined]
    generator.close()


def test_content_fields_as_translategemma_wants_them(tmp_path: Path) -> None:
    template = (
        "{{ bos_token }}{% for turn in messages %}{% set c = turn['content'][0] %}"
        "<start_of_turn>user\nFrom {{ c['source_lang_code'] }} to {{ c['target_lang_code'] }}:\n"
        "{{ c['text'] | trim }}<end_of_turn>\n{% endfor %}<start_of_turn>model{{ '\n' }}"
    )
    folder = write_decoder(tmp_path / "hub", SHAPES["gemma3"], template=template)
    fields = {"type": "text", "source_lang_code": "ko", "target_lang_code": "en"}
    frame = read_frame(folder, Chat(user_fields=fields))
    assert frame.before == "<bos><start_of_turn>user\nFrom ko to en:\n"
    assert frame.after == "<end_of_turn>\n<start_of_turn>model\n"


@pytest.mark.parametrize(
    ("template", "chat", "message"),
    [
        (None, Chat(), "has no chat template"),
        (SHAPES["mistral"].template, Chat(system="요약"), "without a system role"),
        ("{{ messages[0]['content'] }}", Chat(user_fields={"type": "text"}), "feeding.chat"),
        ("{{ messages[-1]['content'] }}", Chat(system="요약"), "leaves out the system prompt"),
        ("[INST][/INST]", Chat(), "shows the prompt 0 times"),
        ("{% if %}", Chat(), "refuses"),
    ],
)
@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_a_template_that_does_not_fit_is_told_at_load(
    engine: Any, template: str | None, chat: Chat, message: str, tmp_path: Path
) -> None:
    folder = write_decoder(tmp_path / "hub", SHAPES["mistral"], template=template)
    task = replace(task_of(folder, chat), engine=engine)
    with pytest.raises(CheckpointError, match=message):
        open_generator(task, tmp_path / "cache", device="cpu")
