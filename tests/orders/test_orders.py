"""Orders from the resident's word to the return visits."""

import asyncio
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.categories import Body
from models.database import transaction
from models.help.actions.closing import rate, reopen, resident_verdict, say_what_went_wrong
from models.help.queries.desk import desk_view
from models.help.rules.closing import Cause
from models.help.rules.limits import Line
from models.help.rules.notices import Notice as HelpNotice
from models.help.rules.outcomes import RateOutcome, ReopenOutcome, VerdictOutcome, WrongOutcome
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import State, Waiting
from models.help.tables import PauseRow, RequestRow
from models.help.views import RequestView
from models.hours.rules.quiet import in_quiet_hours
from models.leaving.actions import leave
from models.media import Media, MediaKind
from models.orders.actions.visits import record_word
from models.orders.queries.orders import A_PAGE, count_orders, order_view, orders_page
from models.orders.queries.visits import call_case, count_calls
from models.orders.rules import (
    Notice,
    OrderOutcome,
    OrderPolicy,
    Reminder,
    VisitAnswer,
    VisitOutcome,
)
from models.orders.rules import State as OrderState
from models.orders.tables import OrderRow
from models.orders.views import OrderView
from models.people.rules import Leaving, Role
from models.records.rules import Refusal
from tests.help.street import Street
from tests.orders.acts import (
    act,
    answer,
    done,
    help_act,
    low_rated,
    only_order,
    orders,
    said,
    signed,
    solved,
    sweep_at,
    unsolved,
    visits_of,
)
from tests.statements import statements

POLICY, HELP = OrderPolicy(), HelpPolicy()
CLOCK = POLICY.desk_clock()


async def view_of(street: Street, name: str, order_id: int) -> OrderView:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        view = await order_view(session, actor, order_id, now=street.now)
        assert isinstance(view, OrderView)
        return view


async def test_not_solved_opens_an_order_for_the_owner_under_the_secretary(street: Street) -> None:
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    assert (order.cause, order.state, order.body) == (Cause.UNSOLVED, "open", Body.COMMITTEE)
    assert order.person_id == street.people["zhao"]
    assert order.due_at == CLOCK.after(street.now, POLICY.order_due.by(CLOCK))
    assert await street.told(Notice.OPENED) == ["zhou"]
    assert await street.told(HelpNotice.UNSOLVED) == ["zhao"]
    assert await street.told(Notice.YOURS) == []
    assert "ordered" in await street.lines(request_id)


async def test_few_stars_open_one_too_and_the_request_stays_closed(street: Street) -> None:
    request_id = await low_rated(street)
    order = await only_order(street, request_id)
    assert order.cause == Cause.LOW_RATING
    assert (await street.told(Notice.YOURS), await street.told(Notice.OPENED)) == (
        ["zhao"],
        ["zhou"],
    )
    assert (await street.request(request_id)).state == State.CLOSED
    await signed(street, request_id)
    assert (await street.request(request_id)).state == State.CLOSED
    assert len(await visits_of(street, order.id)) == 2


async def test_three_stars_open_none(street: Street) -> None:
    request_id = await solved(street)
    assert await help_act(street, rate, "wang", request_id, stars=3) is RateOutcome.RATED
    assert await orders(street, request_id) == []


async def test_a_second_cause_changes_nothing_and_is_told(street: Street) -> None:
    request_id = await low_rated(street)
    before = await only_order(street, request_id)
    assert await help_act(street, reopen, "wang", request_id) is ReopenOutcome.REOPENED
    after = await only_order(street, request_id)
    assert (after.cause, after.due_at, after.state) == (before.cause, before.due_at, before.state)
    assert sorted(await street.told(Notice.AGAIN)) == ["zhao", "zhou"]
    assert (await street.lines(request_id))[-2:] == ["reopened", "order_again"]


async def test_low_stars_ten_times_at_once_open_one_order(street: Street) -> None:
    request_id = await solved(street)
    tries = (help_act(street, rate, "wang", request_id, stars=1 + n % 2) for n in range(10))
    assert set(await asyncio.gather(*tries)) == {RateOutcome.LOW}
    assert len(await orders(street, request_id)) == 1


