"""What is asked about savings: how much is passed on, to whom, why something does not count."""

from typing import Any

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import small_form
from handlers.records.said import said
from handlers.savings.screens import book_screen, disputes_screen
from handlers.screen import Screen, clip
from handlers.volunteers.screens import spent
from models.people.rules import Right
from models.savings.actions.disputing import drop
from models.savings.actions.giving import give_to_pool, offer
from models.savings.durations import read_minutes
from models.savings.gifts import relatives_of
from models.savings.queries import NAME, my_book, open_disputes
from models.savings.rules import SavingsOutcome


async def disputes_left(ctx: FormContext, _dispute_id: int, told: str) -> Screen:
    """Show what is still to be decided under what came of a form about one."""
    return disputes_screen(await open_disputes(ctx.session, ctx.actor), ctx.now, told)


DROP = small_form(
    "savings.drop",
    mark("It does not count"),
    mark("Why? Whoever gave the time reads it, so please be kind."),
    drop,
    disputes_left,
    subject=NAME,
)


async def own_book(ctx: FormContext, told: str = "") -> Screen:
    """Show one's own book under what came of a form."""
    decides = ctx.actor.may_anywhere(Right.SUPERVISE)
    return book_screen(await my_book(ctx.session, ctx.actor), ctx.now, told, decides=decides)


async def _ask_minutes(ctx: FormContext, _answers: Answers) -> Prompt:
    balance = (await my_book(ctx.session, ctx.actor)).balance
    some = [Choice(spent(one), one) for one in (60, 300) if one < balance]
    everything = Choice(_("All: {time}").format(time=spent(balance)), balance)
    text = _("How much? Tap, or write it, such as “1 h 30 min”.")
    return Prompt(text, [*some, everything] if balance else [])


async def _understand(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    return read_minutes(text) or Refused(said(SavingsOutcome.BAD_TIME))


async def _ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    found = await relatives_of(ctx.session, ctx.actor.id)
    return Prompt(
        _("To whom of your family? They are asked first."),
        [Choice(f"👤 {clip(one.name, 30)}", one.id) for one in found],
        columns=1,
    )


MINUTES = Question("minutes", _ask_minutes, accepts=(Choose(), Text(20, _understand)))
WHOM = Question("whom", _ask_whom, accepts=(Choose(),))


async def _to_pool(ctx: FormContext, answers: Answers) -> Screen | Again:
    token = f"{ctx.actor.id}:{ctx.run}"
    outcome = await give_to_pool(ctx.session, ctx.actor, answers["minutes"], token, now=ctx.now)
    if outcome is SavingsOutcome.NOT_ENOUGH:
        return Again("minutes", said(outcome))
    return await own_book(ctx, said(outcome, NAME))


async def _to_family(ctx: FormContext, answers: Answers) -> Screen | Again:
    token = f"{ctx.actor.id}:{ctx.run}"
    outcome = await offer(
        ctx.session, ctx.actor, answers["whom"], answers["minutes"], token, now=ctx.now
    )
    if outcome is SavingsOutcome.NOT_ENOUGH:
        return Again("minutes", said(outcome))
    return await own_book(ctx, said(outcome, NAME))


TO_POOL, TO_FAMILY = "savings.pool", "savings.family"
forms.add(Form(TO_POOL, 1, mark("To the pool"), (MINUTES,), _to_pool, confirm=False))
forms.add(Form(TO_FAMILY, 1, mark("To my family"), (WHOM, MINUTES), _to_family, confirm=False))
