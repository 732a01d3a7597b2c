from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import ProfileError
from models.profiles import list_profiles, load_profile, require_licences, shipped_names

LICENCE = '{ name = "MIT", url = "https://example.org", commercial = true }'
GOOD = f"""
[checkpoints.mine]
source = "local"
id = "weights"
tokenizer = "tok.json"
licence = {LICENCE}

[summarizer]
engine = "ctranslate2"
checkpoint = "mine"
prompts = {{ proposal = "P {{text}}", proposal_headline = "H {{text}}" }}

[translator]
engine = "ctranslate2"
checkpoint = "mine"
prompts = {{ translation = "T {{text}}" }}
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a profile next to its files; the folder has a space and Hangul in its name."""
    folder = tmp_path / "내 프로필"
    (folder / "weights").mkdir(parents=True)
    (folder / "weights" / "model.safetensors").write_bytes(b"weights")
    (folder / "tok.json").write_text("{}", encoding="utf-8")

    def writer(content: str) -> Path:
        path = folder / "mine.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return writer


def test_the_default_comes_first_and_all_shipped_profiles_load() -> None:
    profiles = list_profiles()
    assert profiles[0].name == "embedded"
    assert [profile.name for profile in profiles] == list(shipped_names())


def test_no_default_carries_a_non_commercial_licence() -> None:
    assert all(licence.commercial for licence in load_profile("embedded").licences)


def test_embedded_tasks_share_one_checkpoint_and_answer_in_our_prompts() -> None:
    base = load_profile("embedded-base")
    assert base.summarizer.checkpoint == base.translator.checkpoint
    assert base.summarizer.prompt("가", "proposal").endswith("기사: 가\n제안:")
    assert base.summarizer.prompt("가", "proposal_headline").endswith("기사: 가\n제안(제목체):")
    assert base.summarizer.prompt("가", "key_point").endswith("기사: 가\n요점:")
    assert base.translator.prompt("가").endswith("Korean: 가\nEnglish:")


def test_a_path_works_like_a_name(write: Write) -> None:
    path = write(GOOD)
    profile = load_profile(str(path))
    assert profile.name == "mine"
    assert profile.summarizer.checkpoint.id == str(path.parent / "weights")
    assert profile.summarizer.checkpoint.tokenizer == path.parent / "tok.json"