async def test_what_went_wrong_is_for_the_desk_and_on_the_order(street: Street) -> None:
    request_id = await low_rated(street)
    said_so = await help_act(street, say_what_went_wrong, "wang", request_id, words="来得太晚")
    assert said_so is WrongOutcome.NOTED
    refused = await help_act(street, say_what_went_wrong, "li", request_id, words="不怪我")
    assert refused is WrongOutcome.NOT_ALLOWED
    order = await only_order(street, request_id)
    assert (await view_of(street, "zhou", order.id)).said == "来得太晚"
    assert await street.told(HelpNotice.NOTE) == []


async def test_reported_sent_back_reported_and_signed_by_another(street: Street) -> None:
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    photo = (Media(MediaKind.PHOTO, "before"), Media(MediaKind.LOCATION, None, 1.0, 2.0))
    assert await act(street, "report", "zhao", order.id, "修了", media=photo) == "reported"
    assert await act(street, "report", "zhao", order.id, "又") is Refusal.WRONG_TIME
    assert await act(street, "sign", "zhao", order.id) is Refusal.NOT_ALLOWED
    assert await street.told(Notice.REPORTED) == ["zhou"]
    assert await act(street, "send_back", "zhou", order.id, "  ") is Refusal.EMPTY
    assert await act(street, "send_back", "zhou", order.id, "要照片") is OrderOutcome.SENT_BACK
    assert await street.told(Notice.SENT_BACK) == ["zhao"]
    assert (await only_order(street, request_id)).due_at == order.due_at
    assert (await street.request(request_id)).state == State.UNSOLVED
    await signed(street, request_id)
    assert await act(street, "sign", "zhou", order.id) is Refusal.ALREADY
    assert await street.told(Notice.SIGNED) == ["zhao"]
    view = await view_of(street, "zhou", order.id)
    assert [item.file_id for item in view.evidence] == ["before"]
    assert (view.report, view.sent_back, view.line.state) == ("换好了", None, OrderState.SIGNED)
    assert await street.pending(Reminder.DUE) == await street.pending(Reminder.STREET) == []


async def test_at_sign_off_the_resident_is_asked_anew_and_the_clocks_stand(street: Street) -> None:
    request_id = await unsolved(street)
    await signed(street, request_id)
    request = await street.request(request_id)
    assert (request.state, request.solved, request.done_at) == (State.DONE, None, street.now)
    assert await street.told(HelpNotice.DONE) == ["wang", "wang"]
    async with transaction(street.sessions) as session:
        lasting = select(PauseRow.why).where(PauseRow.ended_at.is_(None))
        assert list(await session.scalars(lasting)) == [Waiting.VERDICT]
    again = await help_act(street, resident_verdict, "wang", request_id, solved=False)
    assert again is VerdictOutcome.UNSOLVED
    first, second = await orders(street, request_id)
    assert (first.state, second.state) == ("signed", "open")
    await signed(street, request_id)
    over = await help_act(street, resident_verdict, "wang", request_id, solved=True)
    assert over is VerdictOutcome.CLOSED


async def test_whoever_did_it_does_not_sign_and_the_street_is_asked(street: Street) -> None:
    await street.add("shen", "l1")
    await street.grant("shen", Role.SECRETARY, "street")
    request_id = await unsolved(street, "zhou")
    order = await only_order(street, request_id)
    assert await street.told(Notice.OPENED) == ["shen"]
    await act(street, "report", "zhao", order.id, "好了")
    assert await street.told(Notice.REPORTED) == ["shen"]
    assert await act(street, "sign", "zhou", order.id) is Refusal.OWN
    assert await act(street, "sign", "shen", order.id) is OrderOutcome.SIGNED


async def test_a_secretary_who_has_to_put_it_right_can_hand_it_on_but_not_ease_it(
    street: Street,
) -> None:
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    zhou, zhao = street.people["zhou"], street.people["zhao"]
    assert await act(street, "hand_on", "zhou", order.id, zhou) is OrderOutcome.SET
    later = date(2026, 12, 30)
    assert await act(street, "due", "zhou", order.id, later) is Refusal.OWN
    assert await act(street, "show", "zhou", order.id, "没什么") is Refusal.OWN
    assert await act(street, "report", "zhao", order.id, "好了") is Refusal.NOT_ALLOWED
    assert await act(street, "hand_on", "zhou", order.id, zhao) is OrderOutcome.SET
    assert await act(street, "due", "zhou", order.id, later) is OrderOutcome.SET


