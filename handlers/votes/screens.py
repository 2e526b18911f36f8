"""How votes look: the ballot before and after voting, what a vote came to, who voted what."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_date
from handlers.i18n import gettext as _
from handlers.proposals.callbacks import OnProposal, ProposalAct
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs
from handlers.votes import labels
from handlers.votes.callbacks import BallotSay, Cast, OnNames, OnVote, OpenVote, VoteAct
from models.votes.rules.notices import Electorate, Result, State, VoteChoice
from models.votes.views import VoterLine, VoterPage, VoteView, VotingOutcome


def came_to(view: VoteView) -> str:
    """Say the result with its counts; nothing before the end."""
    if view.result is None or view.tally is None:
        return ""
    counts = " · ".join(
        _("{choice}: {count}").format(choice=labels.choice(each), count=view.tally.of(each))
        for each in VoteChoice
    )
    took_part = _("{voted} of {eligible} voted.").format(
        voted=view.tally.voted, eligible=view.eligible
    )
    number = _("🔢 This is vote number {vote}: the count can be repeated under it.").format(
        vote=view.vote_id
    )
    return joined(labels.result(view.result), counts, took_part, number, gap="\n")


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
    return f"{labels.choice(line.choice)} · {name}"


def _turning(page: VoterPage) -> list[InlineKeyboardButton]:
    row = []
    if page.page:
        row.append(button("‹", OnNames(id=page.vote_id, page=page.page - 1)))
    if page.more:
        row.append(button("›", OnNames(id=page.vote_id, page=page.page + 1)))
    return row


def vote_screen(view: VoteView, now: datetime, said: str = "") -> Screen:
    """Show a vote as it stands, under a sentence on what has just happened."""
    text = paragraphs(said, _standing(view, now), came_to(view), _terms(view), next_step(view))
    return Screen(text, title(view.number, view.title), inline(*_rows(view)))


def given_screen(given: VotingOutcome, now: datetime, said: str = "") -> Screen:
    """Show the ballot of somebody who has just voted: of a secret one it holds the slips.

    What they voted stands on it in an open vote alone: this text waits to be sent in a table.
    """
    until = at_date(given.ends_at, now) if given.ends_at else ""
    rows = [
        *_choices(given.vote_id, given.slip),
        [_proposal(given.proposal_id)],
        [button(_("📊 How many have voted"), OpenVote(id=given.vote_id, below=True))],
    ]
    text = paragraphs(said, _in_the_urn(until) if given.secret else _written(given, until))
    return Screen(text, title(given.number, given.title), inline(*rows))


def how_screen(vote_id: int) -> Screen:
    """Say how a secret ballot stays secret, and from whom it does not."""
    text = paragraphs(
        _(
            "Think of an urn of marbles. Your vote is one marble in it, and it looks like all the "
            "others. Beside your name stands only that you have put one in."
        ),
        _(
            "So that you can change your mind, your own chat keeps a sealed slip in the buttons of "
            "your card. Only with it can your marble be taken out again. If the card is deleted, "
            "your vote still counts, but cannot be changed."
        ),
        _(
            "It does not protect you from somebody who looks at your phone, nor from Telegram "
            "itself, through which your tap travels; and if everybody votes alike, everybody knows "
            "what everybody voted."
        ),
    )
    back = [button(_("🗳 Back to the vote"), OpenVote(id=vote_id, below=True))]
    return Screen(text, _("🔒 How it stays secret"), inline(back))


def ask_off_screen(view: VoteView) -> Screen:
    """Ask before a vote is called off."""
    text = _(
        "Shall this vote be called off? {voted} of {eligible} have voted; their votes will not be "
        "counted. Everybody who may vote is told, and the proposal is deliberated once more."
    ).format(voted=view.voted, eligible=view.eligible)
    sure = button(_("Yes, call it off"), OnVote(act=VoteAct.OFF, id=view.vote_id))
    back = button(_("No, go on"), OpenVote(id=view.vote_id))
    return Screen(text, title(view.number, view.title), inline([sure], [back]))


def press_again_screen() -> Screen:
    """Say that a press on a ballot was not kept, and has to be made once more."""
    return Screen(
        _(
            "Your vote could not be taken, and what you pressed is never kept. Please press once "
            "more on your ballot."
        ),
        _("🗳 Vote"),
    )


def title(number: int, name: str) -> str:
    """Head a screen about a vote."""
    return _("🗳 Vote on proposal {number} · {title}").format(number=number, title=name)


def turnout(view: VoteView) -> str:
    """Say how many have voted."""
    return _("📊 {voted} of {eligible} have voted.").format(
        voted=view.voted, eligible=view.eligible
    )


def _standing(view: VoteView, now: datetime) -> str:
    until = at_date(view.ends_at, now)
    match view.state:
        case State.PLANNED:
            from_ = at_date(view.opens_at, now)
            return _("⏳ It opens {start} and ends {end}.").format(start=from_, end=until)
        case State.OFF:
            return _("⚪ This vote was called off.")
        case State.COUNTED:
            return ""
    return joined(
        _("⏰ Open until {when}").format(when=until), turnout(view), _mine(view), gap="\n"
    )


def _mine(view: VoteView) -> str:
    """Say where the reader's own voice stands."""
    if not view.mine:
        return _("You are not on the roll of this vote.")
    if not view.given:
        return _("You have not voted yet.")
    if view.choice is not None:
        return _("✅ Your vote: {choice}").format(choice=labels.choice(view.choice))
    if view.by_others:
        return _("✅ Your household has voted.")
    return _("✅ Your vote is in the urn. To change it, use the card on which you voted.")


