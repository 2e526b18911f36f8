"""What the mission promises of registers, an act each."""

from datetime import timedelta

from sqlalchemy import select

from models.audit.tables import AuditRow
from models.database import transaction
from models.leaving.actions import leave
from models.people.tables import PersonRow
from models.records.rules import Refusal
from models.registrations import queries
from models.registrations.actions import deciding, due, filing, kinds
from models.registrations.guard import Forbidden
from models.registrations.notices import Notice, Reminder
from models.registrations.rules import (
    KindOutcome,
    RegistrationOutcome,
    State,
    WhyEnded,
)
from models.reminders.views import Due
from models.sheets.rules.answers import AnswerProblem, WrongAnswer
from models.sheets.rules.fields import SheetWords
from tests.registrations.register import BUILDERS, CAR, DOG, Register


async def test_filed_accepted_and_numbered(register: Register) -> None:
    one = await register.registers("wang")
    assert await register.street.told(Notice.FILED) == ["zhao", "zhou"]
    view = await register.view("zhao", one)
    assert (view.number, view.state, view.sealed) == ("V-1", State.FILED, True)
    assert view.filing.value("plate") is None
    assert (await register.view("wang", one)).filing.value("plate") is not None
    assert await register.accepts("wang", one) is Refusal.NOT_ALLOWED
    assert await register.accepts("zhao", one) is RegistrationOutcome.ACCEPTED
    assert await register.accepts("zhao", one) is Refusal.ALREADY
    assert await register.street.told(Notice.ACCEPTED) == ["wang"]
    assert (await register.row(one)).valid_until is not None


async def test_staff_do_not_accept_their_own(register: Register) -> None:
    one = await register.registers("zhao")
    assert await register.accepts("zhao", one) is Refusal.OWN
    assert await register.accepts("zhou", one) is RegistrationOutcome.ACCEPTED


async def test_sent_back_corrected_and_sent_again(register: Register) -> None:
    one = await register.registers("wang")
    assert await register.returns("zhao", one, " ") is Refusal.EMPTY
    assert await register.returns("zhao", one) is RegistrationOutcome.RETURNED
    assert (await register.view("wang", one)).why_returned == "请补充颜色"
    changed = CAR | {"looks": "蓝色"}
    assert await register.files("wang", one, changed) is RegistrationOutcome.FILED
    assert await register.state(one) is State.FILED
    assert [row.plain for row in await register.kept()] == [None, "蓝色"]
    assert (await register.view("wang", one)).number == "V-1"


async def test_5_a_form_half_filled_while_the_kind_changes(register: Register) -> None:
    kind = await register.makes_kind()
    code = f"reg_k{kind}"
    begun = await register.begun("wang", code)
    old = await register.sheet(code)
    assert await register.asks(kind, "几个？", "How many?", "number") is KindOutcome.CHANGED
    assert await register.does(kinds.publish, "zhou", kind) is KindOutcome.PUBLISHED
    assert await register.sheet(code) != old
    filed = await register.does(
        filing.file_for, "wang", begun.registration_id, old, {"f1": "红"}, "half"
    )
    assert filed is RegistrationOutcome.FILED
    view = await register.view("zhao", begun.registration_id)
    assert (view.filing.sheet.version, view.filing.sheet.current) == (1, False)


async def test_6_a_plate_is_found_however_it_is_written(register: Register) -> None:
    one = await register.stands()
    vehicle = await register.kind("reg_vehicle")
    for typed in ("苏Ａ·12345", "苏a12345", "苏A 12345"):
        found = await register.reads(queries.search, "zhao", vehicle, typed)
        assert [line.id for line in found] == [one], typed
        async with transaction(register.street.sessions) as session:
            community = register.street.places["gui"].id
            held = await queries.holders_of_plate(session, community, typed)
        assert held == [register.street.people["wang"]]
    assert await register.reads(queries.search, "zhao", vehicle, "苏A99999") == []
    assert await register.reads(queries.search, "wang", vehicle, "苏A12345") == []
    await register.ends("wang", one)
    assert await register.reads(queries.search, "zhao", vehicle, "苏A12345") == []


