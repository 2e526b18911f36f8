"""What a stray message is about: each rule is asked in turn, and the first that takes it answers.

docs/conversation.md has the same table in words; a test holds the two together.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram.types import Message

from handlers.answered import AnsweredKind, remember_answer
from handlers.broadcasts.adding import offered_to_draft
from handlers.form import Answers, FormContext, Refused, start_form
from handlers.form.ahead import read_unasked
from handlers.form.held import hold
from handlers.form.story import words_in
from handlers.heard import Heard
from handlers.help.alarm import cried, running_emergency
from handlers.help.filing import album_goes_to, remember_said
from handlers.help.forms import WHAT
from handlers.help.ringing import RING
from handlers.help.screens import alarm as alarms
from handlers.help.screens.mine import ask_cancel_screen
from handlers.help.screens.outcomes import said
from handlers.help.screens.task import ask_done_screen
from handlers.help.screens.verdict import sure_screen, which_screen
from handlers.help.unasked import offer_to_ask
from handlers.help.verdicts import Meant, read_verdict, take_verdict
from handlers.media import media_of
from handlers.people.screens import home
from handlers.rollcalls.screens import answers
from handlers.show import answer
from handlers.stray import screens
from handlers.stray.cries import Cry, read_cry
from handlers.stray.gathering import about_gatherings
from handlers.stray.pages import for_the_page
from handlers.stray.replying import about_subject
from handlers.stray.words import (
    SAYS,
    Means,
    asks_to_be_rung,
    asks_where_they_are,
    meanings,
    offers_a_hand,
)
from handlers.volunteers.page import own_page
from models.broadcasts.rules.notices import Answer
from models.help.actions.speaking import speak
from models.help.actions.visits import confirm_coming
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.queries.volunteer import awaits_yes, held_tasks, once_helped, task_detail
from models.help.rules.outcomes import DeskOutcome, Refusal
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED, State
from models.people.views import Person
from models.rollcalls.actions.answering import answer as answer_roll_call
from models.rollcalls.queries.board import asked_of
from models.rollcalls.queries.silent import unanswered


@dataclass(frozen=True)
class Stray:
    """A message that nobody asked for, from somebody registered."""

    message: Message
    person: Person
    ctx: FormContext
    heard: Heard

    @property
    def words(self) -> str:
        """What is written, also under a picture."""
        return self.message.text or self.message.caption or ""

    @property
    def means(self) -> frozenset[Means]:
        """What the words can mean as an answer; forwarded words answer nothing."""
        return meanings(self.message.text or "") if self.heard.own else frozenset()

    async def told(self) -> Any:
        """Return what it tells, as the question 'what do you need?' would read it.

        None for what tells nothing; Refused for what is too long.
        """
        return await read_unasked(self.message, WHAT, self.ctx, Answers())


Decide = Callable[[Stray], Awaitable[bool]]


async def cry(stray: Stray) -> bool:
    """Take a cry for help; what only may be one is asked about with one large button."""
    found = read_cry(stray.words)
    if found is None:
        return False
    number = stray.message.message_id
    if found is Cry.CLEAR and stray.heard.own:
        if await _answers_roll_call(stray, Answer.NEED_HELP):
            return True
        told = await stray.told()
        media = () if isinstance(told, Refused) or told is None else media_of(told.value)
        if told is not None and not isinstance(told, Refused):
            await hold(stray.ctx.state, number, told.value)
        await answer(
            stray.message, await cried(stray.ctx, stray.person, number, stray.words, media)
        )
        return True
    told = await stray.told()
    if told is None or isinstance(told, Refused):
        return False
    await hold(stray.ctx.state, number, told.value)
    screen = alarms.listening_screen if found is Cry.DESPAIR else alarms.sure_screen
    await answer(stray.message, screen(number))
    return True


async def reply(stray: Stray) -> bool:
    """Take what answers a message of ours: it is about that message's subject."""
    number = stray.heard.replies_to
    if number is None:
        return False
    request_id = await about_subject(stray.ctx.session, stray.message)
    if request_id is None:
        return await gathering(stray) or await _about_words(stray)
    if await awaits_yes(stray.ctx.session, stray.person.id, request_id) and await _coming(
        stray, request_id
    ):
        return True
    if await take_verdict(stray.message, stray.person, stray.ctx, request_id):
        return True
    if stray.means & {Means.YES, Means.THANKS}:
        await answer(stray.message, screens.acknowledged(stray.means))
        return True
    return await _pass_on(stray, request_id)


