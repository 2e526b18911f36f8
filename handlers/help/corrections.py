"""Words that were changed after they went to a request: passed on with one tap, as a correction."""

from collections.abc import Iterable
from typing import Any

from aiogram.types import Message

from handlers.form import FormContext
from handlers.form.held import hold
from handlers.form.story import joined
from handlers.help.screens.unasked import change_screen, corrected
from handlers.show import answer
from models.help.queries.desk import desk_view
from models.help.queries.resident import my_requests
from models.help.queries.volunteer import held_tasks
from models.help.rules.outcomes import Refusal
from models.help.rules.states import UNENDED
from models.help.views import RequestLine, TaskLine
from models.people.rules import Right
from models.people.views import Person

SAID = "said_of"
"""Conversation data: [message, request] of the latest messages that went to a request."""
AT_MOST = 40


async def remember_said(ctx: FormContext, messages: Iterable[int], request_id: int) -> None:
    """Remember to which request messages went."""
    fresh = [[number, request_id] for number in messages if number]
    if fresh:
        kept = (await ctx.state.get_data()).get(SAID)
        before = kept if isinstance(kept, list) else []
        await ctx.state.update_data({SAID: [*before, *fresh][-AT_MOST:]})


async def went_to(ctx: FormContext, number: int) -> int | None:
    """Return the request to which a message went; None for one that went to none, or long ago."""
    kept = (await ctx.state.get_data()).get(SAID)
    found = [one for one in kept or [] if isinstance(one, list) and one[:1] == [number]]
    return int(found[-1][1]) if found else None


async def offer_change(message: Message, ctx: FormContext, value: Any) -> bool:
    """Ask whether a changed message goes to those who help; False where it went to no request."""
    request_id = await went_to(ctx, message.message_id)
    if request_id is None or ctx.person is None:
        return False
    mine = await my_requests(ctx.session, ctx.person, now=ctx.now)
    own = next((one for one in mine if one.request_id == request_id), None)
    line = own or await _helped_with(ctx, ctx.person, request_id)
    if line is None or line.state not in UNENDED:
        return False
    said = joined(corrected(), value)
    if said is None:
        return False
    await hold(ctx.state, message.message_id, said)
    await answer(message, change_screen(line, message.message_id, own=own is not None))
    return True


async def _helped_with(
    ctx: FormContext, person: Person, request_id: int
) -> RequestLine | TaskLine | None:
    """Return a request that somebody helps with or works on at the desk; None once they do not."""
    tasks = await held_tasks(ctx.session, person)
    task = next((one for one in tasks if one.request_id == request_id), None)
    if task is not None or not person.may_anywhere(Right.WORK_DESK):
        return task
    view = await desk_view(ctx.session, person, request_id, now=ctx.now)
    return None if isinstance(view, Refusal) else view.line
