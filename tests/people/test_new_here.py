"""Whoever is new can have so many requests and proposals open, and never too few cries for help."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from models.categories import EMERGENCY
from models.database import transaction
from models.help.actions.filing import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.views import Draft, Filed
from models.people.rules import Role
from models.people.tables import PersonRow
from models.proposals.actions.submitting import submit, why_not_now
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import SubmitOutcome
from models.proposals.rules.reception import ProposalPolicy
from models.proposals.views import ProposalForm, Submitted
from tests.town import Town

HELP, PROPOSALS = HelpPolicy(), ProposalPolicy()
ASKED = Draft(token="", category="errands.shopping", urgency=Urgency.ORDINARY, text="米")
LONG = timedelta(days=30)


async def files(town: Town, who: int, token: str, **fields: Any) -> Filed:
    async with transaction(town.sessions) as session:
        actor = await town.again(session, who)
        draft = replace(ASKED, token=token, **fields)
        return await file_request(session, actor, draft, now=town.now)


async def proposes(town: Town, who: int, token: str) -> Submitted:
    async with transaction(town.sessions) as session:
        actor = await town.again(session, who)
        form = ProposalForm(token, ProposalTopic.FACILITIES, f"电梯 {token}", "上下楼吃力")
        return await submit(session, actor, form, now=town.now)


@pytest.fixture
async def full(town: Town) -> Town:
    """A town in which somebody new has as much open as they may."""
    await town.settle(1)
    for number in range(HELP.new_most_open):
        assert (await files(town, 1, f"{number}")).outcome is FileOutcome.FILED
    return town


async def test_who_is_new_is_told_until_when_and_asks_again_after_that(full: Town) -> None:
    refused = await files(full, 1, "more")
    assert refused == Filed(FileOutcome.NEW_HERE, until=full.now + HELP.new_for)
    full.now += HELP.new_for
    assert (await files(full, 1, "more")).outcome is FileOutcome.FILED


async def test_a_cry_for_help_of_who_is_new_is_always_taken(full: Town) -> None:
    for number in range(3):
        urgent = await files(full, 1, f"cry {number}", category=EMERGENCY, text="")
        assert urgent.outcome is FileOutcome.FILED


async def test_the_desk_writes_down_what_it_is_told_by_who_is_new(full: Town) -> None:
    await full.settle(2, "b3", (Role.STAFF, "gui"))
    async with transaction(full.sessions) as session:
        new = (await full.again(session, 1)).id
    assert (await files(full, 2, "told", beneficiary_id=new)).outcome is FileOutcome.FILED


async def test_whoever_is_looked_after_asks_for_as_much_as_they_need(full: Town) -> None:
    assert (await files(full, 1, "asked", looked_after=True)).outcome is FileOutcome.FILED


async def test_whoever_agrees_to_a_new_text_later_is_not_new(full: Town) -> None:
    full.now += LONG
    async with transaction(full.sessions) as session:
        agreed = update(PersonRow).where(PersonRow.telegram_id == 1)
        await session.execute(agreed.values(consented_at=full.now))
    assert (await files(full, 1, "more")).outcome is FileOutcome.FILED


async def test_whom_the_office_knows_is_not_held_to_it(full: Town) -> None:
    await full.settle(3, "b3", (Role.PARTY_MEMBER, "gui"))
    for number in range(HELP.new_most_open + 1):
        assert (await files(full, 3, f"known {number}")).outcome is FileOutcome.FILED


async def test_a_form_that_was_sent_before_gives_its_receipt(full: Town) -> None:
    assert (await files(full, 1, "0")).outcome is FileOutcome.ALREADY


async def test_proposals_of_who_is_new_wait_for_an_answer(town: Town) -> None:
    await town.settle(1)
    for number in range(PROPOSALS.new_most_waiting):
        assert (await proposes(town, 1, f"{number}")).outcome is SubmitOutcome.SUBMITTED
    refused = Submitted(SubmitOutcome.NEW_HERE, until=town.now + PROPOSALS.new_for)
    assert await proposes(town, 1, "more") == refused
    async with transaction(town.sessions) as session:
        actor = await town.again(session, 1)
        assert await why_not_now(session, actor, town.now) == refused
        assert await why_not_now(session, actor, town.now + LONG) is None
