"""Which question comes next, and how it is put."""

import inspect
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.types import Message

from handlers.form import screens
from handlers.form.callbacks import Act
from handlers.form.declare import Again, Answers, Choice, Nothing, Prompt, Question
from handlers.form.readers import Choose, Contact, Photos
from handlers.form.reading import AnswerContext
from handlers.form.run import Given, Run, Shown, ask_after_all, forget, live, put, steps
from handlers.form.screens import Asking
from handlers.form.stage import Talk, menu_again, put_below, put_in_place, retire, say, settle
from handlers.form.values import Photo, decode, encode
from handlers.form.wording import hidden, words_of
from handlers.i18n import gettext
from handlers.i18n import gettext as _
from handlers.screen import Screen, clip

PAGE = 12
"""Choices on one page: what a small phone shows without scrolling past the question."""

WORDS_AT_MOST = 500


async def advance(talk: Talk) -> None:
    """Ask the first question without an answer; after the last, sum up or finish."""
    questions, _answers = live(talk.form, talk.run)
    for question in questions:
        if question.key not in talk.run.answers or question.key == talk.run.unsure:
            await enter(talk, question.key)
            return
    if talk.form.confirm:
        await sum_up(talk)
    else:
        await finish(talk)


async def enter(talk: Talk, key: str, problem: str = "", *, in_place: bool = False) -> None:
    """Come to a question afresh: at its top level, its first page, its earlier collection."""
    run = talk.run
    run.key, run.path, run.page = key, [], 0
    if not run.editing:
        ask_after_all(run, key)
    run.part = _collected(talk, key)
    await ask(talk, problem, in_place=in_place)


def _collected(talk: Talk, key: str) -> list[Given]:
    given = talk.run.answers.get(key)
    if given is None or not collects(talk.form.by_key[key]) or not isinstance(given.value, list):
        return []
    parts = given.parts or [""] * len(given.value)
    return [Given(value=item, words=word) for item, word in zip(given.value, parts, strict=False)]


def collects(question: Question) -> bool:
    """Tell a question whose answer has several parts and is finished with Done."""
    reader = question.accepts[0]
    return isinstance(reader, Photos) or (isinstance(reader, Choose) and reader.many)


