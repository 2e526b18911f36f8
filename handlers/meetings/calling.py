"""Calling a meeting from a proposal, and naming another time or place for it."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.clock_text import at_date, local
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Nothing,
    Number,
    Prompt,
    Question,
    Text,
    TimeOfDay,
    forms,
    plain,
    start_form,
)
from handlers.form.wording import words_of_day
from handlers.i18n import CHINESE, current_language, mark
from handlers.i18n import gettext as _
from handlers.meetings import labels
from handlers.meetings.labels import said
from handlers.meetings.screens.meeting import said_screen
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.proposals.checks import PROPOSAL
from handlers.records.when import Held, day_choices, hour_choices, kept_first
from handlers.screen import Screen, button, inline
from handlers.show import toast
from handlers.text import joined, paragraphs
from models.hours.rules.quiet import in_quiet_hours
from models.meetings.actions.calling import call_meeting, change_meeting, may_call
from models.meetings.queries.detail import meeting_view
from models.meetings.queries.invitees import agenda_choices, buildings_around
from models.meetings.rules.notices import GuestGroup
from models.meetings.rules.outcomes import MeetingCallOutcome, MeetingOutcome
from models.meetings.rules.timing import MOST_ON_AGENDA, WHERE_LENGTH, starting
from models.meetings.views import MeetingPlan, MeetingView
from models.policy.current import policy_of

router = Router(name="meetings.calling")


DAYS_OFFERED = 8
"""Days to tap, from tomorrow on; any other is written."""

HOURS = (time(9), time(10), time(14), time(15), time(19), time(19, 30))
"""Hours to tap, when neighbours are free; any other is written."""

MOST = 2**53 - 1

MEETING = Question(
    "meeting",
    plain(mark("Which meeting is it? Please open it once more and begin there.")),
    accepts=(Number(1, MOST),),
    given=True,
)
"""Given by the button that opens the form; it stands last."""


def ask_day(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask on which day a meeting is."""
    text = _("On which day is the meeting? Tap, or write it, such as “next Friday”.")
    return Prompt(text, day_choices(ctx, range(1, 1 + DAYS_OFFERED)))


