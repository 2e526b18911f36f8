"""Where a roll-call begins; its live board, its lists, and one person on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.clock_text import at_clock
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.rollcalls.callbacks import (
    BeginDrill,
    BeginReal,
    CallUp,
    Do,
    OnBoard,
    OnBoardList,
    OnEnd,
    OnListed,
)
from handlers.rollcalls.labels import SIGNS, framed, standing
from handlers.screen import Screen, button, inline
from handlers.text import joined, paragraphs, quoted
from models.broadcasts.rules.notices import OUT_OF_REACH, Way
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.rounds import BoardCounts
from models.rollcalls.views import Board, BuildingCounts, Listed, ListPage

REAL_PAGE, DRILL_PAGE = "rollcall", "drill"


def real_screen(boards: Sequence[Board], now: datetime) -> Screen:
    """Lead to a roll-call in an emergency, and to those that are on."""
    text = paragraphs(
        _("Everybody at a place is asked at once whether they are safe, at night too."),
        _("A second person has to approve it before anything goes out."),
    )
    begin = [button(_("🟥 Real emergency: prepare a roll-call"), BeginReal())]
    other = [button(_("No emergency? Go to the other page"), Go(to=DRILL_PAGE))]
    rows = [_running(board, now) for board in boards if not board.drill]
    return framed(
        Screen(text, _("Roll-call in a real emergency"), inline(begin, *rows, other)), drill=False
    )


def drill_screen(boards: Sequence[Board], now: datetime) -> Screen:
    """Lead to a drill, and to those that are on."""
    text = paragraphs(
        _("People are asked as in an emergency, but every message says that it is an exercise."),
        _("Nothing is filed, nobody is woken. A second person has to approve it too."),
    )
    begin = [button(_("🟦 DRILL: prepare an exercise"), BeginDrill())]
    rows = [_running(board, now) for board in boards if board.drill]
    back = [button(_("⬅ Back"), Go(to=REAL_PAGE))]
    return framed(Screen(text, _("Practise a roll-call"), inline(begin, *rows, back)), drill=True)


def _running(board: Board, now: datetime) -> list[InlineKeyboardButton]:
    when = at_clock(board.started_at, now) if board.started_at else ""
    state = _("ended") if board.over else _("on")
    label = f"📋 {when} · {board.counts.answered}/{board.counts.heads} · {state}"
    return [button(label, OnBoard(id=board.broadcast_id, below=True))]


GROUPS_SHOWN = 25
"""Buildings with a line of their own; more nobody reads on a phone."""

Names = Mapping[int, str]
"""Places by number, in the reader's language."""


def board_screen(board: Board, names: Names, now: datetime, told: str = "") -> Screen:
    """Show how a roll-call stands."""
    text = paragraphs(
        told,
        quoted(board.words),
        _progress(board, now),
        _counts(board),
        _buildings(board, names),
    )
    head = _("📋 Roll-call: the board") if not board.over else _("📋 Roll-call: the final board")
    return framed(Screen(text, head, inline(*_rows(board))), drill=board.drill)


def ask_end_screen(board: Board) -> Screen:
    """Ask before a roll-call ends."""
    silent = board.counts.of(BoardStanding.SILENT)
    text = paragraphs(
        _("Shall the roll-call end? Nobody is asked any more, and everybody is thanked."),
        _still_silent(silent) if silent else _("Everybody has answered."),
    )
    sure = button(_("⏹ Yes, end it"), OnEnd(id=board.broadcast_id, sure=True))
    back = button(_("No, go on"), OnBoard(id=board.broadcast_id))
    return framed(Screen(text, _("End the roll-call"), inline([sure], [back])), drill=board.drill)


def list_screen(page: ListPage, names: Names, now: datetime) -> Screen:
    """Show a page of who stands so; each name opens what can be done."""
    lines = [_line(one, names, now) for one in page.people]
    rows = [[_open(page, one, names)] for one in page.people]
    text = "\n".join(lines) if lines else _("Nobody.")
    head = f"{standing(page.standing)} · {page.total}"
    back = [button(_("⬅ The board"), OnBoard(id=page.broadcast_id))]
    return framed(Screen(text, head, inline(*rows, _pages(page), back)), drill=page.drill)