async def emergency(stray: Stray) -> bool:
    """Pass what is said while an emergency of one's own runs on to whoever comes."""
    if not stray.heard.own:
        return False
    running = await running_emergency(stray.ctx, stray.person)
    if running is None:
        return await _helping_now(stray)
    solved = read_verdict(stray.message.text or "") is Meant.SOLVED
    if Means.CALM in stray.means or solved:
        return await _calls_off(stray, running.request_id)
    if stray.means & {Means.YES, Means.THANKS}:
        await answer(stray.message, alarms.running_screen(running, stray.person.id))
        return True
    outcome = await _speak(stray, running.request_id)
    if outcome not in {DeskOutcome.NOTED, DeskOutcome.ALREADY}:
        return False
    passed = screens.passed_on(outcome)
    await answer(stray.message, alarms.running_screen(running, stray.person.id, passed))
    return True


async def _calls_off(stray: Stray, request_id: int) -> bool:
    """Ask whether the help that was called is no longer needed."""
    view = await where_is_it_now(stray.ctx.session, stray.person, request_id, now=stray.ctx.now)
    if isinstance(view, Refusal) or not view.may_cancel:
        return False
    await answer(stray.message, ask_cancel_screen(view))
    return True


async def _helping_now(stray: Stray) -> bool:
    """Pass on what is said by whoever has taken the one emergency that runs."""
    tasks = await held_tasks(stray.ctx.session, stray.person)
    urgent = [task for task in tasks if task.urgency is Urgency.EMERGENCY]
    if len(urgent) != 1 or len(tasks) != 1 or stray.means:
        return False
    return await _pass_on(stray, urgent[0].request_id)


async def roll_call(stray: Stray) -> bool:
    """Take 'I am safe' and its like as one's own answer to the roll-call that waits for it."""
    chosen = [SAYS[one] for one in stray.means if one in SAYS]
    return len(chosen) == 1 and await _answers_roll_call(stray, chosen[0])


async def coming(stray: Stray) -> bool:
    """Take yes as the answer to the one 'still coming?' that waits."""
    waiting = await awaits_yes(stray.ctx.session, stray.person.id)
    return len(waiting) == 1 and await _coming(stray, waiting[0])


async def verdict(stray: Stray) -> bool:
    """Take words as the last word on the request that waits for it."""
    return stray.heard.own and await take_verdict(stray.message, stray.person, stray.ctx)


async def task(stray: Stray) -> bool:
    """Ask whoever has one task whether it is done, or given back, where that is what is said."""
    text, tasks = stray.message.text or "", await held_tasks(stray.ctx.session, stray.person)
    if len(tasks) != 1 or not stray.heard.own:
        return False
    request_id = tasks[0].request_id
    if Means.NO in stray.means and STAYS_AWAY.search(text):
        await answer(stray.message, screens.sure_not_coming(request_id))
        return True
    if read_verdict(text) is not Meant.SOLVED:
        return False
    ctx = stray.ctx
    detail = await task_detail(ctx.session, stray.person, request_id, now=ctx.now)
    if isinstance(detail, Refusal):
        return False
    await answer(stray.message, ask_done_screen(detail))
    return True


STAYS_AWAY = re.compile(r"[来去]|空|时间|方便|\b(come|go|make it|coming)\b", re.IGNORECASE)
"""A no that speaks of coming, where nobody has asked."""


async def calls_off(stray: Stray) -> bool:
    """Ask whether a request is no longer needed, where that is what is said."""
    if Means.CALM not in stray.means or Means.YES in stray.means:
        return False
    if await held_tasks(stray.ctx.session, stray.person):
        return False
    mine = await my_requests(stray.ctx.session, stray.person, now=stray.ctx.now)
    live = [line for line in mine if line.state in UNENDED]
    if len(live) == 1:
        return await _calls_off(stray, live[0].request_id)
    if live:
        await answer(stray.message, which_screen(live, stray.person.id))
    else:
        await remember_answer(stray.ctx.state, stray.message.message_id, AnsweredKind.COURTESY, 0)
        await answer(stray.message, home(stray.person, screens.nothing_underway()))
    return True


