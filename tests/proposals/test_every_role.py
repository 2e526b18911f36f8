"""Every role at every move in every state, by real buttons and forms, against the table."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.callbacks import Button
from handlers.form.callbacks import Act
from handlers.proposals.callbacks import (
    DeliverPerson,
    MergeInto,
    OnProposal,
    ProposalAct,
    RateDelivery,
    SecondText,
)
from handlers.proposals.screens.card import BUTTONS
from handlers.votes.callbacks import OnVote, VoteAct
from models.database import transaction
from models.help.tables import RequestRow
from models.meetings.tables import AgendaRow
from models.people.rules import Role
from models.people.tables import PersonRow
from models.proposals.queries.detail import part_of
from models.proposals.rules.states import TRANSITIONS, Move, Relation, State, why_not
from models.proposals.tables import ProposalLineRow, ProposalRow, RatingRow, SecondRow
from models.votes.rules.notices import Electorate, Majority
from models.votes.rules.notices import State as VoteState
from models.votes.tables import VoteRow
from tests.proposals.hand import Hand
from tests.proposals.square import Square

ROLES = ("wang", "qian", "li", "chen", "sun", "zhao", "zhou", "he", "lan")
"""The author; a secretary whose own proposal it is; a neighbour; one who seconds it; the staff who
deliver it; other staff; a secretary; a party member; somebody of another community."""

ACTS = {
    Move.EDIT: ProposalAct.EDIT,
    Move.RESUBMIT: ProposalAct.RESUBMIT,
    Move.WITHDRAW: ProposalAct.WITHDRAW,
    Move.ACCEPT: ProposalAct.ACCEPT,
    Move.RETURN: ProposalAct.RETURN_WORDS,
    Move.TURN: ProposalAct.TURN,
    Move.UNSECOND: ProposalAct.UNSECOND,
    Move.CALL_MEETING: ProposalAct.CALL_MEETING,
    Move.OPEN_VOTE: ProposalAct.OPEN_VOTE,
    Move.ADOPT: ProposalAct.ASK_ADOPT,
    Move.DECLINE: ProposalAct.ASK_DECLINE,
    Move.REPORT: ProposalAct.REPORT,
    Move.GET_HELP: ProposalAct.GET_HELP,
    Move.DELIVER: ProposalAct.DELIVER,
    Move.REDO: ProposalAct.REDO,
    Move.CLOSE: ProposalAct.CLOSE,
}
"""The button that makes a move, or opens the form that does."""

ANOTHER_TITLE = ("e", "q0", "=换一个标题")
OPEN_BALLOT = (f"{Act.CHOOSE}0", f"{Act.CHOOSE}1")
FIRST = {
    Move.EDIT: ANOTHER_TITLE,
    Move.RESUBMIT: ANOTHER_TITLE,
    Move.OPEN_VOTE: OPEN_BALLOT,
}
"""What is done in a form before all else: another title; a ballot that so few can hold."""

PRESSED = frozenset(
    move
    for move in Move
    if any((move, relation) in TRANSITIONS for relation in set(Relation) - {Relation.CLOCK})
)
"""What people do; the rest is the clock's."""

Picture = tuple[Any, ...]


