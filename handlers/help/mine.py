"""One's own requests: the list, where each is now, calling off, the last word and stars."""

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Go
from handlers.filters import Says
from handlers.form import FormContext, end_form, start_form
from handlers.help.callbacks import MineAct, OnMine, OpenMine, Stars, Verdict
from handlers.help.screens import mine as screens
from handlers.help.screens.outcomes import said
from handlers.help.screens.verdict import ask_stars_screen, verdict_card
from handlers.help.task_forms import (
    ADD,
    CONTACT,
    CONTACT_OF,
    NOBODY,
    REOPEN,
    UNSOLVED,
    WENT_WRONG,
)
from handlers.i18n import gettext as _
from handlers.media import send_media
from handlers.show import answer, follow, replace, toast
from models.database import Session
from models.help.actions.closing import rate, reopen, resident_verdict
from models.help.actions.filing import cancel_request
from models.help.actions.visits import nobody_came
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.rules.outcomes import (
    ArrivalOutcome,
    CancelOutcome,
    RateOutcome,
    Refusal,
    VerdictOutcome,
)
from models.help.rules.states import State
from models.help.views import RequestView
from models.people.views import Person

router = Router(name="help.mine")

PICTURES = {
    MineAct.HISTORY: screens.history_screen,
    MineAct.LOOKS: screens.looks_screen,
}


@router.message(Command("mine"))
@router.message(Says("My requests"))
async def list_mine(message: Message, session: Session, person: Person, now: datetime) -> None:
    """List one's own requests."""
    requests = await my_requests(session, person, now=now)
    await answer(message, screens.mine_screen(requests, person.id))


