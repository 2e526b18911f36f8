"""Starting forms, going on with them, and reading what comes while one is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

import structlog
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.form import expecting, screens
from handlers.form.ahead import Ahead, read_ahead, read_unasked, told
from handlers.form.aside import take_back
from handlers.form.asking import advance, answer, ask, asked_now, prefilled_words, sum_up
from handlers.form.beside import heard_beside
from handlers.form.bursts import goes_on
from handlers.form.declare import Answers, Form, FormContext, forms
from handlers.form.held import take_held
from handlers.form.late import renew_time
from handlers.form.letters import bound, letter_of
from handlers.form.meanwhile import keep_meanwhile
from handlers.form.readers import Anything, Choose, Files, Open, Photos, Refused, TimeOfDay
from handlers.form.reading import AnswerContext, Got, read
from handlers.form.run import (
    STATE,
    Given,
    Pending,
    Source,
    forget,
    is_filling,
    live,
    load,
    new_run,
    put,
    save,
    steps,
)
from handlers.form.stage import Talk, menu_again, put_below, retire, say
from handlers.form.values import DamagedError, File, Letter, Photo, Sent, Voice, decode, encode
from handlers.form.wording import hidden, words_of
from handlers.i18n import gettext as _
from handlers.screen import Screen
from handlers.show import answer as show_answer
from handlers.show import follow
from models.database import Session, vault_of

log = structlog.get_logger(__name__)

SOURCES_AT_MOST = 60
"""Messages of which an open form remembers what they answered."""

PASSING: set[str] = set()
"""Reply-keyboard labels that are never taken for an answer."""


def let_pass(words: frozenset[str]) -> None:
    """Name reply-keyboard labels (`phrases(...)`) that work in the middle of any form."""
    PASSING.update(words)


@dataclass(frozen=True)
class HalfFilled:
    """A form that waits to be gone on with."""

    name: str
    title: str
    """In the language being spoken."""
    answered: int
    """How many questions the person has answered."""
    questions: int
    """How many questions there are, as far as the answers tell."""


async def start_form(
    name: str,
    event: Message | CallbackQuery,
    ctx: FormContext,
    prefill: Mapping[str, Any] | None = None,
) -> None:
    """Ask the first question of a form; a tap is answered, its message stays as it is.

    `prefill` gives answers by key: their questions are not asked, but can be edited at the summary;
    a None in it is no answer. Where another form (or this one) is half-filled, the person is asked
    which to go on with. KeyError for a form, or a key, that does not exist, and for a key that has
    to be given and is not; ValueError for a personal one.
    """
    form = await forms.get(ctx.session, name)
    if form is None:
        raise KeyError(name)
    if isinstance(event, CallbackQuery):
        await event.answer()
    given = {key: encode(value) for key, value in (prefill or {}).items() if value is not None}
    if unknown := set(given) - set(form.by_key):
        raise KeyError(f"form {name!r} has no questions {sorted(unknown)}")
    if missing := {question.key for question in form.questions if question.given} - set(given):
        raise KeyError(f"form {name!r} does not begin without {sorted(missing)}")
    if personal := {key for key in given if form.by_key[key].personal}:
        raise ValueError(f"form {name!r}: {sorted(personal)} cannot be prefilled")
    await _start(Pending(name=name, prefill=given), event, ctx)


async def begin_with(name: str, event: Message, ctx: FormContext, given: Mapping[str, Any]) -> None:
    """Begin a form with answers that its sender has just written, personal ones too, while no form
    is in hand: so nothing of them waits unsealed for a choice between two."""
    prefill = {key: encode(value) for key, value in given.items()}
    await begin(Pending(name=name, prefill=prefill), event, ctx)


async def _start(wanted: Pending, event: Message | CallbackQuery, ctx: FormContext) -> None:
    try:
        opened = await load(ctx.state, ctx.session, vault_of(ctx.session))
        if opened is None and await take_back(ctx.state, ctx.now, wanted.name):
            opened = await load(ctx.state, ctx.session, vault_of(ctx.session))
    except DamagedError:
        opened = None
    if opened is not None:
        talk = Talk(ctx, *opened, event)
        if talk.run.own:
            talk.run.pending = wanted
            await show_conflict(talk)
            await keep(talk)
            return
        await retire(talk)
    await begin(wanted, event, ctx)


async def begin(wanted: Pending, event: Message | CallbackQuery, ctx: FormContext) -> None:
    """Begin a run, whatever was there before."""
    form = await forms.get(ctx.session, wanted.name)
    if form is None:
        raise KeyError(wanted.name)
    came_by = await take_held(ctx.state, wanted.prefill.get(form.story))
    talk = Talk(ctx, form, new_run(form), event)
    for question in form.questions:
        if question.key in wanted.prefill:
            value = decode(wanted.prefill[question.key])
            words = await prefilled_words(talk, question, value)
            given = Given(value=wanted.prefill[question.key], words=words)
            put(form, talk.run, question.key, given)
            talk.run.prefilled.append(question.key)
            if question.key == form.story:
                told = [(part.id, part.value) for part in came_by] or [(0, encode(value))]
                talk.run.sources += [
                    Source(message=message, key=question.key, value=part) for message, part in told
                ]
    await advance(talk)
    await keep(talk)


async def keep(talk: Talk) -> None:
    """Keep the run, unless it has ended."""
    await menu_again(talk)
    if talk.open:
        await save(talk.ctx.state, talk.form, talk.run, vault_of(talk.ctx.session))


async def show_conflict(talk: Talk, noted: str = "") -> None:
    """Ask which of two forms to go on with."""
    talk.run.step += 1
    screen = screens.conflict_screen(talk.run, talk.form, talk.run.own, noted)
    await put_below(talk, screen, screen.text)


async def half_filled(state: FSMContext, session: Session) -> HalfFilled | None:
    """Tell which form of this person waits to be gone on with."""
    try:
        opened = await load(state, session)
    except DamagedError:
        return None
    if opened is None:
        return None
    form, run = opened
    questions = steps(form, run)
    answered = sum(question.key in run.answers for question in questions)
    return HalfFilled(form.name, _(form.title), answered, len(questions))


async def resume_form(event: Message | CallbackQuery, ctx: FormContext) -> bool:
    """Ask the present question of the half-filled form again; False where there is none.

    A tap is answered. What cannot be read any more is apologised for, which counts as True.
    """
    if isinstance(event, CallbackQuery):
        await event.answer()
    if not is_filling(await ctx.state.get_state()):
        return False
    talk = await opened_talk(event, ctx)
    if talk is not None:
        await ask_present(talk)
        await keep(talk)
    return True


async def opened_talk(event: Message | CallbackQuery, ctx: FormContext) -> Talk | None:
    """Return the open run; one that cannot be read is ended with an apology."""
    state = await ctx.state.get_state() or ""
    try:
        opened = await load(ctx.state, ctx.session, vault_of(ctx.session))
    except DamagedError:
        name = state.removeprefix(STATE)
        await forget(ctx.state)
        again = await forms.get(ctx.session, name)
        log.warning("a half-filled form of another version is given up", form=name)
        await _say(event, _damaged(again))
        return None
    return Talk(ctx, *opened, event) if opened else None


def _damaged(again: Form | None) -> Screen:
    if again is None:
        return screens.damaged_screen()
    return screens.damaged_screen(again.name, begins_anew=again.begins_anew)


async def _say(event: Message | CallbackQuery, screen: Screen) -> None:
    if isinstance(event, Message):
        await show_answer(event, screen)
    else:
        await follow(event, screen)


async def ask_present(talk: Talk, problem: str = "", *, in_place: bool = False) -> None:
    """Show again where the person stands."""
    if talk.run.pending is not None:
        await show_conflict(talk, problem)
    elif talk.run.key is None:
        await sum_up(talk, problem, in_place=in_place)
    else:
        await ask(talk, problem, in_place=in_place)


async def take_message(message: Message, ctx: FormContext) -> None:
    """Read a message as the answer to the present question."""
    talk = await opened_talk(message, ctx)
    if talk is None or (message.media_group_id and message.media_group_id == talk.run.spent):
        return
    if await _interrupted(talk, message):
        return
    if message.audio is not None and message.caption:
        talk.aside = expecting.sound_left_out()
    if key := _album_of(talk, message):
        await _add_to_album(talk, key, message)
    elif talk.run.pending is not None:
        await show_conflict(talk, await keep_meanwhile(talk, message))
    elif _comes_too_late(talk, message):
        talk.run.spent = message.media_group_id
        await ask_present(talk, expecting.album_left_out())
    elif talk.run.key is None:
        await _take_at_summary(talk, message)
    else:
        await _take_answer(talk, message)
    await keep(talk)


async def _take_at_summary(talk: Talk, message: Message) -> None:
    """Take a time in place of the one that was given, and all else as more of the story."""
    if renewed := await renew_time(talk, message):
        await ask_present(talk, renewed)
        return
    more = await read_ahead(talk.form, talk.run, message, None, talk.ctx)
    await _take_more(talk, message, more or Refused(screens.problem_tap()))


async def _take_answer(talk: Talk, message: Message) -> None:
    asked = await asked_now(talk)
    if await goes_on(talk, message, asked.question):
        going_on = await read_ahead(talk.form, talk.run, message, asked, talk.ctx)
        if isinstance(going_on, Ahead):
            await _take_more(talk, message, going_on)
            return
    reading = await read(message, asked)
    more = None
    if isinstance(reading, Refused) and reading.strange:
        more = await read_ahead(talk.form, talk.run, message, asked, talk.ctx)
    if more is None:
        await _take(talk, message, asked, reading)
    else:
        await _take_more(talk, message, more)


async def _take_more(talk: Talk, message: Message, more: Ahead | Refused) -> None:
    """Keep what was told beside what is asked, and ask that again."""
    run = talk.run
    if isinstance(more, Refused):
        run.spent = message.media_group_id or run.spent
        await ask_present(talk, more.because)
        return
    more.keep(run)
    _note_source(talk, message, more.key, more.fresh)
    run.album, run.album_at = message.media_group_id or run.album, more.key
    talk.aside = "\n".join(filter(None, (more.noted, talk.aside)))
    applies = {question.key for question in live(talk.form, run)[0]}
    if run.key is not None and run.key not in applies:
        await advance(talk)
    else:
        await ask_present(talk, talk.aside)


async def _interrupted(talk: Talk, message: Message) -> bool:
    """End the form where one's own words are more urgent than what is asked."""
    if not talk.ctx.heard.own:
        return False
    interrupt, screen = talk.form.interrupt, None
    if interrupt is not None:
        screen = await interrupt(message, talk.ctx, live(talk.form, talk.run)[1])
    if screen is None:
        if not await heard_beside(talk, message):
            return False
        await ask_present(talk)
        await keep(talk)
        return True
    await retire(talk)
    await forget(talk.ctx.state)
    talk.open = False
    await say(talk, screen)
    return True


