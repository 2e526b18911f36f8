"""Answers in words that are changed after they were sent.

An answer to a roll-call is renewed, as it may be until the roll-call ends. What cannot be taken
back by a change alone (a task, a last word) is asked about; what is over is said to be over.
"""

from aiogram.types import Message

from handlers.answered import AnsweredKind, answered_with
from handlers.form import FormContext
from handlers.form.held import hold
from handlers.help.screens import lines
from handlers.help.screens.mine import ask_reopen_screen
from handlers.help.screens.verdict import sure_screen
from handlers.help.unasked import offer_to_ask
from handlers.help.verdicts import Meant, read_verdict
from handlers.rollcalls.screens import answers
from handlers.screen import headed
from handlers.show import answer
from handlers.stray import screens
from handlers.stray.cries import Cry, read_cry
from handlers.stray.words import SAYS, Means, meanings
from models.broadcasts.rules.notices import Answer
from models.help.queries.resident import where_is_it_now
from models.help.rules.outcomes import Refusal
from models.help.rules.states import State
from models.people.views import Person
from models.rollcalls.actions.answering import answer as answer_roll_call
from models.rollcalls.queries.board import asked_of
from models.rollcalls.queries.silent import ask_view


async def take_changed(message: Message, ctx: FormContext) -> bool:
    """Take, or ask about, what an answer has become.

    False for what answered nothing, and where its words are no answer any more.
    """
    given, person = await answered_with(ctx.state, message.message_id), ctx.person
    if given is None or person is None:
        return False
    match given.kind:
        case AnsweredKind.ROLL_CALL:
            return await _roll_call(message, person, ctx, given.subject)
        case AnsweredKind.COMING:
            return await _coming(message, given.subject)
        case AnsweredKind.COURTESY:
            said = meanings(message.text or "") & {Means.THANKS, Means.YES, Means.CALM}
            if said or read_cry(message.text or "") is not None:
                return bool(said)
            return await offer_to_ask(message, person, ctx)
        case AnsweredKind.VERDICT:
            return await _verdict(message, person, ctx, given.subject)


async def _roll_call(message: Message, person: Person, ctx: FormContext, broadcast_id: int) -> bool:
    words = message.text or ""
    view = await ask_view(ctx.session, person.id, broadcast_id)
    cry = read_cry(words)
    if view is None or (cry is not None and (view.drill or cry is not Cry.CLEAR)):
        return False
    chosen = [SAYS[one] for one in meanings(words) if one in SAYS]
    chosen = [Answer.NEED_HELP] if cry is Cry.CLEAR else chosen
    mine = next((one.answer for one in view.asked if one.own), None)
    if chosen == [mine]:
        return True
    if len(chosen) != 1:
        await answer(message, answers.changed_screen(view))
        return True
    said = await answer_roll_call(
        ctx.session, person, broadcast_id, person.id, chosen[0], now=ctx.now
    )
    everybody = await asked_of(ctx.session, broadcast_id, person.id)
    await answer(message, answers.answered_screen(said, everybody))
    if said.filed and said.own:
        await answer(message, answers.where_screen())
    return True


async def _coming(message: Message, request_id: int) -> bool:
    means = meanings(message.text or "")
    if Means.NO in means:
        await answer(message, screens.sure_not_coming(request_id))
    return bool(means & {Means.NO, Means.YES})


async def _verdict(message: Message, person: Person, ctx: FormContext, request_id: int) -> bool:
    words = message.text or ""
    if read_cry(words) is not None:
        return False
    meant = read_verdict(words)
    view = await where_is_it_now(ctx.session, person, request_id, now=ctx.now)
    if isinstance(view, Refusal):
        return False
    if view.line.state is not State.CLOSED or view.solved is None:
        same = view.line.state is State.UNSOLVED and meant is Meant.UNSOLVED
        if not same:
            await answer(message, sure_screen(view, ctx.now))
        return True
    if meant is Meant.SOLVED or Means.THANKS in meanings(words):
        return True
    title = lines.title(view.line.number, view.line.category)
    if view.may_reopen:
        said = screens.closed_before(words)
        await answer(message, headed(ask_reopen_screen(view), said))
        return True
    await hold(ctx.state, message.message_id, screens.about(title, words))
    await answer(message, screens.closed_already(message.message_id, title, words))
    return True
