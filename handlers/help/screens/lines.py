"""Lines that several screens share."""

from collections.abc import Sequence
from datetime import datetime

from handlers.categories import category_label
from handlers.clock_text import at_clock
from handlers.help.screens import labels
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.text import joined, joined_names, quoted
from models.categories import EMERGENCY
from models.help.rules.policy import Urgency
from models.help.rules.states import HOLDING, ClaimState
from models.help.views import Holder, RequestView
from models.media import Media
from models.names.views import Who
from models.people.reach import Reach, ReachedBy


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


def urgency_line(urgency: Urgency) -> str:
    """Say how urgent it is, where it is more than ordinary."""
    signs = {Urgency.EMERGENCY: "🆘", Urgency.URGENT: "⚡"}
    return f"{signs[urgency]} {labels.urgency(urgency)}" if urgency in signs else ""


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
    state = labels.claim_of_another(holder.state)
    if holder.position:
        state = _("number {position} on the waiting list").format(position=holder.position)
    if holder.start_confirmed and holder.state is ClaimState.HELD:
        state = _("confirmed: is coming")
    if not holder.agreed:
        state = _("chosen, has yet to say yes")
    if not holder.reached and holder.state in HOLDING:
        state = joined(state, _("📵 not reached, please ring"), gap=" · ")
    said = _("{name}: {state}").format(name=holder.who.name, state=state)
    return f"{labels.claim_sign(holder.state)} {said}"


def owner_line(owner: Who | None) -> str:
    """Name who answers for a request."""
    if owner is None:
        return _("The community office answers for this.")
    return _("{name} of the community office answers for this.").format(name=owner.name)
