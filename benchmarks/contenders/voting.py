"""A vote of many: each voice through the action, through the whole turn, and as one bare INSERT.

Prints what was measured as JSON. Beside the votes the clock sweeps every second, as it always does,
so that what they pay for the live count is in the figures.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import uvloop
from sqlalchemy import func, insert, select, text, update

from benchmarks.contenders import town
from benchmarks.figures import percentile
from bot.app import open_house
from bot.logs import set_up
from bot.settings import LogFormat
from handlers.votes.callbacks import BallotSay, Cast
from models.database import Sessions, transaction
from models.outbox.rules import State as OutboxState
from models.outbox.tables import OutboxRow
from models.people.queries import person_by_id
from models.people.rules import CONSENT_VERSION, Role
from models.people.tables import GrantRow, PersonRow
from models.places.tables import PlaceRow
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from models.votes.actions.opening import put_to_vote
from models.votes.actions.voting import give_vote
from models.votes.rules.notices import CARDS, Electorate, Majority, VoteChoice
from models.votes.rules.outcomes import VoteOutcome
from models.votes.rules.terms import VoteTerms
from models.votes.tables import MarkRow, VoteRow
from scheduler.effects import EFFECTS
from scheduler.sweep import sweep

AT_ONCE = 16
"""Votes in hand at a time: more than PostgreSQL's connections only wait for each other."""
SECRETARY = 1
FIRST_ACCOUNT = 1_000_000

Give = Callable[[int], Awaitable[None]]


async def found(sessions: Sessions, people: int, now: datetime) -> None:
    """Let a secretary and so many residents of one building live in one community."""
    async with transaction(sessions) as session:
        for number, (kind, above) in enumerate((("community", None), ("building", 1)), 1):
            path = "/1/" if above is None else "/1/2/"
            session.add(
                PlaceRow(id=number, parent_id=above, kind=kind, name="…", code=f"p{number}",
                         path=path, sought="")
            )  # fmt: skip
            await session.flush()
        rows = [
            {"id": number, "telegram_id": FIRST_ACCOUNT + number, "name": "居民",
             "language": "zh_Hans", "place_id": 2, "consent_version": CONSENT_VERSION,
             "created_at": now}
            for number in range(1, people + 1)
        ]  # fmt: skip
        await session.execute(insert(PersonRow), rows)
        session.add(GrantRow(person_id=SECRETARY, role=Role.SECRETARY, place_id=1, granted_at=now))


async def open_vote(sessions: Sessions, number: int, now: datetime) -> tuple[int, float]:
    """Put a proposal to a secret vote of all residents; give the vote, and the seconds it took."""
    async with transaction(sessions) as session:
        proposal = ProposalRow(
            community_id=1, number=number, token=f"bench-{number}", author_id=2, anonymous=False,
            seal=False, place_id=1, topic="other", title="加装电梯", problem="…", wish="…",
            state=State.DELIBERATION, submitted_at=now, changed_at=now, receive_by=now,
            received_at=now,
        )  # fmt: skip
        session.add(proposal)
    terms = VoteTerms(
        Electorate.RESIDENTS,
        secret=True,
        quorum=50,
        majority=Majority.SIMPLE,
        ends_at=now + timedelta(days=7),
    )
    began = time.perf_counter()
    async with transaction(sessions) as session:
        secretary = await person_by_id(session, SECRETARY)
        assert secretary is not None
        put = await put_to_vote(session, secretary, proposal.id, terms, now=now)
    seconds = time.perf_counter() - began
    assert put.vote_id is not None
    async with transaction(sessions) as session:  # every ballot has been sent
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == OutboxState.QUEUED)
            .values(state=OutboxState.SENT, message_id=OutboxRow.id, finished_at=now)
        )
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(text("ANALYZE"))
    return put.vote_id, seconds


