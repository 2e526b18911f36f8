"""The parts of a draft on screens of their own: audience, buttons, topic, style, outlook."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import Browse, OnPart, OpenBroadcast
from handlers.broadcasts.screens.card import title
from handlers.clock_text import at_date, how_long
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.screen import Screen, button, clip, inline
from handlers.text import joined, paragraphs, place_name
from models.broadcasts.rules.audience import MOST_GROUPS
from models.broadcasts.rules.content import MOST_OFFERS
from models.broadcasts.rules.notices import Does, Style, Topic, Way
from models.broadcasts.rules.sending import SendingPlan
from models.broadcasts.views import BroadcastView, Outlook

LABEL_SHOWN = 45
BUILDINGS_SHOWN = 40

WAYS = {
    Way.PROXY: mark("🗣 through whoever speaks for them: {count}"),
    Way.MUTED: mark("🔕 have muted this topic, and get nothing: {count}"),
    Way.NO_PHONE: mark("🚪 have no phone: {count}"),
    Way.UNREACHABLE: mark("🚫 have blocked us or are gone: {count}"),
}


def audience_screen(view: BroadcastView, names: labels.AudienceNames, told: str = "") -> Screen:
    """Show whom a draft goes to, group by group, each with a button that takes it away."""
    heads = ngettext("👥 {count} person", "👥 {count} people", view.heads).format(count=view.heads)
    groups = [
        *(("j", index, "➕", each) for index, each in enumerate(view.audience.joined)),
        *(("o", index, "➖", each) for index, each in enumerate(view.audience.left_out)),
    ]
    said = [f"{sign} {labels.group(each, names)}" for _sort, _index, sign, each in groups]
    rule = _("Whoever is in any group with ➕ gets it, unless they are in a group with ➖.")
    rows = [
        [_part(view, f"✕ {sign} {labels.group(each, names)}", "audience", f"{sort}{index}")]
        for sort, index, sign, each in groups
        if sort == "o" or len(view.audience.joined) > 1
    ]
    more = [_part(view, _("➕ Join a group"), "audience", "join")]
    less = [_part(view, _("➖ Leave a group out"), "audience", "leave")]
    full = {
        "join": len(view.audience.joined) >= MOST_GROUPS,
        "leave": len(view.audience.left_out) >= MOST_GROUPS,
    }
    adds = [[] if full["join"] else more, [] if full["leave"] else less]
    return Screen(
        paragraphs(told, heads, joined(*said), rule), title(view), inline(*rows, *adds, _back(view))
    )


def buttons_screen(view: BroadcastView, told: str = "") -> Screen:
    """Show what stands under a draft, each with a button that puts it there or takes it away."""
    text = paragraphs(
        told,
        _("These buttons stand under it. ✅ Received tells you who has read it."),
        joined(*(f"🔘 {labels.offer(each)}" for each in view.offers)) or _("no buttons"),
    )
    offered = {each.does for each in view.offers}
    rows = [
        [_part(view, _toggle(does, on=does in offered), "buttons", str(does))]
        for does in (Does.RECEIVED, Does.SIGN_UP)
    ]
    rows += [
        [_part(view, f"✕ {labels.offer(each)}", "buttons", f"x{index}")]
        for index, each in enumerate(view.offers)
        if each.does not in {Does.RECEIVED, Does.SIGN_UP}
    ]
    adds = [
        [_part(view, _("🔗 Add a link"), "buttons", "link")],
        [_part(view, _("📄 Open a proposal or a request"), "buttons", "subject")],
    ]
    full = len(view.offers) >= MOST_OFFERS
    return Screen(text, title(view), inline(*rows, *([] if full else adds), _back(view)))


def topic_screen(view: BroadcastView) -> Screen:
    """Choose what a draft is about."""
    rows = [[_part(view, labels.topic(each), "topic", str(each))] for each in Topic]
    text = _("What is it about? People can mute a topic, but never an emergency.")
    return Screen(text, title(view), inline(*rows, _back(view)))


def style_screen(view: BroadcastView) -> Screen:
    """Ask before a draft becomes an emergency, or stops being one."""
    if view.style is Style.EMERGENCY:
        text = _("Shall it be an ordinary broadcast? It then waits for the end of quiet hours.")
        sure = _part(view, _("📢 Yes, make it ordinary"), "style", "notice")
        return Screen(text, title(view), inline([sure], _back(view)))
    text = _(
        "🚨🔴 An EMERGENCY rings at night, nobody can mute it, it looks different from anything "
        "else, and a second person has to approve it. Only where life, limb or homes are in "
        "danger. It is not for a test: that is the button 🧪."
    )
    sure = _part(view, _("🚨🔴 Yes, this is an emergency"), "style", "emergency")
    return Screen(text, _("🚨🔴 Is this an emergency?"), inline([sure], _back(view)))


def outlook_screen(view: BroadcastView, outlook: Outlook, now: datetime) -> Screen:
    """Show how many people get a draft, in which building, in how long, and what waits for day."""
    heads = ngettext("👥 {count} person in all", "👥 {count} people in all", outlook.heads)
    ways = [
        _(said).format(count=outlook.by_way[way])
        for way, said in WAYS.items()
        if outlook.by_way.get(way)
    ]
    chat = _("💬 get it in their chat: {count}").format(count=outlook.by_way.get(Way.CHAT, 0))
    text = paragraphs(
        joined(heads.format(count=outlook.heads), chat, *ways),
        _takes(outlook.run, now),
        _by_building(outlook),
    )
    return Screen(text, title(view), inline(_back(view)))


def gone_screen() -> Screen:
    """Tell that a broadcast is not there, or not the reader's to see."""
    back = [button(_("‹ Broadcasts"), Browse(which="mine"))]
    return Screen(_("This broadcast is no longer there."), keyboard=inline(back))


