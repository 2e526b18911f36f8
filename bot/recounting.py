"""Counting a vote once more, for the operator and for whoever looks over their shoulder."""

from collections.abc import Iterator

from bot.keys import open_vault
from bot.opening import ready
from bot.settings import Settings
from models.database import open_sessions, transaction
from models.votes.actions.counting import recount
from models.votes.rules.counting import VoteTally, has_quorum
from models.votes.rules.notices import Majority, Result, State
from models.votes.views import Recount

NEEDS = {
    Majority.SIMPLE: "more yes than no",
    Majority.TWO_THIRDS: "two thirds of yes among yes and no",
}


async def count_again(settings: Settings, vote_id: int) -> tuple[list[str], bool]:
    """Count a vote from what is kept of it: what is to be printed, and whether all agrees.

    Nothing is written. A vote that has not ended is not counted.
    """
    async with (
        ready(settings) as engine,
        transaction(open_sessions(engine, open_vault(settings))) as session,
    ):
        found = await recount(session, vote_id)
    if found is None:
        return [f"There is no vote {vote_id}."], False
    return list(_told(found)), found.state is State.COUNTED and not found.wrong


def _told(found: Recount) -> Iterator[str]:
    kind = "secret" if found.secret else "open"
    yield f"Vote {found.vote_id}: a {kind} ballot, {found.state}."
    yield f"On the roll: {found.people} people with {found.voices} voices."
    if found.state is not State.COUNTED:
        yield f"Voices given: {found.marks}. What they say is counted after the end."
        return
    met = "met" if has_quorum(found.marks, found.voices, found.quorum) else "missed"
    yield f"Voices given: {found.marks}; quorum {found.quorum} %: {met}."
    yield f"Needed to pass: {NEEDS[found.majority]}."
    yield f"Counted now: {_counts(found.tally, found.result)}"
    yield f"Published:   {_counts(found.published, found.published_result)}"
    yield "Both agree." if not found.wrong else f"They do not agree: {'; '.join(found.wrong)}."


def _counts(tally: VoteTally | None, result: Result | None) -> str:
    if tally is None:
        return "nothing."
    told = str(result).replace("_", " ") if result else "no result"
    return f"yes {tally.yes}, no {tally.no}, abstain {tally.abstain}: {told}."
