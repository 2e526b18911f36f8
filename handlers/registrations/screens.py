"""How registrations look to whoever holds them, and what each outcome says."""

from collections.abc import Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton
from babel.dates import format_date

from handlers.callbacks import Go
from handlers.duty.screens import hours_words
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.media import media_label
from handlers.records.said import says
from handlers.registrations.callbacks import (
    AcceptFiling,
    Builders,
    Counts,
    Kinds,
    OnRegistration,
    Register,
    RegisterFor,
    RegistrationAct,
    ToRegister,
    ToWaiting,
)
from handlers.screen import Screen, button, clip, inline
from handlers.sheets.screens import answer_lines, answered_media
from handlers.text import joined, paragraphs, place_name, quoted
from models.hours.rules.desk import DeskHours
from models.media import Media
from models.records.rules import Refusal
from models.registrations.guard import Forbidden
from models.registrations.rules import (
    NAME,
    Follows,
    KindOutcome,
    Move,
    RegistrationOutcome,
    State,
    WhyEnded,
)
from models.registrations.views import (
    BuildingNews,
    KindLine,
    RegisterHome,
    RegistrationLine,
    RegistrationView,
)
from models.sheets.rules.fields import SheetWords
from models.sheets.views import FilingView

says(
    (RegistrationOutcome.FILED, mark("Sent. The office looks at it and answers you here.")),
    (RegistrationOutcome.RENEWING, mark("Sent. Until the office answers, what stands goes on.")),
    (RegistrationOutcome.ACCEPTED, mark("Accepted; whose it is is told.")),
    (RegistrationOutcome.RETURNED, mark("Sent back with your words.")),
    (RegistrationOutcome.ENDED, mark("Ended. What was filled in is erased.")),
    (RegistrationOutcome.STOPPED_TELLING, mark("We no longer tell you of builders.")),
    (RegistrationOutcome.TELLING_AGAIN, mark("We tell you of builders in your building again.")),
    (KindOutcome.BEGUN, mark("Begun. Now add the questions, one by one.")),
    (KindOutcome.CHANGED, mark("Noted. It is asked so as soon as you let it be used.")),
    (
        KindOutcome.PUBLISHED,
        mark("It is in use now. Forms begun before are finished as they were."),
    ),
    (KindOutcome.RETIRED, mark("Retired: nothing new begins with it; what stands goes on.")),
    good=True,
)
says(
    (
        RegistrationOutcome.CHANGED_SINCE,
        mark("It was corrected just now. Please look at it once more."),
    ),
    (RegistrationOutcome.NO_HOME, mark("Please choose your building in the settings first.")),
    (RegistrationOutcome.HAS_PHONE, mark("They have Telegram, so they register for themselves.")),
    (RegistrationOutcome.THEMSELVES, mark(
        "Whoever stays for a while registers that on their own phone. Nobody does it for them."
    )),
    (KindOutcome.NO_FIELDS, mark("It asks nothing yet. Please add a question first.")),
    (KindOutcome.TOO_MANY, mark("That is enough to ask: nobody fills in more on a phone.")),
    (KindOutcome.FEW_OPTIONS, mark("Please give at least two choices, one a line.")),
    (KindOutcome.NO_WORDS, mark("Words are missing, or there are too many of them.")),
    (Forbidden.IDENTITY, mark(
        "Identity papers and their numbers are asked for nowhere here. Please word it another way."
    )),
    (Forbidden.NATIONALITY, mark(
        "Where people come from is asked nowhere here. Please word it another way."
    )),
    (Forbidden.FAITH, mark("Nobody is asked here what they believe. Please word it another way.")),
    (Forbidden.RECORD, mark(
        "What the police or a court have of somebody is asked nowhere here. Please word it another "
        "way."
    )),
    (Forbidden.WATCHED, mark(
        "Nobody is listed here as suspect, and nobody gets a score. Please word it another way."
    )),
    good=False,
)  # fmt: skip
says(
    (Refusal.OWN, mark("You had a hand in this registration, so somebody else decides.")),
    (Refusal.BAD_CHOICE, mark("This cannot be registered here any more. Please choose again.")),
    good=False,
    of=NAME,
)