def _album_of(talk: Talk, message: Message) -> str | None:
    """Return the question that an album has answered of which more comes; None for all else."""
    run = talk.run
    if message.media_group_id is None or message.media_group_id != run.album:
        return None
    return run.album_at if run.album_at in run.answers else None


async def _add_to_album(talk: Talk, key: str, message: Message) -> None:
    """Put more of an album to the answer that it is; what is asked by now stays as it is."""
    run, question = talk.run, talk.form.by_key[key]
    album, more = decode(run.answers[key].value), letter_of(message)
    if isinstance(album, Letter) and more is not None:
        whole = bound(album, more)
        words = words_of(whole, talk.ctx.zone)
        run.answers[key] = Given(value=encode(whole), words=words)
    elif key == talk.form.story:
        reading = await read_unasked(message, question, talk.ctx, Answers())
        added = told(run, question, reading, talk.ctx) if isinstance(reading, Got) else reading
        if not isinstance(added, Ahead):
            await _take_more(talk, message, added or Refused(expecting.album_left_out()))
            return
        added.keep(run)
        _note_source(talk, message, key, added.fresh)
    if run.key is None and run.pending is None:
        await sum_up(talk, in_place=True)


def _comes_too_late(talk: Talk, message: Message) -> bool:
    """Tell the rest of an album whose question has passed; a question for photos takes it still."""
    run = talk.run
    if message.media_group_id is None or message.media_group_id != run.album or talk.form.story:
        return False
    return run.key is None or not isinstance(talk.form.by_key[run.key].accepts[0], Photos)


