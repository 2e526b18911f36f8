"""The yearly survey of needs: a desk asks its residents, fills in with them, reads it back."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.care import proposing
from handlers.care.callbacks import (
    AskingAct,
    BeginSurvey,
    OnAsking,
    OnResident,
    OnSurvey,
    ResidentAct,
    SurveyAct,
    ToSurveys,
)
from handlers.care.screens.survey import (
    asking_card,
    asking_screen,
    end_screen,
    resident_screen,
    survey_screen,
    surveys_screen,
)
from handlers.desk.forms import FILE
from handlers.form import FormContext, Nothing, start_form
from handlers.help.forms import ASKED_LAST
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.acts import ActTable, serve
from handlers.records.cards import card
from handlers.records.said import is_good, said, says
from handlers.screen import Pointless, Screen
from handlers.sheets.forms import FilledIn, sheets_of, start_sheet
from handlers.show import replace, toast
from models.care.actions import survey, surveying
from models.care.actions.proposing import why_not_asked
from models.care.queries.survey import (
    asking_opened,
    asking_told,
    asking_view,
    resident_view,
    survey_places,
    survey_told,
    survey_view,
)
from models.care.records import NAME
from models.care.survey_rules import (
    SURVEY,
    AskingMove,
    AskingState,
    SurveyNotice,
    SurveyOutcome,
)
from models.care.survey_views import AskingView, SurveyView
from models.database import Session
from models.outbox import views as outbox
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal
from models.sheets.rules.answers import WrongAnswer

router = Router(name="care.survey")

OVER = Pointless("it is over")

says(
    (SurveyOutcome.BEGUN, mark("Begun. Nobody is told: you ask each person yourself.")),
    (SurveyOutcome.ENDED, mark("Ended for this year.")),
    (SurveyOutcome.ASKED, mark("Asked. You hear from us as soon as there is an answer.")),
    (SurveyOutcome.AGREED, mark("Thank you! Then it is filled in together.")),
    (SurveyOutcome.DECLINED, mark("Understood. Nobody asks again for a year.")),
    (SurveyOutcome.FILLED, mark("Noted. Now it is read back to them.")),
    (SurveyOutcome.CONFIRMED, mark("Thank you! It is noted that all is right.")),
    (SurveyOutcome.OBJECTED, mark("Thank you for saying so. It is changed together with you.")),
    (SurveyOutcome.WITHDRAWN, mark("Erased: nothing of it is kept.")),
    good=True,
)
says(
    (
        SurveyOutcome.AT_THE_DOOR,
        mark("Neither they nor anybody who speaks for them has Telegram: please ask in person."),
    ),
    (
        SurveyOutcome.HAS_TELEGRAM,
        mark("They have Telegram, so they answer for themselves. Please ask them by a card."),
    ),
    (
        SurveyOutcome.SAID_NO,
        mark("They said no within the year, so nobody asks them."),
    ),
    good=False,
)

ASKING = ActTable(
    NAME,
    asking_view,
    asking_screen,
    opens=AskingAct.OPEN,
    does={
        AskingAct.YES: survey.agree,
        AskingAct.NO: survey.decline,
        AskingAct.RIGHT: survey.confirm,
        AskingAct.WRONG: survey.object_to,
        AskingAct.DROP: survey.withdraw,
    },
)
serve(router, OnAsking, ASKING)

SEALED = ActTable(NAME, asking_opened, asking_screen, opens=AskingAct.SEALED)
"""The same person with what is sealed; each look is on record."""
serve(router, OnAsking, SEALED)


@router.callback_query(ToSurveys.filter())
async def list_surveys(callback: CallbackQuery, session: Session, person: Person) -> None:
    """Show a desk its surveys."""
    if not person.may_anywhere(Right.WORK_DESK):
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
        return
    await replace(callback, surveys_screen(await survey_places(session, person)))


@router.callback_query(BeginSurvey.filter())
async def begin(
    callback: CallbackQuery,
    callback_data: BeginSurvey,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Begin the survey of a place."""
    made = await surveying.begin_survey(session, person, callback_data.place, now=now)
    await toast(callback, said(made.outcome, NAME), alert=not is_good(made.outcome, NAME))
    if made.survey_id is not None:
        await _show(callback, session, person, made.survey_id, now)