STATES = {
    State.BEGUN: mark("✍️ not sent yet"),
    State.FILED: mark("⏳ waits for the office"),
    State.RETURNED: mark("↩️ please put it right"),
    State.STANDING: mark("✅ stands"),
    State.EXPIRING: mark("⏰ ends soon"),
    State.RENEWING: mark("⏳ stands; the renewal waits for the office"),
    State.ENDED: mark("✕ has ended"),
}
WHY_ENDED = {
    WhyEnded.HOLDER: mark("It was ended by its holder."),
    WhyEnded.EXPIRED: mark("Its time was over, and it was not renewed."),
    WhyEnded.LEFT: mark("Its holder has left."),
    WhyEnded.MOVED: mark("Its holder lives elsewhere now."),
}


def said_title(title: SheetWords) -> str:
    """Say what a kind is called."""
    return title.said(current_language())


def day_words(day: date) -> str:
    """Say a day."""
    return format_date(day, format="medium", locale=current_language())


def until_words(valid_until: date | None) -> str:
    """Say until when something is good; '' for good."""
    return "" if valid_until is None else _("until {day}").format(day=day_words(valid_until))


def register_screen(home: RegisterHome, above: str = "") -> Screen:
    """Show what somebody has registered, and what they can register."""
    own = [line_words(one) for one in home.own]
    ask = _("What would you like to register? Tap it.")
    nowhere = _("To register something, please choose your building in the settings first.")
    text = paragraphs(above, *own, ask if home.has_home else nowhere)
    rows = [[button(f"{one.number} {said_title(one.title)}", _open(one.id))] for one in home.own]
    below = [
        [button(_("🚗 A car is in the way"), Go(to="cars"))],
        [button(_("👤 For somebody without a phone"), RegisterFor())],
        _desk_row(home),
        [button(_("🗂 Kinds of registration"), Kinds())] if home.keeps else [],
        [] if home.hears else [button(_("🔔 Tell me of builders again"), Builders(hears=True))],
        [button(_("‹ Home"), Go(to="home"))],
    ]
    kinds = kind_rows(home.kinds) if home.has_home else []
    return Screen(text, _("🗂 Register"), inline(*rows, *kinds, *below))


def _desk_row(home: RegisterHome) -> list[InlineKeyboardButton]:
    if not home.at_desk:
        return []
    waits = _("📥 Waiting: {count}").format(count=home.waiting)
    return [button(waits, ToWaiting()), button(_("📊 By kind"), Counts())]


def kind_rows(kinds: Sequence[KindLine]) -> list[list[InlineKeyboardButton]]:
    """Make a button for each kind, two in a row."""
    made = [button(f"➕ {clip(said_title(one.title), 16)}", Register(kind=one.id)) for one in kinds]
    return [made[start : start + 2] for start in range(0, len(made), 2)]


def for_kinds_screen(kinds: Sequence[KindLine]) -> Screen:
    """Ask what is to be registered for somebody without a phone."""
    others = [one for one in kinds if not one.alone]
    rows = [[button(said_title(one.title), RegisterFor(kind=one.id))] for one in others]
    text = _("What is it that they want to register?")
    back = [button(_("‹ Register"), ToRegister())]
    return Screen(text, _("👤 For somebody without a phone"), inline(*rows, back))


def line_words(one: RegistrationLine) -> str:
    """Say one registration in a list."""
    head = joined(f"▫️ {said_title(one.title)}", one.number, gap=" ")
    stands = joined(_(STATES[one.state]), until_words(one.valid_until), gap=" · ")
    who = joined(one.holder, place_name(one.place), gap=" · ") if one.holder else ""
    return joined(head, stands, who)


def _open(one: int) -> OnRegistration:
    return OnRegistration(act=RegistrationAct.OPEN, id=one)


def registration_screen(view: RegistrationView, above: str = "") -> Screen:
    """Show one registration, and what its reader can do now."""
    stands = joined(_(STATES[view.state]), until_words(view.valid_until), gap=" · ")
    whose = "" if view.own or not view.holder.name else f"👤 {view.holder.name}"
    facts = joined(stands, whose, f"📍 {place_name(view.place)}")
    why = view.why_returned
    reason = joined(_("The office says:"), quoted(why)) if why else ""
    ended = "" if view.why_ended is None else _(WHY_ENDED[view.why_ended])
    coming = ""
    if view.coming is not None:
        coming = joined(_("To be renewed with:"), *filing_words(view.coming))
    text = paragraphs(
        above,
        facts,
        ended,
        reason,
        joined(*filing_words(view.filing)) if view.filing else "",
        coming,
        _residence(view),
    )
    media = media_in(view)
    sent = OnRegistration(act=RegistrationAct.SENT, id=view.id)
    along = [button(media_label(media), sent)] if media else []
    rows = [along, *_own_rows(view), *_desk_rows(view), [button(_("‹ Register"), ToRegister())]]
    title = joined(f"🗂 {said_title(view.title)}", view.number, gap=" ")
    return Screen(text, title, inline(*rows))


