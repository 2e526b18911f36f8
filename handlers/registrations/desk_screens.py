"""How registers look to the desk, and kinds to whoever keeps them."""

from collections.abc import Callable, Sequence

from handlers.callbacks import Button
from handlers.i18n import current_language, mark, ngettext
from handlers.i18n import gettext as _
from handlers.records.lists import Rows, list_screen
from handlers.registrations.callbacks import (
    AcceptAll,
    Counts,
    KindAct,
    Kinds,
    NewKind,
    OfKind,
    OnKind,
    OnRegister,
    OnRegistration,
    RegistrationAct,
    SearchAct,
    ToRegister,
    ToWaiting,
)
from handlers.registrations.screens import line_words, said_title, until_words
from handlers.screen import Screen, button, inline
from handlers.sheet import Table, tab
from handlers.sheets.screens import labelled_answers
from handlers.text import joined, paragraphs, place_name
from models.records.rules import PageOf
from models.registrations.rules import Accepts, KindMove, KindState
from models.registrations.views import KindLine, KindView, RegisteredCount, RegistrationLine
from models.sheets.rules.fields import FieldKind, SheetField, SheetWords
from models.sheets.views import FilingView

PRESET_NAMES = {
    "text": mark("✏️ Words"),
    "found": mark("🔎 Sealed words to search by"),
    "number": mark("🔢 A number"),
    "day": mark("📅 A day"),
    "choice": mark("☑️ A choice"),
    "yes_no": mark("👍 Yes or no"),
    "phone": mark("📞 A telephone (sealed)"),
    "plate": mark("🚗 A number plate (sealed)"),
    "photo": mark("📷 A photo"),
}
KIND_STATES = {
    KindState.DRAFT: mark("✍️ being made"),
    KindState.OPEN: mark("✅ in use"),
    KindState.RETIRED: mark("✕ retired"),
}
FIELD_SIGNS = {
    FieldKind.TEXT: "✏️",
    FieldKind.NUMBER: "🔢",
    FieldKind.CHOICE: "☑️",
    FieldKind.DAY: "📅",
    FieldKind.YES_NO: "👍",
    FieldKind.PHONE: "📞",
    FieldKind.PLATE: "🚗",
    FieldKind.PHOTO: "📷",
}


def waiting_screen(page: PageOf[RegistrationLine]) -> Screen:
    """List what waits for a yes or no."""
    return _lines(
        page,
        _("📥 Registrations that wait"),
        lambda number: ToWaiting(page=number),
        _("Nothing waits. Thank you!"),
        [[button(_("‹ Register"), ToRegister())]],
    )


def kind_list_screen(
    page: PageOf[RegistrationLine],
    kind_id: int,
    title: SheetWords,
    *,
    searched: bool,
    waits: int,
    above: str = "",
) -> Screen:
    """List what stands or waits of a kind, and offer to accept what waits where it is several."""
    label = _("✅ Accept all that wait ({count})").format(count=waits)
    accept = [button(label, AcceptAll(kind=kind_id))] if waits > 1 else []
    search = button(_("🔎 Search"), OnRegister(act=SearchAct.SEARCH, kind=kind_id))
    table = button(_("📄 As a table"), OnRegister(act=SearchAct.EXPORT, kind=kind_id))
    bring = button(_("📥 From a spreadsheet"), OnRegister(act=SearchAct.IMPORT, kind=kind_id))
    return _lines(
        page,
        joined(above, said_title(title), gap="\n\n"),
        lambda number: OfKind(kind=kind_id, page=number),
        _("There is none of this kind."),
        [
            accept,
            [search, table] if searched else [table],
            [bring],
            [button(_("‹ By kind"), Counts())],
        ],
    )


def accept_all_screen(kind_id: int, title: SheetWords, count: int) -> Screen:
    """Ask whether all that waits of a kind is to be accepted."""
    text = _(
        "Accept {count} registrations at once? Those in which you had a hand are not among them. "
        "Whose they are is told."
    )
    yes = button(
        _("✅ Yes, accept {count}").format(count=count), AcceptAll(kind=kind_id, seen=count)
    )
    no = button(_("‹ Back"), OfKind(kind=kind_id))
    return Screen(text.format(count=count), said_title(title), inline([yes], [no]))


def accepted_words(count: int) -> str:
    """Say that so many were accepted."""
    words = ngettext(
        "✅ One registration is accepted. Whose it is is told.",
        "✅ {count} registrations are accepted. Whose they are is told.",
        count,
    )
    return words.format(count=count)


def found_screen(lines: Sequence[RegistrationLine], kind_id: int, told: str) -> Screen:
    """List what was found."""
    page = PageOf(tuple(lines), 0, 1, len(lines))
    back = [button(_("‹ Back"), OfKind(kind=kind_id))]
    return _lines(page, told, lambda _number: OfKind(kind=kind_id), _("Nothing was found."), [back])


def _lines(
    page: PageOf[RegistrationLine],
    title: str,
    to: Callable[[int], Button],
    none: str,
    below: Rows,
) -> Screen:
    return list_screen(
        page,
        title,
        line=line_words,
        label=lambda one: f"{one.number} {one.holder}",
        opens=lambda one: OnRegistration(act=RegistrationAct.OPEN, id=one.id),
        to=to,
        none=none,
        below=below,
    )


