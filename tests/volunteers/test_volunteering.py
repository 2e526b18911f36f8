"""Signing up, being approved, pausing, leaving; who is asked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select, update

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.categories import Skill
from models.database import Sessions, transaction
from models.help.queries.fitting import Wanted, Whom, candidates, profile
from models.people.queries import person_by_id
from models.people.rules import Role
from models.people.tables import PersonRow
from models.people.views import Person
from models.volunteers import actions
from models.volunteers.queries import application, applications
from models.volunteers.rules import (
    ALL_HOURS,
    ChangeOutcome,
    DayPart,
    DecisionOutcome,
    Notice,
    Offered,
    SignUpOutcome,
    State,
    slot,
)
from models.volunteers.views import Candidate
from tests.help.street import Street, build


@pytest.fixture
async def street(sessions: Sessions, now: datetime) -> Street:
    """A street with a resident (wang), staff (zhao) and a secretary (zhou)."""
    return await build(sessions, now)


def offer(street: Street, *skills: Skill, at: str = "gui", cap: int = 8) -> Offered:
    return Offered(frozenset(skills), frozenset({street.places[at].id}), ALL_HOURS, cap)


async def sign_up(street: Street, name: str, offered: Offered) -> SignUpOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await actions.sign_up(session, actor, offered, now=street.now)


async def decide(street: Street, name: str, about: str, *, yes: bool = True) -> DecisionOutcome:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        if yes:
            return await actions.approve(session, actor, street.people[about], now=street.now)
        return await actions.refuse(
            session, actor, street.people[about], now=street.now, reason="under age"
        )


async def state_of(street: Street, name: str) -> State | None:
    async with transaction(street.sessions) as session:
        found = await profile(session, street.people[name], now=street.now)
        return found.state if found else None


async def test_from_sign_up_to_approval(street: Street) -> None:
    assert await state_of(street, "wang") is None
    skills = offer(street, Skill.ERRANDS, Skill.PETS)
    assert await sign_up(street, "wang", skills) is SignUpOutcome.APPLIED
    assert await sign_up(street, "wang", skills) is SignUpOutcome.ALREADY
    assert await street.told(Notice.APPLIED) == ["zhao", "zhou"]
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        waiting = await applications(session, zhao)
        assert not (await street.actor(session, "wang")).volunteer
    assert [(one.name, one.offered) for one in waiting] == [("wang", skills)]
    assert await decide(street, "zhao", "wang") is DecisionOutcome.APPROVED
    assert await decide(street, "zhou", "wang", yes=False) is DecisionOutcome.ALREADY
    assert await street.told(Notice.APPROVED) == ["wang"]
    async with transaction(street.sessions) as session:
        assert (await street.actor(session, "wang")).volunteer
        found = await application(session, street.people["wang"])
    assert found is not None
    assert found.state is State.ACTIVE


async def test_refused_with_a_reason_and_trying_again(street: Street) -> None:
    await sign_up(street, "wang", offer(street))
    assert await decide(street, "zhao", "wang", yes=False) is DecisionOutcome.REFUSED
    async with transaction(street.sessions) as session:
        found = await profile(session, street.people["wang"], now=street.now)
    assert found is not None
    assert (found.state, found.reason) == (State.REFUSED, "under age")
    assert await sign_up(street, "wang", offer(street)) is SignUpOutcome.APPLIED


async def test_only_the_right_staff_decide_and_nobody_about_themselves(street: Street) -> None:
    await street.add("outsider", "l1")
    await street.grant("outsider", Role.STAFF, "lan")
    await sign_up(street, "wang", offer(street))
    for name in ("outsider", "wang"):
        assert await decide(street, name, "wang") is DecisionOutcome.NOT_ALLOWED
    assert await decide(street, "zhao", "zhou") is DecisionOutcome.MISSING
    async with transaction(street.sessions) as session:
        outsider = await street.actor(session, "outsider")
        assert await applications(session, outsider) == []
        assert await applications(session, await street.actor(session, "wang")) == []
        denied = await session.scalar(select(func.count()).where(AuditRow.act == AuditAct.DENIED))
    assert denied == 2


async def test_staff_of_the_home_grid_decide_about_a_whole_community(street: Street) -> None:
    await street.add("grid", "b2")
    await street.grant("grid", Role.STAFF, "g1")
    await sign_up(street, "wang", offer(street, at="gui"))
    assert await decide(street, "grid", "wang") is DecisionOutcome.APPROVED


async def test_staff_stand_at_once_and_strangers_not_at_all(street: Street) -> None:
    assert await sign_up(street, "zhao", offer(street)) is SignUpOutcome.ACTIVE
    async with transaction(street.sessions) as session:
        stranger = Person(street.people["wang"], 1, "", "en", registered=False)
        refused = await actions.sign_up(session, stranger, offer(street), now=street.now)
    assert refused is SignUpOutcome.NOT_ALLOWED


async def test_choices_must_be_sound(street: Street) -> None:
    nowhere = Offered(frozenset(), frozenset({999_999}))
    assert await sign_up(street, "wang", nowhere) is SignUpOutcome.BAD_CHOICE
    await sign_up(street, "zhao", offer(street))
    async with transaction(street.sessions) as session:
        zhao, wang = await street.actor(session, "zhao"), await street.actor(session, "wang")
        bad = await actions.change_offer(session, zhao, nowhere, now=street.now)
        none = await actions.change_offer(session, wang, offer(street), now=street.now)
    assert (bad, none) == (ChangeOutcome.BAD_CHOICE, ChangeOutcome.NOT_VOLUNTEER)


async def test_changing_the_offer_replaces_it(street: Street) -> None:
    await sign_up(street, "zhao", offer(street, Skill.PETS, Skill.ERRANDS))
    changed = offer(street, Skill.ERRANDS, Skill.LEGAL, at="g1", cap=3)
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        await actions.change_offer(session, zhao, changed, now=street.now)
        found = await profile(session, zhao.id, now=street.now)
    assert found is not None
    assert found.offered == changed


async def test_pause_resume_leave(street: Street) -> None:
    await sign_up(street, "zhao", offer(street))
    steps = [
        (actions.resume, ChangeOutcome.ALREADY, State.ACTIVE),
        (actions.pause, ChangeOutcome.CHANGED, State.PAUSED),
        (actions.pause, ChangeOutcome.ALREADY, State.PAUSED),
        (actions.resume, ChangeOutcome.CHANGED, State.ACTIVE),
        (actions.leave, ChangeOutcome.CHANGED, State.LEFT),
        (actions.leave, ChangeOutcome.ALREADY, State.LEFT),
        (actions.resume, ChangeOutcome.NOT_VOLUNTEER, State.LEFT),
    ]
    for step, outcome, state in steps:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, "zhao")
            assert await step(session, actor, now=street.now) is outcome
        assert await state_of(street, "zhao") is state
    assert await sign_up(street, "zhao", offer(street)) is SignUpOutcome.ACTIVE


async def find(
    street: Street,
    *needed: Skill,
    at: str = "b1",
    request_id: int = 0,
    anew: bool = True,
    hour: int = 12,
    urgent: bool = False,
) -> list[Candidate]:
    async with transaction(street.sessions) as session:
        return await candidates(
            session,
            Wanted(
                request_id=request_id,
                path=street.places[at].path,
                needed=frozenset(needed),
                slot=slot(0, DayPart.AFTERNOON),
                loaded_since=street.now - timedelta(days=30),
                kept_since=street.now - timedelta(days=180),
                busy_from=street.now - timedelta(hours=2),
                busy_until=street.now + timedelta(hours=2),
                about_now=True,
                excluded=frozenset({street.people["wang"]}),
                now=street.now,
                hour=hour,
                urgent=urgent,
                whom=Whom.NEW if anew else Whom.ANYBODY,
                limit=10,
            ),
        )


async def test_candidates_come_skilled_first_then_near_then_free(street: Street) -> None:
    busy = slot(1, DayPart.MORNING)
    await street.volunteer("busy", "b2", hours=busy)
    await street.volunteer("free", "b2")
    await street.volunteer("home", "b1")
    await street.volunteer("grid2", "b4")
    await street.volunteer("skilled", "l1", Skill.PETS, Skill.LEGAL)
    names = {person_id: name for name, person_id in street.people.items()}
    found = await find(street, Skill.PETS)
    order = [names[one.person_id] for one in found]
    assert order == ["skilled", "home", "free", "busy", "grid2"]
    assert found[0].skills == {Skill.PETS, Skill.LEGAL}
    assert found[0].home_path == street.places["l1"].path


async def test_candidates_leave_out_whoever_must_not_be_asked(street: Street) -> None:
    await street.volunteer("li")
    for name in ("paused", "left", "blocked", "gone", "full", "wang2"):
        await street.volunteer(name, cap=1)
    request_id = await street.file()
    await street.claim("full", await street.file())
    async with transaction(street.sessions) as session:
        await actions.pause(session, await street.actor(session, "paused"), now=street.now)
        await actions.leave(session, await street.actor(session, "left"), now=street.now)
        for name, column in (("blocked", "unreachable_at"), ("gone", "left_at")):
            await session.execute(
                update(PersonRow)
                .where(PersonRow.id == street.people[name])
                .values({column: street.now})
            )
    found = {one.person_id for one in await find(street)}
    assert found == {street.people["li"], street.people["wang2"]}
    anew = {one.person_id for one in await find(street, request_id=request_id)}
    assert anew == {street.people["wang2"]}, "the first five were asked before"
    assert await find(street, at="l1") == [], "nobody serves the other community"


async def test_candidates_leave_alone_whoever_wants_to_be(street: Street) -> None:
    later = street.now + timedelta(hours=1)
    spared = {
        "li": {"paused_until": street.now},
        "rests": {"paused_until": later},
        "night": {"quiet_from": 20, "quiet_until": 8},
        "noon": {"quiet_from": 13, "quiet_until": 15},
    }
    for name, values in spared.items():
        await street.volunteer(name)
        async with transaction(street.sessions) as session:
            row = PersonRow.id == street.people[name]
            await session.execute(update(PersonRow).where(row).values(values))

    async def asked(hour: int, *, urgent: bool = False) -> set[str]:
        found = {one.person_id for one in await find(street, hour=hour, urgent=urgent)}
        return {name for name in spared if street.people[name] in found}

    assert await asked(12) == {"li", "night", "noon"}
    assert await asked(13) == {"li", "night"}
    assert await asked(15) == {"li", "night", "noon"}
    assert await asked(20) == await asked(7) == {"li", "noon"}
    assert await asked(8) == {"li", "night", "noon"}
    assert await asked(20, urgent=True) == {"li", "night", "noon"}


async def test_the_load_counts_thirty_days_back(street: Street) -> None:
    await street.volunteer("li", cap=1)
    await street.claim("li", await street.file())
    async with transaction(street.sessions) as session:
        assert await person_by_id(session, street.people["li"])
        today = await profile(session, street.people["li"], now=street.now)
        later = await profile(session, street.people["li"], now=street.now + timedelta(days=31))
    assert today is not None
    assert later is not None
    assert (today.load, later.load) == (1, 0)


async def test_a_long_list_of_applications_takes_few_statements(street: Street) -> None:
    for name in ("sun", "li", "qian"):
        await street.add(name)
        await sign_up(street, name, offer(street, Skill.ERRANDS))
    statements: list[str] = []
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        connection = await session.connection()
        event.listen(
            connection.sync_connection,
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_rest: statements.append(statement),
        )
        assert len(await applications(session, zhao)) == 3
    assert len(statements) == 3
