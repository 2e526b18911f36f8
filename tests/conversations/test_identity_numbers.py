"""The number of an identity card is refused wherever somebody types it, and kept nowhere."""

import pytest
from sqlalchemy import select

from models.database import transaction
from models.schema import metadata
from tests.conversations.script import Someone, Story
from tests.sheets.survey import IDENTITY

WIDE = "１１０１０５ １９４９１２３１ ００２Ｘ"
REFUSED = "身份证号我们不收"


async def kept(story: Story) -> str:
    """Return all that any table holds, as text."""
    await story.all_sent()
    async with transaction(story.sessions) as session:
        rows = [(await session.execute(select(one))).all() for one in metadata().sorted_tables]
    return repr(rows)


async def nothing_is_kept(story: Story, logs: str) -> None:
    held = await kept(story)
    for number in (IDENTITY, IDENTITY[:17], IDENTITY[6:14], WIDE, WIDE[:6]):
        assert number not in held
        assert number not in logs


async def test_wherever_it_is_typed(
    story: Story, wang: Someone, zhou: Someone, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = story.newcomer("新来的")
    await stranger.says(f"我是新来的，{IDENTITY}")
    await stranger.sees(REFUSED)
    await wang.says(f"你好 {IDENTITY}")
    await wang.sees(REFUSED, "去掉号码再发一遍")
    await wang.says(f"/start {IDENTITY}")
    await wang.sees(REFUSED)
    await wang.shows_photo(f"这是我的证 {WIDE}")
    await wang.sees(REFUSED)
    await wang.forwards(f"转给你看 {IDENTITY}")
    await wang.sees(REFUSED)
    await wang.replies(REFUSED, f"那我再发一遍：{IDENTITY}")
    await wang.sees(REFUSED)
    await wang.taps("求助", "宠物照顾")
    await wang.says(f"喂猫，身份证{WIDE}")
    await wang.sees(REFUSED)
    await wang.says("喂喂猫")
    await wang.sees("什么时候来人")
    await wang.changes("喂喂猫", f"喂喂猫 {IDENTITY}")
    await wang.sees(REFUSED)
    await zhou.says(f"/places {IDENTITY}")
    await zhou.sees(REFUSED)
    await nothing_is_kept(story, "".join(capsys.readouterr()))


async def test_a_cry_for_help_is_heard_all_the_same(
    story: Story, wang: Someone, capsys: pytest.CaptureFixture[str]
) -> None:
    await wang.says(f"救命，我摔倒了 {IDENTITY}")
    await wang.sees("听到了", "身份证号没有记")
    assert not any(REFUSED in text for text in wang.texts())
    await wang.has("120")
    await nothing_is_kept(story, "".join(capsys.readouterr()))


async def test_other_long_numbers_are_taken(story: Story, emma: Someone) -> None:
    await emma.says("My parcel is SF 1234 5678 9012 345678, please fetch it")
    await emma.sees("Is this a request for help?")
    assert "identity card" not in "".join(str(one) for one in emma.shown)