class Stage:
    """The square with a hand in it, and proposals brought there one by one."""

    def __init__(self, square: Square) -> None:
        self.square = square
        self.hand = Hand(square.sessions, square.now)
        self.accounts: dict[str, int] = {}

    async def open(self) -> None:
        """Let the staff who deliver move in, and learn everybody's account."""
        await self.square.add("sun", "b2")
        await self.square.grant("sun", Role.STAFF, "gui")
        async with transaction(self.square.sessions) as session:
            for name, person_id in self.square.people.items():
                row = await session.get_one(PersonRow, person_id)
                self.accounts[name] = row.telegram_id or 0

    async def put(self, author: str, state: State) -> tuple[int, int]:
        """Bring a proposal into a state, with a vote on it; give both ids."""
        square, now = self.square, self.square.now
        proposal_id = await square.put(
            author,
            state,
            backers=["chen"],
            person_id=square.people["sun"],
            promise="装好",
            due_at=now + timedelta(days=30),
            rate_by=now + timedelta(days=7) if state is State.DELIVERED else None,
        )
        open_ = state is State.VOTE
        async with transaction(square.sessions) as session:
            vote = VoteRow(
                proposal_id=proposal_id,
                version=1,
                place_id=square.places["gui"].id,
                electorate=Electorate.RESIDENTS,
                secret=False,
                quorum=0,
                majority=Majority.SIMPLE,
                state=VoteState.OPEN if open_ else VoteState.COUNTED,
                opens_at=now - timedelta(days=1),
                ends_at=now + timedelta(days=1),
                set_by=square.people["zhou"],
                set_at=now,
            )
            session.add(vote)
            await session.flush()
            return proposal_id, vote.id

    async def allowed(self, name: str, proposal_id: int) -> set[Move]:
        """List by the table what somebody may do."""
        async with transaction(self.square.sessions) as session:
            row = await session.get_one(ProposalRow, proposal_id)
            part = await part_of(session, await self.square.actor(session, name), row)
        allowed = {move for move in Move if why_not(State(row.state), move, part) is None}
        return allowed - {Move.SECOND} if part.supporter else allowed

    async def picture(self, proposal_id: int) -> Picture:
        """Read all that a move could change."""
        async with transaction(self.square.sessions) as session:
            row = await session.get_one(ProposalRow, proposal_id)
            columns = tuple(
                getattr(row, one.key) for one in ProposalRow.__table__.columns if one.key != "id"
            )
            standing = SecondRow.withdrawn_at.is_(None)
            counts = await session.execute(
                select(
                    *(
                        select(func.count()).select_from(table).where(*which).scalar_subquery()
                        for table, which in (
                            (ProposalLineRow, [ProposalLineRow.proposal_id == proposal_id]),
                            (SecondRow, [SecondRow.proposal_id == proposal_id, standing]),
                            (RatingRow, [RatingRow.proposal_id == proposal_id]),
                            (VoteRow, [VoteRow.proposal_id == proposal_id]),
                            (AgendaRow, [AgendaRow.proposal_id == proposal_id]),
                            (RequestRow, []),
                        )
                    )
                )
            )
            return (*columns, *counts.one())

    async def make(self, name: str, move: Move, proposal_id: int, vote_id: int) -> None:
        """Make a move as far as the buttons and forms let somebody."""
        who, button = self.accounts[name], await self._button(move, proposal_id, vote_id)
        await self.hand.fill_in(who, button, FIRST.get(move, ()))

    async def _button(self, move: Move, proposal_id: int, vote_id: int) -> Button:
        match move:
            case Move.MERGE:
                other = await self.square.put("wu", State.SECONDING)
                return MergeInto(id=proposal_id, into_id=other, sure=True)
            case Move.ASSIGN:
                return DeliverPerson(id=proposal_id, to=self.square.people["zhao"])
            case Move.SECOND:
                return SecondText(id=proposal_id, version=1)
            case Move.RATE:
                return RateDelivery(id=proposal_id, stars=4)
            case Move.CANCEL_VOTE:
                return OnVote(act=VoteAct.OFF, id=vote_id)
        return OnProposal(act=ACTS[move], id=proposal_id)


@pytest.fixture
async def stage(square: Square) -> Stage:
    stage = Stage(square)
    await stage.open()
    return stage


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", State)
async def test_what_buttons_and_forms_let_people_do_is_what_the_table_says(
    stage: Stage, state: State
) -> None:
    """A proposal that was not moved is as good as new for the next move."""
    wrong = []
    for name in ROLES:
        untouched = False
        for move in PRESSED:
            if not untouched:
                proposal_id, vote_id = await stage.put("qian" if name == "qian" else "wang", state)
                allowed = await stage.allowed(name, proposal_id)
                before = await stage.picture(proposal_id)
            await stage.make(name, move, proposal_id, vote_id)
            untouched = await stage.picture(proposal_id) == before
            if untouched == (move in allowed):
                wrong.append(f"{name} {move}: may {move in allowed}, moved {not untouched}")
    assert not wrong
    assert not stage.hand.complaints


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", State)
async def test_a_card_offers_just_what_its_reader_may_do(stage: Stage, state: State) -> None:
    for name in ROLES:
        proposal_id, _vote = await stage.put("qian" if name == "qian" else "wang", state)
        allowed = await stage.allowed(name, proposal_id)
        await stage.hand.tap(stage.accounts[name], OnProposal(act=ProposalAct.OPEN, id=proposal_id))
        buttons: list[tuple[Move, Button]] = [
            (move, OnProposal(act=act, id=proposal_id)) for move, act, _label in BUTTONS
        ]
        buttons.append((Move.SECOND, SecondText(id=proposal_id, version=1)))
        for move, button in buttons:
            offered = button.pack() in stage.hand.seen
            assert offered == (move in allowed and bool(stage.hand.seen)), (name, move)
    assert not stage.hand.complaints
