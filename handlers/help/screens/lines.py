"""What states, urgencies and the like are called, and lines that several screens share."""

from collections.abc import Sequence
from datetime import datetime

from handlers.categories import category_label
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.text import joined, joined_names, quoted
from models.categories import EMERGENCY
from models.help.rules.matching import Reason
from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import Urgency
from models.help.rules.states import HOLDING, ClaimState, State
from models.help.views import Holder, RequestView
from models.media import Media
from models.names.views import Who
from models.people.reach import Reach, ReachedBy

URGENCIES = {
    Urgency.EMERGENCY: mark("Emergency: somebody at once"),
    Urgency.URGENT: mark("Soon: within a day"),
    Urgency.ORDINARY: mark("Ordinary: within a week"),
    Urgency.COMPLEX: mark("Takes longer: within two weeks"),
}


HAND_BACK = {
    HandBackReason.NO_TIME: mark("Something came up"),
    HandBackReason.ILL: mark("I am not well"),
    HandBackReason.TOO_HARD: mark("It is more than I can do"),
    HandBackReason.UNREACHABLE: mark("Nobody answers there"),
    HandBackReason.NOT_SAFE: mark("I do not feel safe"),
    HandBackReason.LEFT: mark("No longer a volunteer"),
    HandBackReason.OTHER: mark("Another reason"),
}


WHY_YOU = {
    Reason.SKILL: mark("you know how to do this"),
    Reason.SAME_BUILDING: mark("you live in the same building"),
    Reason.NEARBY: mark("you live close by"),
    Reason.SAME_COMMUNITY: mark("you live in the same community"),
    Reason.FREE_THEN: mark("you said you have time then"),
    Reason.HELPED_LITTLE: mark("it is a while since you were asked"),
    Reason.ALWAYS_CAME: mark("you have always kept your word"),
    Reason.ASSIGNED: mark("the community office thought of you"),
}


WHY_THEM = {
    Reason.SKILL: mark("has the skill"),
    Reason.SAME_BUILDING: mark("same building"),
    Reason.NEARBY: mark("close by"),
    Reason.SAME_COMMUNITY: mark("same community"),
    Reason.FREE_THEN: mark("free then"),
    Reason.HELPED_LITTLE: mark("helped little lately"),
    Reason.ALWAYS_CAME: mark("has always come"),
    Reason.ASSIGNED: mark("chosen by the office"),
}


STATES = {
    State.OPEN: ("🔎", mark("looking for somebody")),
    State.CLAIMED: ("🙋", mark("somebody is coming")),
    State.UNDERWAY: ("🚶", mark("on the way")),
    State.DONE: ("❓", mark("done? Please say")),
    State.CLOSED: ("✅", mark("solved")),
    State.CANCELLED: ("✕", mark("called off")),
    State.EXPIRED: ("⌛", mark("ran out of time")),
    State.UNSOLVED: ("🔁", mark("not solved yet")),
}


CLAIMS = {
    ClaimState.WAITING: ("⏳", mark("waiting list")),
    ClaimState.HELD: ("✋", mark("yours to do")),
    ClaimState.ON_WAY: ("🚶", mark("on the way")),
    ClaimState.DONE: ("✅", mark("done")),
    ClaimState.HANDED_BACK: ("↩️", mark("handed back")),
    ClaimState.LEFT_LINE: ("↩️", mark("left the waiting list")),
    ClaimState.RELEASED: ("✕", mark("no longer needed")),
    ClaimState.ENDED: ("🔁", mark("not solved yet")),
    ClaimState.NO_ANSWER: ("📵", mark("could not be reached")),
    ClaimState.NO_SHOW: ("📵", mark("did not come")),
    ClaimState.SWAPPED: ("🔄", mark("changed with somebody")),
}


def urgency(value: Urgency) -> str:
    """Call an urgency by what it promises."""
    return _(URGENCIES[value])


def reason_given(value: HandBackReason) -> str:
    """Call a reason for handing back, as its button says it."""
    return _(HAND_BACK[value])


def state(value: State, *, unsaid: bool = False) -> str:
    """Say in a few words where a request stands; `unsaid` when it is closed without a word."""
    if unsaid and value is State.CLOSED:
        return _("closed, nobody could be reached")
    return _(STATES[value][1])


def state_sign(value: State) -> str:
    """Return the sign of a state."""
    return STATES[value][0]


def claim(value: ClaimState) -> str:
    """Say in a few words where somebody's claim stands."""
    return _(CLAIMS[value][1])


def claim_of_another(value: ClaimState) -> str:
    """Say the same of somebody other than the reader."""
    return _("will come") if value is ClaimState.HELD else claim(value)


