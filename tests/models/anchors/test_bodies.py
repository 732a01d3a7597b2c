import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anchors.bodies import render_body


@pytest.mark.parametrize(
    ("ko", "en", "has_head"),
    [
        ("한밭제조혁신원", "Hanbat Manufacturing Innovation Institute", True),
        ("새벽연구소", "Saebyeok Research Institute", True),
        ("GIP 전략연구소", "GIP Strategy Research Institute", True),
        ("지역중소기업혁신팀", "Regional SME Innovation Team", True),
        ("노동자권익센터", "Workers Rights Center", True),
        ("서해대", "Seohae University", True),
        ("성광정밀", "Sungkwang Precision", False),
    ],
)
def test_a_body_is_rendered_by_its_parts(ko: str, en: str, has_head: bool) -> None:
    body = render_body(ko)
    assert (body.en, body.has_head) == (en, has_head)


def test_known_is_the_share_of_syllables_the_table_explains() -> None:
    assert render_body("정책연구소").known == 1.0
    assert render_body("코어셀").known == 0.0
    assert render_body("한밭제조혁신원").known == pytest.approx(5 / 7)


@given(st.text(alphabet="가나다한국정책연구소원회AI ·&1", max_size=20))
def test_no_hangul_is_left_and_nothing_raises(body: str) -> None:
    assert not any("가" <= letter <= "힣" for letter in render_body(body).en)
