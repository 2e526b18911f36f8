"""What somebody at home sends without being asked: most often it is what they need."""

from aiogram.enums import ContentType
from aiogram.types import Message

from handlers.form import Answers, FormContext, Refused
from handlers.form.ahead import read_unasked
from handlers.form.held import held, hold
from handlers.form.story import words_in
from handlers.help.forms import WHAT
from handlers.help.screens.alarm import offer_screen
from handlers.people.screens import home
from handlers.show import answer
from models.help.queries.resident import my_requests
from models.help.queries.volunteer import held_tasks
from models.help.rules.states import UNENDED
from models.people.hooks import gave_sign
from models.people.rules import Sign
from models.people.views import Person

TELLING = frozenset(
    {
        ContentType.TEXT,
        ContentType.VOICE,
        ContentType.PHOTO,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.DOCUMENT,
        ContentType.CONTACT,
    }
)
"""What may be a need that somebody has; a point on the map alone only adds to what is underway."""


async def offer_to_ask(message: Message, person: Person, ctx: FormContext) -> bool:
    """Offer to ask for help with a text, voice, photo or file, or to add it to what is underway.

    What follows shortly is offered together with what came before.

    False for what tells nothing.
    """
    command = (message.text or "").startswith("/")
    spot = message.location is not None
    if command or (message.content_type not in TELLING and not message.caption and not spot):
        return False
    reading = await read_unasked(message, WHAT, ctx, Answers())
    if reading is None or (isinstance(reading, Refused) and reading.strange):
        return False
    if isinstance(reading, Refused):
        await answer(message, home(person, reading.because))
        return True
    mine = await my_requests(ctx.session, person, now=ctx.now)
    live = [line for line in mine if line.state in UNENDED]
    tasks = await held_tasks(ctx.session, person)
    if spot and not (live or tasks):
        return False
    number = message.message_id
    await _let_it_be_heard(message, person, ctx)
    more = await hold(ctx.state, number, reading.value, following=ctx.now)
    whole = await held(ctx.state, number) if more else None
    await answer(message, offer_screen(number, live, tasks, words_in(whole)))
    return True


async def _let_it_be_heard(message: Message, person: Person, ctx: FormContext) -> None:
    """Let what somebody with a day check speaks wait until it is listened to, at any time of the
    day: what is heard of them first, the turn has taken already."""
    spoken, at = message.voice or message.video_note, min(message.date, ctx.now)
    if spoken is not None and person.sign_from is not None and not person.is_looked_for(at):
        await gave_sign(ctx.session, person.id, Sign(at, "", spoken.file_id), ctx.now)
