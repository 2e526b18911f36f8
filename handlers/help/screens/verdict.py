"""The resident's last word: solved or not, and stars."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.help.callbacks import MineAct, OnMine, OpenMine, Stars
from handlers.help.screens import lines
from handlers.help.screens.mine import mine_screen, put_right, request_screen, took, verdict_rows
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, headed, inline
from handlers.text import joined, joined_names, paragraphs, quoted
from models.help.rules.limits import Channel, Line
from models.help.rules.states import ClaimState, State
from models.help.views import RequestLine, RequestView

RATINGS = {
    5: mark("very good"),
    4: mark("good"),
    3: mark("all right"),
    2: mark("not so good"),
    1: mark("bad"),
}


def verdict_card(view: RequestView, now: datetime) -> Screen:
    """Show the card that asks for the last word, as it stands now."""
    match view.line.state:
        case State.DONE:
            return ask_verdict_screen(view)
        case State.CLOSED if view.solved is None:
            return ask_unsaid_screen(view)
        case State.CLOSED:
            return ask_stars_screen(view) if view.rating is None else thanks_screen(view)
    return request_screen(view, now)


def ask_verdict_screen(view: RequestView) -> Screen:
    """Ask whether it is solved; who did it themselves for somebody else is no judge of that."""
    if view.own_work:
        return _not_theirs_to_say(view)
    done_by = [one.who.name for one in view.holders if one.state is ClaimState.DONE]
    names = joined_names(done_by or [one.who.name for one in view.holders])
    asked = _("{names} reported it done. Is it solved?").format(names=names)
    if put_right(view) and view.order is not None:
        done = _("The office has had it put right. Is it solved now?")
        asked = paragraphs(done, quoted(view.order.report or ""))
    else:
        asked = paragraphs(*(quoted(said) for said in _said_with_done(view)), took(view), asked)
    if view.spoken_for and view.channel is Channel.DESK:
        ring = _("{name} gets no messages from us: please ring or visit, and ask.")
        asked = joined(asked, ring.format(name=view.spoken_for))
    sent = _open(view, _("📷 See what was sent"), MineAct.MEDIA) if view.evidence else []
    more = [button(_("📍 Open the request"), OpenMine(id=view.line.request_id, below=True))]
    title = lines.title_for(view)
    return Screen(asked, title, inline(*verdict_rows(view), sent, more))


def _not_theirs_to_say(view: RequestView) -> Screen:
    more = [button(_("📍 Open the request"), OpenMine(id=view.line.request_id, below=True))]
    text = _(
        "You did this yourself, so somebody else asks {name} whether it is solved: it is on the "
        "office's call-back list."
    ).format(name=view.spoken_for)
    return Screen(text, lines.title_for(view), inline(more))


def _said_with_done(view: RequestView) -> list[str]:
    """Return what the helpers wrote when they reported it done, such as under their pictures."""
    done = {Line.DONE, Line.PART_DONE}
    return [line.words for line in view.timeline if line.what in done and line.words]


def ask_unsaid_screen(view: RequestView) -> Screen:
    """Ask for the last word on what was closed without it."""
    asked = _(
        "We rang a few times and could not reach you, so we have closed this. If you like, tell "
        "us still: is it solved?"
    )
    if view.spoken_for:
        asked = _(
            "We rang a few times about {name} and reached nobody, so we have closed this. If you "
            "like, tell us still: is it solved?"
        ).format(name=view.spoken_for)
    more = [button(_("📍 Open the request"), OpenMine(id=view.line.request_id, below=True))]
    title = lines.title_for(view)
    return Screen(asked, title, inline(*verdict_rows(view), more))


def sure_screen(view: RequestView, now: datetime) -> Screen:
    """Ask by the card what written words meant that would answer other questions as well."""
    ask = _("Do you mean this? Please tap, so that we get it right.")
    return headed(verdict_card(view, now), ask)


def which_screen(requests: Sequence[RequestLine], reader_id: int) -> Screen:
    """Ask which of several requests that wait for a word is meant."""
    return mine_screen(requests, reader_id, _("Which one do you mean? Tap it, and tell us there."))


def ask_stars_screen(view: RequestView) -> Screen:
    """Ask for stars; nobody has to."""
    helped = [one.who.name for one in view.holders if one.state is ClaimState.DONE]
    how = _("How was it? Tap the stars, if you like.")
    if view.spoken_for:
        how = _("How was it for {other}? Tap the stars, if you like.")
    if helped and not put_right(view):
        how = _("How was {names}'s help? Tap the stars, if you like.")
    how = how.format(names=joined_names(helped), other=view.spoken_for)
    asked = joined(_("✅ Solved. We are glad!"), how)
    title = lines.title_for(view)
    rows = [[_star(stars, view)] for stars in RATINGS] if view.may_rate else []
    return Screen(asked, title, inline(*rows) if rows else None)


def _star(stars: int, view: RequestView) -> InlineKeyboardButton:
    label = f"{'⭐' * stars} {_(RATINGS[stars])}"
    return button(label, Stars(id=view.line.request_id, stars=stars))


def thanks_screen(view: RequestView) -> Screen:
    """Thank for the stars; they can be changed by opening the request."""
    stars = "⭐" * (view.rating or 0)
    text = paragraphs(
        stars, _("Thank you! We pass it on. Whenever you need a hand again, just say so.")
    )
    more = button(_("📍 Open the request"), OpenMine(id=view.line.request_id, below=True))
    return Screen(text, lines.title_for(view), inline([more]))


def _open(view: RequestView, label: str, act: MineAct) -> list[InlineKeyboardButton]:
    return [button(label, OnMine(act=act, id=view.line.request_id))]
