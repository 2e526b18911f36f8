"""A list kept by hand until now: a row a registration, or a question; all of it or every fault."""

import asyncio

import pytest

from models.database import transaction
from models.people.actions.personal import seal
from models.people.rules import Field
from models.records.rules import Refusal
from models.registrations.actions import kinds, lists, many
from models.registrations.actions.lists import HOLDER, ROWS_OF_A_LIST, ListTaken
from models.registrations.actions.many import ManyAccepted
from models.registrations.guard import Forbidden
from models.registrations.notices import Notice
from models.registrations.queries import kind_view
from models.registrations.rules import KindOutcome, RegistrationOutcome, State
from models.sheets.rules.answers import AnswerProblem
from models.sheets.rules.fields import SheetProblem
from models.sheets.rules.rows import CellFault, CellProblem, heads_of
from tests.registrations.register import DOG, Register

NOBODY = "户主电话 / Telephone of the holder"


@pytest.fixture
async def heads(register: Register) -> tuple[str, ...]:
    """Let two old neighbours without Telegram live here; return the heads of a list of dogs."""
    for name, home, phone in (("old", "b1", "13800000001"), ("older", "b2", "13800000002")):
        person_id = await register.street.add(name, home, telegram=False)
        async with transaction(register.street.sessions) as session:
            await seal(session, person_id, Field.PHONE, phone, register.street.now)
    kind = await register.kind("reg_pet")
    async with transaction(register.street.sessions) as session:
        return heads_of(await lists.columns_of(session, kind), "zh_Hans")


def row(heads: tuple[str, ...], phone: str, looks: str = "黄狗", until: str = "2027-06-01"):
    named = {HOLDER.label.zh: phone, "疫苗有效到": until}
    first = next(head for head in heads if head not in named)
    return tuple(named.get(head, looks if head == first else "") for head in heads)


async def takes(register: Register, who: str, rows: object, token: str = "list") -> object:
    kind = await register.kind("reg_pet")
    return await register.does(lists.take_list, who, kind, rows, token)


async def test_every_row_is_sent_and_somebody_else_is_asked_once(
    register: Register, heads: tuple[str, ...]
) -> None:
    rows = [heads, row(heads, "138 0000 0001"), row(heads, "+86 13800000002", "白狗")]
    assert await takes(register, "zhao", rows) == ListTaken(2)
    assert len(await register.street.told(Notice.FILED)) == 1
    assert (await register.row(1)).person_id == register.street.people["old"]
    assert (await register.row(2)).person_id == register.street.people["older"]
    assert await register.accepts("zhao", 1) is Refusal.OWN
    assert await register.accepts("zhou", 1) == "accepted"
    assert await takes(register, "zhao", rows) is Refusal.ALREADY
    assert len(await register.kept()) == 4


async def test_the_desk_is_asked_once_more_of_a_list_and_not_of_every_row(
    register: Register, heads: tuple[str, ...]
) -> None:
    rows = [heads, *(row(heads, "13800000001", f"黄狗{number}") for number in range(5))]
    assert await takes(register, "zhao", rows) == ListTaken(5)
    await register.passes(days=4)
    assert await register.street.told(Notice.FILED) == ["zhou", "zhou"]


async def test_all_that_waits_is_accepted_at_once_but_for_ones_own(
    register: Register, heads: tuple[str, ...]
) -> None:
    kind = await register.kind("reg_pet")
    rows = [heads, row(heads, "13800000001"), row(heads, "13800000002")]
    assert await takes(register, "zhao", rows) == ListTaken(2)
    hers = await register.registers("zhou", DOG, "reg_pet")
    assert await register.does(many.accept_waiting, "zhou", kind, 3) is Refusal.WRONG_TIME
    assert await register.does(many.accept_waiting, "wang", kind, 2) is Refusal.NOT_ALLOWED
    assert await register.does(many.accept_waiting, "zhao", kind, 1) == ManyAccepted(1)
    assert await register.state(hers) is State.STANDING
    assert await register.does(many.accept_waiting, "zhou", kind, 2) == ManyAccepted(2)
    assert [await register.state(one) for one in (1, 2)] == [State.STANDING] * 2
    assert await register.does(many.accept_waiting, "zhou", kind, 2) is Refusal.WRONG_TIME


