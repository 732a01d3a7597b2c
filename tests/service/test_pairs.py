import pytest

from service.pairs import BadLine, Pair, read_pairs


def test_both_shapes_a_header_and_empty_lines() -> None:
    lines = ["\ufeffko\ten\n", "가\ta\r\n", "\n", ' {"ko": "나", "en": "b", "id": 1}']
    assert list(read_pairs(lines)) == [Pair(2, "가", "a"), Pair(4, "나", "b")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("가", "1 columns"),
        ("가\ta\tb", "3 columns"),
        ("\ta", "Korean is empty"),
        ("{가", "not valid JSON"),
        ('{"ko": "가"}', '"ko" and "en"'),
        ('{"ko": 1, "en": "a"}', '"ko" and "en"'),
    ],
)
def test_a_bad_line_is_an_error_in_its_place(line: str, reason: str) -> None:
    bad, good = read_pairs([line, "나\tb"], "pairs.tsv")
    assert isinstance(bad, BadLine)
    assert "pairs.tsv, line 1" in str(bad.error)
    assert reason in str(bad.error)
    assert good == Pair(2, "나", "b")


def test_an_empty_translation_is_a_pair() -> None:
    assert list(read_pairs(["가\t"])) == [Pair(1, "가", "")]