async def all_at_once(voters: Sequence[int], give: Give) -> dict[str, float]:
    """Let everybody vote, some at a time, as fast as they come.

    Before each vote the loop turns, as it does between two updates that arrive. On SQLite a booth
    that did not let it would take the one connection again as it gives it back: of sixteen booths
    one would vote, and the others and the clock would wait until it is done. The time until it is
    a vote's turn counts as its own.
    """
    waiting, seconds = iter(voters), []

    async def booth() -> None:
        for voter in waiting:
            began = time.perf_counter()
            await asyncio.sleep(0)
            await give(voter)
            seconds.append(time.perf_counter() - began)

    began, worked = time.perf_counter(), time.process_time()
    await asyncio.gather(*(booth() for _ in range(AT_ONCE)))
    whole = time.perf_counter() - began
    return {
        "votes": len(voters),
        "rate": len(voters) / whole,
        "cpu": (time.process_time() - worked) / len(voters) * 1000,
        "p50": percentile(seconds, 0.5) * 1000,
        "p99": percentile(seconds, 0.99) * 1000,
    }


async def with_the_clock(sessions: Sessions, work: Awaitable[dict[str, float]]) -> dict[str, float]:
    """Do it while the clock sweeps every second."""

    async def ticking() -> None:
        while True:
            await asyncio.sleep(1)
            await sweep(sessions, EFFECTS, datetime.now(UTC))

    clock = asyncio.create_task(ticking())
    try:
        return await work
    finally:
        clock.cancel()
        with suppress(asyncio.CancelledError):
            await clock


async def edits_of(sessions: Sessions, vote_id: int) -> int:
    """Count the changes of cards that a vote's live count has queued."""
    async with transaction(sessions) as session:
        counted = select(func.count(OutboxRow.id)).where(
            OutboxRow.kind.in_(CARDS),
            OutboxRow.subject_id == vote_id,
            OutboxRow.target_id.is_not(None),
        )
        return await session.scalar(counted) or 0


async def turnout(sessions: Sessions, vote_id: int) -> int:
    """Read how many have voted."""
    async with transaction(sessions) as session:
        return (await session.get_one(VoteRow, vote_id)).voted


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Hold the same vote in each way, in random order of voters."""
    now = datetime.now(UTC)
    await town.found(options.database)
    chance = random.Random(1)
    voters = list(range(1, options.votes + 1))
    async with open_house(town.settings(options.api, options.database)) as house:
        sessions = house.sessions
        await found(sessions, options.votes, now)

        async def by_action(voter: int) -> None:
            async with transaction(sessions) as session:
                actor = await person_by_id(session, voter)
                assert actor is not None
                choice = list(VoteChoice)[voter % 3]
                given = await give_vote(session, actor, vote_id, choice, now=datetime.now(UTC))
                assert given.outcome is VoteOutcome.CAST

        async def by_turn(voter: int) -> None:
            await house.turn.handle(press(voter, vote_id))

        async def by_insert(voter: int) -> None:
            async with transaction(sessions) as session:
                values = {"vote_id": vote_id, "voice": f"b:{voter}", "person_id": voter}
                await session.execute(insert(MarkRow), values)

        measured: dict[str, Any] = {}
        for number, (way, give) in enumerate(
            (("action", by_action), ("turn", by_turn), ("insert", by_insert)), 1
        ):
            vote_id, opening = await open_vote(sessions, number, now)
            chance.shuffle(voters)
            figures = await with_the_clock(sessions, all_at_once(voters, give))
            figures |= {"opening": opening, "edits": await edits_of(sessions, vote_id)}
            if way != "insert":
                assert await turnout(sessions, vote_id) == options.votes
            measured[way] = figures
    return measured


def press(voter: int, vote_id: int) -> dict[str, Any]:
    """Make the update that Telegram sends when somebody presses a button of their ballot."""
    account = FIRST_ACCOUNT + voter
    user = {"id": account, "is_bot": False, "first_name": "居民", "language_code": "zh-hans"}
    chat = {"id": account, "type": "private", "first_name": "居民"}
    card = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "text": "…"}
    data = Cast(id=vote_id, say=list(BallotSay)[voter % 3]).pack()
    query = {"id": f"{vote_id}-{voter}", "from": user, "chat_instance": "1", "message": card}
    return {"update_id": vote_id * 10**7 + voter, "callback_query": {**query, "data": data}}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--votes", type=int, required=True)
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
