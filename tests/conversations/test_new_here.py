"""Whoever has just come is told what is too much at first and until when, and heard in danger."""

import pytest
from sqlalchemy import update

from models.database import transaction
from models.help.actions.filing import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.views import Draft
from models.people.queries import person_of_account
from models.people.tables import PersonRow
from tests.conversations.script import Someone

ASKED = ("求助", "修理搬抬", "电灯电路")


@pytest.fixture
async def new(wang: Someone) -> Someone:
    """Came today, and has as much open as who is new may."""
    story = wang.story
    now, number = story.world.clock.now(), wang.person.id
    async with transaction(story.sessions) as session:
        came = update(PersonRow).where(PersonRow.telegram_id == number)
        await session.execute(came.values(created_at=now, consented_at=now))
        person = await person_of_account(session, number)
        assert person is not None
        for open_one in range(HelpPolicy().new_most_open):
            draft = Draft(f"new {open_one}", "errands.shopping", Urgency.ORDINARY, "米")
            filed = await file_request(session, person, draft, now=now)
            assert filed.outcome is FileOutcome.FILED
    return wang


async def test_who_is_new_is_told_until_when_and_where_else_to_turn(new: Someone) -> None:
    await new.taps(*ASKED)
    await new.sees("您慢慢说")
    await new.says("灯不亮了")
    await new.taps("越快越好")
    await new.sees("这样发出去")
    await new.taps("发送")
    await new.sees("您刚加入不久", "跟社区说一声")


async def test_who_is_new_is_heard_in_danger_however_much_is_open(new: Someone) -> None:
    await new.says("救命")
    await new.sees("紧急求助", "120", "正在问")