async def _take(
    talk: Talk, message: Message, asked: AnswerContext, reading: Got | Open | Refused
) -> None:
    run, reader = talk.run, asked.question.accepts[0]
    match reading:
        case Refused(because=because):
            run.spent = message.media_group_id or run.spent
            await ask(talk, because)
        case Open(at=at):
            run.path, run.page = [*run.path, encode(at)], 0
            await ask(talk)
        case Got(value=Photo() | File() | Voice() as sent) if isinstance(reader, Photos):
            _note_source(talk, message, asked.question.key, None)
            await _collect(talk, message.media_group_id, sent, reader)
        case Got(value=value, words=words) if isinstance(reader, Choose) and reader.many:
            await ask(talk, pick(talk, encode(value), words, reader, toggle=False))
        case Got():
            await _take_got(talk, message, asked, reading)


async def _take_got(talk: Talk, message: Message, asked: AnswerContext, got: Got) -> None:
    run, key = talk.run, asked.question.key
    if got.foreign:
        run.answers[key] = Given(value=encode(got.value), words=hidden(got.value))
        run.unsure = key
        await ask(talk, screens.not_your_own(hidden(got.value)))
        return
    if message.media_group_id:
        run.album, run.album_at = message.media_group_id, _holds_albums(talk, asked)
    if got.hour is not None:
        _take_hour(talk, asked, got.hour)
    await answer(talk, got.value, got.words)
    _note_source(talk, message, key, got.value)