async def test_8_one_card_after_an_outage_and_seven_days_more(register: Register) -> None:
    one = await register.stands("wang", DOG, "reg_pet")
    last = (await register.row(one)).valid_until
    assert last is not None
    await register.returns_at(register.street.now + timedelta(days=400))
    assert await register.street.told(Notice.EXPIRES) == ["wang"]
    assert await register.state(one) is State.EXPIRING
    await register.passes(days=6)
    assert await register.state(one) is State.EXPIRING
    await register.passes(days=2)
    assert (await register.row(one)).why_ended == WhyEnded.EXPIRED
    assert await register.street.told(Notice.EXPIRES) == ["wang"]
    assert await register.street.told(Notice.EXPIRED) == ["wang"]
    assert await register.kept() == []


async def test_one_card_in_ordinary_times(register: Register) -> None:
    one = await register.stands("wang", DOG, "reg_pet")
    await register.passes(days=400)
    assert await register.street.told(Notice.EXPIRES) == ["wang"]
    assert await register.state(one) is State.ENDED


async def test_renewed_before_it_ends(register: Register) -> None:
    one = await register.stands("wang", DOG, "reg_pet")
    await register.passes(days=170)
    again = DOG | {"vaccinated": "2028-06-01"}
    assert await register.files("wang", one, again, "reg_pet") is RegistrationOutcome.RENEWING
    assert await register.state(one) is State.RENEWING
    assert await register.returns("zhao", one) is RegistrationOutcome.RETURNED
    assert await register.state(one) is State.STANDING
    assert await register.files("wang", one, again, "reg_pet") is RegistrationOutcome.RENEWING
    assert await register.accepts("zhao", one) is RegistrationOutcome.ACCEPTED
    row = await register.row(one)
    assert (row.state, str(row.valid_until), row.next_filing_id) == ("standing", "2028-06-01", None)
    assert len(await register.kept()) == 2
    await register.passes(days=60)
    assert await register.state(one) is State.STANDING


async def test_what_was_to_be_changed_and_came_back_still_ends_with_a_warning(
    register: Register,
) -> None:
    one = await register.stands("wang", DOG, "reg_pet")
    assert await register.files("wang", one, DOG, "reg_pet") is RegistrationOutcome.RENEWING
    assert await register.returns("zhao", one) is RegistrationOutcome.RETURNED
    assert await register.state(one) is State.STANDING
    await register.passes(days=170)
    assert await register.street.told(Notice.EXPIRES) == ["wang"]
    assert await register.state(one) is State.EXPIRING


async def test_10_bad_input_is_named_and_nothing_is_lost(register: Register) -> None:
    begun = await register.begun("wang", "reg_pet")
    one = begun.registration_id
    bad = (
        ("vaccinated", "2026-01-01", AnswerProblem.PAST_DAY),
        ("vaccinated", "2027-02-31", AnswerProblem.NO_DAY),
        ("vaccinated", "2099-01-01", AnswerProblem.FAR_DAY),
        ("looks", "11010519491231002X", AnswerProblem.IDENTITY_NUMBER),
        ("chip", "11010519491231002X", AnswerProblem.IDENTITY_NUMBER),
    )
    for key, value, why in bad:
        filed = await register.files("wang", one, DOG | {key: value}, "reg_pet")
        assert filed == WrongAnswer(key, why)
    assert await register.kept() == []
    assert await register.state(one) is State.BEGUN
    assert (await register.begun("wang", "reg_pet")).registration_id == one
    late = BUILDERS | {"until": "2026-12-05"}
    begun = await register.begun("wang", "reg_renovation")
    filed = await register.files("wang", begun.registration_id, late, "reg_renovation")
    assert filed == WrongAnswer("until", AnswerProblem.BEFORE_START)


async def test_10_kinds_that_ask_for_what_is_kept_nowhere_are_refused(register: Register) -> None:
    place = register.street.places["gui"].id
    for zh in ("身份证登记", "11010519491231002X"):
        plan = kinds.KindPlan("x", SheetWords(zh, "A list"))
        made = await register.does(kinds.begin_kind, "zhou", place, plan)
        assert made.outcome is Forbidden.IDENTITY
    kind = await register.makes_kind()
    assert await register.asks(kind, "民族？", "What?") is Forbidden.NATIONALITY
    assert await register.asks(kind, "其他", "Religion?") is Forbidden.FAITH
    assert await register.asks(kind, "是否重点人口", "x") is Forbidden.WATCHED
    choices = [SheetWords("有前科", "yes"), SheetWords("无", "no")]
    words = SheetWords("选择", "Choose")
    asked = await register.does(kinds.add_field, "zhou", kind, "choice", words, choices)
    assert asked is Forbidden.RECORD


