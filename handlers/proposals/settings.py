"""What a place sets for proposals: ready reasons, how many seconds, within how long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Number,
    Prompt,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals import labels
from handlers.proposals.callbacks import OnReasons, OnTerms, ReasonAct
from handlers.proposals.reception import words_question
from handlers.proposals.screens import settings
from handlers.proposals.screens.settings import said
from handlers.screen import Screen
from handlers.show import replace, toast
from handlers.text import paragraphs
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import offer_within
from models.proposals.actions import deciding, terms
from models.proposals.actions.deciding import remove_reason
from models.proposals.queries.reception import desk_tops, place_reasons, place_terms
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.reception import (
    MOST_DAYS,
    MOST_NEEDED,
    REASON_LENGTH,
    ReasonOutcome,
    TermsOutcome,
)

router = Router(name="proposals.settings")


async def reasons_page(session: Session, person: Person, place_id: int, told: str = "") -> Screen:
    """Show the reasons of a place to its desk; others are told whose they are."""
    shown = await place_reasons(session, person, place_id)
    if shown is None:
        return settings.not_yours_screen()
    return settings.reasons_screen(shown, await desk_tops(session, person), told)


async def terms_page(
    session: Session, person: Person, place_id: int | None, page: int = 0, told: str = ""
) -> Screen:
    """Show what a place asks for, or the tops of the places that somebody answers for."""
    paths = person.paths_with(Right.SUPERVISE)
    step = await offer_within(session, paths, place_id)
    if step.at is None and len(step.options) == 1:
        return await terms_page(session, person, step.options[0].id, page, told)
    shown = await place_terms(session, person, step.at.place.id) if step.at else None
    if shown is None:
        return settings.tops_screen(step, page)
    return settings.terms_screen(shown, step, page, told)


ADD_REASON, CHANGE_REASON = "proposals.reason", "proposals.reason_change"
TERMS = "proposals.terms"
ALL = "all"
"""Stands for no topic of its own: an answer is never None."""

USUAL_NUMBERS = (0, 3, 5, 10, 20, 30)
USUAL_DAYS = (7, 14, 30)


async def _add_reason(ctx: FormContext, answers: Answers) -> Screen:
    actor, place_id = ctx.actor, answers["place"]
    outcome = await deciding.add_reason(ctx.session, actor, place_id, answers["words"], now=ctx.now)
    return await _reasons(ctx, place_id, outcome)


async def _change_reason(ctx: FormContext, answers: Answers) -> Screen:
    outcome = await deciding.change_reason(
        ctx.session, ctx.actor, answers["reason"], answers["words"], now=ctx.now
    )
    return await _reasons(ctx, answers["place"], outcome)


async def _reasons(ctx: FormContext, place_id: int, outcome: ReasonOutcome) -> Screen:
    return await reasons_page(ctx.session, ctx.actor, place_id, said(outcome))


async def _ask_needed(_ctx: FormContext, answers: Answers) -> Prompt:
    head = _("How many supporters does a proposal need? Tap, or write a number.")
    return Prompt(paragraphs(_about(answers["topic"]), head), _numbers(USUAL_NUMBERS), columns=3)


def _about(topic: str) -> str:
    return labels.topic(ProposalTopic(topic)) if topic in set(ProposalTopic) else _("All topics")


def _numbers(usual: Sequence[int]) -> list[Choice]:
    return [Choice(str(number), number) for number in usual]


def _ask_days(_ctx: FormContext, _answers: Answers) -> Prompt:
    said_ = [ngettext("{count} day", "{count} days", n).format(count=n) for n in USUAL_DAYS]
    choices = [Choice(label, number) for label, number in zip(said_, USUAL_DAYS, strict=True)]
    return Prompt(_("Within how many days? Tap, or write a number."), choices, columns=3)


async def _terms(ctx: FormContext, answers: Answers) -> Screen | Again:
    topic, place_id = answers["topic"], answers["place"]
    outcome = await terms.set_terms(
        ctx.session,
        ctx.actor,
        place_id,
        ProposalTopic(topic) if topic in set(ProposalTopic) else None,
        needed=answers["needed"],
        days=answers["days"],
        now=ctx.now,
    )
    if outcome is TermsOutcome.BAD:
        return Again("needed", said(outcome))
    return await terms_page(ctx.session, ctx.actor, place_id, told=said(outcome))


def _hidden(key: str) -> Question:
    """Name what the button that opens the form gives."""
    asks = mark("Which place is it? Please open it once more and begin there.")
    return Question(key, plain(asks), accepts=(Number(1, 2**53 - 1),), given=True)


TOPIC = Question(
    "topic",
    plain(mark("Which place is it? Please open it once more and begin there.")),
    accepts=(Text(),),
    given=True,
)

REASON = mark("How shall the reason read? Whoever gets it can mend the proposal by it.")

forms.add(
    Form(
        name=ADD_REASON,
        version=1,
        title=mark("A ready reason"),
        questions=(words_question(REASON, REASON_LENGTH), _hidden("place")),
        finish=_add_reason,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CHANGE_REASON,
        version=1,
        title=mark("A ready reason"),
        questions=(words_question(REASON, REASON_LENGTH), _hidden("place"), _hidden("reason")),
        finish=_change_reason,
        confirm=False,
    )
)
forms.add(
    Form(
        name=TERMS,
        version=1,
        title=mark("Supporters needed"),
        questions=(
            Question("needed", _ask_needed, accepts=(Choose(), Number(0, MOST_NEEDED))),
            Question("days", _ask_days, accepts=(Choose(), Number(1, MOST_DAYS))),
            TOPIC,
            _hidden("place"),
        ),
        finish=_terms,
        confirm=False,
    )
)


@router.callback_query(OnReasons.filter(F.act == ReasonAct.LIST))
async def listed(
    callback: CallbackQuery, callback_data: OnReasons, session: Session, person: Person
) -> None:
    """List the reasons of a place."""
    await replace(callback, await reasons_page(session, person, callback_data.place_id))


@router.callback_query(OnReasons.filter(F.act == ReasonAct.ADD))
async def add(callback: CallbackQuery, callback_data: OnReasons, **data: Any) -> None:
    """Ask for one more reason."""
    prefill = {"place": callback_data.place_id}
    await start_form(ADD_REASON, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnReasons.filter((F.act == ReasonAct.CHANGE) & F.reason_id))
async def change(callback: CallbackQuery, callback_data: OnReasons, **data: Any) -> None:
    """Ask for other words."""
    prefill = {"place": callback_data.place_id, "reason": callback_data.reason_id}
    await start_form(CHANGE_REASON, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnReasons.filter())
async def remove(
    callback: CallbackQuery,
    callback_data: OnReasons,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Remove a reason; a button that names none finds none."""
    outcome = ReasonOutcome.MISSING
    if callback_data.reason_id is not None and callback_data.act is ReasonAct.REMOVE:
        outcome = await remove_reason(session, person, callback_data.reason_id, now=now)
    await toast(callback, said(outcome), alert=outcome is not ReasonOutcome.REMOVED)
    await replace(callback, await reasons_page(session, person, callback_data.place_id))


@router.callback_query(OnTerms.filter(F.ask & F.place_id))
async def ask(callback: CallbackQuery, callback_data: OnTerms, **data: Any) -> None:
    """Ask for number and days, for a topic or for all."""
    topic = str(callback_data.topic) if callback_data.topic else ALL
    prefill = {"place": callback_data.place_id, "topic": topic}
    await start_form(TERMS, callback, FormContext.of(data), prefill=prefill)


@router.callback_query(OnTerms.filter())
async def show(
    callback: CallbackQuery, callback_data: OnTerms, session: Session, person: Person
) -> None:
    """Show what a place asks for, or choose one of one's places."""
    screen = await terms_page(session, person, callback_data.place_id, callback_data.page)
    await replace(callback, screen)
