"""The call-back list 电话回访: one silent resident at a time."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.clock_text import at_clock
from handlers.desk.callbacks import CallAct, CallStars, OnCall, OpenCase, ToCalls
from handlers.desk.screens.board import to_desk
from handlers.help.screens import lines
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, inline
from handlers.text import joined, joined_names, paragraphs, sentences, where_line
from models.help.rules.limits import STARS
from models.help.views import CallCase, DoorAndPhone, RequestView


def nobody_screen(said: str = "") -> Screen:
    """Say that nobody is to be rung now."""
    none = _("☎️ Nobody is to be rung now. Well done!")
    return Screen(paragraphs(said, none), keyboard=inline([to_desk()]))


def call_screen(case: CallCase, now: datetime, said: str = "") -> Screen:
    """Show whom to ring, why, and take down what they say."""
    view = case.request
    text = paragraphs(
        said,
        _asked(case),
        _facts(case, now),
        lines.asked_in_words(view.text, view.line.category, view.media),
        _calls(case),
    )
    return Screen(text, _title(view), inline(*_rows(case)))


def _asked(case: CallCase) -> str:
    left = ngettext("☎️ {count} to ring.", "☎️ {count} to ring.", case.total)
    if case.days is None:
        why = _("It is reported done, and they have not said whether it is solved. Please ask.")
    else:
        why = ngettext(
            "Return visit {days} day after it was put right: is it still well? Please ask.",
            "Return visit {days} days after it was put right: is it still well? Please ask.",
            case.days,
        ).format(days=case.days)
    return sentences(left.format(count=case.total), why)


def _facts(case: CallCase, now: datetime) -> str:
    view = case.request
    names = joined_names([holder.who.name for holder in view.holders])
    since = _("Done {time}") if case.days is None else _("Asked {time}")
    return joined(
        "👤 " + view.line.beneficiary.name,
        where_line(view.line.where),
        "🙋 " + _("Helped: {names}").format(names=names) if view.holders else "",
        "🕑 " + since.format(time=at_clock(case.since, now)),
    )


def _calls(case: CallCase) -> str:
    if not case.calls:
        return ""
    return ngettext(
        "Rung {count} time already; nobody answered.",
        "Rung {count} times already; nobody answered.",
        case.calls,
    ).format(count=case.calls)


def _rows(case: CallCase) -> list[list[InlineKeyboardButton]]:
    view = case.request
    visit = case.days is not None
    solved = _("👍 Still well") if visit else _("👍 They say: solved")
    unsolved = _("👎 Not well any more") if visit else _("👎 Not solved")
    give_up = _tap(_("📪 Close as unconfirmed"), CallAct.GIVE_UP, view)
    later = button(_("⏭ Later"), ToCalls(after_id=view.line.request_id))
    return [
        [_tap(_("📞 See the phone (is recorded)"), CallAct.CONTACT, view)],
        [_tap(solved, CallAct.SOLVED, view), _tap(unsolved, CallAct.UNSOLVED, view)],
        [_tap(_("📵 No answer"), CallAct.NO_ANSWER, view), later],
        [give_up] if case.may_give_up else [],
        [button(_("🗂 Open at the desk"), OpenCase(id=view.line.request_id, below=True))],
        [to_desk()],
    ]


def phone_screen(contact: DoorAndPhone, view: RequestView) -> Screen:
    """Show on which number somebody is rung; the look is recorded."""
    through = ""
    if contact.through is not None:
        through = _("Speaks for them: {name}").format(name=contact.through.name)
    text = joined(
        "👤 " + contact.beneficiary.name,
        "📞 " + _("Phone: {phone}").format(phone=contact.phone or _("not given")),
        "🚪 " + _("Door: {door}").format(door=contact.door or _("not given")),
        through,
    )
    told = _("This look has been recorded, and the person can see it.")
    back = [_tap(_("✍️ Take down what they say"), CallAct.SHOW, view)]
    return Screen(paragraphs(text, told), _title(view), inline(back))


def stars_screen(view: RequestView, said: str) -> Screen:
    """Ask which stars they named on the phone."""
    request_id = view.line.request_id
    rows = [[button("⭐" * stars, CallStars(id=request_id, stars=stars))] for stars in STARS[::-1]]
    none = [button(_("They named none: next"), ToCalls(after_id=request_id))]
    asked = _("Which stars did they name, from one to five?")
    return Screen(paragraphs(said, asked), _title(view), inline(*rows, none))


def _tap(label: str, act: CallAct, view: RequestView) -> InlineKeyboardButton:
    return button(label, OnCall(act=act, id=view.line.request_id))


def _title(view: RequestView) -> str:
    return lines.title(view.line.number, view.line.category)