async def test_a_kind_without_code(register: Register) -> None:
    kind = await register.makes_kind(until=True)
    code = f"reg_k{kind}"
    view = await register.does(queries.kind_view, "zhou", kind)
    assert [field.key for field in view.fields] == ["until", "f1"]
    assert await register.does(kinds.drop_field, "zhou", kind, 1) is Refusal.BAD_CHOICE
    assert await register.does(kinds.publish, "zhao", kind) is Refusal.NOT_ALLOWED
    one = await register.stands("wang", {"until": "2027-01-01", "f1": "红"}, code)
    assert (await register.view("wang", one)).number == f"K{kind}-1"
    begun = await register.begun("wang", code)
    assert await register.does(kinds.retire_kind, "zhou", kind) is KindOutcome.RETIRED
    assert (await register.begun("wang", code)).outcome is Refusal.BAD_CHOICE
    finished = {"until": "2027-01-01", "f1": "绿"}
    filed = await register.files("wang", begun.registration_id, finished, code)
    assert filed is RegistrationOutcome.FILED
    assert await register.state(one) is State.STANDING


async def test_neighbours_hear_of_builders_and_not_of_whom(register: Register) -> None:
    await register.street.add("upstairs", "b1")
    await register.street.add("deaf", "b1")
    await register.street.add("elsewhere", "b2")
    await register.does(deciding.hear_of_builders, "deaf", hears=False)
    one = await register.stands("wang", BUILDERS, "reg_renovation")
    told = await register.street.told(Notice.BUILDING)
    assert "upstairs" in told
    assert not {"wang", "deaf", "elsewhere"} & {*told}
    async with transaction(register.street.sessions) as session:
        reader = register.street.people["upstairs"]
        news = await queries.building_news(session, reader, one)
    assert news is not None
    assert (news.floor, str(news.begins)) == ("三楼", "2026-12-10")
    again = BUILDERS | {"firm_phone": "13900002222"}
    await register.files("wang", one, again, "reg_renovation")
    await register.accepts("zhao", one)
    assert (await register.street.told(Notice.BUILDING)).count("upstairs") == 1


async def test_no_community_is_told_of_builders_in_a_home_of_which_no_building_is_known(
    register: Register,
) -> None:
    await register.street.add("somewhere", "gui")
    await register.stands("somewhere", BUILDERS, "reg_renovation")
    assert await register.street.told(Notice.BUILDING) == []


async def test_opening_what_is_sealed_is_on_record(register: Register) -> None:
    one = await register.stands()
    opened = await register.does(deciding.open_sealed, "zhao", one)
    assert [view.value("plate") for view in opened] == ["苏A12345"]
    async with transaction(register.street.sessions) as session:
        concerning = AuditRow.concerning_id == register.street.people["wang"]
        looks = [*await session.scalars(select(AuditRow).where(concerning))]
    assert [row.act for row in looks] == ["looked"]
    assert await register.does(deciding.open_sealed, "wang", one) is Refusal.NOT_ALLOWED


async def test_the_table_leaves_what_is_sealed_closed(register: Register) -> None:
    await register.stands()
    vehicle = await register.kind("reg_vehicle")
    rows = await register.does(queries.export, "zhao", vehicle)
    assert [(line.number, view.value("plate")) for line, view in rows] == [("V-1", None)]
    assert await register.does(queries.export, "wang", vehicle) is Refusal.NOT_ALLOWED


async def test_somebody_without_a_phone(register: Register) -> None:
    await register.street.add("old", "b1", telegram=False)
    one = await register.registers("zhao", DOG, "reg_pet", whom="old")
    assert await register.accepts("zhao", one) is Refusal.OWN
    assert await register.accepts("zhou", one) is RegistrationOutcome.ACCEPTED
    assert (await register.begun("zhao", whom="wang")).outcome is RegistrationOutcome.HAS_PHONE
    assert (await register.begun("wang", whom="old")).outcome is Refusal.NOT_ALLOWED


