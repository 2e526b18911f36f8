"""A broadcast by somebody who reads English, from the draft to the report and its spreadsheet."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from models.database import transaction
from models.outbox.reaching import recognise
from models.people.rules import Role
from models.places.queries import find_code
from models.roles.actions.granting import appoint
from tests.conversations.conftest import EMMA
from tests.conversations.script import Someone, Story
from tests.conversations.test_broadcast_reading import fetched


async def is_a_grid_worker(story: Story, account: int, code: str) -> None:
    now = story.world.clock.now()
    async with transaction(story.house.sessions) as session:
        person = await recognise(session, account, now)
        place = await find_code(session, code)
        assert person is not None
        assert place is not None
        await appoint(session, person.id, Role.STAFF, place.id, now=now)


async def test_from_the_draft_to_the_spreadsheet(
    story: Story, emma: Someone, wang: Someone
) -> None:
    await is_a_grid_worker(story, EMMA, "g1")
    await emma.says("/broadcast")
    await emma.sees("What shall people read?")
    await emma.says("The lift is being repaired.")
    await emma.taps("👥 Grid 1")
    await emma.sees("What is it about?")
    await emma.taps("🔧 Water")
    await emma.sees("Here is your draft")
    await emma.taps("🌐 Other language")
    await emma.sees("Chinese")
    await emma.says("电梯正在维修。")
    await emma.sees("电梯正在维修")
    await emma.taps("📊 Who and how long")
    await emma.sees("5 people in all", "Building 5")
    await emma.taps("‹ Back to the draft", "📢 Send to 5 people")
    await emma.sees("Shall it really go out like this?")
    await emma.taps("📢 Yes, send it")
    await wang.has("电梯正在维修")
    await wang.taps("收到")
    await wang.told("收到")
    await story.all_sent()
    await story.later(seconds=6)
    await emma.has("Your broadcast has gone out: every copy is settled")
    await emma.taps("🔄 Look again")
    await emma.sees("5 recipients", "delivered: 5", "confirmed 'received': 1")
    await emma.taps("🏠 By building")
    await emma.sees("Building 5")
    await emma.taps("‹ Report", "📄 Spreadsheet")
    await emma.sees("<document>")
    book = CalamineWorkbook.from_filelike(BytesIO(await fetched(story, emma)))
    people = book.get_sheet_by_name(book.sheet_names[2]).to_python()
    assert len(people) == 6
    assert not any("收" in str(cell) for row in people for cell in row)
