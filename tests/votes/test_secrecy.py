"""A secret ballot: who voted what is in no table, no statement and no log.

The same vote is lived twice, with the choices of two voters exchanged. Whatever would join a voter
to a choice would make the two databases, the statements they were told, or the logs, differ.
"""

import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from sqlalchemy import select

from bot.logs import QUIET
from bot.turn import TurnOutcome
from handlers.votes import router as room
from models.database import open_engine, open_sessions, transaction, vault_of
from models.outbox.rules import SendOutcome
from models.outbox.tables import OutboxRow
from models.updates.tables import FailedRow
from models.vault import Vault
from models.votes.actions.counting import recount
from models.votes.actions.sealing import digest_of, open_slip, open_urn
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import State, VoteChoice
from models.votes.tables import MarkRow, VoteRow
from tests.postgres import Postgres
from tests.votes.booth import CHEN, EMMA, LI, WANG, Booth

ONE = {EMMA: "yya", LI: "nya"}
"""What the two say, one after the other: once one of them says the same again, the other does not.
"""
OTHER = {EMMA: ONE[LI], LI: ONE[EMMA]}
LAST = {EMMA: "y", LI: "n"}
LAST_OTHER = {EMMA: "n", LI: "y"}

Life = Callable[[Booth], Any]


@dataclass
class Left:
    """What a vote has left behind."""

    rows: dict[str, list[str]]
    statements: list[str]
    logs: list[str]
    traces: dict[str, list[tuple[str, ...]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, memory: Path) -> Callable[[], Any]:
    """Fresh databases of one kind, as many as are asked for."""

    @asynccontextmanager
    async def one() -> AsyncIterator[str]:
        if request.param == "sqlite":
            with TemporaryDirectory(dir=memory) as folder:
                template: Path = request.getfixturevalue("sqlite_template")
                shutil.copy(template, f"{folder}/linli.sqlite3")
                yield f"sqlite:///{folder}/linli.sqlite3"
            return
        server: Postgres = request.getfixturevalue("postgres")
        async with server.fresh_database() as url:
            yield url

    return one


@asynccontextmanager
async def booth_in(url: str, vault: Vault, now: datetime) -> AsyncIterator[Booth]:
    engine = open_engine(url)
    booth = Booth(engine, open_sessions(engine, vault), now)
    try:
        await booth.open()
        await booth.deliver()
        yield booth
    finally:
        await engine.dispose()


async def lived(booth: Booth, life: Life, caplog: pytest.LogCaptureFixture) -> Left:
    """Live through a vote, and read all that it has left."""
    await booth.lay_out_anew()
    caplog.clear()
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as ours, booth.listening():
        await life(booth)
    logs = [*map(str, ours), *(one.getMessage() for one in caplog.records if _is_shown(one))]
    return Left(await booth.everything(), booth.statements, logs, await booth.traces())


def _is_shown(line: logging.LogRecord) -> bool:
    """Tell what the bot's own logging lets through."""
    return line.levelno >= logging.WARNING or line.name.partition(".")[0] not in QUIET


@pytest.fixture
async def two(
    fresh: Callable[[], Any], vault: Vault, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Booth, Booth]]:
    """Two booths under one key, on databases of one kind.

    How many reminders share a transaction hangs on the machine's pace, not on what was voted: it is
    the same for both.
    """
    monkeypatch.setattr("scheduler.sweep.HOLD_SECONDS", 3600.0)
    async with AsyncExitStack() as stack:
        booths = [
            await stack.enter_async_context(
                booth_in(await stack.enter_async_context(fresh()), vault, now)
            )
            for _ in range(2)
        ]
        yield booths[0], booths[1]


