"""How a survey looks: to a desk in numbers with its people, to a person one question at a time."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    AskingAct,
    BeginSurvey,
    HomeAct,
    OnAsking,
    OnHome,
    OnResident,
    OnSurvey,
    ResidentAct,
    SurveyAct,
    ToSurveys,
)
from handlers.care.screens.words import RHYTHMS
from handlers.form.wording import words_of_day
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.records.lists import turn_row
from handlers.screen import Screen, button, clip, inline
from handlers.sheets.screens import answer_lines
from handlers.text import joined, paragraphs, place_name
from models.care.survey_rules import HELP, HOLDS, SURVEY, AskedBy, AskingMove, AskingState
from models.care.survey_views import (
    AskingView,
    ResidentView,
    SurveyLine,
    SurveyPlace,
    SurveyView,
)
from models.marks.rules import LEAST_SHOWN

LABEL = 40

STATES = {
    AskingState.ASKED: mark("⏳ asked, no answer yet"),
    AskingState.AGREED: mark("🙂 said yes: please fill it in together"),
    AskingState.DECLINED: mark("not this year"),
    AskingState.FILLED: mark("📖 read back, not confirmed yet"),
    AskingState.WRONG: mark("✏️ they want something changed"),
    AskingState.CONFIRMED: mark("✅ all is right"),
    AskingState.WITHDRAWN: mark("nothing is kept, as they wished"),
    AskingState.LAPSED: mark("no answer"),
}


def surveys_screen(places: Sequence[SurveyPlace]) -> Screen:
    """Show a desk its surveys that are on, and where one can be begun."""
    rows = [
        [
            button(
                clip(f"📋 {place_name(one.place)}", LABEL),
                OnSurvey(act=SurveyAct.OPEN, id=one.survey_id),
            )
        ]
        if one.survey_id is not None
        else [
            button(
                clip(_("➕ Begin · {place}").format(place=place_name(one.place)), LABEL),
                BeginSurvey(place=one.place_id),
            )
        ]
        for one in places
    ]
    text = _(
        "Once a year you ask everybody what they need. Nobody is told when it begins: you ask "
        "each person, and fill it in together with those who say yes."
    )
    return Screen(
        text, _("📋 Survey of needs"), inline(*rows, [button(_("🏡 Care"), Go(to="care"))])
    )


def survey_screen(view: SurveyView, _now: datetime, above: str = "") -> Screen:
    """Show a survey: numbers, the people not asked yet first, and what is wished by many."""
    asked = _("👥 Residents: {count}, asked: {asked}").format(
        count=view.people.count, asked=view.asked
    )
    said = _("🙂 yes: {yes} · not this year: {no} · filled in: {filled}").format(
        yes=view.agreed, no=view.declined, filled=view.filled
    )
    until = ""
    if view.on:
        until = _("🗓 Until {day}").format(day=words_of_day(view.ends_on))
    text = paragraphs(
        above,
        f"📍 {place_name(view.place)}",
        joined(asked, said, until or _("It is over. What was agreed can still be filled in.")),
        joined(*_wishes(view)),
    )
    rows = [[_line(view, one)] for one in view.people.lines]
    end = [button(_("End it for this year"), OnSurvey(act=SurveyAct.SURE, id=view.id))]
    return Screen(
        text,
        _("📋 Survey of needs {year}").format(year=view.year),
        inline(
            *rows,
            turn_row(view.people, lambda page: OnSurvey(act=SurveyAct.OPEN, id=view.id, page=page)),
            end if view.on else [],
            [button(_("‹ Surveys"), ToSurveys())],
        ),
    )


def end_screen(view: SurveyView) -> Screen:
    """Ask once more before a survey ends."""
    text = _("Shall nobody else be asked this year? What was agreed can still be filled in.")
    return Screen(
        text,
        keyboard=inline(
            [button(_("Yes, end it"), OnSurvey(act=SurveyAct.END, id=view.id))],
            [button(_("‹ Back"), OnSurvey(act=SurveyAct.OPEN, id=view.id))],
        ),
    )


def _wishes(view: SurveyView) -> list[str]:
    field = SURVEY.field(HELP)
    language = current_language()
    words = {one.key: one.words.said(language) for one in field.options} if field else {}
    lines = [
        _("• {wish}: {count}").format(wish=words[kind], count=many) for kind, many in view.wishes
    ]
    if lines:
        return [_("What is wished, by five homes or more:"), *lines]
    if not view.filled:
        return []
    why = _("What is wished is shown once {count} homes wish for the same.")
    return [why.format(count=LEAST_SHOWN)]


def _line(view: SurveyView, one: SurveyLine) -> InlineKeyboardButton:
    sign = "○" if one.state is None else _(STATES[one.state]).partition(" ")[0]
    if one.state in {AskingState.DECLINED, AskingState.WITHDRAWN, AskingState.LAPSED}:
        sign = "–"
    label = clip(f"{sign} {one.who.name} · {place_name(one.place)}", LABEL)
    if one.asking_id is not None:
        return button(label, OnAsking(act=AskingAct.OPEN, id=one.asking_id))
    return button(label, OnResident(act=ResidentAct.OPEN, id=view.id, person=one.who.id))


def resident_screen(view: ResidentView, above: str = "") -> Screen:
    """Ask staff how they ask somebody: by a card, or in person where that is the only way."""
    asks = _("Fill it in together with {name}?").format(name=view.who.name)
    how = _("We ask them first. You begin when they say yes.")
    if view.by_proxy:
        how = _("They have no Telegram: whoever speaks for them is asked, or you ask in person.")
    elif not view.by_card:
        how = _("They have no Telegram: please ask in person, and tap what they said.")
    rows = [
        [_on_resident(view, _("📨 Ask them"), ResidentAct.ASK)] if view.by_card else [],
        [_on_resident(view, _("🚪 Asked in person: yes"), ResidentAct.YES)] if view.at_door else [],
        [_on_resident(view, _("🚪 Asked in person: not this year"), ResidentAct.NO)]
        if view.at_door
        else [],
        [button(_("‹ All residents"), OnSurvey(act=SurveyAct.OPEN, id=view.survey_id))],
    ]
    facts = f"👤 {view.who.name} · {place_name(view.place)}"
    return Screen(paragraphs(above, facts, how), asks, inline(*rows))


def _on_resident(view: ResidentView, label: str, act: ResidentAct) -> InlineKeyboardButton:
    return button(label, OnResident(act=act, id=view.survey_id, person=view.who.id))


def asking_screen(view: AskingView, _now: datetime, above: str = "") -> Screen:
    """Show one person in a survey: to themselves one question, to a desk what it can do."""
    return _own(view, above) if view.own else _kept(view, above)


def asking_card(view: AskingView, _now: datetime, above: str = "") -> Screen:
    """Show the question whether they want to, and what was said; what was filled in stands on a
    card of its own."""
    return _own(view, above, answers=view.state not in HOLDS)


def _own(view: AskingView, above: str, *, answers: bool = True) -> Screen:
    staff = view.asked_by.name if view.asked_by else _("The community")
    asks = _(
        "Once a year the community asks what everybody needs. {staff} would like to fill it in "
        "with you; it takes a few minutes."
    )
    if not view.is_self:
        asks = _(
            "Once a year the community asks what everybody needs. {staff} would like to fill it "
            "in with {name}; it takes a few minutes."
        )
    lines = {
        AskingState.ASKED: asks,
        AskingState.AGREED: _("Thank you! {staff} comes by or rings to fill it in together."),
        AskingState.DECLINED: _("Understood: nobody asks again for a year."),
        AskingState.FILLED: _("This is what was written down. Is all of it right?"),
        AskingState.WRONG: _("You want something changed. {staff} knows, and does it with you."),
        AskingState.CONFIRMED: _("This is what was written down, and you said that it is right."),
        AskingState.WITHDRAWN: _("Nothing of it is kept, as you wished."),
        AskingState.LAPSED: _("It is over for this year. Thank you all the same!"),
    }
    line = lines[view.state].format(staff=staff, name=view.who.name)
    if not answers:
        line = _("Thank you! What was written down together stands below.")
    read = answers and view.filing is not None
    written = joined(*answer_lines(view.filing, current_language())) if read and view.filing else ""
    name = "" if view.is_self else f"👤 {view.who.name}"
    wants = view.daily and view.is_self and view.state is AskingState.CONFIRMED
    daily = _("You would like to be asked every day: only you can switch that on.")
    ask_daily = [button(_("🌅 Ask me every day whether all is well"), Go(to="daily"))]
    moves = view.moves if answers else frozenset[AskingMove]()
    return Screen(
        paragraphs(above, name, line, written, daily if wants else ""),
        _("📋 What do you need?"),
        inline(
            *_own_rows(view, moves),
            ask_daily if wants else [],
            [button(_("🏡 Care"), Go(to="care"))],
        ),
    )


def _own_rows(view: AskingView, moves: frozenset[AskingMove]) -> list[list[InlineKeyboardButton]]:
    asked = view.state is AskingState.ASKED
    acts = (
        (AskingMove.AGREE, _("😊 Gladly"), AskingAct.YES),
        (AskingMove.DECLINE, _("Not this year") if asked else _("Rather not"), AskingAct.NO),
        (AskingMove.CONFIRM, _("😊 All is right"), AskingAct.RIGHT),
        (AskingMove.OBJECT, _("✏️ Change something"), AskingAct.WRONG),
    )
    rows = [[_on(view, label, act)] for move, label, act in acts if move in moves]
    if AskingMove.WITHDRAW in moves and view.state in HOLDS:
        rows.append([_on(view, _("Keep nothing of it"), AskingAct.DROP)])
    return rows


def _kept(view: AskingView, above: str) -> Screen:
    asked = view.asked_by.name if view.asked_by else ""
    door = view.way is AskedBy.DOOR
    how = _("asked in person by {name}") if door else _("asked by {name}")
    word = view.word_by.name if view.word_by and door else ""
    facts = joined(
        joined(f"👤 {view.who.name}", place_name(view.place) if view.place else "", gap=" · "),
        _(STATES[view.state]),
        how.format(name=asked) if asked else "",
        _("their word was passed on by {name}").format(name=word) if word else "",
    )
    written = joined(*answer_lines(view.filing, current_language())) if view.filing else ""
    return Screen(
        paragraphs(above, facts, written, _aloud(view)),
        _("📋 Survey of needs"),
        inline(
            *_kept_rows(view),
            [button(_("‹ All residents"), OnSurvey(act=SurveyAct.OPEN, id=view.survey_id))],
        ),
    )


def _aloud(view: AskingView) -> str:
    if view.state is AskingState.FILLED and AskingMove.CONFIRM in view.moves:
        return _("Please read it to them, and tap what they say.")
    return ""


def _kept_rows(view: AskingView) -> list[list[InlineKeyboardButton]]:
    shut = view.filing is not None and not view.opened
    holds = view.state in HOLDS
    rows: list[list[InlineKeyboardButton]] = []
    for move, label, act in (
        (AskingMove.AGREE, _("🚪 They said yes"), AskingAct.YES),
        (AskingMove.FILL, _("📝 Fill it in together"), AskingAct.FILL),
        (AskingMove.DECLINE, _("🚪 They said not this year"), AskingAct.NO),
        (AskingMove.CONFIRM, _("🔊 Read aloud: all is right"), AskingAct.RIGHT),
        (AskingMove.OBJECT, _("✏️ They want something changed"), AskingAct.WRONG),
    ):
        if move in view.moves:
            rows.append([_on(view, label, act)])
    if AskingMove.WITHDRAW in view.moves and holds:
        rows.append([_on(view, _("They want nothing of it kept"), AskingAct.DROP)])
    if shut and AskingMove.OPEN_SEALED in view.moves:
        rows.append([_on(view, _("🔒 Open it"), AskingAct.SEALED)])
    return [*rows, *_follow_rows(view)]


def _follow_rows(view: AskingView) -> list[list[InlineKeyboardButton]]:
    if AskingMove.FOLLOW not in view.moves:
        return []
    rows = []
    if view.home_id is not None:
        rows.append([button(_("🏡 The home"), OnHome(act=HomeAct.OPEN, id=view.home_id))])
    elif view.rhythm is not None:
        label = _("🏡 Propose looking in {often}").format(often=_(RHYTHMS[view.rhythm]))
        rows.append([_on(view, label, AskingAct.PROPOSE)])
    if view.home_id is not None and view.home_agreed:
        rows.append([button(_("🙏 Note a need"), OnHome(act=HomeAct.NEED, id=view.home_id))])
    rows.append([_on(view, _("🙏 Ask for help for them"), AskingAct.HELP)])
    return rows


def _on(view: AskingView, label: str, act: AskingAct) -> InlineKeyboardButton:
    return button(label, OnAsking(act=act, id=view.id))
