"""A sheet with every kind of field, filled in by taps and words, in both languages.

No subject offers one yet: the way in is the test's own.
"""

import asyncio
import json
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from handlers.dispatch import IndexedDispatcher
from models.database import transaction
from models.schema import metadata
from models.sheets import actions, queries
from models.sheets.rules.answers import Spoken
from models.sheets.rules.fields import SheetDraft
from models.sheets.views import FilingView
from tests.conversations.conftest import KEY
from tests.conversations.script import Someone, Story
from tests.sheets.survey import IDENTITY, RECORD, SHORTER, SUBJECT, SURVEY, defined, way_in


def forget_index(rooms: IndexedDispatcher) -> None:
    """Let the index of the rooms be made anew: one of them has come or gone."""
    rooms._steps.clear()
    rooms._known.clear()


@pytest.fixture(autouse=True)
def survey(story: Story) -> Iterator[None]:
    """Let the survey be begun at a word, before any other room hears it."""
    rooms = story.house.dispatcher
    assert isinstance(rooms, IndexedDispatcher)
    router = way_in()
    rooms.include_router(router)
    rooms.sub_routers.insert(0, rooms.sub_routers.pop())
    forget_index(rooms)
    yield
    rooms.sub_routers.remove(router)
    forget_index(rooms)


async def begins(story: Story, somebody: Someone, draft: SheetDraft = SURVEY) -> None:
    await defined(story.house.sessions, story.world.clock.now(), draft)
    await somebody.says("!survey")


async def filed(story: Story) -> FilingView:
    """Return the last filing, opened."""
    async with transaction(story.house.sessions) as session:
        [last, *_] = await queries.filings_of(session, SUBJECT, RECORD)
        seen = await actions.look(
            session, last.id, reader_id=last.by_id, now=story.world.clock.now()
        )
    assert seen is not None
    return seen


async def everything_kept(story: Story) -> str:
    """Return all that any table holds, as text."""
    async with transaction(story.house.sessions) as session:
        tables = metadata().sorted_tables
        rows = [(await session.execute(select(table))).all() for table in tables]
    return repr(rows)


async def test_every_kind_by_taps_and_words_read_back_and_filed(
    story: Story, wang: Someone
) -> None:
    await begins(story, wang)
    await wang.sees("您是一个人住吗", "第1步，共8步")
    await wang.says("也许吧")
    await wang.sees("请点下面的按钮")
    await wang.taps("是")
    await wang.sees("走路方便吗")
    await wang.says("拄拐杖")
    await wang.sees("希望有人帮什么忙")
    await wang.taps("聊聊天", "买菜")
    await wang.taps("完成")
    await wang.sees("住几楼")
    await wang.says("四十二")
    await wang.sees("住几楼")
    await wang.says("三")
    await wang.sees("哪天搬来的", "大概也行")
    await wang.says("很久以前")
    await wang.sees("这里要写一个日期")
    await wang.says("2019年3月5日")
    await wang.sees("车牌号")
    await wang.taps("跳过")
    await wang.sees("有事打哪个电话")
    await wang.says("13800001001")
    await wang.sees("还有什么想说的")
    await wang.says(f"我的身份证是{IDENTITY}")
    await wang.sees("身份证号", "没有记下来")
    await wang.says("１１０１０５ １９４９１２３１ ００２Ｘ")
    await wang.sees("身份证号", "没有记下来")
    await wang.taps("上一步")
    await wang.sees("有事打哪个电话", "🔒 …1001")
    await wang.taps("保留这个回答")
    await wang.sees("还有什么想说的")
    await wang.says("晚上怕摔跤")
    summed = await wang.sees("摸底表", "行动：拄拐杖", "希望：聊聊天、买菜", "楼层：3")
    assert "2019" in summed
    assert "摔跤" not in summed
    assert "独居：🔒" in summed
    await wang.taps("修改")
    await wang.taps("楼层")
    await wang.sees("住几楼")
    await wang.says("4")
    await wang.sees("楼层：4")
    kept = await everything_kept(story)
    assert IDENTITY[:17] not in kept
    assert "晚上怕摔跤" not in kept
    assert "13800001001" not in kept
    await wang.taps("发送")
    await wang.sees("filed: 1")
    view = await filed(story)
    assert {one.field.key: one.value for one in view.answers} == {
        "alone": True,
        "mobility": "stick",
        "wishes": ("visit", "shop"),
        "floors": 4,
        "since": view.value("since"),
        "told": "13800001001",
        "words": "晚上怕摔跤",
    }
    assert str(view.value("since")) == "2019-03-05"
    assert "晚上怕摔跤" not in await everything_kept(story)