async def test_terms_are_the_supervisors(street: Street) -> None:
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    nobody, wang = 999_999, street.people["wang"]
    assert await act(street, "body", "zhou", order.id, Body.PROPERTY) is OrderOutcome.SET
    assert await act(street, "body", "zhou", order.id, Body.PROPERTY) is Refusal.ALREADY
    assert await act(street, "hand_on", "zhou", order.id, wang) is OrderOutcome.NOT_STAFF
    assert await act(street, "hand_on", "zhou", order.id, nobody) is OrderOutcome.NOT_STAFF
    assert await act(street, "show", "zhou", order.id, "") is Refusal.EMPTY
    assert await act(street, "show", "zhou", order.id, "前后照片") is OrderOutcome.SET
    for day in (date(2026, 11, 22), date(2028, 1, 1)):
        assert await act(street, "due", "zhou", order.id, day) is Refusal.BAD_DATE
    assert await act(street, "due", "zhou", order.id, date(2026, 11, 24)) is OrderOutcome.SET
    assert await act(street, "due", "zhou", 999_999, date(2026, 11, 24)) is Refusal.MISSING
    after = await only_order(street, request_id)
    assert (after.to_show, after.set_by) == ("前后照片", street.people["zhou"])
    assert await street.pending(Reminder.DUE) == [after.due_at]
    assert set(await street.told(Notice.YOURS)) == {"zhao"}


async def test_late_the_responsible_and_the_supervisor_know_then_the_street(street: Street) -> None:
    await street.add("shen", "l1")
    await street.grant("shen", Role.SECRETARY, "street")
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    await sweep_at(street, order.due_at)
    assert sorted(await street.told(Notice.LATE)) == ["zhao", "zhou"]
    await sweep_at(street, CLOCK.after(order.due_at, timedelta(hours=8)))
    assert sorted(await street.told(Notice.LATE)) == ["shen", "zhao", "zhou"]
    await sweep_at(street, order.due_at + timedelta(days=9))
    assert len(await street.told(Notice.LATE)) == 3


async def test_what_is_signed_in_time_is_not_late(street: Street) -> None:
    request_id = await unsolved(street)
    order = await signed(street, request_id)
    await sweep_at(street, order.due_at + timedelta(days=2))
    assert await street.told(Notice.LATE) == []


async def test_lists_are_of_those_who_supervise_or_put_it_right(street: Street) -> None:
    await street.add("far", "l1")
    await street.grant("far", Role.SECRETARY, "lan")
    await unsolved(street)
    counts = {}
    async with transaction(street.sessions) as session:
        for name in ("zhao", "zhou", "far", "wang", "li"):
            actor = await street.actor(session, name)
            counts[name] = await count_orders(session, actor)
            page = await orders_page(session, actor, now=street.now)
            assert len(page.lines) == page.count == counts[name]
    assert counts == {"zhao": 1, "zhou": 1, "far": 0, "wang": 0, "li": 0}


async def test_pages_show_every_order_once_the_first_due_first(street: Street) -> None:
    for _turn in range(A_PAGE + 1):
        await unsolved(street)
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        first, last, too_far = [
            await orders_page(session, zhou, page, now=street.now) for page in (0, 1, 7)
        ]
        due = select(OrderRow.id).order_by(OrderRow.due_at, OrderRow.id)
        assert [one.order_id for one in (*first.lines, *last.lines)] == [
            *await session.scalars(due)
        ]
    assert (len(first.lines), first.pages, first.count) == (A_PAGE, 2, A_PAGE + 1)
    assert too_far == last


async def test_a_full_page_takes_as_many_statements_as_a_short_one(street: Street) -> None:
    async def told() -> int:
        async with transaction(street.sessions) as session:
            zhou = await street.actor(session, "zhou")
            with statements(street.sessions) as heard:
                await orders_page(session, zhou, now=street.now)
        return len(heard)

    await unsolved(street)
    short = await told()
    for _turn in range(A_PAGE - 1):
        await unsolved(street)
    assert await told() == short


async def test_a_try_without_a_right_is_on_record_under_the_order(street: Street) -> None:
    order = await only_order(street, await unsolved(street))
    assert await act(street, "sign", "li", order.id) is Refusal.NOT_ALLOWED
    async with transaction(street.sessions) as session:
        denied = select(AuditRow).where(AuditRow.act == AuditAct.DENIED)
        [line] = await session.scalars(denied)
    assert (line.actor_id, line.subject, line.subject_id) == (
        street.people["li"],
        "orders",
        order.id,
    )
    assert line.detail == {"tried": "sign"}


