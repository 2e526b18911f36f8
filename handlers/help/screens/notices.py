"""Pushed notices: what each reader is told, and the buttons that lead on."""

from datetime import datetime
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.desk.callbacks import OpenCase
from handlers.help.callbacks import Coming, OpenMine, OpenTask
from handlers.help.screens import lines
from handlers.help.screens.card import facts
from handlers.help.screens.mine import standing_at_desk
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.orders.callbacks import OpenOrder
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted, sentences, where_line
from models.escalation.rules import Level
from models.help.rules.closing import Ordered
from models.help.rules.outcomes import HandBackReason
from models.help.rules.states import LIVE, ClaimState, State
from models.help.views import OfferCard, RequestView, TimelineLine
from models.people.reach import ReachedBy

HOLDING = {ClaimState.HELD, ClaimState.ON_WAY}


def name_in(view: RequestView, detail: dict[str, Any], key: str = "person") -> str:
    """Name the helper that a notice is about, as far as the request knows them."""
    people = {who.id: who.name for who in view.mentioned}
    people |= {holder.who.id: holder.who.name for holder in (*view.holders, *view.waiting)}
    people |= {line.who.id: line.who.name for line in view.timeline if line.who}
    return people.get(int(detail.get(key) or 0), "") or _("A neighbour")


def resident_screen(view: RequestView, said: str) -> Screen:
    """Tell the resident, with a way to see where it is now."""
    more = button(_("📍 Where is it now?"), OpenMine(id=view.line.request_id, below=True))
    return Screen(said, lines.title_for(view), inline([more]))


def owner_screen(view: RequestView, said: str, now: datetime, *, standing: bool = True) -> Screen:
    """Show a request to whoever answers for it, with what is needed at a glance.

    Without `standing` where `said` tells already how it stands.
    """
    line, stands = view.line, standing_at_desk(view)
    wanted = joined(
        lines.when_line(view.start_at, view.when_text, line.urgency, now),
        lines.urgency_line(line.urgency),
    )
    text = paragraphs(
        said,
        joined(
            "👤 " + line.beneficiary.name,
            where_line(line.where),
            wanted if line.state in LIVE else "",
        ),
        lines.asked_in_words(view.text, view.line.category, view.media),
        stands if standing and stands not in said else "",
        lines.resident_not_reached(view.reach, line.beneficiary.name)
        if line.state in {*LIVE, State.UNSOLVED, State.DONE}
        else "",
    )
    return Screen(text, _head(view), inline([_case(view)], _order(view)))


def _order(view: RequestView) -> list[InlineKeyboardButton]:
    """Lead to the order that stands, where something is to be put right."""
    if view.order is None or view.order.state is Ordered.SIGNED:
        return []
    return [button(_("📋 The order"), OpenOrder(id=view.order.order_id, below=True))]


def helper_screen(view: RequestView, said: str, *, task: bool) -> Screen:
    """Tell a helper, with a way to their task where they still have one."""
    more = [button(_("📂 Open the task"), OpenTask(id=view.line.request_id, below=True))]
    return Screen(said, _head(view), inline(more) if task else None)


def _head(view: RequestView) -> str:
    return lines.title(view.line.number, view.line.category)


def _case(view: RequestView) -> InlineKeyboardButton:
    return button(_("🗂 Open at the desk"), OpenCase(id=view.line.request_id, below=True))


def new_for_owner() -> str:
    """Say that a new request is somebody's to answer for."""
    return _("📥 A new request for help. You answer for it.")


def filed_for(view: RequestView) -> str:
    """Say that the desk has filed a request for somebody."""
    return _("{name} of the community office has written down a request for {beneficiary}.").format(
        name=view.requester.name or _("Somebody"), beneficiary=view.line.beneficiary.name
    )


def owner_changed(view: RequestView, reader_id: int) -> str:
    """Say who answers for a request now."""
    owner = view.line.owner
    if owner is not None and owner.id == reader_id:
        return _("📥 This request was handed over to you. You answer for it now.")
    name = owner.name if owner else _("The office")
    return _("{name} answers for this request now. Thank you so far!").format(name=name)


def unclaimed(view: RequestView, detail: dict[str, Any]) -> str:
    """Say that hands are missing."""
    if view.line.state not in LIVE or view.line.held >= view.line.hands:
        return _("👍 Hands were missing here; that has been settled.")
    missing = view.line.hands - view.line.held
    said = ngettext(
        "⏳ Still {count} hand missing.", "⏳ Still {count} hands missing.", missing
    ).format(count=missing)
    asked = int(detail.get("asked") or 0)
    more = ngettext(
        "We are asking {count} more volunteer now.",
        "We are asking {count} more volunteers now.",
        asked,
    ).format(count=asked)
    none = _("There is nobody left to ask: please look for somebody yourself.")
    return joined(_rung_reached(view, detail), sentences(said, more if asked else none))


