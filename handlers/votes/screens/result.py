"""What a vote came to, and who voted what."""

from aiogram.types import InlineKeyboardButton

from handlers.i18n import gettext as _
from handlers.screen import Screen, button, inline
from handlers.text import joined
from handlers.votes import words
from handlers.votes.callbacks import OnNames, OpenVote
from models.votes.rules.notices import Choice, Result
from models.votes.views import VoterLine, VoterPage, VoteView


def came_to(view: VoteView) -> str:
    """Say the result with its counts; nothing before the end."""
    if view.result is None or view.tally is None:
        return ""
    counts = " · ".join(
        _("{choice}: {count}").format(choice=words.choice(each), count=view.tally.of(each))
        for each in Choice
    )
    took_part = _("{voted} of {eligible} voted.").format(
        voted=view.tally.voted, eligible=view.eligible
    )
    number = _("🔢 This is vote number {vote}: the count can be repeated under it.").format(
        vote=view.vote_id
    )
    return joined(words.result(view.result), counts, took_part, number, gap="\n")


def next_step(view: VoteView) -> str:
    """Tell whoever answers for what follows what that is."""
    if not view.may_follow_up:
        return ""
    if view.result is Result.PASSED:
        return _("What comes next: please name on the proposal who does it, and until when.")
    return _("What comes next: call a meeting, have another vote, or decide, on the proposal.")


def names_screen(page: VoterPage) -> Screen:
    """Show a page of who voted what."""
    text = joined(*(_line(line) for line in page.lines), gap="\n") or _("Nobody has voted.")
    head = _("👁 Who voted what · proposal {number}").format(number=page.number)
    back = [button(_("🗳 Back to the vote"), OpenVote(id=page.vote_id))]
    return Screen(text, head, inline(_turning(page), back))


def _line(line: VoterLine) -> str:
    name = line.who.name if line.who else _("A neighbour who has left")
    return f"{words.choice(line.choice)} · {name}"


def _turning(page: VoterPage) -> list[InlineKeyboardButton]:
    row = []
    if page.page:
        row.append(button("‹", OnNames(id=page.vote_id, page=page.page - 1)))
    if page.more:
        row.append(button("›", OnNames(id=page.vote_id, page=page.page + 1)))
    return row