async def test_nobody_leaves_an_order_behind(street: Street) -> None:
    await unsolved(street)
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        assert await leave(session, zhao, now=street.now) is Leaving.OPEN_DUTIES


async def test_what_a_leaver_showed_and_wrote_goes_and_others_can_still_report(
    street: Street,
) -> None:
    order = await only_order(street, await unsolved(street))
    await street.add("sun", "b2")
    await street.grant("sun", Role.STAFF, "gui")

    async def shown_by(name: str, *files: str) -> None:
        photos = tuple(Media(MediaKind.PHOTO, file) for file in files)
        assert await act(street, "report", name, order.id, "修了", media=photos) == "reported"
        assert await act(street, "send_back", "zhou", order.id, "要照片") == "sent_back"

    await shown_by("zhao", "a", "b")
    assert await act(street, "hand_on", "zhou", order.id, street.people["sun"]) == "set"
    await shown_by("sun", "c")
    await taken_leave(street, "zhao")
    await shown_by("sun", "d", "e")
    view = await view_of(street, "zhou", order.id)
    assert [item.file_id for item in view.evidence] == ["c", "d", "e"]
    await taken_leave(street, "zhou")
    order = await only_order(street, order.request_id)
    assert (order.report, order.sent_back) == ("修了", None)


async def test_what_tells_of_a_residents_home_goes_with_them(street: Street) -> None:
    request_id = await unsolved(street)
    order = await only_order(street, request_id)
    photo = (Media(MediaKind.PHOTO, "kitchen"),)
    assert await act(street, "show", "zhou", order.id, "厨房的照片") is OrderOutcome.SET
    assert await act(street, "report", "zhao", order.id, "王家修了", media=photo) == "reported"
    await taken_leave(street, "wang")
    order = await only_order(street, request_id)
    assert (order.report, order.to_show) == (None, None)
    assert (await view_of(street, "zhou", order.id)).evidence == ()


async def test_nobody_is_called_back_who_has_left(street: Street) -> None:
    request_id, dates, _ids = await put_right(street)
    await sweep_at(street, dates[0])
    await taken_leave(street, "wang")
    await sweep_at(street, dates[0] + HELP.unconfirmed_after)
    await sweep_at(street, dates[1] + HELP.unconfirmed_after)
    assert await street.told(Notice.SILENT) == []
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        assert await count_calls(session, zhao, now=dates[1]) == 0
    assert (await street.request(request_id)).state == State.CLOSED


async def taken_leave(street: Street, name: str) -> None:
    """Let somebody leave for good, whatever they still answer for being taken from them first."""
    async with transaction(street.sessions) as session:
        await session.execute(
            update(RequestRow)
            .where(RequestRow.owner_id == street.people[name])
            .values(owner_id=None)
        )
        person = await street.actor(session, name)
        assert await leave(session, person, now=street.now) is Leaving.LEFT


async def put_right(street: Street) -> tuple[int, list[datetime], list[int]]:
    """Have something put right that the resident calls solved; request, visits' dates and ids."""
    request_id = await unsolved(street)
    order = await signed(street, request_id)
    await help_act(street, resident_verdict, "wang", request_id, solved=True)
    visits = await visits_of(street, order.id)
    return request_id, [one.due_at for one in visits], [one.id for one in visits]


async def test_visits_ask_after_seven_and_thirty_days_out_of_the_night(street: Street) -> None:
    request_id, dates, [first, second] = await put_right(street)
    assert [(at - street.now).days for at in dates] == [7, 30]
    assert not [at for at in dates if in_quiet_hours(at, POLICY.quiet)]
    await sweep_at(street, dates[0])
    assert await street.told(Notice.VISIT) == ["wang"]
    assert await answer(street, "li", first, well=True) is VisitOutcome.NOT_ALLOWED
    assert await answer(street, "wang", second, well=True) is VisitOutcome.MISSING
    assert await answer(street, "wang", first, well=True, at=dates[0]) is VisitOutcome.WELL
    assert await answer(street, "wang", first, well=False, at=dates[0]) is VisitOutcome.ALREADY
    await sweep_at(street, dates[1])
    assert await street.told(Notice.VISIT) == ["wang", "wang"]
    assert await answer(street, "wang", second, well=False, at=dates[1]) is VisitOutcome.REOPENED
    request = await street.request(request_id)
    assert (request.state, request.solved, request.number) == (State.UNSOLVED, False, 101)
    assert [one.cause for one in await orders(street, request_id)] == ["unsolved", "came_back"]
    assert (await street.lines(request_id))[0] == "filed"


