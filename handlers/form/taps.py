"""What each button under a question does."""

from collections.abc import Awaitable, Callable

from aiogram.types import CallbackQuery

from handlers.form import expecting, screens
from handlers.form.asking import (
    answer,
    ask,
    enter,
    finish,
    finish_collecting,
    labelled,
    leave,
    previous,
    sum_up,
)
from handlers.form.callbacks import Act, Tap
from handlers.form.declare import FormContext
from handlers.form.engine import ask_present, begin, keep, opened_talk, pick
from handlers.form.meanwhile import into_that, into_this
from handlers.form.readers import Choose
from handlers.form.run import forget, is_filling
from handlers.form.stage import Talk, put_in_place, retire, say
from handlers.form.values import decode
from handlers.screen import Screen
from handlers.show import toast

WORTH_ASKING = 2
"""From so many answers on, Cancel asks before it throws them away."""


async def take_tap(callback: CallbackQuery, tap: Tap, ctx: FormContext) -> None:
    """Do what a button says, if it belongs to the present question; else show where we are."""
    if not is_filling(await ctx.state.get_state()):
        await toast(callback, screens.toast_over(), alert=True)
        return
    talk = await opened_talk(callback, ctx)
    if talk is None:
        await callback.answer()
        return
    run, told = talk.run, f"{tap.step}:{tap.act}"
    if tap.run != run.token or tap.step != run.step or tap.act not in run.acts:
        await _take_stale(talk, callback, double=tap.run == run.token and told == run.last)
        return
    if callback.message is not None:
        run.asked = callback.message.message_id
    await do(talk, Act(tap.act[0]), int(tap.act[1:] or 0))
    if run.step != tap.step:
        run.last = told
    await callback.answer(talk.toast)
    await keep(talk)


async def do(talk: Talk, act: Act, index: int = 0) -> None:
    """Do what a button of the live message says, however it was said."""
    await _ACTS[act](talk, index)


async def _take_stale(talk: Talk, callback: CallbackQuery, *, double: bool) -> None:
    if double:
        await toast(callback, screens.toast_noted())
        return
    await toast(callback, screens.toast_passed())
    await ask_present(talk)
    await keep(talk)


async def _choose(talk: Talk, index: int) -> None:
    run, shown = talk.run, talk.run.shown[index]
    reader = talk.form.by_key[run.key or ""].accepts[0]
    if shown.opens:
        run.path, run.page = [*run.path, shown.value], 0
        await ask(talk, in_place=True)
    elif isinstance(reader, Choose) and reader.many:
        talk.toast = pick(talk, shown.value, shown.label, reader, toggle=True) or None
        if talk.toast is None:
            await ask(talk, in_place=True, same_buttons=True)
    else:
        await answer(talk, decode(shown.value), shown.label)


async def _turn_page(talk: Talk, by: int) -> None:
    talk.run.page = max(0, talk.run.page + by)
    await ask(talk, in_place=True)


async def _done(talk: Talk, _index: int) -> None:
    reader = talk.form.by_key[talk.run.key or ""].accepts[0]
    if isinstance(reader, Choose) and len(talk.run.part) < reader.at_least:
        talk.toast = expecting.too_few(reader.at_least)
        return
    await finish_collecting(talk)


async def _clear(talk: Talk, _index: int) -> None:
    talk.run.part = []
    await ask(talk, in_place=True)


async def _keep_answer(talk: Talk, _index: int) -> None:
    await leave(talk, talk.run.answers[talk.run.key or ""].words)


async def _back(talk: Talk, _index: int) -> None:
    run = talk.run
    before = previous(talk)
    if run.key is not None and run.path:
        run.path, run.page = run.path[:-1], 0
        await ask(talk, in_place=True)
    elif run.key is None or run.editing or before is None:
        await sum_up(talk, in_place=True)
    else:
        await enter(talk, before, in_place=True)


async def _skip(talk: Talk, _index: int) -> None:
    await answer(talk, None, screens.skipped())


async def _cancel(talk: Talk, _index: int) -> None:
    if talk.run.own < WORTH_ASKING:
        await _drop(talk, 0)
        return
    talk.run.step += 1
    await put_in_place(talk, screens.drop_screen(talk.run))


async def _drop(talk: Talk, _index: int) -> None:
    await put_in_place(talk, screens.cancelled_screen())
    await forget(talk.ctx.state)
    talk.open = False


async def _go_on(talk: Talk, _index: int) -> None:
    talk.run.pending = None
    into_this(talk)
    await ask_present(talk, talk.aside, in_place=True)


async def _anew(talk: Talk, _index: int) -> None:
    pending = talk.run.pending
    await retire(talk)
    await forget(talk.ctx.state)
    talk.open = False
    if pending is not None:
        if told := await into_that(talk, pending):
            await say(talk, Screen(told))
        await begin(pending, talk.event, talk.ctx)


async def _list(talk: Talk, _index: int) -> None:
    talk.run.step += 1
    entries = [(index, question.label, words) for index, question, words in labelled(talk)]
    await put_in_place(talk, screens.change_screen(talk.run, entries))


async def _change(talk: Talk, index: int) -> None:
    talk.run.editing = True
    await enter(talk, talk.form.questions[index].key, in_place=True)


async def _send(talk: Talk, _index: int) -> None:
    await finish(talk)


_ACTS: dict[Act, Callable[[Talk, int], Awaitable[None]]] = {
    Act.CHOOSE: _choose,
    Act.MORE: lambda talk, _index: _turn_page(talk, 1),
    Act.LESS: lambda talk, _index: _turn_page(talk, -1),
    Act.DONE: _done,
    Act.CLEAR: _clear,
    Act.KEEP: _keep_answer,
    Act.BACK: _back,
    Act.SKIP: _skip,
    Act.CANCEL: _cancel,
    Act.DROP: _drop,
    Act.GO_ON: _go_on,
    Act.ANEW: _anew,
    Act.LIST: _list,
    Act.CHANGE: _change,
    Act.SEND: _send,
}