def life_of(said: dict[int, str], last: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> Life:
    """Tell a vote with changes, double taps, failures, lost answers and a replay."""

    async def broken(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("a handler's own mistake")

    async def life(booth: Booth) -> None:
        for turn in range(3):
            for who in (EMMA, LI):
                assert await booth.press(who, said[who][turn]) is TurnOutcome.HANDLED
                await booth.press(who, said[who][turn], slip="")
            await booth.deliver()
        with monkeypatch.context() as patch:
            patch.setattr(room, "give_vote", broken)
            for who in (EMMA, LI):
                assert await booth.press(who, last[who]) is TurnOutcome.FAILED
        assert await booth.turn.replay(1) is TurnOutcome.HANDLED
        await booth.press(EMMA, last[EMMA])
        await booth.deliver(SendOutcome.UNCERTAIN, who=EMMA)
        await booth.press(LI, last[LI])
        await booth.deliver(SendOutcome.REFUSED, who=LI)
        await booth.press(CHEN, "y")
        await booth.tick(seconds=30)
        await booth.deliver()
        await booth.press(WANG, "a")

    return life


async def test_with_choices_exchanged_everything_left_is_the_same(
    two: tuple[Booth, Booth], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = await lived(two[0], life_of(ONE, LAST, monkeypatch), caplog)
    other = await lived(two[1], life_of(OTHER, LAST_OTHER, monkeypatch), caplog)
    for table, rows in one.rows.items():
        assert rows == other.rows[table], table
    assert one.statements == other.statements
    assert one.logs == other.logs
    assert _order(one.traces) == _order(other.traces)
    assert len(one.statements) > 200
    assert any("RuntimeError" in line for line in one.logs)
    for booth in two:
        async with transaction(booth.sessions) as session:
            vote = await session.get_one(VoteRow, booth.vote_id)
            found = open_urn(vault_of(session), vote.id, vote.urn)
            assert (found, vote.voted) == (VoteTally(yes=2, no=1, abstain=1), 4)


async def test_the_end_and_what_it_tells_are_the_same_too(
    two: tuple[Booth, Booth], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    left = []
    for booth, said, last in ((two[0], ONE, LAST), (two[1], OTHER, LAST_OTHER)):
        life = life_of(said, last, monkeypatch)

        async def to_the_end(booth: Booth, life: Life = life) -> None:
            await life(booth)
            await booth.tick(days=1)
            await booth.tick(days=2)
            await booth.deliver()

        left.append(await lived(booth, to_the_end, caplog))
        async with transaction(booth.sessions) as session:
            again = await recount(session, booth.vote_id)
            assert again is not None
            assert (again.state, again.wrong) == (State.COUNTED, ())
    assert left[0].rows == left[1].rows
    assert left[0].statements == left[1].statements


async def test_even_the_database_with_its_key_tells_no_choice_once_all_is_delivered(
    two: tuple[Booth, Booth],
) -> None:
    booth = two[0]
    for who, say in ((EMMA, "y"), (LI, "n"), (EMMA, "n"), (LI, "a")):
        await booth.press(who, say)
        await booth.deliver()
    left = str(await booth.everything())
    assert not [slip for slip in booth.slips.values() if slip in left]
    async with transaction(booth.sessions) as session:
        vault = vault_of(session)
        rows = list(await session.scalars(select(MarkRow)))
        told = [row.payload for row in await session.scalars(select(OutboxRow))]
    assert {row.choice for row in rows} == {None}
    assert not [payload for payload in told if payload and "vc:" in str(payload)]
    for row in rows:
        held = next(s for s in booth.slips.values() if digest_of(s) == row.slip)
        assert open_slip(vault, booth.vote_id, row.voice, held) in {
            VoteChoice.NO,
            VoteChoice.ABSTAIN,
        }
        assert open_slip(vault, booth.vote_id, "p:999", held) is None


async def test_a_press_that_failed_is_kept_without_what_was_pressed(
    two: tuple[Booth, Booth], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: Any, **_more: Any) -> None:
        raise RuntimeError

    booth = two[0]
    await booth.press(EMMA, "y")
    with monkeypatch.context() as patch:
        patch.setattr(room, "give_vote", broken)
        await booth.press(EMMA, "n")
    async with transaction(booth.sessions) as session:
        kept = (await session.scalars(select(FailedRow))).one()
        assert kept.raw["callback_query"]["data"] == "vc"
        assert booth.slips[EMMA] not in str(kept.raw)
        assert kept.chat_id == EMMA
    assert await booth.turn.replay(kept.id) is TurnOutcome.HANDLED
    async with transaction(booth.sessions) as session:
        last = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()[-1]
        assert "press once more" in str(last.payload)
        assert (await session.get_one(VoteRow, booth.vote_id)).voted == 1


async def test_no_transaction_but_the_last_voters_touches_the_urn(
    two: tuple[Booth, Booth],
) -> None:
    booth = two[0]
    for who, say in ((EMMA, "y"), (LI, "n"), (CHEN, "a"), (EMMA, "n")):
        await booth.press(who, say)
    traces = await booth.traces()
    if "votes" not in traces:
        assert len(traces["vote_marks"]) == 3
        return
    [(urn_by, _place, _id)] = traces["votes"]
    async with transaction(booth.sessions) as session:
        emma = await session.scalar(
            select(MarkRow.voice).where(MarkRow.slip == digest_of(booth.slips[EMMA]))
        )
    assert [voice for by, _place, voice in traces["vote_marks"] if by == urn_by] == [emma]


def _order(traces: dict[str, list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Return traces in the order in which the rows lie, with transactions by their order.

    The line of a page that a row lies on is left out: it hangs on whether the page was cleaned up
    in between, which a checkpoint at the same moment prevents.
    """
    written = [row[0] for rows in traces.values() for row in rows]
    order = {by: str(place) for place, by in enumerate(sorted(set(written), key=int))}
    return [(order[row[0]], row[-1]) for rows in traces.values() for row in rows]