@router.callback_query(Go.filter(F.to == "mine"))
async def tapped_mine(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """List one's own requests in place."""
    requests = await my_requests(session, person, now=now)
    await replace(callback, screens.mine_screen(requests, person.id))


@router.callback_query(OpenMine.filter())
async def open_mine(
    callback: CallbackQuery,
    callback_data: OpenMine,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Open one of one's own requests, in place or below a card that changes by itself."""
    view = await where_is_it_now(session, person, callback_data.id, now=now)
    if isinstance(view, Refusal):
        await toast(callback, said(view), alert=True)
    elif callback_data.below:
        await follow(callback, screens.request_screen(view, now), toast="")
    else:
        await replace(callback, screens.request_screen(view, now))


@router.callback_query(OnMine.filter(F.act.in_(set(PICTURES))))
async def picture(
    callback: CallbackQuery, callback_data: OnMine, session: Session, person: Person, now: datetime
) -> None:
    """Show the whole story, or who looked."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, PICTURES[callback_data.act](view, now))


@router.callback_query(OnMine.filter(F.act == MineAct.ASK_CANCEL))
async def ask_cancel(
    callback: CallbackQuery, callback_data: OnMine, session: Session, person: Person, now: datetime
) -> None:
    """Ask before calling off; where it cannot be, show where it stands."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        screen = screens.ask_cancel_screen(view) if view.may_cancel else None
        await replace(callback, screen or screens.request_screen(view, now))


@router.callback_query(OnMine.filter(F.act == MineAct.CANCEL))
async def cancel(
    callback: CallbackQuery, callback_data: OnMine, session: Session, person: Person, now: datetime
) -> None:
    """Call a request off."""
    outcome = await cancel_request(session, person, callback_data.id, now=now)
    done = outcome in {CancelOutcome.CANCELLED, CancelOutcome.ALREADY}
    await toast(callback, said(outcome), alert=not done)
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, screens.request_screen(view, now))


@router.callback_query(OnMine.filter(F.act == MineAct.NOBODY))
async def nobody(
    callback: CallbackQuery,
    callback_data: OnMine,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Take the word that nobody came; of what was reported done, ask what is still to be done."""
    before = await _seen(callback, session, person, callback_data.id, now)
    if before is None:
        return
    if before.line.state is State.DONE and before.may_say_unsolved:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(NOBODY, callback, ctx, prefill={"request": callback_data.id})
        return
    words = _("Nobody came.")
    outcome = await nobody_came(session, person, callback_data.id, words=words, now=now)
    await toast(callback, said(outcome), alert=True)
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        judged = outcome is ArrivalOutcome.UNSOLVED
        await replace(
            callback, verdict_card(view, now) if judged else screens.request_screen(view, now)
        )


@router.callback_query(Verdict.filter(~F.solved))
async def not_solved(callback: CallbackQuery, callback_data: Verdict, **data: Any) -> None:
    """Ask what is not right, before anybody is ordered to put it right."""
    ctx = FormContext.of(data)
    person = data["person"]
    view = await _seen(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is None:
        return
    if not view.may_say_unsolved or view.line.state is State.UNSOLVED:
        await _judge(callback, ctx.session, person, callback_data.id, ctx.now, solved=False)
        return
    await start_form(UNSOLVED, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(Verdict.filter(F.solved))
async def verdict(
    callback: CallbackQuery,
    callback_data: Verdict,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Take the last word; what is not right is no longer asked."""
    await _judge(callback, session, person, callback_data.id, now, solved=True)
    ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
    for form in (UNSOLVED, NOBODY):
        await end_form(callback, ctx, form, request=callback_data.id)


async def _judge(
    callback: CallbackQuery,
    session: Session,
    person: Person,
    request_id: int,
    now: datetime,
    *,
    solved: bool,
    words: str | None = None,
) -> None:
    outcome = await resident_verdict(
        session, person, request_id, solved=solved, now=now, words=words
    )
    fine = outcome in {VerdictOutcome.CLOSED, VerdictOutcome.ALREADY}
    await toast(callback, said(outcome), alert=not fine)
    view = await _seen(callback, session, person, request_id, now)
    if view is not None:
        await replace(callback, verdict_card(view, now))


@router.callback_query(OnMine.filter(F.act == MineAct.ASK_REOPEN))
async def ask_reopen(
    callback: CallbackQuery, callback_data: OnMine, session: Session, person: Person, now: datetime
) -> None:
    """Ask before opening a closed request again; where it cannot be, show where it stands."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        screen = screens.ask_reopen_screen(view) if view.may_reopen else None
        await replace(callback, screen or screens.request_screen(view, now))


@router.callback_query(OnMine.filter(F.act == MineAct.REOPEN))
async def not_after_all(
    callback: CallbackQuery,
    callback_data: OnMine,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Ask what is wrong, then open a closed request again; where it cannot be, say why."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is None:
        return
    if view.may_reopen:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(REOPEN, callback, ctx, prefill={"request": callback_data.id})
        return
    outcome = await reopen(session, person, callback_data.id, now=now)
    await toast(callback, said(outcome), alert=True)
    await _show(callback, session, person, callback_data.id, now)


@router.callback_query(OnMine.filter(F.act == MineAct.THANKS))
async def ask_stars(
    callback: CallbackQuery, callback_data: OnMine, session: Session, person: Person, now: datetime
) -> None:
    """Ask for stars."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, ask_stars_screen(view))


@router.callback_query(Stars.filter())
async def give_stars(
    callback: CallbackQuery,
    callback_data: Stars,
    session: Session,
    person: Person,
    now: datetime,
    **data: Any,
) -> None:
    """Take the stars; after few of them ask what went wrong."""
    outcome = await rate(session, person, callback_data.id, stars=callback_data.stars, now=now)
    fine = outcome in {RateOutcome.RATED, RateOutcome.LOW}
    await toast(callback, said(outcome), alert=not fine)
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, verdict_card(view, now))
    if outcome is RateOutcome.LOW:
        ctx = FormContext.of({"session": session, "person": person, "now": now, **data})
        await start_form(WENT_WRONG, callback, ctx, prefill={"request": callback_data.id})


@router.callback_query(OnMine.filter(F.act == MineAct.MEDIA))
async def show_media(
    callback: CallbackQuery,
    callback_data: OnMine,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send what came with the request and with 'done'."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await send_media(callback, bot, [*view.media, *view.evidence])


@router.callback_query(OnMine.filter(F.act == MineAct.ADD))
async def add(callback: CallbackQuery, callback_data: OnMine, **data: Any) -> None:
    """Ask for more words or photos."""
    await start_form(ADD, callback, FormContext.of(data), prefill={"request": callback_data.id})


@router.callback_query(OnMine.filter(F.act == MineAct.CONTACT))
async def contact(
    callback: CallbackQuery, callback_data: OnMine, person: Person, **data: Any
) -> None:
    """Ask for door and phone: one's own, or those of whom the request is for."""
    ctx = FormContext.of({**data, "person": person})
    view = await _seen(callback, ctx.session, person, callback_data.id, ctx.now)
    if view is not None:
        form = CONTACT if view.line.beneficiary.id == person.id else CONTACT_OF
        await start_form(form, callback, ctx, prefill={"request": callback_data.id})


async def _show(
    callback: CallbackQuery, session: Session, person: Person, request_id: int, now: datetime
) -> None:
    view = await _seen(callback, session, person, request_id, now)
    if view is not None:
        await replace(callback, screens.request_screen(view, now))


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, request_id: int, now: datetime
) -> RequestView | None:
    """Return a request of one's own; else the tap is answered with why not, and the list shown."""
    view = await where_is_it_now(session, person, request_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, said(view), alert=True)
    requests = await my_requests(session, person, now=now)
    await follow(callback, screens.mine_screen(requests, person.id, said(view)))
    return None