def counts_screen(counts: Sequence[RegisteredCount]) -> Screen:
    """Count what stands and waits, kind by kind."""
    lines = [
        _("▫️ {title}: {standing} stand, {waiting} wait").format(
            title=said_title(one.title), standing=one.standing, waiting=one.waiting
        )
        for one in counts
    ]
    rows = [[button(said_title(one.title), OfKind(kind=one.id))] for one in counts]
    text = joined(*lines) if lines else _("Nothing is registered yet.")
    back = [button(_("‹ Register"), ToRegister())]
    return Screen(text, _("📊 Registrations by kind"), inline(*rows, back))


def kinds_screen(kinds: Sequence[KindLine]) -> Screen:
    """List the kinds of somebody's places."""
    lines = [f"▫️ {said_title(one.title)} · {_(KIND_STATES[one.state])}" for one in kinds]
    rows = [[button(said_title(one.title), OnKind(act=KindAct.OPEN, id=one.id))] for one in kinds]
    none = _("You have added none yet. Cars, dogs, homes and builders are there for everybody.")
    below = [[button(_("➕ Add a kind"), NewKind())], [button(_("‹ Register"), ToRegister())]]
    text = joined(*lines) if lines else none
    return Screen(text, _("🗂 Kinds of registration"), inline(*rows, *below))


def kind_screen(view: KindView, above: str = "") -> Screen:
    """Show a kind: what it asks, and what can be done with it."""
    fields = [field_words(place, one) for place, one in enumerate(view.fields, 1)]
    version = _("version {number} is in use").format(number=view.version) if view.version else ""
    changed = _("⚠️ What stands below is not in use yet.") if view.changed else ""
    facts = joined(
        joined(_(KIND_STATES[view.state]), version, gap=" · "),
        f"📍 {place_name(view.place)}" if view.place else "",
        good_for_words(view.months, asked=view.until_key is not None),
        accepts_words(view.accepts),
    )
    asks = joined(*fields) if fields else _("It asks nothing yet.")
    rows = []
    if KindMove.CHANGE in view.moves:
        add = button(_("➕ Add a question"), OnKind(act=KindAct.ADD, id=view.id))
        drop = button(_("✕ Take one out"), OnKind(act=KindAct.DROP, id=view.id))
        rows.append([add, drop] if fields else [add])
        rows.append([button(_("📥 From a spreadsheet"), OnKind(act=KindAct.TABLE, id=view.id))])
    if KindMove.PUBLISH in view.moves and view.fields and view.changed:
        rows.append([button(_("✅ Let it be used"), OnKind(act=KindAct.PUBLISH, id=view.id))])
    if KindMove.RETIRE in view.moves:
        rows.append([button(_("🗄 Retire it"), OnKind(act=KindAct.ASK_RETIRE, id=view.id))])
    rows.append([button(_("‹ Kinds of registration"), Kinds())])
    text = paragraphs(above, facts, changed, asks)
    return Screen(text, f"🗂 {said_title(view.title)}", inline(*rows))


def field_words(place: int, field: SheetField) -> str:
    """Say one question of a kind, with its place."""
    said = field.words.said(current_language())
    options = _(", ").join(one.words.said(current_language()) for one in field.options)
    signs = joined(
        FIELD_SIGNS.get(field.kind, ""),
        "🔒" if field.sealed else "",
        "🔎" if field.indexed else "",
        gap="",
    )
    may_skip = "" if field.required else _("(may be skipped)")
    return joined(f"{place}. {signs} {said}", may_skip, options, gap=" ")


def good_for_words(months: int | None, *, asked: bool) -> str:
    """Say how long registrations of a kind are good."""
    if asked:
        return _("⏳ good until the day that is asked")
    if months is None:
        return _("⏳ good for good")
    return _("⏳ good for {count} months").format(count=months)


def accepts_words(accepts: Accepts) -> str:
    """Say who accepts registrations of a kind."""
    if accepts is Accepts.SECRETARY:
        return _("👤 accepted by the secretary")
    return _("👤 accepted by the office")


def retire_screen(view: KindView) -> Screen:
    """Ask whether a kind is to be retired."""
    text = _("Retire it? Nothing new begins with it; what stands goes on standing.")
    yes = button(_("🗄 Yes, retire it"), OnKind(act=KindAct.RETIRE, id=view.id))
    no = button(_("‹ Keep it"), OnKind(act=KindAct.OPEN, id=view.id))
    return Screen(text, said_title(view.title), inline([yes], [no]))


def table_of(title: SheetWords, rows: Sequence[tuple[RegistrationLine, FilingView]]) -> Table:
    """Lay out what stands of a kind; 🔒 where an answer is sealed."""
    language = current_language()
    labels: dict[str, None] = {}
    answers = [dict(labelled_answers(view, language)) for _line, view in rows]
    for one in answers:
        labels.update(dict.fromkeys(one))
    heads = (_("Number"), _("Lives at"), _("Name"), _("Good"), *labels)
    cells = [
        (
            line.number,
            place_name(line.place),
            line.holder,
            until_words(line.valid_until),
            *(one.get(label, "") for label in labels),
        )
        for (line, _view), one in zip(rows, answers, strict=True)
    ]
    return Table(tab(said_title(title)), heads, cells)