async def ask(
    talk: Talk, problem: str = "", *, in_place: bool = False, same_buttons: bool = False
) -> None:
    """Put the present question: below, or into the live message.

    With `same_buttons` the buttons already in the chat stay good: nothing but marks has changed.
    """
    asked = await asked_now(talk)
    run, prompt = talk.run, asked.prompt
    problem, talk.aside = problem or talk.aside, ""
    run.step += 0 if same_buttons else 1
    pages = max(1, -(-len(prompt.choices) // PAGE))
    run.page = min(run.page, pages - 1)
    page = prompt.choices[run.page * PAGE : (run.page + 1) * PAGE]
    run.shown = [
        Shown(label=choice.label, value=encode(choice.value), opens=choice.opens) for choice in page
    ]
    picture = _picture(talk, asked.question, prompt, page, pages)
    screen = screens.question_screen(run, picture, problem)
    said = clip(prompt.text, screens.SAID_AT_MOST)
    await (put_in_place if in_place else put_below)(talk, screen, said)
    own = any(isinstance(reader, Contact) and reader.own for reader in asked.question.accepts)
    if own and run.keyed != run.key:
        run.keyed = run.key
        await say(talk, screens.share_screen())


async def asked_now(talk: Talk) -> AnswerContext:
    """Return what the present question's answer is read against."""
    _questions, answers = live(talk.form, talk.run)
    question = talk.form.by_key[talk.run.key or ""]
    at = decode(talk.run.path[-1]) if talk.run.path else None
    ctx = replace(talk.ctx, run=talk.run.token, at=at)
    if isinstance(at, list):  # what was written can be meant in these ways
        ways = [Choice(words_of(each, ctx.zone), each) for each in at]
        return AnswerContext(
            ctx, question, Prompt(screens.which_is_meant(), ways, columns=1), answers
        )
    prompt = question.ask(ctx, answers)
    if inspect.isawaitable(prompt):
        prompt = await prompt
    return AnswerContext(ctx, question, prompt, answers)


def _picture(
    talk: Talk, question: Question, prompt: Prompt, page: Sequence[Choice], pages: int
) -> Asking:
    return Asking(
        heading=_heading(talk, question),
        text=prompt.text,
        note=_note(talk.run, question),
        doors=prompt.doors,
        labels=[_label(talk.run, choice) for choice in page],
        columns=prompt.columns,
        page=talk.run.page,
        pages=pages,
        acts=_acts(talk, question),
    )


def _heading(talk: Talk, question: Question) -> str:
    """Say how far the person has come; a form without summary, or a change, says what it is."""
    if not talk.form.confirm:
        return _(talk.form.title)
    if talk.run.editing:
        return _(question.label)
    keys = [each.key for each in steps(talk.form, talk.run)]
    place = keys.index(question.key) if question.key in keys else 0
    return screens.progress(place + 1, max(len(keys), 1))


def _label(run: Run, choice: Choice) -> str:
    if choice.opens:
        return f"{choice.label} ›"
    picked = encode(choice.value) in [given.value for given in run.part]
    return f"✓ {choice.label}" if picked else choice.label


def _note(run: Run, question: Question) -> str:
    if isinstance(question.accepts[0], Photos):
        return _note_sent(run) if run.part else ""
    if collects(question):
        return screens.note_answer(_joined(run)) if run.part else ""
    given = run.answers.get(question.key)
    return screens.note_answer(given.words) if given and given.words else ""


def _note_sent(run: Run) -> str:
    photos = all(isinstance(decode(given.value), Photo) for given in run.part)
    note = screens.note_photos if photos else screens.note_files
    return note(len(run.part))


def _joined(run: Run) -> str:
    return _(", ").join(given.words for given in run.part)


def _acts(talk: Talk, question: Question) -> list[Act]:
    run, several = talk.run, collects(question)
    can = {
        Act.DONE: several and bool(run.part),
        Act.CLEAR: bool(run.part) and isinstance(question.accepts[0], Photos),
        Act.KEEP: question.key in run.answers and not several,
        Act.BACK: bool(run.path) or run.editing or previous(talk) is not None,
        Act.SKIP: question.optional and not run.part,
        Act.CANCEL: True,
    }
    return [act for act, applies in can.items() if applies]


def previous(talk: Talk) -> str | None:
    """Name the question before the present one, if there is any."""
    questions, _answers = live(talk.form, talk.run)
    keys = [question.key for question in questions]
    place = keys.index(talk.run.key) if talk.run.key in keys else 0
    return keys[place - 1] if place else None


async def answer(talk: Talk, value: Any, words: str, parts: Sequence[str] = ()) -> None:
    """Keep the answer to the present question, show it, and go on."""
    run = talk.run
    assert run.key is not None  # noqa: S101 - only questions are answered
    if talk.form.by_key[run.key].personal and value is not None:
        words = hidden(value)
    given = Given(value=encode(value), words=clip(words, WORDS_AT_MOST), parts=list(parts))
    put(talk.form, run, run.key, given)
    if not collects(talk.form.by_key[run.key]):
        run.sources = [one for one in run.sources if one.key != run.key]
    run.own += 1
    run.told_at = None
    await leave(talk, words)


async def leave(talk: Talk, words: str) -> None:
    """Let the present question stand with its answer, and go on."""
    talk.run.editing = False
    if talk.run.unsure == talk.run.key:
        talk.run.unsure = None
    await settle(talk, words)
    await advance(talk)


async def finish_collecting(talk: Talk) -> None:
    """Take what was collected as the answer."""
    run, question = talk.run, talk.form.by_key[talk.run.key or ""]
    values = [decode(given.value) for given in run.part]
    photos = isinstance(question.accepts[0], Photos)
    words = words_of(values, talk.ctx.zone) if photos else _joined(run)
    await answer(talk, values, words, [given.words for given in run.part])


async def sum_up(talk: Talk, problem: str = "", *, in_place: bool = False) -> None:
    """Show everything before it is sent."""
    run = talk.run
    if run.unsure is not None:
        await enter(talk, run.unsure, problem, in_place=in_place)
        return
    run.key, run.step, run.editing, run.part = None, run.step + 1, False, []
    shown = await _summary(talk)
    problem, talk.aside = problem or talk.aside, ""
    editable = any(question.label for question in live(talk.form, run)[0])
    keyboard = screens.summary_keyboard(run, talk.form, editable=editable)
    text = f"{problem}\n\n{shown.text}" if problem else shown.text
    screen = Screen(text, shown.title, keyboard)
    await (put_in_place if in_place else put_below)(talk, screen, shown.text)


async def _summary(talk: Talk) -> Screen:
    _questions, answers = live(talk.form, talk.run)
    if talk.form.summary is None:
        return screens.default_summary(talk.form, labelled(talk))
    summary = talk.form.summary(replace(talk.ctx, run=talk.run.token), answers)
    shown = await summary if inspect.isawaitable(summary) else summary
    return replace(shown, text=clip(shown.text, screens.SAID_AT_MOST))


def labelled(talk: Talk) -> list[tuple[int, Question, str]]:
    """List the questions that apply and have a label: (index in the form, question, words)."""
    questions, answers = live(talk.form, talk.run)
    return [
        (talk.form.questions.index(question), question, _words(talk, question, answers))
        for question in questions
        if question.label
    ]


def _words(talk: Talk, question: Question, answers: Answers) -> str:
    value, given = answers[question.key], talk.run.answers.get(question.key)
    if value is None or given is None:
        return ""
    return question.show(talk.ctx, value) if question.show else given.words


async def finish(talk: Talk) -> None:
    """Hand the answers over; the run has ended unless an answer has to be given again."""
    run = talk.run
    _questions, answers = live(talk.form, run)
    await forget(talk.ctx.state)
    talk.open = False
    ctx = replace(talk.ctx, run=run.token, messages=_told_by(talk))
    result = await talk.form.finish(ctx, answers)
    if isinstance(result, Again):
        talk.open = True
        run.answers.pop(result.key, None)
        await retire(talk)
        await enter(talk, result.key, result.because)
        return
    if isinstance(result, Nothing):
        await retire(talk)
        result = result.screen
    else:
        await settle(talk, gettext(talk.form.sent))
    await menu_again(talk)
    await say(talk, replace(result, text="\n\n".join(filter(None, (talk.aside, result.text)))))


def _told_by(talk: Talk) -> tuple[int, ...]:
    """Return the messages that told the story, or gave the answers: the last may be in hand."""
    run, story = talk.run, talk.form.story
    given = [one.message for one in run.sources if story in {"", one.key}]
    if isinstance(talk.event, Message) and story in {"", run.key}:
        given.append(talk.event.message_id)
    return tuple(given)


async def prefilled_words(talk: Talk, question: Question, value: Any) -> str:
    """Word an answer that the person has not given: as shown, as its choice says, or plainly."""
    if question.show:
        return question.show(talk.ctx, value)
    talk.run.key = question.key
    choices = (await asked_now(talk)).prompt.choices
    found = (choice.label for choice in choices if choice.value == value)
    return next(found, None) or words_of(value, talk.ctx.zone)
