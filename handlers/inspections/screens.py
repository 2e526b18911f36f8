"""How rounds and walks look: big keys, one point at a time."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.categories import body
from handlers.clock_text import at_date, on_date
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.inspections.callbacks import (
    InspectionRoundAct,
    OnInspectionRound,
    OnPoint,
    OnWalk,
    SetUpRound,
    StepBack,
    ToChecklists,
    ToRounds,
    WalkAct,
    WalkNow,
    WriteChecklist,
)
from handlers.inspections.words import MARKS, TIMES, in_words, rhythm_words
from handlers.records.lists import LABEL_LENGTH, list_screen
from handlers.screen import Screen, button, clip, inline
from handlers.sheet import Table, tab
from handlers.text import joined, joined_names, paragraphs, place_name
from models.inspections.rules import (
    InspectionRoundMove,
    InspectionRoundState,
    WalkMark,
    WalkMove,
    WalkState,
)
from models.inspections.views import (
    ChecklistLine,
    InspectionRoundView,
    PointView,
    RoundHistory,
    RoundLine,
    RoundsPage,
    WalkLine,
    WalkView,
)
from models.names.views import Where
from models.routines.rules import OccasionState

SIGNS = {WalkMark.GOOD: "✓", WalkMark.BAD: "✗", WalkMark.NONE: "–"}


def rounds_screen(found: RoundsPage, now: datetime) -> Screen:
    """List what is half-done, and the rounds of the reader's places."""
    halves = [[button(_go_on(one), OnWalk(act=WalkAct.OPEN, id=one.id))] for one in found.halves]
    below = [
        *halves,
        [button(_("🚶 Walk now, without a round"), WalkNow())],
        [button(_("➕ Set up a round"), SetUpRound()), button(_("📋 Checklists"), ToChecklists())],
    ]
    half = ngettext("{count} walk is half-done.", "{count} walks are half-done.", len(halves))
    return list_screen(
        found.rounds,
        _("🚶 Rounds"),
        line=lambda one: joined(
            f"{_sign(one)} {one.title}",
            joined(f"📍 {place_name(one.place)}", rhythm_words(one.rhythm), gap=" · "),
            _stands(one, now),
        ),
        label=lambda one: f"{_sign(one)} {one.title}",
        opens=lambda one: OnInspectionRound(act=InspectionRoundAct.OPEN, id=one.id),
        to=lambda number: ToRounds(page=number),
        none=_("There is no round here yet. Set one up, or walk without one."),
        above=half.format(count=len(halves)) if halves else "",
        below=below,
    )


def _go_on(one: WalkLine) -> str:
    words = _("▶️ Go on: {title} ({marked} of {points})")
    said = {"title": in_words(one.title), "marked": one.marked, "points": one.points}
    return clip(words.format(**said), LABEL_LENGTH)


def _sign(line: RoundLine) -> str:
    if line.state is InspectionRoundState.ENDED:
        return "✕"
    if line.unseen:
        return "⚠️"
    if line.open is None:
        return "✅" if line.last_done else "🕑"
    return "⚠️" if line.open.state is OccasionState.MISSED else "🔔"


def _stands(line: RoundLine, now: datetime) -> str:
    """Say what is to be walked now, what was missed, and when it was walked last."""
    due = ""
    if line.open and line.open.state is OccasionState.MISSED:
        due = _("⚠️ Missed: it was due until {time}.")
        due = due.format(time=at_date(line.open.ends_at, now))
    elif line.open:
        due = _("🔔 To be walked until {time}.").format(time=at_date(line.open.ends_at, now))
    elif line.next_at:
        due = _("Next on {day}.").format(day=on_date(line.next_at, now))
    done = _("Never walked yet.")
    if line.last_done:
        done = _("Last walked on {time}.").format(time=at_date(line.last_done, now))
    return joined(due, done, gap=" ")


