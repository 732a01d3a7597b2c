"""The llama engine on a fake network that remembers what each sequence has read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.errors import CheckpointError, GenerationError
from models.generation.feeding import Feeding
from models.generation.llama import LlamaGenerator, find_gguf
from models.generation.llama_schedule import Cell
from models.generation.llama_search import Logits
from models.generation.llama_vocabulary import Vocabulary
from models.generation.prompting import TokenPrompting
from models.generation.protocol import Generation, GenerationOptions

WORDS: list[str] = ["<end>", "\n", "##", "#", *"abcdefghijklmnopqrstuvwxyz"]
IDS: dict[str, int] = {word: at for at, word in enumerate(WORDS)}


class Letters:
    """A ``PromptTokenizer`` of letters."""

    def tokens(self, texts: Sequence[str]) -> list[list[str]]:
        return [list(text) for text in texts]

    def text(self, tokens: Sequence[str]) -> str:
        return "".join(token for token in tokens if token != "<end>").strip()

    def knows(self, token: str) -> bool:
        return token in IDS

    def named(self, id_: int) -> str | None:
        return WORDS[id_]

    def tokens_starting_with(self, string: str) -> list[str]:
        return [word for word in WORDS if word.startswith(string)]


class Reader:
    """Continues every prompt by its own letters read again, then ends.

    The logits depend on all a sequence has read, in order; reading out of order, past its memory
    or into a sequence that was not forgotten is an error of the test.
    """

    def __init__(self, sequences: int = 4, cells: int = 64, step_tokens: int = 5) -> None:
        self.sequences = sequences
        self.cells = cells
        self.step_tokens = step_tokens
        self.past: dict[int, list[int]] = {}
        self.steps: list[list[Cell]] = []
        self.fails = False

    def read(self, cells: Sequence[Cell]) -> list[Logits]:
        assert 0 < len(cells) <= self.step_tokens
        self.steps.append(list(cells))
        if self.fails:
            raise GenerationError("llama.cpp failed")
        rows = []
        for cell in cells:
            past = self.past.setdefault(cell.sequence, [])
            assert len(past) == cell.position
            assert 0 <= cell.sequence < self.sequences
            past.append(cell.token)
            if cell.wanted:
                rows.append(self.logits(past))
        assert sum(map(len, self.past.values())) <= self.cells
        return rows

    def logits(self, past: Sequence[int]) -> Logits:
        row = np.zeros(len(WORDS), dtype=np.float32)
        size = past[0] - IDS["a"] + 1  # the first letter says how long the prompt is
        row[past[len(past) - size] if len(past) < 2 * size else 0] = 9
        row[IDS["z"]] = 5
        return row

    def fork(self, source: int, target: int) -> None:
        assert target not in self.past
        self.past[target] = list(self.past[source])

    def forget(self, sequence: int) -> None:
        self.past.pop(sequence, None)


def generator(network: Reader, limit: int = 20) -> LlamaGenerator:
    letters = Letters()
    vocabulary = Vocabulary(letters, TokenPrompting(Feeding(), letters), IDS)
    return LlamaGenerator(network, vocabulary, frozenset({0}), max_source_tokens=limit)


def prompt(letters: str) -> str:
    """The letters with their number (a = 1, itself counted) before them."""
    return WORDS[IDS["a"] + len(letters)] + letters


def texts(results: Sequence[Generation | GenerationError]) -> list[str]:
    return [result.text if isinstance(result, Generation) else "!" for result in results]


@pytest.mark.parametrize("step_tokens", [4, 7, 100])
@pytest.mark.parametrize("sequences", [1, 3, 8])
def test_a_batch_gives_what_singles_give(sequences: int, step_tokens: int) -> None:
    prompts = [prompt(letters) for letters in ("klm", "", "nopqrst", "u", "vwx", "klmnopqrs")]
    network = Reader(sequences, step_tokens=step_tokens)
    engine = generator(network)
    singles = [engine.generate([one], GenerationOptions(12))[0] for one in prompts]
    assert engine.generate(prompts, GenerationOptions(12)) == singles
    assert texts(singles) == prompts
    assert not network.past


def test_prompts_are_read_side_by_side_and_replaced_as_they_end() -> None:
    network = Reader(sequences=2, step_tokens=100)
    prompts = [prompt("k" * count) for count in (1, 7, 1, 1)]
    generator(network).generate(prompts, GenerationOptions(12))
    longest = 1 + 8  # reading the prompt, then eight letters; the last is the end
    assert len(network.steps) == longest
    assert max(len({cell.sequence for cell in step}) for step in network.steps) == 2


def test_memory_bounds_what_runs_at_a_time() -> None:
    network = Reader(sequences=8, cells=24, step_tokens=100)
    prompts = [prompt("klm")] * 6
    results = generator(network).generate(prompts, GenerationOptions(max_output_tokens=8))
    assert texts(results) == prompts


def test_what_never_fits_is_an_error_in_its_place() -> None:
    network = Reader(sequences=2, cells=20)
    results = generator(network, limit=9).generate(
        [prompt("k"), prompt("k" * 10), prompt("k" * 7)], GenerationOptions(max_output_tokens=15)
    )
    assert texts(results) == [prompt("k"), "!", "!"]
    assert "11 tokens, the limit is 9; split it" in str(results[1])
    assert "8 tokens and 1 x 15 of output don't fit" in str(results[2])
    (wide,) = generator(network).generate([prompt("k")], GenerationOptions(4, beam_size=3))
    assert "2 sequences; split the text or narrow the beam" in str(wide)


def test_a_network_that_fails_fails_what_runs_and_frees_it() -> None:
    network = Reader(sequences=2)
    engine = generator(network)
    network.fails = True
    results = engine.generate([prompt("k")] * 3, GenerationOptions(12))
    assert all(isinstance(result, GenerationError) for result in results)
    network.fails = False
    assert texts(engine.generate([prompt("k")], GenerationOptions(12))) == [prompt("k")]


def test_a_beam_forks_and_frees_its_sequences() -> None:
    network = Reader(sequences=6, step_tokens=100, cells=200)
    results = generator(network).generate(
        [prompt("klm"), prompt("no")], GenerationOptions(8, beam_size=3, hypotheses=3)
    )
    for result, own in zip(results, ("klm", "no"), strict=True):
        assert isinstance(result, Generation)
        assert result.text == prompt(own)
        assert len({hypothesis.text for hypothesis in result.hypotheses}) == 3
    assert not network.past


@pytest.mark.parametrize(
    ("stop", "text", "finished"),
    [(("m",), "dkl", True), (("lm",), "dk", True), (("x",), "dklm", True)],
)
def test_stop_strings_may_span_tokens(stop: tuple[str, ...], text: str, finished: bool) -> None:
    network = Reader(step_tokens=100)
    (result,) = generator(network).generate([prompt("klm")], GenerationOptions(12, stop=stop))
    assert isinstance(result, Generation)
    assert (result.text, result.hypotheses[0].finished) == (text, finished)
    assert len(network.steps) == (5 if stop == ("x",) else 4)


def test_cut_outputs_are_not_finished() -> None:
    (result,) = generator(Reader()).generate([prompt("klmno")], GenerationOptions(3))
    assert isinstance(result, Generation)
    assert (result.text, result.hypotheses[0].finished) == ("fkl", False)
    assert result.hypotheses[0].tokens == 3


def test_an_empty_prompt_is_an_error_among_others() -> None:
    results = generator(Reader()).generate(["", prompt("k")], GenerationOptions(12))
    assert texts(results) == ["!", prompt("k")]
    assert "empty prompt" in str(results[0])


def test_nothing_runs_after_closing() -> None:
    engine = generator(Reader())
    assert engine.count_tokens(["abc", ""]) == [3, 0]
    engine.close()
    engine.close()
    for call in (
        lambda: engine.generate(["a"], GenerationOptions(12)),
        lambda: engine.count_tokens([]),
    ):
        with pytest.raises(GenerationError, match="closed"):
            call()


def test_the_one_gguf_of_a_folder_is_found(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"one .gguf file, it holds none"):
        find_gguf(tmp_path)
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    assert find_gguf(tmp_path).tokenizer_folder is None
    (tmp_path / "tokenizer.json").write_text("{}")
    assert find_gguf(tmp_path / "a.gguf").tokenizer_folder == tmp_path
    assert find_gguf(tmp_path, Path("/x/tokenizer.json")).tokenizer_folder == Path("/x")
    (tmp_path / "b.gguf").write_bytes(b"GGUF")
    with pytest.raises(CheckpointError, match=r"it holds a.gguf, b.gguf; name the file itself"):
        find_gguf(tmp_path)
