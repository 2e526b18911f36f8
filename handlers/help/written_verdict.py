"""The last word on a request, written instead of tapped: '解决了', 'not yet'."""

from aiogram.types import Message

from handlers.answered import Kind, remember_answer
from handlers.form import FormContext, hear_beside, start_form
from handlers.help.screens import mine as screens
from handlers.help.screens.outcomes import said
from handlers.help.screens.verdict import sure_screen, verdict_card, which_screen
from handlers.help.task_forms import UNSOLVED
from handlers.help.verdict_words import Meant, read_verdict
from handlers.screen import Screen, headed
from handlers.show import answer
from models.help.actions import resident_verdict
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.rules.outcomes import Refusal
from models.help.rules.states import UNENDED, State
from models.help.views import RequestLine
from models.people.views import Person


async def take_verdict(
    message: Message, person: Person, ctx: FormContext, request_id: int | None = None
) -> bool:
    """Take words as the last word on the one request that waits for it, or on the one named.

    Where it is not plain which one, or what is meant, that is asked. False for what is no answer,
    and where nothing is asked.
    """
    meant = read_verdict(message.text or "")
    asked = await _asked(person, ctx) if meant is not None else []
    if meant is Meant.UNSOLVED and not asked and request_id is None:
        return await _come_back(message, person, ctx)
    if request_id is not None:
        asked = [line for line in asked if line.request_id == request_id]
    if meant is None or not asked:
        return False
    if len(asked) > 1:
        await answer(message, which_screen(asked, person.id))
    elif meant is Meant.PERHAPS or asked[0].state is not State.DONE:
        await _make_sure(message, person, ctx, asked[0].request_id)
    else:
        await _take(message, person, ctx, asked[0].request_id, solved=meant is Meant.SOLVED)
    return True


async def verdict_beside(message: Message, ctx: FormContext, form: str) -> Screen | None:
    """Ask in the middle of a form whether a plain word is meant for what waits for the last one.

    None for other words, where nothing waits, and in the form that asks what is not right.
    """
    meant = read_verdict(message.text or "")
    if meant in {None, Meant.PERHAPS} or ctx.person is None or form == UNSOLVED:
        return None
    asked = [line for line in await _asked(ctx.person, ctx) if line.state is State.DONE]
    if len(asked) != 1:
        return None
    view = await where_is_it_now(ctx.session, ctx.person, asked[0].request_id, now=ctx.now)
    return None if isinstance(view, Refusal) else sure_screen(view, ctx.now)


hear_beside(verdict_beside)


async def _asked(person: Person, ctx: FormContext) -> list[RequestLine]:
    """List what waits for this person's word; else what was closed for want of it."""
    mine = await my_requests(ctx.session, person, now=ctx.now)
    done = [line for line in mine if line.state is State.DONE]
    return done or [line for line in mine if line.state is State.CLOSED and line.unconfirmed]


async def _come_back(message: Message, person: Person, ctx: FormContext) -> bool:
    """Ask whether the one request that was closed as solved lately is to be opened again.

    False while something is underway: then it may be that.
    """
    mine = await my_requests(ctx.session, person, now=ctx.now)
    if any(line.state in UNENDED for line in mine):
        return False
    views = [
        await where_is_it_now(ctx.session, person, line.request_id, now=ctx.now)
        for line in mine
        if line.state is State.CLOSED
    ]
    back = [view for view in views if not isinstance(view, Refusal) and view.may_reopen]
    if len(back) == 1:
        await answer(message, screens.ask_reopen_screen(back[0]))
    elif back:
        await answer(message, which_screen([view.line for view in back], person.id))
    return bool(back)


async def _make_sure(message: Message, person: Person, ctx: FormContext, request_id: int) -> None:
    view = await where_is_it_now(ctx.session, person, request_id, now=ctx.now)
    if not isinstance(view, Refusal):
        await answer(message, sure_screen(view, ctx.now))


async def _take(
    message: Message, person: Person, ctx: FormContext, request_id: int, *, solved: bool
) -> None:
    """Take a plain word; of what is not solved it is asked first what is not right."""
    await remember_answer(ctx.state, message.message_id, Kind.VERDICT, request_id)
    if solved:
        await _judge(message, person, ctx, request_id, solved=True)
    else:
        await start_form(UNSOLVED, message, ctx, prefill={"request": request_id})


async def _judge(
    message: Message, person: Person, ctx: FormContext, request_id: int, *, solved: bool
) -> None:
    outcome = await resident_verdict(ctx.session, person, request_id, solved=solved, now=ctx.now)
    view = await where_is_it_now(ctx.session, person, request_id, now=ctx.now)
    if isinstance(view, Refusal):
        requests = await my_requests(ctx.session, person, now=ctx.now)
        await answer(message, screens.mine_screen(requests, person.id, said(outcome)))
    else:
        await answer(message, headed(verdict_card(view, ctx.now), said(outcome)))