def _terms(view: VoteView) -> str:
    going = view.state in {State.PLANNED, State.OPEN}
    household = view.electorate is Electorate.HOUSEHOLDS and going
    return joined(
        labels.who_votes(view.electorate, view.where),
        _("Whoever votes first votes for all who have given the same door.") if household else "",
        labels.passes(view.majority, view.quorum),
        labels.ballot(secret=view.secret),
        gap="\n",
    )


def _in_the_urn(until: str) -> str:
    return paragraphs(
        _("✅ Your vote is in the urn, and it counts."),
        _(
            "Changed your mind, or pressed the wrong one? Press again here until {when}. Only this "
            "card can change your vote, so please keep it."
        ).format(when=until),
    )


def _written(given: VotingOutcome, until: str) -> str:
    chosen = labels.choice(given.choice) if given.choice else ""
    return paragraphs(
        _("✅ Your vote: {choice}").format(choice=chosen),
        _("You can change it until {when}.").format(when=until),
    )


def _choices(vote_id: int, slip: str = "") -> list[list[InlineKeyboardButton]]:
    def one(say: BallotSay) -> InlineKeyboardButton:
        return button(labels.choice(say.choice), Cast(id=vote_id, say=say, slip=slip))

    return [[one(BallotSay.YES), one(BallotSay.NO)], [one(BallotSay.ABSTAIN)]]


def _rows(view: VoteView) -> list[list[InlineKeyboardButton]]:
    can_press = view.mine and (not view.given or not view.secret)
    rows = _choices(view.vote_id) if view.state is State.OPEN and can_press else []
    rows.append([_proposal(view.proposal_id)])
    if view.secret and view.state in {State.PLANNED, State.OPEN}:
        how = OnVote(act=VoteAct.HOW, id=view.vote_id)
        rows.append([button(_("🔒 How it stays secret"), how)])
    if view.names:
        rows.append([button(_("👁 Who voted what"), OnNames(id=view.vote_id))])
    if view.may_call_off:
        off = OnVote(act=VoteAct.ASK_OFF, id=view.vote_id)
        rows.append([button(_("⚪ Call the vote off"), off)])
    return rows


def _proposal(proposal_id: int) -> InlineKeyboardButton:
    """Lead to the proposal, below: the card with the slips must stay as it is."""
    return button(_("📄 Read the proposal"), OnProposal(act=ProposalAct.BELOW, id=proposal_id))


def put_screen(proposal_id: int, vote_id: int | None, said: str) -> Screen:
    """Say how it turned out, and lead to the vote and to the proposal."""
    vote = [button(_("🗳 The vote"), OpenVote(id=vote_id))] if vote_id is not None else []
    back = [button(_("📄 The proposal"), OnProposal(act=ProposalAct.OPEN, id=proposal_id))]
    return Screen(said, None, inline(vote, back))