def test_variants_fall_back_to_the_main_prompt_and_whitespace_collapses(write: Write) -> None:
    task = load_profile(str(write(GOOD))).summarizer
    assert task.prompt("가\n 나") == "P 가 나"
    assert task.prompt("가", "proposal_headline") == "H 가"
    assert task.prompt("{text}", "key_point") == "P {text}"
    assert task.prompt("가", "key_point_headline") == "P 가"
    with_key_point = replace(task, prompts={**task.prompts, "key_point": "K {text}"})
    assert with_key_point.prompt("가", "key_point_headline") == "K 가"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'engine = "ctranslate2"\ncheckpoint = "mine"\nprompts = { tr',
            'engin = "x"\nengine = "ctranslate2"\ncheckpoint = "mine"\nprompts = { tr',
            "unknown key translator.engin = 'x'; remove it or correct its name",
        ),
        ('id = "weights"', "", "the key checkpoints.mine.id is missing; add it"),
        ('id = "weights"', "id = 7", "checkpoints.mine.id = 7: Input should be a valid string"),
        (
            'id = "weights"',
            'id = "elsewhere"',
            r"checkpoints.mine.id = 'elsewhere': .*elsewhere does not exist; put the file there",
        ),
        ('"tok.json"', '"no.json"', r"checkpoints.mine.tokenizer = 'no.json': .* does not exist"),
        ('engine = "ctranslate2"', 'engine = "abacus"', "summarizer.engine = 'abacus': .*correct"),
        ('checkpoint = "mine"', 'checkpoint = "x"', "summarizer.checkpoint = 'x' is none of mine"),
        ("T {text}", "T", r"translator.prompts.translation = 'T': .*\{text\} exactly once"),
        (
            "T {text}",
            "T {text} {draft} {draft}",
            r"translator.prompts.translation = 'T .*': .*\{draft\} once",
        ),
        (
            "T {text}",
            "T {text} {draft}",
            r"translator.prompts.translation has \{draft\}, .* only a summarizer .* take it out",
        ),
        ('{ translation = "T {text}" }', "{}", "translator.prompts lacks 'translation'"),
        ("translation =", "other =", "translator.prompts: unknown key 'other'; .*is translation"),
        (
            'engine = "ctranslate2"',
            'engine = "ctranslate2"\ncompute_type = "int4"',
            "summarizer.compute_type = 'int4' is none of those .*'ctranslate2' has: int8, ",
        ),
        ("proposal_headline =", "headline =", "summarizer.prompts: unknown key 'headline'; remove"),
        (
            "[translator]",
            '[translator]\ngeneration = { stop = [""] }',
            "translator.generation.stop.0 = '': String should have at least 1 character",
        ),
        (
            "[translator]",
            '[translator]\nfeeding = { before = [""] }',
            "translator.feeding.before.0 = '': String should have at least 1 character",
        ),
        ("[translator]", "[translator", "not valid TOML .*line 13.*correct that line"),
        (
            "[translator]",
            "[translator]\nlimits = { max_output_tokens = 0 }",
            "translator.limits.max_output_tokens = 0: Input should be greater than or equal to 1",
        ),
    ],
)
def test_mistakes_name_file_key_value_and_remedy(
    old: str, new: str, expected: str, write: Write
) -> None:
    assert old in GOOD
    path = write(GOOD.replace(old, new, 1))
    with pytest.raises(ProfileError, match=rf"mine\.toml: {expected}") as caught:
        load_profile(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nope", "", "missing.toml", "/tmp"])
def test_an_unknown_profile_names_those_there_are(name: str) -> None:
    with pytest.raises(ProfileError, match=rf"unknown profile '{name}'; use one of embedded, "):
        load_profile(name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("P {text}", "Q {text}"),
        ("[translator]", "[translator]\ngeneration = { beam_size = 2 }"),
        ("[translator]", "[translator]\nlimits = { max_source_tokens = 7 }"),
        ("[translator]", '[translator]\nfeeding = { before = ["<s>"] }'),
        ('id = "weights"', 'id = "weights"\nrevision = "2"'),
    ],
)
def test_what_shapes_the_output_changes_the_fingerprint(old: str, new: str, write: Write) -> None:
    before = load_profile(str(write(GOOD))).fingerprint
    assert load_profile(str(write(GOOD.replace(old, new, 1)))).fingerprint != before


@pytest.mark.parametrize("changed", ["tok.json", "weights/model.safetensors"])
def test_changed_files_change_the_fingerprint(changed: str, write: Write) -> None:
    path = write(GOOD)
    before = load_profile(str(path))
    (path.parent / changed).write_bytes(b"other")
    assert load_profile(str(path)).fingerprint != before.fingerprint


def test_names_places_and_descriptions_do_not_change_it(write: Write, tmp_path: Path) -> None:
    path = write(GOOD)
    before = load_profile(str(path)).fingerprint
    moved = path.parent.rename(tmp_path / "moved") / "mine.toml"
    moved.write_text('description = "new"\n' + GOOD, encoding="utf-8")
    assert load_profile(str(moved)).fingerprint == before


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ('commercial = false, note = "research only"', "no commercial use; research only"),
        ('commercial = true, excludes = ["South Korea", "EU"]', "not for use in South Korea, EU"),
        ('commercial = true, accept = true, note = "sign it"', "sign it"),
        ("commercial = true, accept = true", "its terms restrict who may use it"),
        ("commercial = false, accept = false", "no commercial use"),
    ],
)
def test_a_restricted_licence_must_be_accepted_by_name(terms: str, why: str, write: Write) -> None:
    restricted = LICENCE.replace("commercial = true", terms)
    profile = load_profile(str(write(GOOD.replace(LICENCE, restricted))))
    with pytest.raises(ProfileError, match=rf"MIT .*{why}.*--accept-licence MIT") as caught:
        require_licences(profile, ["mit"])
    assert "YOJI_ACCEPT_LICENCES=MIT" in str(caught.value)
    require_licences(profile, ["MIT"])


