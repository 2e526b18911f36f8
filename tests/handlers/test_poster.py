"""The poster for the door."""

from io import BytesIO

import pytest
from PIL import Image

from handlers.poster import WIDTH, Poster, draw

BARE = Poster(
    "议事会 · 桂花社区",
    ("11月25日周三 19:00", "居委会二楼"),
    "扫码签到",
    "https://t.me/b?start=m-1",
)


def size(**changed: object) -> tuple[int, int]:
    """Draw a poster and give its size."""
    return Image.open(BytesIO(draw(Poster(**{**vars(BARE), **changed})))).size  # type: ignore[arg-type]


def test_every_word_changes_what_is_drawn() -> None:
    pages = {draw(BARE)}
    for changed in (
        {"title": "居民会"},
        {"lines": ("明天", "别处")},
        {"hint": "签到"},
        {"url": "x"},
    ):
        pages.add(draw(Poster(**{**vars(BARE), **changed})))
    assert len(pages) == 5


@pytest.mark.parametrize(
    "where",
    ["楼" * 200, "a" * 200, "The committee's room on the second floor " * 5, "🙂" * 200, ""],
)
def test_long_words_are_broken_into_lines_and_cut(where: str) -> None:
    width, height = size(lines=("11月25日周三 19:00", where))
    assert width == WIDTH
    assert height <= size()[1] + 4 * 76


def test_a_page_grows_with_what_is_written() -> None:
    assert size(lines=("一", "二", "三"))[1] > size()[1]