def ask_hour(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask at what hour it begins."""
    text = _("At what time does it begin? Tap, or write it, such as “3:30 pm”.")
    return Prompt(text, hour_choices(HOURS), columns=3)


DAY = Question("day", ask_day, accepts=(Choose(), Day()), label=mark("📅 Day"))
HOUR = Question("at", ask_hour, accepts=(Choose(), TimeOfDay()), label=mark("🕑 Time"))

WHERE = Question(
    "where",
    plain(mark("Where is it? Write it so that everybody finds it: house, floor, room.")),
    accepts=(Text(WHERE_LENGTH),),
    label=mark("📍 Place"),
)


async def _as_it_is(ctx: FormContext, answers: Answers) -> MeetingView | None:
    view = await meeting_view(ctx.session, ctx.actor, answers["meeting"], now=ctx.now)
    return view if isinstance(view, MeetingView) else None


def _as_it_was(key: str) -> Held:
    """Return how a question finds what holds now."""

    async def held(ctx: FormContext, answers: Answers) -> tuple[str, Any] | None:
        view = await _as_it_is(ctx, answers)
        if view is None or (key == "where" and not view.where):
            return None
        start = local(view.starts_at)
        return {
            "day": (words_of_day(start), start.date()),
            "at": (f"{start:%H:%M}", start.time()),
            "where": (view.where or "", view.where),
        }[key]

    return held


OTHER_WHERE = replace(WHERE, ask=plain(mark("Where is it now? Tap, or write it.")))

OTHERS = tuple(kept_first(one, _as_it_was(one.key)) for one in (DAY, HOUR, OTHER_WHERE))

CALL, CALL_ALONE, CHANGE = "meetings.call", "meetings.call_alone", "meetings.change"

ASKED_AGAIN = {
    MeetingCallOutcome.PAST: "at",
    MeetingCallOutcome.TOO_FAR: "day",
    MeetingCallOutcome.NO_WHERE: "where",
    MeetingCallOutcome.MOVED_ON: "more",
    MeetingCallOutcome.BAD_BUILDING: "building",
}

CHANGED_AGAIN = {
    MeetingOutcome.PAST: "at",
    MeetingOutcome.TOO_FAR: "day",
    MeetingOutcome.EMPTY: "where",
}


@router.callback_query(OnProposal.filter(F.act == ProposalAct.CALL_MEETING))
async def begin(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask when and where; what else is deliberated is asked for only where there is anything."""
    ctx = FormContext.of(data)
    why = await may_call(ctx.session, ctx.actor, callback_data.id, now=ctx.now)
    if why is not None:
        await toast(callback, said(why), alert=True)
        return
    others = await agenda_choices(ctx.session, callback_data.id)
    form = CALL if others else CALL_ALONE
    await start_form(form, callback, ctx, prefill={"proposal": callback_data.id})


async def ask_agenda(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask what else is on the agenda."""
    found = await agenda_choices(ctx.session, answers["proposal"] or 0)
    choices = [Choice(f"{number} · {title}", one) for one, number, title in found]
    text = _(
        "These are being deliberated too. Which of them shall be on the same agenda? "
        "Tap them, then Done; or skip."
    )
    return Prompt(text, choices, columns=1)


def ask_whom(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask who is invited beside those who always are."""
    text = _(
        "The authors and all supporters are invited anyway. Who else? "
        "Tap them, then Done; or skip, and nobody else is."
    )
    choices = [Choice(_(labels.PARTS[part]), part.value) for part in GuestGroup]
    return Prompt(text, choices, columns=1)


async def ask_building(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask which building is invited."""
    found = await buildings_around(ctx.session, answers["proposal"] or 0)
    chinese = current_language() == CHINESE
    choices = [Choice(name if chinese else name_en, one) for one, name, name_en in found]
    return Prompt(_("Which building? All who live there are invited."), choices)


def invites_building(answers: Answers) -> bool:
    """Return whether a building is to be named."""
    return GuestGroup.BUILDING in (answers["whom"] or ())


def _start(ctx: FormContext, answers: Answers) -> datetime:
    return starting(answers["day"], answers["at"], policy_of(ctx.session).zone)


def _when_and_where(ctx: FormContext, answers: Answers) -> str:
    start = _start(ctx, answers)
    quiet = in_quiet_hours(start, policy_of(ctx.session).quiet)
    return joined(
        f"🕑 {at_date(start, ctx.now)}",
        f"📍 {answers['where']}",
        _("⚠️ That is in the quiet hours, when neighbours rest.") if quiet else "",
    )


def summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show the meeting before it is called."""
    more = len(answers["more"] or ())
    agenda = _("💬 On the agenda: {count}").format(count=1 + more)
    parts = [GuestGroup(each) for each in answers["whom"] or ()]
    text = paragraphs(
        joined(_when_and_where(ctx, answers), agenda, "👥 " + labels.parts(parts)),
        _("All of them are told at once."),
    )
    return Screen(text, _("Shall we call this meeting?"))


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """Call the meeting, and lead to it."""
    actor = ctx.actor
    wanted = MeetingPlan(
        token=f"{actor.id}:{ctx.run}",
        proposal_id=answers["proposal"],
        day=answers["day"],
        at=answers["at"],
        where=answers["where"],
        more=tuple(answers["more"] or ()),
        parts=frozenset(GuestGroup(each) for each in answers["whom"] or ()),
        building_id=answers["building"],
    )
    called = await call_meeting(ctx.session, actor, wanted, now=ctx.now)
    if called.outcome in ASKED_AGAIN:
        return Again(ASKED_AGAIN[MeetingCallOutcome(called.outcome)], said(called.outcome))
    if called.meeting_id is None:
        back = button(_("‹ The proposal"), OnProposal(act=ProposalAct.OPEN, id=wanted.proposal_id))
        return Nothing(Screen(said(called.outcome), keyboard=inline([back])))
    fresh = called.outcome is MeetingCallOutcome.CALLED
    return said_screen(
        called.meeting_id, labels.called(called.invited) if fresh else said(called.outcome)
    )


def changed_summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show the other time and place before they are told."""
    text = paragraphs(
        _when_and_where(ctx, answers), _("All who have not said no are told at once.")
    )
    return Screen(text, _("Another time or place?"))


async def finish_change(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """Name another time or place."""
    meeting_id = answers["meeting"]
    outcome = await change_meeting(
        ctx.session,
        ctx.actor,
        meeting_id,
        answers["day"],
        answers["at"],
        answers["where"],
        now=ctx.now,
    )
    if outcome in CHANGED_AGAIN:
        return Again(CHANGED_AGAIN[outcome], said(outcome))
    if outcome is not MeetingOutcome.DONE:
        return Nothing(said_screen(meeting_id, said(outcome)))
    return said_screen(meeting_id, _("✅ Changed; they are being told."))


MORE = Question(
    "more",
    ask_agenda,
    accepts=(Choose(many=True, at_most=MOST_ON_AGENDA - 1),),
    label=mark("💬 Agenda"),
    optional=True,
)

WHOM = Question(
    "whom",
    ask_whom,
    accepts=(Choose(many=True),),
    label=mark("👥 Guests"),
    optional=True,
)

BUILDING = Question(
    "building",
    ask_building,
    accepts=(Choose(),),
    label=mark("🏠 Building"),
    when=invites_building,
    branch=True,
)


for name, first in ((CALL, (MORE,)), (CALL_ALONE, ())):
    forms.add(
        Form(
            name=name,
            version=1,
            title=mark("Call a meeting"),
            questions=(*first, DAY, HOUR, WHERE, WHOM, BUILDING, PROPOSAL),
            finish=finish,
            summary=summary,
            send=mark("📨 Call it and invite"),
            sent=SENT,
        )
    )


forms.add(
    Form(
        name=CHANGE,
        version=1,
        title=mark("Another time or place"),
        questions=(*OTHERS, MEETING),
        finish=finish_change,
        summary=changed_summary,
        send=mark("📨 Change it and tell them"),
        sent=SENT,
    )
)
