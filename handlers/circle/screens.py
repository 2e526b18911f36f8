"""How a circle looks: to whose it is, to whoever is in it, to whoever rings somebody."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.circle.callbacks import AskIn, MemberAct, OnMember, ToCircle
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs
from models.circle.rules import MOST, Move, State, Tie
from models.circle.views import MemberView
from models.daychecks.rules.states import CircleSees
from models.names.views import Who

TIES = {
    Tie.CHILD: mark("child"),
    Tie.SPOUSE: mark("husband or wife"),
    Tie.KIN: mark("family"),
    Tie.NEIGHBOUR: mark("neighbour"),
    Tie.FRIEND: mark("friend"),
}
STATES = {
    State.ASKED: mark("⏳ is being asked"),
    State.AGREED: mark("💚 has said yes"),
    State.DECLINED: mark("is not in it"),
    State.ENDED: mark("is not in it any more"),
}
SEEN = {
    CircleSees.WELL: mark("💚 Today: all is well."),
    CircleSees.HEARD: mark("💚 Today: there was a sign of theirs."),
    CircleSees.NOT_YET: mark("⏳ Today: nothing yet. If it stays so, we ask you."),
}
SHARE = "https://t.me/share/url?url={url}&text={text}"
"""Telegram's own page for handing a link to somebody (core.telegram.org/widgets/share)."""
NAME_SHOWN = 16


def circle_screen(
    members: Sequence[MemberView],
    above: str = "",
    *,
    whom: Who | None = None,
    others: Sequence[MemberView] = (),
) -> Screen:
    """Show whom somebody wants to know of how they are, in the order in which they are asked; below
    it whose circles (`others`) they are in themselves.
    """
    lines = [
        joined(f"{place}. {called(one)}", _(TIES[one.tie]), _(STATES[one.state]), gap=" · ")
        for place, one in enumerate(members, start=1)
    ]
    none = _(
        "Nobody yet. Name a child, a neighbour, a friend: if you do not answer some day, we ask "
        "them first."
    )
    order = _("If you do not answer some day, we ask them in this order, one after the other.")
    title = _("👪 The circle of {name}").format(name=whom.name) if whom else _("👪 My circle")
    more = [button(_("➕ Name somebody"), AskIn(whom=whom.id if whom else None))]
    return Screen(
        paragraphs(above, joined(*lines) or none, order if members else ""),
        title,
        inline(
            *([_on(clip(f"👤 {called(one)}", 40), MemberAct.OPEN, one)] for one in members),
            more if len(members) < MOST else [],
            *([_on(_theirs(one), MemberAct.OPEN, one)] for one in others),
            [button(_("🌅 Daily check"), Go(to="daily")), button(_("🏠 Home"), Go(to="home"))],
        ),
    )


def member_screen(
    view: MemberView, _now: datetime, above: str = "", *, sees: CircleSees | None = None
) -> Screen:
    """Show one member: to the owner with what they can change, to the member with what is asked."""
    if view.owned:
        return _for_owner(view, above)
    return _for_member(view, above, sees) if view.mine else _for_desk(view, above)


def sure_screen(view: MemberView, _now: datetime) -> Screen:
    """Ask once more before somebody is taken out."""
    text = _("Shall we not ask {name} any more?").format(name=called(view))
    return _sure(view, text, MemberAct.REMOVE)


def sure_out_screen(view: MemberView, _now: datetime) -> Screen:
    """Ask once more before somebody steps out."""
    text = _("Shall we not ask you any more when {name} is silent?").format(name=view.whose.name)
    return _sure(view, text, MemberAct.STEP_OUT)


def number_screen(view: MemberView, shown: Mapping[str, str]) -> Screen:
    """Show whom to ring, and what to write down afterwards."""
    text = joined(
        f"👤 {shown.get('name', '')} · {_(TIES[view.tie])}", f"📞 {shown.get('phone', '')}"
    )
    ask = _(
        "Please ask: if {name} does not answer some day, may we ring you? They can say no, without "
        "a reason."
    ).format(name=view.whose.name)
    return Screen(
        paragraphs(text, ask if Move.NOTE in view.moves else ""),
        _("👪 The circle of {name}").format(name=view.whose.name),
        inline(*_noting(view), [_on(_("‹ Back"), MemberAct.OPEN, view)]),
    )


def invite_row(username: str | None) -> list[InlineKeyboardButton]:
    """Make the button that hands somebody the way into the bot; none while it has no name."""
    if username is None:
        return []
    words = _("I would like you to know how I am. Come in here, it is quickly done:")
    url = SHARE.format(url=quote(f"https://t.me/{username}", safe=""), text=quote(words))
    return [InlineKeyboardButton(text=_("📤 Invite them into the bot"), url=url)]


