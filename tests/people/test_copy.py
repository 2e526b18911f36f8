"""The copy of one's own data: whole, one's own alone, readable in both languages."""

import pytest

from handlers.i18n import CHINESE, ENGLISH, speaking
from handlers.settings.copy import HEADINGS, LABELS, page
from models.care.actions import calls
from models.care.actions.confiding import confide
from models.care.actions.needs import note_need
from models.care.rules.states import CareFound, Concern
from models.database import transaction
from models.held import HELD, LEFT_OUT, copy_of
from models.help.actions.contact import see_contact
from models.help.actions.desk import add_note
from models.people.actions.personal import set_personal
from models.people.rules import Field
from models.schema import metadata
from models.sheets.actions import file
from models.sheets.queries import filings_about
from tests.care.conftest import lane
from tests.care.lane import Lane
from tests.help.conftest import street
from tests.help.street import Street
from tests.sheets.survey import ANSWERS, defined

__all__ = ["lane", "street"]


def naming_people() -> set[str]:
    """List every column that names people."""
    known = {"people.id", "volunteers.person_id"}
    return {
        f"{table.name}.{column.name}"
        for table in metadata().sorted_tables
        for column in table.columns
        if any(key.target_fullname in known for key in column.foreign_keys)
    }


def test_every_column_that_names_people_is_in_the_copy_or_left_out_with_a_reason() -> None:
    named = [one for one in HELD if not one.through]
    held = {f"{one.table}.{name}" for one in named for name in one.by} - {"people.id"}
    assert held.isdisjoint(LEFT_OUT)
    assert held | set(LEFT_OUT) == naming_people()


def test_every_table_has_a_heading_and_every_column_a_label_of_its_own() -> None:
    assert {f"{one.table}.{one.by[0]}" for one in HELD} == set(HEADINGS)
    assert {name for one in HELD for name in (*one.shows, *one.opens, *one.spoken)} == set(LABELS)
    for one in HELD:
        labels = [LABELS[name] for name in (*one.shows, *one.opens, *one.spoken)]
        assert len(set(labels)) == len(labels), one.table


@pytest.mark.parametrize(
    ("language", "heading"), [(CHINESE, "为您提出的求助"), (ENGLISH, "asked for you")]
)
async def test_what_is_held_about_one_stands_there_and_nobody_elses_words(
    street: Street, language: str, heading: str
) -> None:
    await street.volunteer("li", "b1")
    mine = await street.file(text="<script>alert(1)</script> 漏水")
    await street.claim("li", mine)
    async with transaction(street.sessions) as session:
        wang, li = await street.actor(session, "wang"), await street.actor(session, "li")
        zhao = await street.actor(session, "zhao")
        for field, text in ((Field.PHONE, "13800001001"), (Field.DOOR, "2-301")):
            await set_personal(session, wang, wang.id, field, text, now=street.now)
        await set_personal(session, li, li.id, Field.PHONE, "13900002002", now=street.now)
        await see_contact(session, li, mine, now=street.now)
        await add_note(session, zhao, mine, "心情不好", now=street.now, internal=True)
    async with transaction(street.sessions) as session:
        own = await copy_of(session, await street.actor(session, "wang"), now=street.now)
        theirs = await copy_of(session, await street.actor(session, "li"), now=street.now)
    with speaking(language):
        shown, others = page(own, street.now), page(theirs, street.now)
    assert heading in shown
    assert "<script>" not in shown
    for held in ("&lt;script&gt;", "漏水", "13800001001", "2-301"):
        assert held in shown
        assert held not in others
    for foreign in ("13900002002", "心情不好"):
        assert foreign not in shown
    assert "13900002002" in others
    assert "{" not in shown.partition("</style>")[2]


@pytest.mark.parametrize(
    ("language", "title", "label"),
    [(CHINESE, "摸底表", "还想说"), (ENGLISH, "Survey of needs", "Anything else")],
)
async def test_what_was_filled_in_about_one_is_read_by_them_opened_and_by_nobody_else(
    street: Street, language: str, title: str, label: str
) -> None:
    sheet = await defined(street.sessions, street.now)
    async with transaction(street.sessions) as session:
        wang, zhao = await street.actor(session, "wang"), await street.actor(session, "zhao")
        await file(
            session,
            sheet.sheet_id,
            subject_id=1,
            about_id=wang.id,
            by_id=zhao.id,
            answers=ANSWERS,
            token="t",
            now=street.now,
        )
        pages = []
        for person in (wang, zhao):
            held = await copy_of(session, person, now=street.now)
            with speaking(language):
                pages.append(page(held, street.now, await filings_about(session, person.id)))
    shown, others = pages
    for words in (title, label, "晚上怕摔跤"):
        assert words in shown
        assert words not in others


async def test_ones_own_reasons_wishes_and_needs_stand_there_open_and_nobody_elses(
    lane: Lane,
) -> None:
    home_id = await lane.agreed()
    await lane.does(note_need, "li", home_id, "纱窗坏了")
    await lane.does(confide, "wang", home_id, Concern.MONEY, words="他要借钱")
    async with transaction(lane.street.sessions) as session:
        pages = {}
        for name in ("wang", "li", "zhao"):
            actor = await lane.street.actor(session, name)
            with speaking(CHINESE):
                pages[name] = page(
                    await copy_of(session, actor, now=lane.street.now), lane.street.now
                )
    for words in ("独居、体弱", "喜欢下棋", "纱窗坏了", "他要借钱", "每周一次"):
        assert words in pages["wang"]
    for name in ("li", "zhao"):
        assert not any(one in pages[name] for one in ("喜欢下棋", "纱窗", "借钱", "独居"))


async def test_what_a_visitor_wrote_about_her_stands_in_her_copy_alone(lane: Lane) -> None:
    await lane.street.add("sun", "b1")
    await lane.agreed()
    await lane.agreed("sun", "chen")
    spoken = await lane.opened(2)
    await lane.made("chen", spoken, CareFound.WELL)
    await lane.does(calls.write_down, "chen", spoken, "", voice="file-of-a-voice")
    one = next(row.id for row in await lane.occasions() if row.opens_at <= lane.street.now)
    await lane.made("li", one, CareFound.NEEDS)
    await lane.does(calls.write_down, "li", one, "说腿疼")
    pages = {}
    for name in ("wang", "sun", "li"):
        async with transaction(lane.street.sessions) as session:
            actor = await lane.street.actor(session, name)
            own = await copy_of(session, actor, now=lane.street.now)
        with speaking(CHINESE):
            pages[name] = page(own, lane.street.now)
    assert [name for name, shown in pages.items() if "说腿疼" in shown] == ["wang"]
    assert "🙏 有需要" in pages["wang"]
    assert [name for name, shown in pages.items() if "🎤 一段语音" in shown] == ["sun"]
    assert not any("file-of-a-voice" in shown for shown in pages.values())