async def whereabouts(stray: Stray) -> bool:
    """Show where a request is, and the key "Nobody came", to whoever says that nobody has come.

    What is still broken while somebody is to come is said here, too: it has not been judged yet.
    """
    text = stray.message.text or ""
    still = read_verdict(text) is Meant.UNSOLVED
    if not stray.heard.own or not (still or asks_where_they_are(text)):
        return False
    ctx, number = stray.ctx, stray.message.message_id
    if await held_tasks(ctx.session, stray.person):
        return False
    mine = await my_requests(ctx.session, stray.person, now=ctx.now)
    live = [line for line in mine if line.state in UNENDED]
    if len(live) > 1:
        await answer(stray.message, which_screen(live, stray.person.id))
    if len(live) != 1:
        return bool(live)
    view = await where_is_it_now(ctx.session, stray.person, live[0].request_id, now=ctx.now)
    if isinstance(view, Refusal):
        return False
    if view.line.state is State.DONE:
        await answer(stray.message, sure_screen(view, ctx.now))
        return True
    await hold(ctx.state, number, text)
    await answer(stray.message, screens.where_they_are(view, number))
    return True


async def gathering(stray: Stray) -> bool:
    """Answer words about gatherings: what there is, that one comes or cannot, when it begins."""
    if not stray.heard.own:
        return False
    screen = await about_gatherings(stray.ctx, stray.message.text or "", stray.means)
    if screen is not None:
        await answer(stray.message, screen)
    return screen is not None


async def page(stray: Stray) -> bool:
    """Ask whether hours, a day, or what goes into a draft are meant for the page shown last."""
    number = stray.message.message_id
    draft = None if stray.means else await offered_to_draft(stray.message, stray.ctx)
    if draft is not None:
        told = await stray.told()
        if told is not None and not isinstance(told, Refused):
            await hold(stray.ctx.state, number, told.value)
        await answer(stray.message, draft)
        return True
    text = (stray.message.text or "") if stray.heard.own else ""
    screen = await for_the_page(text, number, stray.ctx) if text else None
    if screen is not None:
        await answer(stray.message, screen)
    return screen is not None


async def ring(stray: Stray) -> bool:
    """Ask when, where somebody writes that they want to be rung."""
    if not stray.heard.own or not asks_to_be_rung(stray.message.text or ""):
        return False
    await start_form(RING, stray.message, stray.ctx)
    return True


async def lends(stray: Stray) -> bool:
    """Show how one helps others, where somebody writes that they would like to."""
    if not stray.heard.own or not offers_a_hand(stray.message.text or ""):
        return False
    ctx = stray.ctx
    page = await own_page(ctx.session, stray.person.id, stray.person.language, ctx.now)
    await answer(stray.message, page)
    return True


async def courtesy(stray: Stray) -> bool:
    """Answer thanks, and a yes that nothing waits for."""
    if not stray.means & {Means.YES, Means.THANKS}:
        return False
    await remember_answer(stray.ctx.state, stray.message.message_id, AnsweredKind.COURTESY, 0)
    await answer(stray.message, home(stray.person, screens.welcome(stray.means)))
    return True


async def need(stray: Stray) -> bool:
    """Offer to ask for help with it, or to add it to what is underway."""
    return await offer_to_ask(stray.message, stray.person, stray.ctx)


ORDER: tuple[Decide, ...] = (
    cry,
    reply,
    emergency,
    roll_call,
    coming,
    verdict,
    task,
    calls_off,
    whereabouts,
    gathering,
    page,
    ring,
    lends,
    courtesy,
    need,
)
"""Who is asked first stands first: danger, then what is plainly meant, then what may be."""


async def decide(stray: Stray) -> bool:
    """Let the first rule that takes a message answer it; False where none does."""
    for each in ORDER:
        if await each(stray):
            return True
    return False