def called(view: MemberView) -> str:
    """Call a member by name."""
    return (view.member.name if view.member else view.name) or _("Somebody without the bot")


def _theirs(view: MemberView) -> str:
    sign = "❔" if view.state is State.ASKED else "💚"
    return clip(_("{sign} In the circle of {name}").format(sign=sign, name=view.whose.name), 40)


def _for_owner(view: MemberView, above: str) -> Screen:
    key = _("🔑 They have a key.") if view.has_key else ""
    rings = ""
    if view.member is None and view.state is State.ASKED:
        rings = _("☎️ They are without the bot, so the community rings them and asks.")
    elif view.member is None:
        rings = _("☎️ They are without the bot, so the community rings them.")
    text = joined(
        joined(called(view), _(TIES[view.tie]), gap=" · "),
        _(STATES[view.state]),
        f"📞 {view.phone}" if view.phone else "",
        key,
    )
    changes = Move.SET in view.moves
    no_key = _("🔑 They have no key any more") if view.has_key else _("🔑 They have a key")
    return Screen(
        paragraphs(above, text, rings),
        _("👪 The circle of {name}").format(name=view.whose.name),
        inline(
            [_on(_("⬆️ Ask them sooner"), MemberAct.SOONER, view)]
            if changes and view.position > 0
            else [],
            [_on(no_key, MemberAct.KEY, view)] if changes else [],
            [
                _on(
                    _("✕ Take {name} out").format(name=clip(called(view), NAME_SHOWN)),
                    MemberAct.SURE,
                    view,
                )
            ]
            if Move.REMOVE in view.moves
            else [],
            [button(_("‹ Circle"), ToCircle(whom=view.whose.id))],
        ),
    )


def _for_member(view: MemberView, above: str, sees: CircleSees | None) -> Screen:
    name = view.whose.name or _("a neighbour")
    told = {
        State.ASKED: _(
            "{name} would like you to know how they are. On a day when they do not answer us, we "
            "would ask you whether you can reach them. Would you?"
        ),
        State.AGREED: _(
            "💚 You are in the circle of {name}. On a day when they do not answer us, we ask you "
            "whether you can reach them."
        ),
        State.DECLINED: _("You are not in the circle of {name}. Thank you all the same!"),
        State.ENDED: _("You are not in the circle of {name} any more. Thank you!"),
    }[view.state].format(name=name)
    more = _("You can stop at any time.") if view.state is State.ASKED else ""
    acts = (
        (Move.AGREE, _("💚 Gladly"), MemberAct.AGREE),
        (Move.DECLINE, _("↩️ I would rather not"), MemberAct.DECLINE),
        (Move.STEP_OUT, _("✕ I step out"), MemberAct.SURE_OUT),
    )
    rows = [[_on(label, act, view)] for move, label, act in acts if move in view.moves]
    key = _("🔑 You have a key.") if view.has_key and view.state is State.AGREED else ""
    today = _(SEEN[sees]) if sees is not None else ""
    return Screen(paragraphs(above, told, more, joined(key, today)), keyboard=inline(*rows))


def _for_desk(view: MemberView, above: str) -> Screen:
    state = _(STATES[view.state])
    line = _("Somebody without the bot ({tie}): {state}").format(tie=_(TIES[view.tie]), state=state)
    look = [_on(_("📞 Name and number"), MemberAct.RING, view)] if Move.RING in view.moves else []
    return Screen(
        paragraphs(above, line),
        _("👪 The circle of {name}").format(name=view.whose.name),
        inline(look, *_noting(view)),
    )


def _noting(view: MemberView) -> list[list[InlineKeyboardButton]]:
    no = _("✕ They say no") if Move.NOTE in view.moves else _("✕ They do not want it any more")
    return [
        [_on(_("💚 They agree"), MemberAct.NOTE, view)] if Move.NOTE in view.moves else [],
        [_on(no, MemberAct.NOTE_NO, view)] if Move.NOTE_NO in view.moves else [],
    ]


def _sure(view: MemberView, text: str, act: MemberAct) -> Screen:
    yes, back = _on(_("Yes"), act, view), _on(_("‹ Back"), MemberAct.OPEN, view)
    return Screen(text, keyboard=inline([yes], [back]))


def _on(label: str, act: MemberAct, view: MemberView) -> InlineKeyboardButton:
    return button(label, OnMember(act=act, id=view.id))
