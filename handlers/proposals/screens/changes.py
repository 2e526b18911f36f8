"""What changed in the text of a proposal, and what those are told who second it."""

from collections.abc import Iterable
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals.callbacks import OnList, OnProposal, ProposalAct, ProposalsTo, ToProposals
from handlers.proposals.screens.card import card_screen, second_button, standing, title
from handlers.screen import Screen, button, clip, inline
from handlers.text import paragraphs, sentences
from models.proposals.rules.changes import ChangeKind, Piece, Text, compare
from models.proposals.rules.states import Move, State
from models.proposals.views import ProposalView

PARTS = (
    (mark("The title"), "title"),
    (mark("What is wrong"), "problem"),
    (mark("What is wished"), "wish"),
)

AROUND = 24
"""Characters that are shown on either side of a change, so that one knows where it is."""

PART_SHOWN = 1200
"""Of a part that was written anew so much is shown, before and after: three fit a message."""


def changes_screen(view: ProposalView, old: Text, new: Text, now: datetime) -> Screen:
    """Show what the last change of a text was."""
    said = _("What the last change was:")
    text = paragraphs(said, differences(old, new), legend(), standing(view, now))
    return Screen(text, title(view), inline([whole(view)]))


def nothing_to_show_screen(view: ProposalView) -> Screen:
    """Say that everybody has only ever read it as it stands."""
    said = _("Neighbours have only ever read it as it reads now.")
    return Screen(said, title(view), inline([whole(view)]))


def changed_card(view: ProposalView, old: Text | None, new: Text | None, now: datetime) -> Screen:
    """Ask somebody who has seconded a proposal whether they still do, now that it reads so."""
    told = paragraphs(differences(old, new), legend()) if old and new else ""
    text = paragraphs(_asked(view), told, standing(view, now))
    return Screen(text, title(view), inline(*_answers(view), [whole(view)]))


def _asked(view: ProposalView) -> str:
    if view.line.state is not State.SECONDING:
        return _("🔀 Its author had changed the text of a proposal that you had supported.")
    if view.seconded:
        return _("✋ You support it as it reads now. Thank you!")
    if not view.stale:
        return _("🔀 Its author has changed the text. You no longer support it.")
    return _(
        "🔀 Its author has changed the text of a proposal that you support. Your support counts "
        "again once you say that you still stand by it."
    )


def _answers(view: ProposalView) -> list[list[InlineKeyboardButton]]:
    if not view.stale or view.line.state is not State.SECONDING:
        return []
    proposal_id = view.line.proposal_id
    again = second_button(view, _("✋ I still support it"))
    back = button(_("Take it back"), OnProposal(act=ProposalAct.UNSECOND, id=proposal_id))
    return [[again], [back]] if Move.SECOND in view.may else [[back]]


def whole(view: ProposalView) -> InlineKeyboardButton:
    """Make the button that shows the proposal whole, below."""
    to = OnProposal(act=ProposalAct.BELOW, id=view.line.proposal_id)
    return button(_("📄 The whole proposal"), to)


def legend() -> str:
    """Say what the signs of a change mean."""
    return _("－ was taken out, ＋ was put in.")


def differences(old: Text, new: Text) -> str:
    """Say of each part that differs what went and what came."""
    return paragraphs(
        *(
            _part(_(name), getattr(old, key), getattr(new, key))
            for name, key in PARTS
            if getattr(old, key) != getattr(new, key)
        )
    )


def _part(name: str, old: str, new: str) -> str:
    pieces = compare(old, new)
    if any(piece.kind is ChangeKind.SAME for piece in pieces):
        told = clip("".join(_told(pieces)), PART_SHOWN)
    else:
        gone, came = (clip(text, PART_SHOWN // 2) for text in (old, new))
        told = "\n".join(f"{sign} {text}" for sign, text in (("－", gone), ("＋", came)) if text)
    return _("{part}:\n{words}").format(part=name, words=told)


def _told(pieces: tuple[Piece, ...]) -> Iterable[str]:
    """Mark what went 【－so】 and what came 【＋so】, and shorten what stayed."""
    for place, piece in enumerate(pieces):
        match piece.kind:
            case ChangeKind.GONE:
                yield f"【－{piece.text.strip()}】"
            case ChangeKind.NEW:
                yield f"【＋{piece.text.strip()}】"
            case ChangeKind.SAME:
                yield _shortened(piece.text, first=place == 0, last=place == len(pieces) - 1)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Leave out the middle of what stayed, and what is far from any change."""
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    return text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}"


SECONDED = mark("✋ Seconded. Thank you!")
TAKEN_BACK = mark("You no longer support it.")


def reached_screen(view: ProposalView, now: datetime) -> Screen:
    """Tell that enough neighbours back a proposal, with what its reader may do now."""
    said = _("🎉 Your proposal has enough supporters! Next, the neighbours' meeting talks it over.")
    if not view.mine:
        said = _(
            "🎉 This proposal has enough supporters! Next, the neighbours' meeting talks it over."
        )
    if Move.CALL_MEETING in view.may:
        said = _(
            "🎉 This proposal has enough supporters. Please call a meeting, have a vote or decide."
        )
    return card_screen(view, now, said)


def lapsed_screen(view: ProposalView, late: str) -> Screen:
    """Thank author and backers of a proposal that too few have seconded."""
    line = view.line
    count = ngettext("{count} neighbour", "{count} neighbours", line.seconds).format(
        count=line.seconds
    )
    said = _("⌛ Its time is over: {count} supported it, {needed} were needed.").format(
        count=count, needed=line.needed
    )
    thanks = _("Thank you for standing up for it. It can be proposed again at any time.")
    if view.mine:
        thanks = _(
            "Thank you for your idea. You can propose it again at any time; a word with neighbours "
            "beforehand often helps."
        )
    rows = [
        [whole(view)],
        [
            button(_("✏️ Write a proposal"), ToProposals(to=ProposalsTo.WRITE)),
            button(_("📋 All proposals"), OnList()),
        ],
    ]
    return Screen(paragraphs(sentences(said, late), thanks), title(view), inline(*rows))


def withdrawn_screen(view: ProposalView) -> Screen:
    """Tell whoever has seconded a proposal, or was to receive it, that it is withdrawn."""
    said = _("⚪ Its author has withdrawn a proposal that you had supported. Thank you for that.")
    if not (view.seconded or view.stale):
        said = _("⚪ Its author has withdrawn this proposal. Nothing is left for you to do.")
    more = [button(_("📋 All proposals"), OnList())]
    return Screen(said, title(view), inline([whole(view)], more))
