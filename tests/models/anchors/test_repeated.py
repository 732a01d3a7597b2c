import pytest

from models.anchors import find_anchors, verify_anchors
from models.anchors.repeated import repeated_figures


@pytest.mark.parametrize(
    ("ko", "en", "copies"),
    [
        ("협력업체 3000곳을 돕는다.", "It helps 3,000 suppliers and 3,000 providers.", ["3,000"]),
        ("협력업체 3000곳을 돕는다.", "It helps 3,000 suppliers.", []),
        ("3000곳과 3000명을 돕는다.", "It helps 3,000 places and 3,000 people.", []),
        ("비중을 40%로 높인다.", "The share will be 40 percent, 40 percent.", ["40 percent"]),
        ("두 곳을 짓는다.", "Two sites, two of them new, will be built.", []),
    ],
)
def test_copies_of_a_figure_are_found(ko: str, en: str, copies: list[str]) -> None:
    assert [found.text for found in repeated_figures(find_anchors(ko), en)] == copies


def test_a_copy_is_a_warning() -> None:
    flags = verify_anchors(
        "협력업체 3000곳을 돕는다.", "It helps 3,000 suppliers and 3,000 providers."
    )
    assert [(flag.check, flag.severity) for flag in flags] == [("figure_repeated", "warning")]