def person_screen(
    broadcast_id: int, one: Listed, names: Names, now: datetime, *, drill: bool, over: bool
) -> Screen:
    """Show one person of a list: what is known, and what whoever met them can put down."""
    where = names.get(one.place_id, "") if one.place_id else ""
    text = joined(
        standing(one.standing),
        f"📍 {where}" if where else "",
        _reached(one),
        _answered(one, now),
        _request(one),
        gap="\n",
    )
    rows = [[_tap(_("📞 Door and phone (the look is written down)"), Do.LOOK, broadcast_id, one)]]
    if not over:
        rows += [
            [_tap(_("✅ I met them: safe"), Do.SAFE, broadcast_id, one)],
            [_tap(_("🆘 I met them: need help"), Do.NEED_HELP, broadcast_id, one)],
            [_tap(_("🤝 I met them: can help"), Do.CAN_HELP, broadcast_id, one)],
        ]
    back = [button(_("⬅ The list"), OnBoardList(id=broadcast_id, standing=one.standing))]
    return framed(Screen(text, f"👤 {one.name}", inline(*rows, back)), drill=drill)


def silent_screen(
    board: Board, people: Sequence[Listed], total: int, names: Names, now: datetime
) -> Screen:
    """Tell somebody who answers for buildings of whom nothing was heard there."""
    lines = [_line(one, names, now) for one in people]
    more = total - len(people)
    rest = _("… and {count} more").format(count=more) if more > 0 else ""
    text = paragraphs(
        quoted(board.words),
        _("Please knock at these doors, or ring. Then put down here what you found."),
        joined("\n".join(lines), rest, gap="\n"),
    )
    to = OnBoardList(id=board.broadcast_id, standing=BoardStanding.SILENT, below=True)
    head = _("🔇 Nobody has heard of them in your buildings")
    return framed(
        Screen(text, head, inline([button(_("🔇 Open the list"), to)])), drill=board.drill
    )


def come_screen(words: str, by: str, *, drill: bool) -> Screen:
    """Ask somebody who can help to come."""
    text = paragraphs(
        _("You said that you can help. {name} asks you to come:").format(name=by),
        quoted(words),
        _("Only go if it is safe for you. Thank you!"),
    )
    return framed(Screen(text, _("🤝 Please come and help")), drill=drill)


def came_out_screen(broadcast_id: int, told: str, *, drill: bool) -> Screen:
    """Say what came of calling up."""
    back = [button(_("⬅ The board"), OnBoard(id=broadcast_id))]
    return framed(Screen(told, _("🤝 Calling up"), inline(back)), drill=drill)


def not_yours_screen() -> Screen:
    """Say who begins roll-calls."""
    return Screen(_("Roll-calls are begun by the staff. If you need help, tap “Ask for help”."))


def _progress(board: Board, now: datetime) -> str:
    if board.stopped:
        return _("⚪ It was stopped.")
    if board.ended_at is not None:
        return _("⚪ It ended {when}.").format(when=at_clock(board.ended_at, now))
    began = at_clock(board.started_at, now) if board.started_at else ""
    asked = _("The silent were asked again {count} of {most} times.").format(
        count=board.rounds, most=board.most_rounds
    )
    listed = ""
    if board.listed_at is not None:
        listed = _("Their list went to who answers for the buildings, {when}.").format(
            when=at_clock(board.listed_at, now)
        )
    return joined(_("⏳ Since {when}").format(when=began), asked, listed, gap="\n")


def _counts(board: Board) -> str:
    counts = board.counts
    answered = _("👥 {answered} of {heads} answered").format(
        answered=counts.answered, heads=counts.heads
    )
    lines = [f"{standing(each)}: {counts.of(each)}" for each in SIGNS]
    lost = ""
    if board.out_of_reach:
        lost = "🚪 " + ngettext(
            "{count} of the silent no chat reaches: knock there",
            "{count} of the silent no chat reaches: knock there",
            board.out_of_reach,
        ).format(count=board.out_of_reach)
    part = "" if board.whole else _("(your own places alone)")
    return joined(answered, part, *lines, lost, gap="\n")


