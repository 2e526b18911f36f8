"""A conversation that an older version left half-way, met by this one."""

from collections.abc import Callable
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from models.conversations.tables import ConversationRow
from models.database import transaction
from tests.conversations.conftest import sqlite_template, story, wang
from tests.conversations.script import Someone, Story

__all__ = ["sqlite_template", "story", "wang"]

State = dict[str, Any]


def _run(**changes: Any) -> Callable[[State], State]:
    return lambda data: {**data, "form": {**data["form"], **changes}}


LEFT: dict[str, Callable[[State], State]] = {
    "of an older version of the form": _run(version=-1),
    "of a form that is no more": _run(name="help.of_old"),
    "a question that is no more": _run(key="of old"),
    "an answer that is asked no more": _run(answers={"of old": {"value": "x", "words": "x"}}),
    "in another shape": lambda data: {**data, "form": {"step": 3, "answers": ["x"]}},
    "with a field more": _run(of_old=True),
    "with nothing": lambda data: {},
}


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_what_an_older_version_left_is_given_up_and_begun_anew(
    story: Story, wang: Someone, left: str
) -> None:
    await wang.taps("求助", "宠物照顾")
    await wang.sees("您慢慢说")
    await story.all_sent()
    async with transaction(story.sessions) as session:
        filling = select(ConversationRow).where(ConversationRow.state.like("form:%"))
        row = (await session.scalars(filling)).one()
        row.data = LEFT[left](row.data)
        if left == "of a form that is no more":
            row.state = "form:help.of_old"
    with structlog.testing.capture_logs() as lines:
        await wang.says("喂猫")
        await wang.sees("抱歉，您填的时候这份表换了新的")
    assert [x["event"] for x in lines if x["log_level"] == "warning"] == [
        "a half-filled form of another version is given up"
    ]
    await wang.taps("求助" if left == "of a form that is no more" else "重新填写")
    await wang.sees("需要什么帮助")
    await wang.taps("宠物照顾")
    await wang.sees("您慢慢说")