async def test_a_visit_has_no_point_once_it_is_open_again(street: Street) -> None:
    request_id, dates, [first, _second] = await put_right(street)
    await help_act(street, reopen, "wang", request_id)
    await sweep_at(street, dates[0])
    assert await street.told(Notice.VISIT) == []
    assert await answer(street, "wang", first, well=True) is VisitOutcome.MISSING


async def test_a_silent_visit_goes_on_the_call_back_list_and_can_be_answered_there(
    street: Street,
) -> None:
    request_id, dates, _ids = await put_right(street)
    await sweep_at(street, dates[0])
    silent_at = dates[0] + HELP.unconfirmed_after
    await sweep_at(street, silent_at)
    assert await street.told(Notice.SILENT) == ["zhou"], "zhao put it right"
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        case = await call_case(session, zhou, now=silent_at)
    assert case is not None
    assert (case.request.line.request_id, case.days, case.since) == (request_id, 7, dates[0])
    told = await help_act(street, record_word, "zhao", request_id, solved=True, at=silent_at)
    assert told is VisitOutcome.NOT_ALLOWED
    told = await help_act(street, record_word, "zhou", request_id, solved=True, at=silent_at)
    assert told is VisitOutcome.WELL
    [visit, _later] = await visits_of(street, (await only_order(street, request_id)).id)
    assert (visit.answer, visit.answered_by) == (VisitAnswer.WELL, street.people["zhou"])
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        assert await count_calls(session, zhou, now=silent_at) == 0


async def test_the_silence_of_an_order_that_has_a_newer_one_is_nobodys_call(
    street: Street,
) -> None:
    request_id, dates, _ids = await put_right(street)
    await sweep_at(street, dates[0])
    await help_act(street, reopen, "wang", request_id, at=dates[0])
    await signed(street, request_id)
    await help_act(street, resident_verdict, "wang", request_id, solved=True, at=dates[0])
    await sweep_at(street, dates[0] + HELP.unconfirmed_after)
    assert await street.told(Notice.SILENT) == []


async def test_after_a_long_outage_one_visit_is_asked_not_two(street: Street) -> None:
    _request_id, dates, [first, second] = await put_right(street)
    await sweep_at(street, dates[1] + timedelta(days=2))
    assert await street.told(Notice.VISIT) == ["wang"]
    later = dates[1] + timedelta(days=2)
    assert await answer(street, "wang", first, well=True, at=later) is VisitOutcome.MISSING
    assert await answer(street, "wang", second, well=True, at=later) is VisitOutcome.WELL


async def test_not_solved_after_all_keeps_number_and_history(street: Street) -> None:
    request_id = await solved(street)
    before = await street.lines(request_id)
    number = (await street.request(request_id)).number
    assert await help_act(street, reopen, "li", request_id) is ReopenOutcome.NOT_ALLOWED
    words = "又漏了"
    assert await help_act(street, reopen, "wang", request_id, words=words) is ReopenOutcome.REOPENED
    assert await help_act(street, reopen, "wang", request_id) is ReopenOutcome.ALREADY
    request = await street.request(request_id)
    assert (request.state, request.number, request.closed_at) == (State.UNSOLVED, number, None)
    assert (await street.lines(request_id))[: len(before)] == before
    assert await said(street, request_id, Line.REOPENED) == [words]
    order = await only_order(street, request_id)
    assert order.cause == Cause.CAME_BACK
    assert (await view_of(street, "zhao", order.id)).said == words


async def test_after_a_month_a_new_request_is_asked_for(street: Street) -> None:
    request_id = await solved(street)
    late = street.now + HELP.reopen_within + timedelta(seconds=1)
    outcome = await help_act(street, reopen, "wang", request_id, at=late)
    assert outcome is ReopenOutcome.TOO_LATE
    open_one = await done(street)
    assert await help_act(street, reopen, "wang", open_one) is ReopenOutcome.ALREADY


async def test_the_desk_sees_the_order_in_the_request(street: Street) -> None:
    request_id = await unsolved(street)
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        view = await desk_view(session, zhao, request_id, now=street.now)
    assert isinstance(view, RequestView)
    assert view.order is not None
    assert (view.order.state, view.order.overdue) == (OrderState.OPEN, False)
    assert view.order.person is not None
    assert view.order.person.name == "zhao"
