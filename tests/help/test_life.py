"""Random lives of requests against a model of a few lines."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from models.database import Session, open_engine, open_sessions, transaction
from models.help.actions.claims import claim, hand_back
from models.help.actions.closing import resident_verdict
from models.help.actions.filing import cancel_request
from models.help.actions.visits import on_my_way, report_done
from models.help.rules.outcomes import (
    CancelOutcome,
    ClaimOutcome,
    DoneOutcome,
    HandBackOutcome,
    HandBackReason,
    VerdictOutcome,
    WorkOutcome,
)
from models.help.rules.states import ClaimState, State
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.orders.tables import OrderRow
from models.outbox.tables import OutboxRow
from models.reminders.tables import ReminderRow
from models.vault import Vault
from tests.help.street import Street, build, check_counts
from tests.profile import examples

HELPERS = ["li", "chen", "sun", "qian", "wu"]
LIVE = {"open", "claimed", "underway"}
OVER = {"closed", "cancelled"}
BY_THE_WAY = {"asked", "ordered", "order_again"}
"""Lines that a move brings along beside its own."""


@dataclass
class Model:
    """One request as a person with pencil and paper would keep it."""

    hands: int
    state: str = "open"
    holding: list[str] = field(default_factory=list)
    on_way: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    moves: list[str] = field(default_factory=lambda: ["filed"])

    def settle(self) -> None:
        busy = self.on_way or (self.done and self.holding)
        full = len(self.holding) + len(self.done) == self.hands
        self.state = "underway" if busy else "claimed" if full else "open"

    def end(self, state: str) -> None:
        self.holding, self.line, self.on_way, self.state = [], [], set(), state


class Life(RuleBasedStateMachine):
    """Files, claims, hands back, sets out, does, judges and calls off in any order."""

    requests: Bundle[int] = Bundle("requests")
    street: Street
    runner: asyncio.Runner

    def __init__(self) -> None:
        super().__init__()
        self.models: dict[int, Model] = {}
        self.runner.run(self.clear())

    async def clear(self) -> None:
        async with transaction(self.street.sessions) as session:
            edits = OutboxRow.target_id.is_not(None)
            await session.execute(delete(OutboxRow).where(edits))
            for table in (OutboxRow, ReminderRow):
                await session.execute(delete(table))
            await session.execute(delete(OrderRow))
            for name in ("timeline", "pauses", "claims", "offers", "media", "requests"):
                table_of = RequestRow.metadata.tables[f"help_{name}"]
                await session.execute(table_of.delete())

    def act(
        self,
        action: Callable[..., Awaitable[object]],
        name: str,
        request_id: int,
        *more: object,
        **named: object,
    ) -> object:
        async def work() -> object:
            async with transaction(self.street.sessions) as session:
                actor = await self.street.actor(session, name)
                return await action(session, actor, request_id, *more, now=self.street.now, **named)

        return self.runner.run(work())

    @initialize(target=requests, hands=st.integers(1, 2))
    def begin(self, hands: int) -> int:
        return self.file_one(hands)

    @rule(target=requests, hands=st.integers(1, 3))
    @precondition(lambda self: all(one.state in OVER for one in self.models.values()))
    def file(self, hands: int) -> int:
        return self.file_one(hands)

    def file_one(self, hands: int) -> int:
        request_id = self.runner.run(self.street.file(hands=hands))
        self.models[request_id] = Model(hands)
        return request_id

    @rule(request_id=requests, names=st.permutations(HELPERS))
    def everybody_claims(self, request_id: int, names: list[str]) -> None:
        for name in names:
            self.claim(request_id, name)

    @rule(request_id=requests)
    def first_holder_hands_back(self, request_id: int) -> None:
        for name in self.models[request_id].holding[:1]:
            self.hand_back(request_id, name)

    @rule(request_id=requests, name=st.sampled_from(HELPERS))
    def claim(self, request_id: int, name: str) -> None:
        model = self.models[request_id]
        claimed = self.act(claim, name, request_id)
        outcome, position = claimed.outcome, claimed.position  # type: ignore[attr-defined]  # Claimed
        if name in model.holding or (name in model.done and model.state != "unsolved"):
            assert outcome is ClaimOutcome.ALREADY_YOURS
        elif name in model.line:
            assert (outcome, position) == (ClaimOutcome.WAITING, model.line.index(name) + 1)
        elif model.state not in LIVE:
            assert outcome is ClaimOutcome.ENDED
        elif len(model.holding) + len(model.done) < model.hands:
            assert outcome is ClaimOutcome.HELD
            model.holding.append(name)
            model.moves.append("claimed")
            model.settle()
        else:
            model.line.append(name)
            model.moves.append("queued")
            assert (outcome, position) == (ClaimOutcome.WAITING, len(model.line))

    @rule(request_id=requests, name=st.sampled_from(HELPERS))
    def hand_back(self, request_id: int, name: str) -> None:
        model = self.models[request_id]
        outcome = self.act(hand_back, name, request_id, HandBackReason.OTHER)
        if name in model.line:
            assert outcome is HandBackOutcome.LEFT_LINE
            model.line.remove(name)
            model.moves.append("left_line")
        elif name in model.holding:
            assert outcome is HandBackOutcome.HANDED_BACK
            model.holding.remove(name)
            model.on_way.discard(name)
            model.moves.append("handed_back")
            if model.line:
                model.holding.append(model.line.pop(0))
                model.moves.append("promoted")
            model.settle()
        else:
            assert outcome in {HandBackOutcome.NOT_HOLDER, HandBackOutcome.TOO_LATE}

    @rule(request_id=requests, name=st.sampled_from(HELPERS))
    def set_out(self, request_id: int, name: str) -> None:
        model = self.models[request_id]
        outcome = self.act(on_my_way, name, request_id)
        fresh = name in model.holding and name not in model.on_way
        assert (outcome is WorkOutcome.ON_WAY) == fresh
        if fresh:
            model.on_way.add(name)
            model.moves.append("on_way")
            model.settle()

    @rule(request_id=requests, name=st.sampled_from(HELPERS), all_finished=st.booleans())
    def report_done(self, request_id: int, name: str, *, all_finished: bool) -> None:
        model = self.models[request_id]
        outcome = self.act(report_done, name, request_id, all_finished=all_finished)
        fresh = name in model.holding or (
            name in model.done and model.state in LIVE and all_finished
        )
        if not fresh:
            assert outcome in {DoneOutcome.ALREADY, DoneOutcome.NOT_HOLDER}
            return
        if name in model.holding:
            model.holding.remove(name)
            model.on_way.discard(name)
            model.done.append(name)
        full = len(model.done) == model.hands
        assert outcome is (DoneOutcome.ALL_DONE if all_finished or full else DoneOutcome.PART_DONE)
        if outcome is DoneOutcome.ALL_DONE:
            model.done += sorted(model.on_way)
            model.end("done")
            model.moves.append("done")
        else:
            model.moves.append("part_done")
            model.settle()

    @rule(request_id=requests, solved=st.booleans())
    def judge(self, request_id: int, *, solved: bool) -> None:
        model = self.models[request_id]
        outcome = self.act(resident_verdict, "wang", request_id, solved=solved)
        begun = bool(model.holding or model.done)
        if solved and (model.state in {"done", "unsolved"} or (model.state in LIVE and begun)):
            assert outcome is VerdictOutcome.CLOSED
            model.done += model.holding
            model.end("closed")
            model.moves.append("solved")
        elif not solved and model.state == "done":
            assert outcome is VerdictOutcome.UNSOLVED
            model.done = []
            model.end("unsolved")
            model.moves.append("unsolved")
        else:
            assert outcome not in {VerdictOutcome.CLOSED, VerdictOutcome.UNSOLVED}

    @rule(request_id=requests)
    def cancel(self, request_id: int) -> None:
        model = self.models[request_id]
        outcome = self.act(cancel_request, "wang", request_id)
        assert (outcome is CancelOutcome.CANCELLED) == (model.state in LIVE)
        if model.state in LIVE:
            model.end("cancelled")
            model.moves.append("cancelled")

    @invariant()
    def the_rows_agree(self) -> None:
        self.runner.run(self.compare())

    async def compare(self) -> None:
        names = {person_id: name for name, person_id in self.street.people.items()}
        async with transaction(self.street.sessions) as session:
            await check_counts(session)
            for request_id, model in self.models.items():
                await compare_one(session, request_id, model, names)


async def compare_one(
    session: Session, request_id: int, model: Model, names: dict[int, str]
) -> None:
    request = await session.get_one(RequestRow, request_id)
    assert request.state == State(model.state)
    rows = await session.scalars(
        select(ClaimRow).where(ClaimRow.request_id == request_id).order_by(ClaimRow.line)
    )
    claims = rows.all()

    def standing(*states: ClaimState) -> list[str]:
        return [names[claim.person_id] for claim in claims if claim.state in states]

    assert standing(ClaimState.WAITING) == model.line
    assert set(standing(ClaimState.HELD, ClaimState.ON_WAY)) == set(model.holding)
    assert set(standing(ClaimState.ON_WAY)) == model.on_way
    assert sorted(standing(ClaimState.DONE)) == sorted(model.done)
    lines = await session.scalars(
        select(LineRow.what).where(LineRow.request_id == request_id).order_by(LineRow.id)
    )
    assert [line for line in lines if line not in BY_THE_WAY] == model.moves


@pytest.mark.timeout(300)
def test_any_life_agrees_with_the_model(database_url: str, vault: Vault, now: datetime) -> None:
    with asyncio.Runner() as runner:
        engine = open_engine(database_url)
        street = runner.run(build(open_sessions(engine, vault), now))
        for name in HELPERS:
            runner.run(street.volunteer(name))
        machine = type("Life", (Life,), {"street": street, "runner": runner})
        run_state_machine_as_test(machine, settings=examples(15, steps=20))
        runner.run(engine.dispose())
