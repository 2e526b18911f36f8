"""Putting into a draft what its author sends right after its card: one tap, and it is shown there.

An album arrives in pieces: its further pictures join the first (`handlers/stray/albums.py`).
"""

from dataclasses import replace as changed
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts.callbacks import IntoDraft
from handlers.broadcasts.forms import WORDS, check
from handlers.form import FormContext, Letter, start_form
from handlers.form.letters import bound, letter_of
from handlers.form.values import DamagedError, decode, encode
from handlers.help.callbacks import AskWithThis
from handlers.help.screens.alarm import gone_screen
from handlers.i18n import gettext as _
from handlers.pages import Page, page_shown
from handlers.screen import Screen, button, inline
from handlers.show import follow
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.rules.notices import Medium
from models.broadcasts.rules.states import Move
from models.broadcasts.views import BroadcastView

router = Router(name="broadcasts.adding")

LETTERS = "for_draft"
"""Conversation data: [message, letter] of the latest messages that were offered to a draft."""
AT_MOST = 4


async def offered_to_draft(message: Message, ctx: FormContext) -> Screen | None:
    """Ask whether a message goes into the draft whose card was shown last; None for no such."""
    shown, letter = await page_shown(ctx.state, ctx.now), letter_of(message)
    if shown is None or shown.page is not Page.DRAFT or letter is None or ctx.person is None:
        return None
    view = await broadcast_view(ctx.session, ctx.person, shown.subject)
    if view is None or Move.EDIT not in view.moves or check(letter):
        return None
    number = message.message_id
    kept = [one for one in await _kept(ctx.state) if one[0] != number]
    await ctx.state.update_data({LETTERS: [*kept, [number, encode(letter)]][-AT_MOST:]})
    return Screen(
        _("Does this go into the broadcast that you are writing? You see it before it is kept."),
        keyboard=inline(
            [button(_("📢 Yes, put it into the draft"), IntoDraft(id=view.id, message=number))],
            [button(_("🙋 Something new: ask for help"), AskWithThis(id=number))],
        ),
    )


async def more_for_draft(message: Message, state: FSMContext, first: int) -> None:
    """Put a further picture to the album that began with that message, where it was offered."""
    kept, more = await _kept(state), letter_of(message)
    for one in kept:
        if one[0] == first and more is not None:
            album = decode(one[1])
            one[1] = encode(bound(album, more)) if isinstance(album, Letter) else one[1]
            await state.update_data({LETTERS: kept})


@router.callback_query(IntoDraft.filter())
async def put_into_draft(callback: CallbackQuery, callback_data: IntoDraft, **data: Any) -> None:
    """Show the draft's words and media with what was sent; they are kept once that is confirmed."""
    ctx = FormContext.of(data)
    view = await broadcast_view(ctx.session, ctx.actor, callback_data.id)
    kept = [one[1] for one in await _kept(ctx.state) if one[0] == callback_data.message]
    try:
        letter = decode(kept[0]) if kept else None
    except DamagedError:
        letter = None
    if view is None or not isinstance(letter, Letter):
        await follow(callback, gone_screen(), toast="")
        return
    whole = _together(view, letter)
    given = {"letter": letter if check(whole) else whole, "broadcast": view.id}
    await start_form(WORDS, callback, ctx, prefill=given)


def _together(view: BroadcastView, sent: Letter) -> Letter:
    """Return what was sent with what the draft has beside it: pictures to words, words to pictures.

    What has both takes the draft's place.
    """
    now = view.content
    if sent.pieces and not sent.words and now.medium is Medium.TEXT:
        return changed(sent, words=now.words, entities=now.entities)
    if sent.words and not sent.pieces and now.items and not now.words:
        pieces = tuple((str(item.medium), item.file_id) for item in now.items)
        return changed(sent, pieces=pieces)
    return sent


async def _kept(state: FSMContext) -> list[Any]:
    kept = (await state.get_data()).get(LETTERS)
    return kept if isinstance(kept, list) else []