async def test_the_desk_is_asked_again(register: Register) -> None:
    await register.registers("wang")
    await register.passes(days=4)
    assert await register.street.told(Notice.FILED) == ["zhao", "zhou"] * 2


async def test_the_permit_comes_half_a_year_after_arriving(register: Register) -> None:
    await register.stands("wang", {"arrived": "2026-11-20"}, "reg_temporary")
    await register.passes(days=190)
    assert await register.street.told(Notice.PERMIT) == ["wang"]


async def test_what_was_never_sent_is_let_go(register: Register) -> None:
    begun = await register.begun("wang")
    await register.passes(days=31)
    assert await register.state(begun.registration_id) is State.ENDED


async def test_who_leaves_takes_their_answers_along(register: Register) -> None:
    one = await register.stands()
    async with transaction(register.street.sessions) as session:
        person = await register.street.actor(session, "wang")
        await leave(session, person, now=register.street.now)
    assert await register.kept() == []
    assert (await register.row(one)).why_ended == WhyEnded.LEFT
    await register.passes(days=366)
    assert (await register.row(one)).person_id is None
    assert await register.street.pending(Reminder.EXPIRY) == []


async def test_registrations_of_a_place_that_goes_follow_their_holder(register: Register) -> None:
    one = await register.stands("wang")
    begun = await register.begun("wang", "reg_pet")
    street = register.street
    gone, home = (street.places[name].id for name in ("b1", "b2"))
    async with transaction(street.sessions) as session:
        (await session.get_one(PersonRow, street.people["wang"])).place_id = home
        await due.end_at(session, await street.actor(session, "zhou"), gone, street.now)
    row = await register.row(one)
    assert (row.state, row.place_id, row.number) == (State.STANDING, home, 1)
    assert await register.state(begun.registration_id) is State.ENDED
    assert (await register.view("zhao", one)).moves


async def test_the_secretary_accepts_where_a_kind_says_so(register: Register) -> None:
    place = register.street.places["gui"].id
    plan = kinds.KindPlan("s", SheetWords("摊位", "Stall"), accepts=kinds.Accepts.SECRETARY)
    made = await register.does(kinds.begin_kind, "zhou", place, plan)
    await register.asks(made.kind_id, "卖什么？", "What is sold?")
    await register.does(kinds.publish, "zhou", made.kind_id)
    one = await register.registers("wang", {"f1": "菜"}, f"reg_k{made.kind_id}")
    assert await register.street.told(Notice.FILED) == ["zhou"]
    assert await register.accepts("zhao", one) is Refusal.NOT_ALLOWED
    assert await register.accepts("zhou", one) is RegistrationOutcome.ACCEPTED


async def test_many_that_end_at_once_come_to_what_each_comes_to(register: Register) -> None:
    street = register.street
    dogs = {}
    for name, last in (("n1", "2027-06-01"), ("n2", "2027-06-01"), ("n3", "2027-12-01")):
        await street.add(name, "b1")
        dogs[name] = await register.stands(name, DOG | {"vaccinated": last}, "reg_pet")
    ended = await register.stands("wang", DOG, "reg_pet")
    await register.ends("wang", ended)
    street.now += timedelta(days=175)
    fired = [
        Due(number, Reminder.EXPIRY, one, street.now, late=False, detail={})
        for number, one in enumerate([*dogs.values(), ended, dogs["n1"]])
    ]
    async with transaction(street.sessions) as session:
        await due.expiry_all(session, fired, street.now)
    assert await street.told(Notice.EXPIRES) == ["n1", "n2"]
    states = [await register.state(one) for one in dogs.values()]
    assert states == [State.EXPIRING, State.EXPIRING, State.STANDING]
    street.now += timedelta(days=30)
    async with transaction(street.sessions) as session:
        await due.expiry_all(session, fired, street.now)
    assert await register.state(dogs["n1"]) is State.ENDED
    assert await street.told(Notice.EXPIRED) == ["n1", "n2"]