async def _coming(stray: Stray, request_id: int) -> bool:
    """Take yes; a no is asked about once more, for it gives the task back."""
    if Means.NO in stray.means:
        await answer(stray.message, screens.sure_not_coming(request_id))
        return True
    if Means.YES not in stray.means:
        return False
    ctx = stray.ctx
    outcome = await confirm_coming(ctx.session, stray.person, request_id, coming=True, now=ctx.now)
    number = stray.message.message_id
    await remember_answer(ctx.state, number, AnsweredKind.COMING, request_id)
    await remember_said(ctx, [number], request_id)
    await answer(stray.message, screens.coming_noted(said(outcome)))
    return True


async def _answers_roll_call(stray: Stray, said: Answer) -> bool:
    """Answer the roll-call that waits for this person; a cry during a drill is no part of it.

    What somebody in need has said beside it goes along with the call for help.
    """
    ctx, person = stray.ctx, stray.person
    asked = await unanswered(ctx.session, person, ctx.now)
    cried_out = read_cry(stray.words) is not None
    if asked is None or not any(one.own for one in asked.asked) or (asked.drill and cried_out):
        return False
    given = await answer_roll_call(
        ctx.session, person, asked.broadcast_id, person.id, said, now=ctx.now
    )
    number = stray.message.message_id
    await remember_answer(ctx.state, number, AnsweredKind.ROLL_CALL, asked.broadcast_id)
    everybody = await asked_of(ctx.session, asked.broadcast_id, person.id)
    await answer(stray.message, answers.answered_screen(given, everybody))
    if given.filed and given.request_id is not None and cried_out:
        await _speak(stray, given.request_id)
    if given.filed and given.own:
        await answer(stray.message, answers.where_screen())
    return True


async def _pass_on(stray: Stray, request_id: int) -> bool:
    outcome = await _speak(stray, request_id)
    too_late = outcome in {DeskOutcome.NOT_ALLOWED, DeskOutcome.TOO_LATE}
    if too_late and await once_helped(stray.ctx.session, stray.person.id, request_id):
        return await _over(stray, request_id)
    if outcome is DeskOutcome.NOT_ALLOWED:
        await answer(stray.message, screens.not_yours_yet(request_id))
        return True
    if outcome not in {DeskOutcome.NOTED, DeskOutcome.ALREADY}:
        return False
    await answer(stray.message, screens.passed_on_screen(outcome))
    return True


async def _over(stray: Stray, request_id: int) -> bool:
    """Offer to let the office hear what comes from somebody whose part is over."""
    told = await stray.told()
    words = "" if told is None or isinstance(told, Refused) else words_in(told.value)
    number, quoted = stray.message.message_id, stray.message.reply_to_message
    line = _first_line(quoted) if quoted is not None else ""
    if words:
        await hold(stray.ctx.state, number, screens.about(line, words))
    await answer(stray.message, screens.no_longer_yours(number if words else None, request_id))
    return True


def _first_line(message: Message) -> str:
    return (message.text or message.caption or "").strip().partition("\n")[0]


async def _speak(stray: Stray, request_id: int) -> DeskOutcome | None:
    """Say it to everybody else who has to do with a request; None for what tells nothing."""
    told = await stray.told()
    if told is None or isinstance(told, Refused):
        return None
    value = told.value
    words = words_in(value)
    ctx = stray.ctx
    await album_goes_to(ctx, request_id)
    outcome = await speak(
        ctx.session, stray.person, request_id, words=words, media=media_of(value), now=ctx.now
    )
    if outcome is DeskOutcome.NOTED:
        await remember_said(ctx, [stray.message.message_id], request_id)
    return outcome


async def _about_words(stray: Stray) -> bool:
    """Offer to put a question about any other message of ours to the office."""
    if stray.means & {Means.YES, Means.THANKS}:
        return False
    told = await stray.told()
    quoted = stray.message.reply_to_message
    if (
        told is None
        or isinstance(told, Refused)
        or quoted is None
        or not isinstance(told.value, str)
    ):
        return False
    words = screens.about(_first_line(quoted), told.value)
    await hold(stray.ctx.state, stray.message.message_id, words)
    await answer(stray.message, screens.ask_office_screen(stray.message.message_id))
    return True