def _note_source(talk: Talk, message: Message, key: str, value: Any) -> None:
    """Remember which message gave an answer, or a part of one."""
    run, story = talk.run, key == talk.form.story
    one = Source(message=message.message_id, key=key, value=encode(value) if story else None)
    run.told_at = int(message.date.timestamp()) if story else None
    run.sources = [*run.sources, one][-SOURCES_AT_MOST:]


def _take_hour(talk: Talk, asked: AnswerContext, hour: time) -> None:
    """Answer the question for the hour that follows; where none does, say so."""
    questions = talk.form.questions
    later = questions[questions.index(asked.question) + 1 :]
    for question in later:
        if any(isinstance(reader, TimeOfDay) for reader in question.accepts):
            if question.key not in talk.run.answers:
                talk.run.prefilled.append(question.key)
            given = Given(value=encode(hour), words=words_of(hour, talk.ctx.zone))
            talk.run.answers[question.key] = given
            return
    talk.aside = screens.day_alone()


def _holds_albums(talk: Talk, asked: AnswerContext) -> str | None:
    question = asked.question
    whole = isinstance(question.accepts[0], Anything) or question.key == talk.form.story
    return question.key if whole else None


async def _collect(talk: Talk, album: str | None, sent: Sent, reader: Photos) -> None:
    run = talk.run
    same = album is not None and album == run.album
    run.album, run.album_at = album, None
    if len(run.part) >= reader.at_most:
        run.spent = album
        files = isinstance(reader, Files)
        enough = expecting.enough_files if files else expecting.enough_photos
        await ask(talk, enough(reader.at_most), in_place=same)
        return
    kept = encode(sent)
    if kept["unique_id"] not in [given.value["unique_id"] for given in run.part]:
        run.part.append(Given(value=kept, words=""))
    if reader.at_most == 1:
        await answer(talk, [sent], words_of([sent], talk.ctx.zone))
    else:
        await ask(talk, in_place=same, same_buttons=same)


def pick(talk: Talk, value: Any, words: str, reader: Choose, *, toggle: bool) -> str:
    """Add a choice to the collection, or take it out; say why where that cannot be."""
    run = talk.run
    kept = [given for given in run.part if given.value != value]
    if len(kept) < len(run.part):
        run.part = kept if toggle else run.part
    elif reader.at_most is not None and len(run.part) >= reader.at_most:
        return expecting.too_many(reader.at_most)
    else:
        run.part.append(Given(value=value, words=words))
    return ""