def _rung_reached(view: RequestView, detail: dict[str, Any]) -> str:
    """Say why somebody other than the owner is told."""
    if detail.get("rung") not in {Level.SECRETARY, Level.STREET}:
        return ""
    if view.line.owner is None:
        return _("🔔 Nobody has taken this on, and nobody answers for it yet.")
    name = view.line.owner.name
    return _("🔔 Nobody has taken this on; {name} answers for it.").format(name=name)


def claimed(view: RequestView, detail: dict[str, Any]) -> str:
    """Tell the resident who will come."""
    name, chosen = name_in(view, detail), int(detail.get("person") or 0)
    asked = any(one.who.id == chosen and not one.agreed for one in view.holders)
    said = _("🙋 Good news: {name} will come.").format(name=name)
    if view.spoken_for:
        said = _("🙋 Good news: {name} will go and help {other}.").format(
            name=name, other=view.spoken_for
        )
    if asked:
        said = _("🙏 The office asks {name} to help; as soon as they say yes, we tell you.").format(
            name=name
        )
    missing = view.line.hands - view.line.held
    if missing <= 0:
        return said
    more = _("We look for {count} more.")
    return sentences(said, more.format(count=missing))


def handed_back(view: RequestView, detail: dict[str, Any], *, for_desk: bool) -> str:
    """Say that somebody cannot come, and what follows."""
    reason = detail.get("reason")
    name = name_in(view, detail)
    if reason == ClaimState.NO_ANSWER:
        said = _("📵 {name} could not be reached in time.").format(name=name)
    elif reason == ClaimState.NO_SHOW:
        said = _("📵 {name} was awaited and did not come.").format(name=name)
    elif for_desk and reason in set(HandBackReason):
        why = lines.reason_given(HandBackReason(str(reason)))
        said = _("↩️ {name} cannot come: {reason}.").format(name=name, reason=why)
    else:
        said = _("↩️ {name} cannot come after all, and is sorry.").format(name=name)
    if detail.get("promoted"):
        return sentences(said, _instead(view, detail))
    return sentences(said, _("We are looking for somebody else right now."))


def _instead(view: RequestView, detail: dict[str, Any]) -> str:
    """Say who comes instead, once they have said so; else who is asked."""
    other, promoted = name_in(view, detail, "promoted"), int(detail.get("promoted") or 0)
    if any(one.who.id == promoted and not one.agreed for one in view.holders):
        return _("{name}, who is next in line, is asked right now.").format(name=other)
    return _("{name} comes instead.").format(name=other)


def out_of_touch(view: RequestView, detail: dict[str, Any]) -> str:
    """Say whom our messages do not reach, as far as it is still so; '' once it is not."""
    person_id = int(detail.get("person") or 0)
    if view.line.beneficiary.id == person_id:
        return lines.resident_not_reached(view.reach, view.line.beneficiary.name)
    lost = lines.not_reached([one for one in view.holders if one.who.id == person_id])
    owner = view.line.owner
    rings = _("The office rings them.")
    if owner is not None:
        rings = _("{name} of the office rings them.").format(name=owner.name)
    return sentences(lost, rings) if lost else ""


def swapped(view: RequestView, detail: dict[str, Any]) -> str:
    """Tell the resident that two helpers have changed places."""
    now, before = name_in(view, detail), name_in(view, detail, "instead_of")
    return _("🔄 {name} comes instead of {other}. Everything else stays.").format(
        name=now, other=before
    )


def on_way(view: RequestView, detail: dict[str, Any]) -> str:
    """Tell the resident that somebody has set out."""
    name = name_in(view, detail)
    if view.spoken_for:
        said = _("🚶 {name} is on the way to {other}.")
        return said.format(name=name, other=view.spoken_for)
    return _("🚶 {name} is on the way to you.").format(name=name)


def late(view: RequestView, detail: dict[str, Any]) -> str:
    """Tell the resident that somebody comes later."""
    minutes = int(detail.get("minutes") or 0)
    return ngettext(
        "⏰ {name} comes about {count} minute later, and asks for your patience.",
        "⏰ {name} comes about {count} minutes later, and asks for your patience.",
        minutes,
    ).format(name=name_in(view, detail), count=minutes)


