"""What is asked about savings: how long help took, how much is passed on and to whom."""

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
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.savings.book import own_book
from handlers.savings.checks import checks_screen
from handlers.savings.screens import said_screen
from handlers.screen import Screen, clip
from handlers.volunteers.screens import spent
from models.names.queries import names_for
from models.policy.current import policy_of
from models.records.rules import Refusal
from models.savings.actions.checking import checks
from models.savings.actions.claiming import say_time
from models.savings.actions.giving import give_to_pool, offer
from models.savings.actions.reversing import minutes_standing, reverse
from models.savings.claims import NAME
from models.savings.durations import read_minutes
from models.savings.gifts import relatives_of
from models.savings.queries import my_book
from models.savings.rules import SavingsOutcome, SavingsPolicy, most_of


async def _book(ctx: FormContext, told: str = "") -> Screen:
    """Show one's own book under what came of a form."""
    return await own_book(ctx.session, ctx.actor, ctx.now, above=told)


async def _took(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    return read_minutes(text) or Refused(said(SavingsOutcome.BAD_TIME))


async def _told(_ctx: FormContext, _request_id: int, told: str) -> Screen:
    return said_screen(told)


TOOK = small_form(
    "savings.took",
    mark("How long it took"),
    mark("About how long did it take you? Write it such as “1 h 30 min”."),
    say_time,
    _told,
    accepts=(Text(40, _took),),
    subject=NAME,
)


async def _checks_left(ctx: FormContext, _move_id: int, told: str) -> Screen:
    view = await checks(ctx.session, ctx.actor, 0, now=ctx.now)
    return said_screen(told) if isinstance(view, Refusal) else checks_screen(view, ctx.now, told)


async def _ask_instead(ctx: FormContext, answers: Answers) -> Prompt:
    time = spent(await minutes_standing(ctx.session, answers["record"]))
    text = _("{time} are credited. How much counts instead? Write it such as “1 h 30 min”.")
    return Prompt(text.format(time=time), [Choice(_("Nothing: take it all back"), 0)])


async def _other(ctx: FormContext, answers: Answers, text: str) -> Any:
    read = await _took(ctx, answers, text)
    same = read == await minutes_standing(ctx.session, answers["record"])
    return Refused(said(SavingsOutcome.SAME_TIME)) if same else read


async def _put_right(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await reverse(
        ctx.session,
        ctx.actor,
        answers["record"],
        answers["answer"],
        now=ctx.now,
        instead=answers["instead"],
    )
    if outcome is Refusal.EMPTY:
        return Again("answer", said(outcome, NAME))
    return await _checks_left(ctx, answers["record"], said(outcome, NAME))


BACK = "savings.back"
INSTEAD = Question("instead", _ask_instead, accepts=(Choose(), Text(40, _other)))
WHY = Question(
    "answer",
    plain(mark("Why is it put right? Whoever gave the time reads it, so please be kind.")),
    accepts=(Text(500),),
)
forms.add(Form(BACK, 2, mark("Put time right"), (INSTEAD, WHY, RECORD), _put_right, confirm=False))


async def _ask_minutes(ctx: FormContext, _answers: Answers) -> Prompt:
    balance = (await my_book(ctx.session, ctx.actor)).balance
    some = [Choice(spent(one), one) for one in (60, 300) if one < balance]
    everything = Choice(_("All: {time}").format(time=spent(balance)), balance)
    text = _("How much? Tap, or write it, such as “1 h 30 min”.")
    return Prompt(text, [*some, everything] if balance else [])


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
    most = most_of(policy_of(ctx.session, SavingsPolicy))
    return read_minutes(text, most) or Refused(said(SavingsOutcome.BAD_TIME))


async def _ask_whom(ctx: FormContext, _answers: Answers) -> Prompt:
    found = await relatives_of(ctx.session, ctx.actor.id)
    return Prompt(
        _("To whom of your family? They are asked first."),
        [Choice(f"👤 {clip(one.name, 30)}", one.id) for one in found],
        columns=1,
    )


async def _ask_sure(ctx: FormContext, answers: Answers) -> Prompt:
    whom, time = answers.get("whom"), spent(int(answers["minutes"]))
    text = _("Give {time} to the pool of the community?").format(time=time)
    if whom is not None:
        name = (await names_for(ctx.session, [whom])).known(whom).name
        text = _("Give {time} to {name}?").format(time=time, name=name)
    return Prompt(text, [Choice(_("✅ Yes"), "yes")])


MINUTES = Question("minutes", _ask_minutes, accepts=(Choose(), Text(40, _understand)))
WHOM = Question("whom", _ask_whom, accepts=(Choose(),))
SURE = Question("sure", _ask_sure, accepts=(Choose(),), depends=("minutes",))


async def _to_pool(ctx: FormContext, answers: Answers) -> Screen | Again:
    token = f"{ctx.actor.id}:{ctx.run}"
    outcome = await give_to_pool(ctx.session, ctx.actor, answers["minutes"], token, now=ctx.now)
    if outcome is SavingsOutcome.NOT_ENOUGH:
        return Again("minutes", said(outcome))
    return await _book(ctx, said(outcome, NAME))


async def _to_family(ctx: FormContext, answers: Answers) -> Screen | Again:
    token = f"{ctx.actor.id}:{ctx.run}"
    outcome = await offer(
        ctx.session, ctx.actor, answers["whom"], answers["minutes"], token, now=ctx.now
    )
    if outcome is SavingsOutcome.NOT_ENOUGH:
        return Again("minutes", said(outcome))
    return await _book(ctx, said(outcome, NAME))


TO_POOL, TO_FAMILY = "savings.pool", "savings.family"
forms.add(Form(TO_POOL, 1, mark("To the pool"), (MINUTES, SURE), _to_pool, confirm=False))
forms.add(
    Form(TO_FAMILY, 1, mark("To my family"), (WHOM, MINUTES, SURE), _to_family, confirm=False)
)