async def test_in_english_with_a_voice_and_words_that_are_edited(
    story: Story, emma: Someone
) -> None:
    await begins(story, emma)
    await emma.sees("Do you live alone?", "Step 1 of 8")
    await emma.taps("No")
    await emma.sees("How well can you walk?")
    await emma.taps("Well")
    await emma.sees("What help is wished?")
    await emma.taps("Skip")
    await emma.sees("On which floor?")
    await emma.says("two")
    await emma.sees("When did you move in?")
    await emma.says("yesterday")
    await emma.sees("The number plate?")
    await emma.says("京A 12345")
    await emma.sees("Whom may we ring?")
    await emma.says("+86 138 0000 1002")
    await emma.sees("Anything else?")
    await emma.speaks()
    summed = await emma.sees("Survey of needs", "Walking: Well", "Plate: 京A 12345")
    assert "Lives alone: 🔒" in summed
    assert "1002" in summed
    await emma.changes("京A", f"京A {IDENTITY}")
    await emma.sees("no identity card numbers")
    await emma.changes(IDENTITY, "京A 54321")
    await emma.has("Plate: 京A 54321")
    await emma.taps("Send")
    await emma.sees("filed: 1")
    view = await filed(story)
    assert view.value("alone") is False
    assert view.value("plate") == "京A 54321"
    assert isinstance(view.value("words"), Spoken)
    async with transaction(story.house.sessions) as session:
        found = await queries.by_digest(session, "survey", "plate", "京ａ54321")
    assert found == [view.id]


async def test_what_was_begun_on_one_version_is_finished_on_it(
    story: Story, wang: Someone, emma: Someone
) -> None:
    await begins(story, wang)
    await wang.taps("是")
    await wang.sees("走路方便吗")
    await begins(story, emma, SHORTER)
    await emma.sees("New: can you walk?")
    await wang.taps("方便")
    await wang.sees("希望有人帮什么忙", "第3步，共8步")
    await wang.taps("跳过")
    await wang.sees("住几楼")
    await wang.says("2")
    await wang.sees("哪天搬来的")
    await wang.taps("跳过")
    await wang.sees("车牌号")
    await wang.taps("跳过")
    await wang.sees("有事打哪个电话")
    await wang.says("13800001001")
    await wang.sees("还有什么想说的")
    await wang.taps("跳过")
    await wang.sees("摸底表", "行动：方便")
    await wang.taps("发送")
    await wang.sees("filed: 1")
    assert (await filed(story)).sheet.fields == SURVEY.fields
    await emma.taps("Well")
    await emma.sees("Survey of needs (new)")
    await emma.taps("Send")
    await emma.sees("filed: 2")
    assert (await filed(story)).sheet.fields == SHORTER.fields


async def test_another_process_goes_on_where_one_has_stopped(story: Story, wang: Someone) -> None:
    await begins(story, wang)
    await wang.taps("是")
    await wang.sees("走路方便吗")
    await wang.taps("方便")
    await wang.sees("希望有人帮什么忙")
    await defined(story.house.sessions, story.world.clock.now(), SHORTER)
    url = story.house.settings.database_url.get_secret_value()
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.sheets.other_process", url, KEY),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _none = await other.communicate()
    assert json.loads(said) == {
        "version": 1,
        "asks": [*(f"field.{field.key}" for field in SURVEY.fields), "record"],
        "at": "field.wishes",
        "answers": {"record": RECORD, "field.alone": "yes", "field.mobility": "well"},
    }
