"""How a delivery looks: what is named of it, how it goes, what people are told, and its rating."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers import categories
from handlers.clock_text import at_date, on_date
from handlers.desk.callbacks import OpenCase
from handlers.help.screens import lines
from handlers.help.screens import lines as help_lines
from handlers.help.screens.verdict import RATINGS
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_label, media_line
from handlers.proposals import labels
from handlers.proposals.callbacks import (
    AssignAct,
    DeliverBody,
    DeliverPerson,
    InMonths,
    NotePictures,
    OnAssign,
    OnProposal,
    ProposalAct,
    RateDelivery,
)
from handlers.proposals.screens.card import standing, title
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, quoted
from models.categories import Body
from models.help.views import StaffChoice
from models.proposals.rules.delivery import MONTHS_OFFERED
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.states import Move, State
from models.proposals.views import DeliveryView, Opinion, ProposalTimelineLine, ProposalView, Task

PEOPLE_PER_PAGE = 8
NOTE_SHOWN, OPINION_SHOWN = 400, 200
"""Characters of a note and of an opinion where several stand on one screen."""

NOTES = {
    ProposalEvent.PROGRESS: mark("📝 {name}, {when}:"),
    ProposalEvent.OVERDUE: mark("⏰ {when}: the date passed, and it was not done."),
    ProposalEvent.DELIVERED: mark("🎁 {name} delivered it {when}:"),
    ProposalEvent.RATED: mark("{when}: the time for rating was over."),
    ProposalEvent.REDO: mark("🚧 Taken up again {when}:"),
}
"""Of a line of the timeline that tells how a delivery goes."""

ACTS: tuple[tuple[Move, ProposalAct, str], ...] = (
    (Move.DELIVER, ProposalAct.DELIVER, mark("🎁 It is delivered")),
    (Move.REPORT, ProposalAct.REPORT, mark("📝 Write how it goes")),
    (Move.GET_HELP, ProposalAct.GET_HELP, mark("🙋 Ask volunteers for a part")),
    (Move.ASSIGN, ProposalAct.ASSIGN, mark("👤 Who does it, until when")),
    (Move.REDO, ProposalAct.REDO, mark("🚧 Take it up again")),
    (Move.CLOSE, ProposalAct.CLOSE, mark("🏁 Close it")),
)


def said_screen(proposal_id: int, said: str) -> Screen:
    """Say what came of a form, with the ways on."""
    goes = OnProposal(act=ProposalAct.DELIVERY, id=proposal_id)
    return Screen(
        said,
        keyboard=inline([button(_("🚧 How it goes"), goes)], [_open(proposal_id)]),
    )


def assign_screen(view: ProposalView, now: datetime, said: str = "") -> Screen:
    """Show what is named of a delivery, and name the rest."""
    own = view.line.proposal_id
    months = [
        button(
            ngettext("In {count} month", "In {count} months", count).format(count=count),
            InMonths(id=own, months=count),
        )
        for count in MONTHS_OFFERED
    ]
    rows = [
        [_name(_("👤 Who does it"), AssignAct.PERSON, own)],
        months,
        [_name(_("📅 Another day"), AssignAct.DAY, own)],
        [
            _name(_("🏢 The body"), AssignAct.BODY, own),
            _name(_("✏️ The promise"), AssignAct.PROMISE, own),
        ],
    ]
    shown = rows if Move.ASSIGN in view.may else []
    text = paragraphs(said, terms(view, now), _next_step(view))
    return Screen(text, title(view), inline(*shown, [_open(own)]))


def terms(view: ProposalView, now: datetime) -> str:
    """Say what is promised, by whom, until when."""
    due_at = view.line.due_at
    nobody = _("not named yet")
    when = on_date(due_at, now) if due_at else nobody
    return joined(
        promised(view),
        _("Answers for it: {name}").format(name=view.person.name if view.person else nobody),
        _("Body: {body}").format(body=categories.body(view.body)) if view.body else "",
        _("Until: {day}").format(day=f"⏰ {when}" if view.line.overdue else when),
    )


def promised(view: ProposalView) -> str:
    """Say what is promised, where anything is."""
    return _("Promised: {words}").format(words=view.promise) if view.promise else ""


def _next_step(view: ProposalView) -> str:
    if view.line.state is not State.ADOPTED:
        return ""
    if view.person is None:
        return _("Next: who does it?")
    return _("Next: until when?") if view.line.due_at is None else ""


def choose_body_screen(view: ProposalView) -> Screen:
    """Choose the body that answers for it."""
    own = view.line.proposal_id
    rows = [[button(categories.body(body), DeliverBody(id=own, body=body))] for body in Body]
    return Screen(_("Which body answers for it?"), title(view), inline(*rows, _menu(own)))


def choose_person_screen(view: ProposalView, choices: Sequence[StaffChoice], page: int) -> Screen:
    """Choose who of the staff answers for it, a page at a time."""
    own = view.line.proposal_id
    last = max(0, -(-len(choices) // PEOPLE_PER_PAGE) - 1)
    page = min(page, last)
    shown = choices[page * PEOPLE_PER_PAGE : (page + 1) * PEOPLE_PER_PAGE]
    rows = [
        [
            button(
                _("{name} · {count} open").format(name=one.who.name, count=one.load),
                DeliverPerson(id=own, to=one.who.id),
            )
        ]
        for one in shown
    ]
    text = _("Who sees to it? They are told as soon as a date is named as well.")
    if view.line.state is State.UNDERWAY:
        text = _("Who sees to it from now on? Both are told.")
    if not choices:
        text = _("There is nobody else at this desk.")
    return Screen(text, title(view), inline(*rows, _people_pages(own, page, last), _menu(own)))


def _people_pages(own: int, page: int, last: int) -> list[InlineKeyboardButton]:
    def to(number: int) -> OnAssign:
        return OnAssign(act=AssignAct.PERSON, id=own, page=number)

    back = [button(_("‹ Back"), to(page - 1))] if page else []
    return [*back, *([button(_("More ›"), to(page + 1))] if page < last else [])]


def delivery_screen(view: DeliveryView, now: datetime) -> Screen:
    """Show how a delivery goes: terms, parts for volunteers, notes, what people wrote."""
    proposal = view.proposal
    text = paragraphs(
        labels.state(proposal.line.state),
        terms(proposal, now),
        _tasks(view.tasks),
        *(note(line, now, NOTE_SHOWN) for line in view.notes),
        _quiet(view),
        opinions(view.opinions),
    )
    return Screen(text, title(proposal), inline(*_delivery_rows(view)))


def _quiet(view: DeliveryView) -> str:
    return "" if view.notes else _("Nothing has been written about it yet.")


def _tasks(tasks: Sequence[Task]) -> str:
    if not tasks:
        return ""
    return joined(_("🙋 Volunteers were asked for:"), *(_task(task) for task in tasks))


def _task(task: Task) -> str:
    sign, state = help_lines.STATES[task.state]
    hands = lines.hands_line(task.hands, task.held)
    name = lines.title(task.number, task.category)
    return joined(name, f"{sign} {_(state)}", hands, gap=" · ")


def note(line: ProposalTimelineLine, now: datetime, shown: int = WORDS_LENGTH) -> str:
    """Show one line that tells how it goes, and so many characters of its words."""
    name = line.who.name if line.who else _("Somebody")
    head = _(NOTES[line.what]).format(name=name, when=at_date(line.at, now))
    rated = ""
    if line.what is ProposalEvent.RATED:
        rated = stars_line(line.detail.get("mean"), line.detail.get("count", 0))
    said = quoted(clip(line.words or "", shown))
    return joined(head, rated, said, media_line(line.media))


def opinions(said: Sequence[Opinion]) -> str:
    """Show what people wrote to their stars, without names."""
    if not said:
        return ""
    told = [f"{'⭐' * one.stars} {quoted(clip(one.words, OPINION_SHOWN))}" for one in said]
    return joined(_("💬 What people wrote:"), *told)


def _delivery_rows(view: DeliveryView) -> list[list[InlineKeyboardButton]]:
    own = view.proposal.line.proposal_id
    pictures = [[_pictures(own, line, latest=True)] for line in view.notes if line.media][:1]
    tasks = [
        [button(lines.title(one.number, one.category), OpenCase(id=one.request_id))]
        for one in view.tasks
        if view.proposal.staff
    ]
    rate = [button(_("⭐ Rate it"), OnProposal(act=ProposalAct.ASK_RATE, id=own))]
    return [
        *acts(view.proposal),
        rate if Move.RATE in view.proposal.may else [],
        *pictures,
        *tasks,
        [button(_("🕰 What happened"), OnProposal(act=ProposalAct.TIMELINE, id=own))],
        [_open(own)],
    ]


def acts(view: ProposalView) -> list[list[InlineKeyboardButton]]:
    """Return a row for each thing that the reader may do about the delivery."""
    own = view.line.proposal_id
    return [
        [button(_(label), OnProposal(act=act, id=own))]
        for move, act, label in ACTS
        if move in view.may
    ]


def decided_screen(view: ProposalView, now: datetime) -> Screen:
    """Tell author and backers of the decision, in the words of whoever decided."""
    reasons = _("Why: {words}").format(words=view.reasons) if view.reasons else ""
    if view.line.state is State.DECLINED:
        thanks = _("Thank you for thinking along; it was weighed with care.")
        text = paragraphs(_("❌ This proposal was not adopted."), reasons, thanks)
    else:
        text = paragraphs(
            _("✅ This proposal is adopted!"), reasons, promised(view), standing(view, now)
        )
    return Screen(text, title(view), inline([_below(view)]))


def told_screen(view: ProposalView, said: str, line: ProposalTimelineLine | None) -> Screen:
    """Tell author and backers how a delivery goes, with a way to the pictures and to all of it."""
    own = view.line.proposal_id
    pictures = [_pictures(own, line)] if line and line.media else []
    goes = button(_("🚧 How it goes"), OnProposal(act=ProposalAct.DELIVERY, id=own))
    return Screen(said, title(view), inline(pictures, [goes]))


def card_screen(view: DeliveryView, now: datetime, said: str) -> Screen:
    """Show whoever answers for it, or for its place, what is to be done; it changes in place."""
    proposal = view.proposal
    text = paragraphs(said, terms(proposal, now), opinions(view.opinions))
    return Screen(text, title(proposal), inline(*acts(proposal), [_below(proposal)]))


def closed_screen(view: DeliveryView, said: str) -> Screen:
    """Tell that a proposal has come to its end: what was given, by how many, and last words."""
    line = view.proposal.line
    rated = stars_line(line.mean, line.ratings)
    text = paragraphs(said, rated, quoted(view.final_words or ""))
    return Screen(text, title(view.proposal), inline([_below(view.proposal)]))


def stars_line(mean: float | None, count: int) -> str:
    """Say what was given in the mean, by how many; nothing where nobody has rated."""
    if mean is None:
        return ""
    said = ngettext(
        "⭐ {mean:.1f} from {count} rating", "⭐ {mean:.1f} from {count} ratings", count
    )
    return said.format(mean=mean, count=count)


def _pictures(
    own: int, line: ProposalTimelineLine, *, latest: bool = False
) -> InlineKeyboardButton:
    label = _("📷 The latest pictures") if latest else media_label(line.media)
    return button(label, NotePictures(id=own, line_id=line.line_id))


def _name(label: str, act: AssignAct, own: int) -> InlineKeyboardButton:
    return button(label, OnAssign(act=act, id=own))


def _menu(own: int) -> list[InlineKeyboardButton]:
    return [button(_("‹ Back"), OnAssign(act=AssignAct.MENU, id=own))]


def _open(own: int) -> InlineKeyboardButton:
    return button(_("📄 Open the proposal"), OnProposal(act=ProposalAct.OPEN, id=own))


def _below(view: ProposalView) -> InlineKeyboardButton:
    own = view.line.proposal_id
    return button(_("📄 Open the proposal"), OnProposal(act=ProposalAct.BELOW, id=own))


def delivered_screen(
    view: DeliveryView, now: datetime, said: str = "", *, ask: bool = False
) -> Screen:
    """Show what was delivered, and ask for stars, or show those that were given.

    With `ask` the stars are offered once more to whoever has given some.
    """
    proposal = view.proposal
    shown = next((line for line in view.notes if line.what is ProposalEvent.DELIVERED), None)
    text = paragraphs(said, note(shown, now) if shown else "", _asked(proposal, now, ask=ask))
    return Screen(text, title(proposal), inline(*_rows(proposal, shown, ask=ask)))


def _asked(view: ProposalView, now: datetime, *, ask: bool) -> str:
    if view.line.state is not State.DELIVERED:
        return _over(view)
    if Move.RATE not in view.may or view.rate_by is None:
        return _("Its author and supporters are asked to rate it.")
    until = at_date(view.rate_by, now)
    if view.my_stars is None or ask:
        return _("How happy are you with it? Tap the stars; until {when}.").format(when=until)
    return _("You gave it {stars}. Thank you! You can change that until {when}.").format(
        stars="⭐" * view.my_stars, when=until
    )


def _over(view: ProposalView) -> str:
    told = {
        State.UNDERWAY: _("It is being taken up again. Once it is done, you are asked anew."),
        State.RATED: _("The time for rating is over; the community is looking at it again."),
        State.CLOSED: _("The time for rating is over, and the proposal is closed. Thank you!"),
    }
    return told.get(view.line.state, "")


def _rows(
    view: ProposalView, shown: ProposalTimelineLine | None, *, ask: bool
) -> list[list[InlineKeyboardButton]]:
    own = view.line.proposal_id
    pictures = []
    if shown and shown.media:
        pictures = [button(_("📷 See it"), NotePictures(id=own, line_id=shown.line_id))]
    more = [button(_("📄 Open the proposal"), OnProposal(act=ProposalAct.BELOW, id=own))]
    if Move.RATE not in view.may:
        return [pictures, more]
    if view.my_stars is None or ask:
        return [*([_star(own, stars)] for stars in RATINGS), pictures, more]
    word = button(_("✏️ Add a word"), OnProposal(act=ProposalAct.RATE_WORDS, id=own))
    other = button(_("⭐ Other stars"), OnProposal(act=ProposalAct.ASK_RATE, id=own))
    return [[word], [other], pictures, more]


def _star(own: int, stars: int) -> InlineKeyboardButton:
    label = f"{'⭐' * stars} {_(RATINGS[stars])}"
    return button(label, RateDelivery(id=own, stars=stars))