def media_in(view: RegistrationView) -> tuple[Media, ...]:
    """List the photos and voice messages of a registration that lie open for its reader."""
    filings = [one for one in (view.filing, view.coming) if one is not None]
    return tuple(item for one in filings for item in answered_media(one))


def filing_words(filing: FilingView) -> list[str]:
    """Read a filing back, with a word where it was filled in on an earlier version."""
    old = [] if filing.sheet.current else [_("(filled in on an earlier version of the form)")]
    return [*answer_lines(filing, current_language()), *old]


def _residence(view: RegistrationView) -> str:
    if not view.own or view.follows is not Follows.RESIDENCE or view.state is State.ENDED:
        return ""
    words = _(
        "👮 Please declare it to the police yourself, within {days} days of arriving. We only "
        "remind you: nothing is passed on."
    )
    return words.format(days=view.declare_days)


def _own_rows(view: RegistrationView) -> list[list[InlineKeyboardButton]]:
    fill = OnRegistration(act=RegistrationAct.FILL, id=view.id)
    rows = []
    if Move.FILE in view.moves:
        again = view.state is not State.BEGUN
        rows.append([button(_("✍️ Correct it") if again else _("✍️ Fill it in"), fill)])
    if Move.FILE_ANEW in view.moves:
        waits = view.state is State.RENEWING
        label = _("✍️ Correct it") if waits else _("🔁 Renew or change it")
        rows.append([button(label, fill)])
    if Move.END in view.moves:
        end = OnRegistration(act=RegistrationAct.ASK_END, id=view.id)
        rows.append([button(_("✕ End it"), end)])
    return rows


def _desk_rows(view: RegistrationView) -> list[list[InlineKeyboardButton]]:
    def on(act: RegistrationAct) -> OnRegistration:
        return OnRegistration(act=act, id=view.id)

    rows = []
    if Move.ACCEPT in view.moves:
        back = button(_("↩️ Send it back"), on(RegistrationAct.RETURN))
        waits = view.coming or view.filing
        accept = [] if waits is None else [AcceptFiling(id=view.id, filing=waits.id)]
        rows.append([*(button(_("✅ Accept it"), one) for one in accept), back])
    if Move.OPEN in view.moves and view.sealed:
        rows.append([button(_("🔓 Open what is sealed (noted)"), on(RegistrationAct.UNSEAL))])
    return rows


def end_screen(view: RegistrationView) -> Screen:
    """Ask whether a registration is to be ended."""
    text = _("End it, such as of a car that was sold? What was filled in is erased at once.")
    yes = OnRegistration(act=RegistrationAct.END, id=view.id)
    title = joined(said_title(view.title), view.number, gap=" ")
    keyboard = inline([button(_("✕ Yes, end it"), yes)], [button(_("‹ Keep it"), _open(view.id))])
    return Screen(text, title, keyboard)


def unsealed_screen(view: RegistrationView, filings: Sequence[FilingView]) -> Screen:
    """Show what is sealed, opened for one look."""
    lines = [joined(*filing_words(one)) for one in filings]
    text = paragraphs(*lines, _("👁 This look is noted, and its holder can read that."))
    title = joined(f"🔓 {said_title(view.title)}", view.number, gap=" ")
    return Screen(text, title, inline([button(_("‹ Back"), _open(view.id))]))


def building_screen(news: BuildingNews, hours: DeskHours, *, changed: bool) -> Screen:
    """Tell a neighbour of builders: when, on which floor, at what hours, and never whose."""
    text = paragraphs(
        _("🔁 This has changed since we told you:") if changed else "",
        joined(
            f"📍 {place_name(news.place)}",
            _("🪜 {floor}").format(floor=news.floor) if news.floor else "",
            _("🗓 {begins} to {ends}").format(
                begins=day_words(news.begins), ends=day_words(news.ends)
            ),
        ),
        joined(_("🔨 Builders may be loud at these hours alone:"), hours_words(hours)),
        _("If it is louder or later, tell the property or ask for help here."),
    )
    mute = button(_("🔕 Do not tell me of builders"), Builders(hears=False))
    return Screen(text, _("🔨 Builders come to your building"), inline([mute]))