def unconfirmed(view: RequestView) -> str:
    """Ask the owner to ring a silent resident."""
    if view.line.state is not State.DONE:
        return _("👍 The resident had not answered; that has been settled.")
    if not view.reach.arrives or view.reach.way is ReachedBy.PROXY:
        said = _("☎️ Reported done. {name} gets no messages from us: please ring and ask.")
        return said.format(name=view.line.beneficiary.name)
    return _("☎️ Reported done, but the resident has not answered. Please ring and ask.")


def unsolved(view: RequestView) -> str:
    """Tell the owner that it is not solved."""
    if view.line.state is not State.UNSOLVED:
        return _("👍 It had not been solved; how it stands now:")
    return _("🔁 The resident says: not solved. Please take it up.")


def cancelled(view: RequestView, *, helper: bool) -> str:
    """Say that a request was called off."""
    why = quoted(view.close_reason or "")
    if helper:
        return joined(_("✕ Called off; you need not go. Thank you for being ready!"), why)
    return joined(_("✕ This request was called off."), why)


def expired(*, for_desk: bool) -> str:
    """Say that nobody could be found in time."""
    if for_desk:
        return _("⌛ Nobody took this request in all the time; it has ended.")
    return _("⌛ Sorry: nobody could be found in time. Please ask again.")


def asked_again() -> str:
    """Tell the resident that the search goes on."""
    return _("🔁 The office has taken this up again; we are asking volunteers anew.")


def note(line: TimelineLine | None, *, to_resident: bool = False, resumed: bool = False) -> str:
    """Show what somebody added; to the resident it is said to them.

    `resumed` says that it is the answer that was waited for, so that the promises run again.
    """
    if line is None:
        return _("📝 Something was added.")
    name = line.who.name if line.who and line.who.name else _("Somebody")
    said = _("💬 {name} says to you:") if to_resident else _("📝 {name} added:")
    said = said.format(name=name)
    count = int(line.detail.get("media") or 0)
    sent = _("📎 photo, voice or map: open the request to see it") if count else ""
    runs = _("▶️ You waited for this answer: the clock runs again.") if resumed else ""
    return joined(said, quoted(line.words or ""), sent, runs)


def thanks(view: RequestView) -> str:
    """Pass the resident's thanks on."""
    stars = "⭐" * view.rating if view.rating else ""
    return joined(
        _("🎉 {name} says: solved. Thank you!").format(name=view.line.beneficiary.name), stars
    )


def summons_screen(card: OfferCard, said: str, now: datetime) -> Screen:
    """Tell a volunteer that a task is theirs; the card goes on changing with it."""
    if card.claim not in HOLDING or card.state not in LIVE:
        return Screen(settled(card), _card_head(card))
    yes = [button(_("👍 Yes, I am coming"), Coming(id=card.request_id, yes=True))]
    if card.start_confirmed:
        said = _("✋ This is yours. Thank you for saying yes!")
    rows = [
        [] if card.start_confirmed else yes,
        [button(_("↩️ I cannot go"), Coming(id=card.request_id, yes=False))],
        [button(_("📂 Open the task"), OpenTask(id=card.request_id, below=True))],
    ]
    return Screen(paragraphs(said, facts(card, now)), _card_head(card), inline(*rows))


def assigned() -> str:
    """Ask a volunteer whom the desk has chosen."""
    return _("🙏 The community office asks you to take this on.")


def promoted() -> str:
    """Tell somebody from the waiting list that it is their turn."""
    return _("🙋 Your turn: somebody dropped out, and this is yours now. Can you go?")


def settled(card: OfferCard) -> str:
    """Say of a card whose question is settled how it stands."""
    if card.state is State.CANCELLED:
        return _("✕ Called off; you need not go. Thank you for being ready!")
    if card.claim is ClaimState.ON_WAY:
        return _("🚶 You are on your way. Thank you!")
    if card.claim is ClaimState.DONE:
        return _("✅ You have done this. Thank you!")
    if card.state in LIVE:
        return _settled_while_live(card)
    return _("This one is over. Thank you!")


def _settled_while_live(card: OfferCard) -> str:
    if card.claim is ClaimState.WAITING:
        return _("⏳ You are on the waiting list now. Thank you!")
    if card.let_go is ClaimState.NO_ANSWER:
        return _("We did not hear from you in time; that can happen to anybody.")
    if card.let_go is ClaimState.NO_SHOW:
        return _("You were awaited, and it seems you could not come. We hope all is well with you.")
    if card.let_go is ClaimState.RELEASED:
        return _("🔄 The office has asked somebody else to go. Thank you!")
    if card.let_go is ClaimState.SWAPPED:
        return _("🔄 You have changed this for another task. Thank you!")
    return _("↩️ You have handed this back. Thank you for saying so.")


def _card_head(card: OfferCard) -> str:
    return lines.title(card.number, card.category)