def round_screen(view: InspectionRoundView, now: datetime, above: str = "") -> Screen:
    """Show one round, and what its reader can do now."""
    line = view.line
    ended = _("✕ This round has ended.") if line.state is InspectionRoundState.ENDED else ""
    facts = joined(
        f"📍 {place_name(line.place)}",
        joined(rhythm_words(line.rhythm), body(view.body), gap=" · "),
        _("📋 {checklist}").format(checklist=in_words(view.checklist)),
        _walkers(view),
    )
    missed = ngettext(
        "{count} time was missed in the last 90 days.",
        "{count} times were missed in the last 90 days.",
        view.missed,
    ).format(count=view.missed)
    turn = _("It is the turn of {name}.").format(name=view.turn.name) if view.turn else ""
    text = paragraphs(
        above,
        ended,
        facts,
        joined(_stands(line, now), turn if line.open else ""),
        missed if view.missed else "",
        _("👁 Nobody at the desk has said yet that they know of it.") if line.unseen else "",
        joined(*(_walked(one, now) for one in view.walks)),
    )
    return Screen(text, f"🚶 {line.title}", inline(*_round_rows(view, now)))


def _walkers(view: InspectionRoundView) -> str:
    names = [one.name for one in view.walkers if one.name]
    if not names:
        return _("👥 Nobody walks it. Please choose somebody.")
    return _("👥 In turn: {names}").format(names=joined_names(names))


def _walked(one: WalkLine, now: datetime) -> str:
    at = at_date(one.finished_at or one.begun_at, now)
    found = ngettext("{count} hazard", "{count} hazards", one.bad).format(count=one.bad)
    return joined(f"✅ {at}", found if one.bad else _("all in order"), gap=" · ")


def _round_rows(view: InspectionRoundView, now: datetime) -> list[list[InlineKeyboardButton]]:
    def tap(label: str, act: InspectionRoundAct) -> list[InlineKeyboardButton]:
        return [button(label, OnInspectionRound(act=act, id=view.line.id))]

    walks = [
        [button(f"📄 {at_date(one.finished_at or one.begun_at, now)}", _open(one.id))]
        for one in view.walks
    ]
    seen = view.line.unseen and InspectionRoundMove.SEE in view.moves
    go = _go_on(view.half) if view.half else _("🚶 Begin to walk")
    excusable = view.line.open and view.line.open.state is not OccasionState.MISSED
    return [
        tap(_("👁 I know that it was missed"), InspectionRoundAct.SEE) if seen else [],
        tap(go, InspectionRoundAct.WALK) if InspectionRoundMove.WALK in view.moves else [],
        *walks,
        tap(_("👥 Who walks it"), InspectionRoundAct.CHOOSE)
        if InspectionRoundMove.CHOOSE in view.moves
        else [],
        tap(_("🌧 Not needed this once"), InspectionRoundAct.EXCUSE)
        if excusable and InspectionRoundMove.EXCUSE in view.moves
        else [],
        tap(_("📊 History as a spreadsheet"), InspectionRoundAct.PRINT),
        tap(_("✕ End this round"), InspectionRoundAct.END)
        if InspectionRoundMove.END in view.moves
        else [],
        [button(_("‹ Rounds"), ToRounds())],
    ]


def _open(walk_id: int) -> OnWalk:
    return OnWalk(act=WalkAct.OPEN, id=walk_id)


def walk_screen(view: WalkView, now: datetime, above: str = "") -> Screen:
    """Show a walk: the point that comes, what to read back at the end, or what came of it."""
    if view.state is not WalkState.OPEN:
        return _result_screen(view, now, above)
    return _point_screen(view, above) if view.at is not None else _last_screen(view, above)


def _point_screen(view: WalkView, above: str) -> Screen:
    at = view.at or 0
    point = view.points[at]
    text = paragraphs(
        above,
        f"📍 {place_name(view.place)}",
        f"{at + 1}. {in_words(point.field.words)}",
        _version(view),
    )
    keys = [
        [button(_(MARKS[mark]), OnPoint(id=view.id, at=at, mark=mark))]
        for mark in (WalkMark.GOOD, WalkMark.BAD, WalkMark.NONE)
    ]
    return Screen(text, _title(view), inline(*keys, *_ways(view, at)))


def _title(view: WalkView) -> str:
    words = _("🚶 {title} · {at} of {points}")
    at = len(view.points) if view.at is None else view.at + 1
    return words.format(title=in_words(view.title), at=at, points=len(view.points))


def _version(view: WalkView) -> str:
    if not view.changed:
        return ""
    words = _("ℹ️ The checklist was changed since. This walk goes on with version {version}.")
    return words.format(version=view.version)


