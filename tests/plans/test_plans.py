"""No statement of a turn, of the sender or of the clock reads a growing table from end to end.

Each story is played by the real application; every distinct statement that it told the database is
then explained, with the values it was told with.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from inspect import signature
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker

from models.database import Engine, Sessions
from models.schema import metadata
from scheduler.effects import EFFECTS
from scheduler.ticker import Ticker
from tests.conversations import (
    test_broadcast_sending,
    test_callups,
    test_care,
    test_cars,
    test_circle,
    test_day_check,
    test_delivered_and_rated,
    test_digests,
    test_early,
    test_gatherings,
    test_hazards,
    test_inspections,
    test_meeting,
    test_posts,
    test_proposing,
    test_put_right,
    test_registrations,
    test_roll_call,
    test_savings,
    test_survey,
    test_teams,
    test_volunteering,
    test_vote,
    test_who_comes,
    test_whole_story,
)
from tests.conversations.script import Someone, Story
from tests.plans.explain import Scan, scans
from tests.plans.filling import SMALL
from tests.plans.may import MAY
from tests.statements import Distinct, distinct_statements

Played = Callable[..., Awaitable[None]]

STORIES: tuple[Played, ...] = (
    test_whole_story.test_wang_asks_li_comes_and_it_is_solved,
    test_put_right.test_the_call_back_list_is_worked_through,
    test_proposing.test_lists_have_pages_topics_and_places,
    test_vote.test_a_secret_vote_is_given_changed_and_counted,
    test_broadcast_sending.test_what_was_written_is_what_everybody_gets,
    test_day_check.test_silence_asks_one_after_the_other_until_somebody_knows,
    test_care.test_from_the_proposal_to_what_was_found,
    test_gatherings.test_from_the_announcement_to_what_was_found_of_it,
    test_meeting.test_from_the_call_to_the_minutes,
    test_circle.test_what_a_member_sees_of_today,
    test_who_comes.test_two_helpers_change_tasks,
    test_volunteering.test_signing_up_and_being_approved,
    test_delivered_and_rated.test_adopted_delivered_rated_badly_done_again_and_closed,
    test_digests.test_the_morning_of_staff_and_the_sunday_of_volunteers,
    test_early.test_before_the_next_complaint,
    test_roll_call.test_a_real_roll_call_from_the_first_button_to_the_thanks,
    test_survey.test_from_the_first_question_to_what_follows,
    test_posts.test_from_the_announcement_to_what_was_confirmed,
    test_posts.test_somebody_stands_in,
    test_hazards.test_a_resident_is_told_what_became_of_it,
    test_cars.test_asked_by_a_plate_alone_answered_and_thanked,
    test_registrations.test_a_car_from_its_plate_to_its_end,
    test_savings.test_said_solved_and_read_in_ones_own_book,
    test_savings.test_seen_differently_is_decided_by_the_secretary,
    test_teams.test_from_the_founding_to_the_end,
    test_inspections.test_five_points_with_gloves_on_one_by_a_date_and_two_days_later_the_rest,
    test_callups.test_from_the_order_to_the_hours_that_count,
)

AT_THE_END = re.compile(
    r"^SELECT [\w., \n]+FROM (\w+) ORDER BY \1\.(id|broadcast_id)( DESC)?\s+LIMIT"
)
"""The first rows or the last, by their number: no more are read."""

PARTIAL = {
    index.name
    for table in metadata().tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
"""Indexes of a part of a table: of what is under way, which is never much."""


OF_THE_HOUR = re.compile(
    r"DELETE FROM handled_updates|DELETE FROM \w+ WHERE .*\bLIMIT\b", re.DOTALL
)
"""What forgets a part of what is old, as the hourly work does: its own test looks at it. In a story
in which weeks go by most rows are old enough, and then reading all of them is the better plan."""


async def read_whole(planner: Engine, statements: Distinct) -> list[str]:
    """List what is read from end to end and may not be, with the statement that does it."""
    found = []
    async with planner.connect() as connection:
        for short, (statement, values) in statements.items():
            there = await scans(connection, statement, values)
            found += [f"{scan}: {short}" for scan in there if not _may(scan, statement)]
    return found


def _may(scan: Scan, statement: str) -> bool:
    return (
        scan.table not in metadata().tables
        or scan.table in SMALL
        or scan.index in PARTIAL
        or AT_THE_END.match(statement) is not None
        or any(scan.table == table and words in statement for table, words in MAY)
    )


def asked_apart(story: Story, engine: Engine) -> Story:
    """Return the story with what its test itself asks going by another engine than the house's."""
    sessions = story.house.sessions
    apart = async_sessionmaker(**(sessions.kw | {"bind": engine, "class_": sessions.class_}))
    return replace(story, house=replace(story.house, sessions=apart))


@pytest.mark.parametrize("played", STORIES, ids=lambda played: played.__name__[5:])
async def test_a_story_is_found_by_index(
    played: Played,
    planner: Engine,
    engine: Engine,
    story: Story,
    wang: Someone,
    emma: Someone,
    li: Someone,
    chen: Someone,
    zhao: Someone,
    zhou: Someone,
) -> None:
    cast = {"wang": wang, "emma": emma, "li": li, "chen": chen, "zhao": zhao, "zhou": zhou}
    there: dict[str, Any] = {"story": asked_apart(story, engine), **cast}
    with distinct_statements(story.house.engine) as statements:
        await played(**{name: there[name] for name in signature(played).parameters})
        await story.all_sent()
    assert len(statements) > 20, "the house was at work"
    of_the_story = {
        short: one for short, one in statements.items() if not OF_THE_HOUR.match(one[0])
    }
    assert not (found := await read_whole(planner, of_the_story)), "\n\n".join(found)


async def test_the_hourly_work_is_found_by_index(
    planner: Engine, engine: Engine, sessions: Sessions, now: Any
) -> None:
    ticker = Ticker(sessions, EFFECTS, lambda: now - timedelta(days=85))
    with distinct_statements(engine) as statements:
        for work in (ticker.sweep_once, ticker.tidy, ticker.arrange, ticker.chain):
            await work()
    assert any(statement.startswith("DELETE FROM handled_updates") for statement in statements)
    assert not (found := await read_whole(planner, statements)), "\n\n".join(found)


async def test_a_table_that_is_read_whole_is_named(planner: Engine) -> None:
    statement = "SELECT handled_updates.identity FROM handled_updates"
    async with planner.connect() as connection:
        tables = {scan.table for scan in await scans(connection, statement, ())}
    assert tables == {"handled_updates"}
    assert len(await read_whole(planner, {"whole": (statement, ())})) == 1