def _buildings(board: Board, names: Names) -> str:
    shown = [_building(group, names) for group in board.groups[:GROUPS_SHOWN]]
    more = len(board.groups) - len(shown)
    if more > 0:
        shown.append(_("… and {count} more").format(count=more))
    return "\n".join(shown)


def _building(group: BuildingCounts, names: Names) -> str:
    name = names.get(group.place_id, "") if group.place_id else _("no building given")
    return f"{name}: {_signs(group.counts)}"


def _signs(counts: BoardCounts) -> str:
    return " ".join(f"{SIGNS[each]}{counts.of(each)}" for each in SIGNS if counts.of(each))


def _rows(board: Board) -> list[list[InlineKeyboardButton]]:
    def to(each: BoardStanding) -> InlineKeyboardButton:
        label = f"{standing(each)} ({board.counts.of(each)})"
        return button(label, OnBoardList(id=board.broadcast_id, standing=each, below=True))

    rows = [
        [to(BoardStanding.NEED_HELP), to(BoardStanding.SILENT)],
        [to(BoardStanding.CAN_HELP), to(BoardStanding.SAFE)],
        [button(_("🔄 As it stands now"), OnBoard(id=board.broadcast_id))],
    ]
    if board.may_end and board.counts.of(BoardStanding.CAN_HELP):
        rows.append([button(_("🤝 Ask who can help to come"), CallUp(id=board.broadcast_id))])
    if board.may_end:
        rows.append([button(_("⏹ End the roll-call"), OnEnd(id=board.broadcast_id))])
    return rows


def _line(one: Listed, names: Names, now: datetime) -> str:
    where = names.get(one.place_id, "") if one.place_id else ""
    told = f"• {one.name}" + (f" · {where}" if where else "")
    knocks = _("a buddy knocks first") if one.buddy else ""
    more = joined(knocks, _reached(one), _answered(one, now), _request(one), gap=" · ")
    return f"{told} · {more}" if more else told


def _reached(one: Listed) -> str:
    """Say how somebody is reached, where that is not in their own chat."""
    if one.spoken_by:
        return _("{name} speaks for them").format(name=one.spoken_by)
    if one.way is Way.NO_PHONE:
        return _("has no phone")
    return _("no chat reaches them") if one.way in OUT_OF_REACH else ""


def _answered(one: Listed, now: datetime) -> str:
    if one.answered_at is None:
        return ""
    when = at_clock(one.answered_at, now)
    if one.answered_by:
        return _("{when}, said {name}").format(when=when, name=one.answered_by)
    return when


def _request(one: Listed) -> str:
    return "" if one.number is None else _("No. {number}").format(number=one.number)


def _open(page: ListPage, one: Listed, names: Names) -> InlineKeyboardButton:
    where = names.get(one.place_id, "") if one.place_id else ""
    label = f"{SIGNS[one.standing]} {one.name}" + (f" · {where}" if where else "")
    return _tap(label, Do.OPEN, page.broadcast_id, one)


def _pages(page: ListPage) -> list[InlineKeyboardButton]:
    def to(label: str, number: int) -> InlineKeyboardButton:
        there = OnBoardList(id=page.broadcast_id, standing=page.standing, page=number)
        return button(label, there)

    before = [to("◀", page.page - 1)] if page.page > 0 else []
    after = [to("▶", page.page + 1)] if page.page + 1 < page.pages else []
    return [*before, *after]


def _tap(label: str, do: Do, broadcast_id: int, one: Listed) -> InlineKeyboardButton:
    return button(label, OnListed(id=broadcast_id, about=one.person_id, do=do))


def _still_silent(count: int) -> str:
    return ngettext(
        "{count} person is silent still.", "{count} people are silent still.", count
    ).format(count=count)