async def test_what_everybody_registers_alone_comes_in_no_list_and_from_no_desk(
    register: Register, heads: tuple[str, ...]
) -> None:
    kind = await register.kind("reg_temporary")
    rows = [(HOLDER.label.zh, "住进来"), ("13800000001", "2026-11-01")]
    taken = await register.does(lists.take_list, "zhao", kind, rows, "stay")
    assert taken is RegistrationOutcome.THEMSELVES
    begun = await register.begun("zhao", "reg_temporary", whom="old")
    assert begun.outcome is RegistrationOutcome.THEMSELVES
    assert await register.kept() == []


async def test_of_a_list_with_a_fault_nothing_is_taken(
    register: Register, heads: tuple[str, ...]
) -> None:
    async with transaction(register.street.sessions) as session:
        wang = register.street.people["wang"]
        await seal(session, wang, Field.PHONE, "13800000009", register.street.now)
    good = row(heads, "13800000001")
    for bad, fault in (
        (row(heads, "13899999999"), CellFault(3, NOBODY, CellProblem.NOBODY)),
        (row(heads, "13800000009"), CellFault(3, NOBODY, CellProblem.FOR_THEMSELVES)),
        (row(heads, "hello"), CellFault(3, HOLDER.label.zh, AnswerProblem.NO_PHONE)),
    ):
        assert await takes(register, "zhao", [heads, good, bad]) == (fault,)
    past = await takes(register, "zhao", [heads, good, row(heads, "13800000002", until="2020-1-1")])
    assert isinstance(past, tuple)
    assert [(one.row, one.why) for one in past] == [(3, AnswerProblem.PAST_DAY)]
    many = await takes(register, "zhao", [heads, *[good] * (ROWS_OF_A_LIST + 1)])
    assert isinstance(many, tuple)
    assert many[0].why is CellProblem.TOO_MANY_ROWS
    assert await register.kept() == []


async def test_only_a_desk_sends_lists(register: Register, heads: tuple[str, ...]) -> None:
    assert await takes(register, "wang", [heads, row(heads, "13800000001")]) is Refusal.NOT_ALLOWED


async def test_one_file_that_comes_twice_at_once_is_taken_once(
    register: Register, heads: tuple[str, ...]
) -> None:
    rows = [heads, row(heads, "13800000001"), row(heads, "13800000002")]
    done = await asyncio.gather(*(takes(register, "zhao", rows) for _ in range(3)))
    assert done.count(ListTaken(2)) == 1
    assert len(await register.kept()) == 4


async def test_questions_come_from_a_spreadsheet_and_keep_their_names(register: Register) -> None:
    kind = await register.makes_kind(until=True)
    rows = [
        ("问题", "英文", "类型", "选项", "保密"),
        ("什么颜色？", "Which colour?", "文字", "", ""),
        ("放哪儿？", "Where?", "单选", "车棚/Shed、楼道/Stairs", ""),
        ("电话", "Telephone", "电话", "", "是"),
    ]
    changed = await register.does(lists.define_by_list, "zhou", kind, rows)
    assert changed is KindOutcome.CHANGED
    view = await register.does(kind_view, "zhou", kind)
    assert [one.key for one in view.fields] == ["until", "f1", "q1", "q2"]
    assert await register.does(kinds.publish, "zhou", kind) is KindOutcome.PUBLISHED
    wrong = [("问题", "类型"), ("选什么？", "单选"), ("签名", "签名")]
    assert await register.does(lists.define_by_list, "zhou", kind, wrong) == (
        CellFault(2, "", SheetProblem.NO_OPTIONS),
        CellFault(3, "类型 / Kind", CellProblem.UNKNOWN_WORD),
    )
    asks = [("问题",), ("身份证号是多少？",)]
    assert await register.does(lists.define_by_list, "zhou", kind, asks) is Forbidden.IDENTITY
    refused = await register.does(lists.define_by_list, "wang", kind, rows)
    assert refused is Refusal.NOT_ALLOWED