def held_at_night(run: SendingPlan, now: datetime) -> str:
    """Say how many copies wait for the end of quiet hours, and until when; '' for none."""
    if run.resumes is None or not run.held:
        return ""
    return ngettext(
        "🌙 {count} of them falls into quiet hours: it goes from {when}.",
        "🌙 {count} of them fall into quiet hours: they go from {when}.",
        run.held,
    ).format(count=run.held, when=at_date(run.resumes, now))


def _takes(run: SendingPlan, now: datetime) -> str:
    span = run.ends - (run.resumes if run.resumes == run.begins else run.begins)
    lasts = _("⏱ Begun {when}, it takes about {span} at the rate that Telegram permits.")
    return joined(
        lasts.format(when=at_date(run.begins, now), span=how_long(span)), held_at_night(run, now)
    )


def _by_building(outlook: Outlook) -> str:
    named = [
        (place_name(where) if where else _("no home chosen yet"), count)
        for where, count in outlook.by_place
    ]
    shown = [f"🏠 {name}: {count}" for name, count in named[:BUILDINGS_SHOWN]]
    rest = sum(count for _name, count in named[BUILDINGS_SHOWN:])
    more = _("🏠 elsewhere: {count}").format(count=rest) if rest else ""
    return joined(*shown, more)


def _toggle(does: Does, *, on: bool) -> str:
    return f"{'☑️' if on else '⬜️'} {_(labels.OFFERS[does])}"


def _part(view: BroadcastView, label: str, part: str, value: str) -> InlineKeyboardButton:
    """Make a button that changes a part; it names the version that its index was read from."""
    meant = f"{value}.{view.version}"
    return button(clip(label, LABEL_SHOWN), OnPart(id=view.id, part=part, value=meant))


def _back(view: BroadcastView) -> list[InlineKeyboardButton]:
    return [button(_("‹ Back to the draft"), OpenBroadcast(id=view.id))]