def _ways(view: WalkView, at: int) -> list[list[InlineKeyboardButton]]:
    back = [button(_("‹ The point before"), StepBack(id=view.id, at=at))] if at else []
    out = button(_("⏸ Later"), ToRounds())
    drop = button(_("🗑 Drop it"), OnWalk(act=WalkAct.DROP, id=view.id))
    dropped = at == 0 and WalkMove.DROP in view.moves
    return [back, [out, drop] if dropped else [out]]


def _last_screen(view: WalkView, above: str) -> Screen:
    text = paragraphs(above, counts_words(view), _bad_lines(view), _version(view))
    finish = [button(_("✅ Finish"), OnWalk(act=WalkAct.FINISH, id=view.id))]
    title = _("🚶 {title}: is that right?").format(title=in_words(view.title))
    return Screen(text, title, inline(finish, *_ways(view, len(view.points))))


def counts_words(view: WalkView) -> str:
    """Read back how many points are in order, dangerous, and not there."""
    counts = view.counts
    return _("✓ {good} in order · ✗ {bad} dangerous · {none} not applicable").format(
        good=counts[WalkMark.GOOD], bad=counts[WalkMark.BAD], none=counts[WalkMark.NONE]
    )


def _bad_lines(view: WalkView) -> str:
    return joined(*(_bad(one) for one in view.points if one.mark is WalkMark.BAD))


def _bad(one: PointView) -> str:
    return f"✗ {in_words(one.field.label)}"


def _result_screen(view: WalkView, now: datetime, above: str) -> Screen:
    dropped = _("🗑 This walk was dropped.") if view.state is WalkState.DROPPED else ""
    by = _("Walked by {name}").format(name=view.by.name) if view.by and view.by.name else ""
    text = paragraphs(
        above,
        dropped,
        joined(
            f"📍 {place_name(view.place)}",
            body(view.body),
            joined(f"🕑 {at_date(view.finished_at or view.begun_at, now)}", by, gap=" · "),
            _("📋 Version {version} of the checklist").format(version=view.version),
        ),
        counts_words(view),
        joined(*(_line(one) for one in view.points)),
    )
    to_round = (
        [
            button(
                _("‹ To the round"),
                OnInspectionRound(act=InspectionRoundAct.OPEN, id=view.round_id),
            )
        ]
        if view.round_id
        else []
    )
    rows = [to_round, [button(_("‹ Rounds"), ToRounds())]]
    return Screen(text, f"🚶 {in_words(view.title)}", inline(*rows))


def _line(one: PointView) -> str:
    sign = SIGNS[one.mark] if one.mark is not None else "◻️"
    return f"{sign} {in_words(one.field.label)}"


def checklists_screen(
    where: Where, lines: list[ChecklistLine], *, place_id: int, writes: bool
) -> Screen:
    """List the checklists that can be walked at a place, with a key for each that may change."""
    text = paragraphs(
        f"📍 {place_name(where)}",
        *(
            joined(f"📋 {in_words(one.title)}", *(f"▫️ {in_words(point)}" for point in one.points))
            for one in lines
        ),
    )
    rows = [
        [
            button(
                clip(_("✏️ Change: {title}").format(title=in_words(one.title)), LABEL_LENGTH),
                WriteChecklist(place=place_id, which=number),
            )
        ]
        for number, one in enumerate(lines, 1)
        if one.changes
    ]
    new = [button(_("➕ A checklist of our own"), WriteChecklist(place=place_id))] if writes else []
    return Screen(text, _("📋 Checklists"), inline(*rows, new, [button(_("‹ Rounds"), ToRounds())]))


def history_tables(made: RoundHistory, now: datetime) -> list[Table]:
    """Make the history of a round as a table; nobody's name is in it."""
    stands = (_("How it stands"), _("Walked at"), _("Desk knew at"))
    heads = (_("From"), _("Until"), *stands, "✓", "✗", _("n/a"))
    rows = [
        (
            on_date(one.opens_at, now),
            on_date(one.ends_at, now),
            _(TIMES[OccasionState(one.state)]),
            at_date(one.settled_at, now) if one.settled_at else "",
            at_date(one.seen_at, now) if one.seen_at else "",
            one.counts[WalkMark.GOOD],
            one.counts[WalkMark.BAD],
            one.counts[WalkMark.NONE],
        )
        for one in made.lines
    ]
    return [Table(tab(made.view.line.title), heads, rows)]