@router.callback_query(OnSurvey.filter())
async def on_survey(
    callback: CallbackQuery,
    callback_data: OnSurvey,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show a survey, ask before it ends, or end it."""
    one = callback_data
    if one.act is SurveyAct.END:
        outcome = await surveying.end_survey(session, person, one.id, now=now)
        await toast(callback, said(outcome, NAME), alert=not is_good(outcome, NAME))
        if outcome is Refusal.NOT_ALLOWED:
            return
    view = await survey_view(session, person, one.id, one.page, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view, NAME), alert=True)
        return
    await replace(
        callback, end_screen(view) if one.act is SurveyAct.SURE else survey_screen(view, now)
    )


async def _show(
    callback: CallbackQuery, session: Session, person: Person, survey_id: int, now: datetime
) -> None:
    view = await survey_view(session, person, survey_id, now=now)
    if isinstance(view, SurveyView):
        await replace(callback, survey_screen(view, now))


@router.callback_query(OnResident.filter())
async def on_resident(
    callback: CallbackQuery,
    callback_data: OnResident,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show how somebody can be asked, ask them, or take what they said at the door."""
    one = callback_data
    if one.act is not ResidentAct.OPEN:
        if one.act is ResidentAct.ASK:
            asked = await survey.ask(session, person, one.id, one.person, now=now)
        else:
            agreed = one.act is ResidentAct.YES
            asked = await survey.ask_at_door(
                session, person, one.id, one.person, agreed=agreed, now=now
            )
        good = is_good(asked.outcome, NAME)
        await toast(callback, said(asked.outcome, NAME), alert=not good)
        if asked.asking_id is not None:
            await ASKING.open(callback, session, person, asked.asking_id, now)
            return
        if asked.outcome is Refusal.NOT_ALLOWED:
            return
    view = await resident_view(session, person, one.id, one.person, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view, NAME), alert=True)
    elif isinstance(view, int):
        await ASKING.open(callback, session, person, view, now)
    else:
        await replace(callback, resident_screen(view))


@router.callback_query(OnAsking.filter(F.act == AskingAct.FILL))
async def fill(callback: CallbackQuery, callback_data: OnAsking, **data: Any) -> None:
    """Begin the sheet with somebody who has said yes."""
    ctx, one = FormContext.of(data), callback_data
    why = await survey.may_fill(ctx.session, ctx.actor, one.id, now=ctx.now)
    if why is not None:
        await ASKING.done(callback, ctx.session, ctx.actor, one.id, ctx.now, why)
        return
    await start_sheet(SURVEY.code, callback, ctx, one.id)


@router.callback_query(OnAsking.filter(F.act.in_({AskingAct.PROPOSE, AskingAct.HELP})))
async def follow_up(callback: CallbackQuery, callback_data: OnAsking, **data: Any) -> None:
    """Begin what was wished: a home that is proposed, or a request for help."""
    ctx, one = FormContext.of(data), callback_data
    view = await ASKING.seen(callback, ctx.session, ctx.actor, one.id, ctx.now)
    if view is None:
        return
    if AskingMove.FOLLOW not in view.moves:
        await toast(callback, said(Refusal.NOT_ALLOWED), alert=True)
    elif one.act is AskingAct.HELP:
        prefill = {**ASKED_LAST, "whom": view.person_id}
        await start_form(FILE, callback, ctx, prefill=prefill)
    elif why := await why_not_asked(ctx.session, view.person_id, now=ctx.now):
        await toast(callback, said(why, NAME), alert=True)
    else:
        often = None if view.rhythm is None else view.rhythm.value
        await start_form(
            proposing.PROPOSE, callback, ctx, prefill={"whom": view.person_id, "often": often}
        )


async def filed(ctx: FormContext, filled: FilledIn) -> Screen | WrongAnswer | Nothing:
    """File what was filled in, and show staff how it stands."""
    outcome = await survey.fill(
        ctx.session,
        ctx.actor,
        filled.subject_id,
        filled.sheet.id,
        filled.answers,
        filled.token,
        now=ctx.now,
    )
    if isinstance(outcome, WrongAnswer):
        return outcome
    view = await asking_view(ctx.session, ctx.actor, filled.subject_id, now=ctx.now)
    told = said(outcome, NAME)
    screen = Screen(told) if isinstance(view, Refusal) else asking_screen(view, ctx.now, told)
    return screen if outcome is SurveyOutcome.FILLED else Nothing(screen)


sheets_of(NAME, filed)


def _asked(view: AskingView, notice: outbox.Notice) -> str | Pointless:
    return "" if notice.in_place or view.state is AskingState.ASKED else OVER


def _answered(view: AskingView, notice: outbox.Notice) -> str | Pointless:
    sentences = {
        AskingState.AGREED: _("📋 {name} would like to fill the survey in with you."),
        AskingState.DECLINED: _("📋 {name} would rather not this year. That is fine."),
        AskingState.WRONG: _("📋 {name} wants something changed in the survey."),
    }
    if view.state not in sentences:
        return "" if notice.in_place else OVER
    return sentences[view.state].format(name=view.who.name)


def _read_back(view: AskingView, notice: outbox.Notice) -> str | Pointless:
    return "" if notice.in_place or view.state is AskingState.FILLED else OVER


def _again(view: SurveyView, _notice: outbox.Notice) -> str | Pointless:
    if not view.on:
        return OVER
    return _("📋 A year has gone by: the survey of needs has begun again.")


card(SurveyNotice.ASK, asking_told, asking_card, _asked)
card(SurveyNotice.ANSWERED, asking_told, asking_screen, _answered)
card(SurveyNotice.READ_BACK, asking_told, asking_screen, _read_back)
card(SurveyNotice.AGAIN, survey_told, survey_screen, _again)