def claim_sign(value: ClaimState) -> str:
    """Return the sign of a claim's state."""
    return CLAIMS[value][0]


def title(number: int, category: str) -> str:
    """Head a screen about one request."""
    return _("No. {number} · {category}").format(number=number, category=category_label(category))


def title_for(view: RequestView) -> str:
    """Head a message to the resident, or to whoever speaks for them."""
    head = title(view.line.number, view.line.category)
    if not view.spoken_for:
        return head
    return f"{head} · " + _("For {name}").format(name=view.spoken_for)


def when(start_at: datetime | None, when_text: str | None, urgency: Urgency, now: datetime) -> str:
    """Say when somebody is wanted: around a time, in the resident's words, or by urgency."""
    if start_at is not None:
        return _("around {time}").format(time=at_clock(start_at, now))
    if when_text:
        return _("“{words}”").format(words=when_text)
    if urgency is Urgency.EMERGENCY:
        return _("at once")
    return _("as soon as possible") if urgency is Urgency.URGENT else _("no fixed time")


def when_line(
    start_at: datetime | None, when_text: str | None, urgency: Urgency, now: datetime
) -> str:
    """Say when, with a clock in front."""
    return f"🕑 {when(start_at, when_text, urgency, now)}"


def urgency_line(how: Urgency) -> str:
    """Say how urgent it is, where it is more than ordinary."""
    signs = {Urgency.EMERGENCY: "🆘", Urgency.URGENT: "⚡"}
    return f"{signs[how]} {urgency(how)}" if how in signs else ""


def hands_line(hands: int, held: int) -> str:
    """Say how many are needed and how many are missing; nothing for the usual one."""
    if hands == 1:
        return ""
    needed = ngettext("{count} person needed", "{count} people needed", hands).format(count=hands)
    missing = hands - held
    if missing <= 0:
        return f"👥 {needed} · " + _("all found")
    return f"👥 {needed} · " + _("{count} still missing").format(count=missing)


def asked_in_words(text: str, category: str, media: Sequence[Media]) -> str:
    """Show what somebody wrote; of a tapped emergency, that there was nothing to read or hear."""
    if not text and not media and category == EMERGENCY:
        return _("(Tapped 🆘; no words yet. Please go and look, and ring.)")
    return quoted(text)


def asked(reached: int, on_the_way: int) -> str:
    """Say how many volunteers are asked: whom it has reached, or who is being asked right now."""
    if on_the_way:
        said = ngettext(
            "We are asking {count} volunteer now; as soon as somebody says yes, we tell you.",
            "We are asking {count} volunteers now; as soon as somebody says yes, we tell you.",
            reached + on_the_way,
        )
    else:
        said = ngettext(
            "We have asked {count} volunteer; as soon as somebody says yes, we tell you.",
            "We have asked {count} volunteers; as soon as somebody says yes, we tell you.",
            reached,
        )
    return said.format(count=reached + on_the_way) if reached + on_the_way else ""


def not_reached(holders: Sequence[Holder]) -> str:
    """Name the helpers of whom nothing that is sent arrives, to whoever counts on them."""
    lost = [one.who.name for one in holders if not one.reached and one.state in HOLDING]
    if not lost:
        return ""
    return _("📵 Our messages do not reach {names} at the moment.").format(names=joined_names(lost))


def resident_not_reached(reach: Reach, name: str) -> str:
    """Say to whoever works for a resident how, if at all, our messages reach them."""
    match reach.way:
        case ReachedBy.BLOCKED:
            return _("📵 Our messages do not reach {name}: please ring them.").format(name=name)
        case ReachedBy.NO_PHONE:
            return _("📵 {name} gets no messages from us: please ring or knock.").format(name=name)
        case ReachedBy.PROXY:
            said = _("📱 {proxy} reads our messages for {name}.")
            return said.format(proxy=reach.reader, name=name)
    return ""


def holder_line(holder: Holder) -> str:
    """Say of somebody who helps, or waits to, where they stand."""
    state = claim_of_another(holder.state)
    if holder.position:
        state = _("number {position} on the waiting list").format(position=holder.position)
    if holder.start_confirmed and holder.state is ClaimState.HELD:
        state = _("confirmed: is coming")
    if not holder.agreed:
        state = _("chosen, has yet to say yes")
    if not holder.reached and holder.state in HOLDING:
        state = joined(state, _("📵 not reached, please ring"), gap=" · ")
    said = _("{name}: {state}").format(name=holder.who.name, state=state)
    return f"{claim_sign(holder.state)} {said}"


def owner_line(owner: Who | None) -> str:
    """Name who answers for a request."""
    if owner is None:
        return _("The community office answers for this.")
    return _("{name} of the community office answers for this.").format(name=owner.name)