def test_a_free_licence_needs_nothing(write: Write) -> None:
    require_licences(load_profile(str(write(GOOD))))


HUB = GOOD.replace('source = "local"\nid = "weights"\ntokenizer = "tok.json"', 'source = "hub"')


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('id = "kobart"', "id = 'kobart' is no repository of the hub"),
        ('id = "a/b/c"', "id = 'a/b/c' is no repository"),
        ('id = "a/b"\nfile = "../b.gguf"', "file = '../b.gguf' is no file"),
        ('id = "a/b"\nfile = "/b.gguf"', "file = '/b.gguf' is no file"),
        ('id = "a/b"\nfile = "b.bin"', "file = 'b.bin' is no file"),
        ('id = "a/b"\ntokenizer = "tok.json"', "tokenizer, kept_tokens and adapters can only"),
        ('id = "a/b"\nrevision = ""', "revision = '': String should have at least 1"),
    ],
)
def test_what_a_hub_checkpoint_may_say(keys: str, expected: str, write: Write) -> None:
    path = write(HUB.replace('source = "hub"', f'source = "hub"\n{keys}'))
    with pytest.raises(ProfileError, match=re.escape(expected)):
        load_profile(str(path))


def test_a_hub_checkpoint_names_a_commit_a_branch_or_none(write: Write) -> None:
    keys = 'source = "hub"\nid = "a/b"\nsize_bytes = 7\nfile = "q4/b.gguf"'
    checkpoint = load_profile(str(write(HUB.replace('source = "hub"', keys)))).summarizer.checkpoint
    assert (checkpoint.revision, checkpoint.file, checkpoint.size_bytes) == ("main", "q4/b.gguf", 7)


def test_only_the_hub_has_files_and_sizes(write: Write) -> None:
    path = write(GOOD.replace('id = "weights"', 'id = "weights"\nfile = "b.gguf"'))
    with pytest.raises(ProfileError, match="file: only a checkpoint of source = 'hub' has it"):
        load_profile(str(path))


def test_a_table_of_nouns_is_found_beside_the_profile_and_counts(write: Write) -> None:
    path = write(GOOD)
    before = load_profile(str(path))
    assert before.translator.nouns is None
    table = path.parent / "nouns.tsv"
    path.write_text(path.read_text("utf-8") + 'nouns = "nouns.tsv"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"translator.nouns = 'nouns.tsv': .* does not exist"):
        load_profile(str(path))
    prints = {before.fingerprint}
    for english in ("oak", "oak tree"):
        table.write_text(f"ko\ten\n참나무\t{english}\n", encoding="utf-8")
        profile = load_profile(str(path))
        assert profile.translator.nouns == table.resolve()
        prints.add(profile.fingerprint)
    assert len(prints) == 3


def test_what_is_absent_or_only_informs_is_not_in_the_fingerprint(write: Write) -> None:
    def of(keys: str) -> str:
        path = write(HUB.replace('source = "hub"', f'source = "hub"\nid = "a/b"\n{keys}'))
        return load_profile(str(path)).fingerprint

    assert of("") == of("size_bytes = 7") == of('revision = "main"')
    assert len({of(""), of('file = "b.gguf"'), of('revision = "v2"')}) == 3


def test_a_prompt_shows_the_text_and_its_draft_as_they_are(write: Write) -> None:
    prompts = 'prompts = { proposal = "글: {text} 초안: {draft} 제안:"'
    profile = load_profile(str(write(re.sub(r'prompts = \{ proposal = "[^"]*"', prompts, GOOD))))
    prompt = profile.summarizer.prompt("{draft} 가  나", "proposal", "{text} 다")
    assert prompt == "글: {draft} 가 나 초안: {text} 다 제안:"
