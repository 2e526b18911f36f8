"""Every screen in every state fits Telegram's limits and a person's eye, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import DATA_BYTES
from handlers.desk.screens import board, case
from handlers.desk.screens.board import sheets_screen
from handlers.help.screens import (
    card,
    deadlines,
    mine,
    receipt,
    task,
    verdict,
    visits,
)
from handlers.help.screens import notices as pushed
from handlers.i18n import CHINESE, ENGLISH, LANGUAGES, speaking
from handlers.screen import TEXT_LIMIT, Screen
from handlers.text import late_note
from handlers.volunteers import screens as volunteers
from models.categories import Skill
from models.help.rules.deadlines import Promise
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, State, SwapState
from models.help.views import DeskPage, Filed, FoundPage, HoursGiven, Receipt, SwapCard, SwapChoice
from models.volunteers.rules import ALL_HOURS, Offered
from models.volunteers.rules import State as Standing
from models.volunteers.views import Application, Volunteer
from tests.conftest import NOON
from tests.help_screens import samples
from tests.help_screens.samples import LARGE, SIZES, SMALL

LABEL = {CHINESE: 26, ENGLISH: 40}
"""Characters of a button that a small phone shows: ours stay below, names may be longer."""
MOST_IN_A_ROW = 3
PLACEHOLDER = re.compile(r"\{\w*\}")
CHINESE_SIGNS = re.compile(r"[\u3400-\u9fff]")

DETAIL = {"person": 1, "reason": "ill", "promoted": 2, "asked": 3, "minutes": 30, "late": True}


def resident() -> Iterator[Screen]:
    for view in samples.views():
        yield mine.request_screen(view, NOON)
        yield mine.history_screen(view, NOON)
        yield mine.looks_screen(view, NOON)
        yield mine.ask_cancel_screen(view)
        yield verdict.verdict_card(view, NOON)
        yield verdict.ask_stars_screen(view)
        yield verdict.thanks_screen(view)
    for size in SIZES.values():
        yield mine.mine_screen([samples.line(size, state) for state in State] * 3, reader_id=5)
    yield mine.mine_screen([], reader_id=5)
    yield mine.after_adding_screen(1, "ok")
    yield receipt.contact_screen(1)


def receipts() -> Iterator[Screen]:
    for size, asked, volunteers_asked in product(SIZES.values(), (0, 1, 5), (True, False)):
        owner = samples.who(size) if asked else None
        given = Receipt(2**40, 101, NOON + timedelta(days=15), owner, asked, volunteers_asked)
        for emergency, again in product((True, False), repeat=2):
            kept = given if again else replace(given, answer_by=NOON + timedelta(hours=2))
            yield receipt.receipt_screen(
                kept, NOON, emergency=emergency, again=again, reachable=again
            )
        yield receipt.filed_screen(given, "ok", NOON)
    for outcome in FileOutcome:
        yield receipt.not_filed_screen(Filed(outcome, until=NOON), NOON, emergency=True)


def helper() -> Iterator[Screen]:
    other = next(samples.cards())
    for one in samples.cards():
        yield card.card_screen(one, NOON)
        yield pushed.summons_screen(one, pushed.assigned(), NOON)
        yield visits.coming_screen(one, NOON, late=not one.held)
        yield visits.visit_screen(one, NOON, late=not one.held)
        for ended in (ClaimState.NO_ANSWER, ClaimState.NO_SHOW):
            gone = replace(one, claim=None, let_go=ended, asked_at_night=True)
            yield card.card_screen(gone, NOON)
            yield visits.let_go_screen(gone, NOON)
    yield card.lost_race_screen(2, other, NOON)
    yield card.lost_race_screen(None, None, NOON)
    yield card.over_screen("ok", other, NOON)
    for detail in samples.tasks(NOON):
        yield task.task_screen(detail, NOON)
        yield task.ask_done_screen(detail)
        yield task.ask_hand_back_screen(detail)
        yield task.ask_late_screen(detail)
        yield task.choose_screen(detail, [], NOON)
        choice = SwapChoice(2**40, detail.line, detail.beneficiary)
        yield task.choose_screen(detail, [choice] * 8, NOON)
        for state in SwapState:
            asked = SwapCard(2**40, state, detail.beneficiary, detail.line, detail.line)
            yield task.swap_screen(asked, NOON)
            yield task.answer_screen(asked, NOON)
    yield task.asked_screen(2**40, "ok")
    yield task.gone_screen("ok")
    for size in SIZES.values():
        for shown in samples.contact_cards(size):
            if shown.contact is not None:
                yield task.contact_screen(shown, shown.contact, 2**40)
    yield task.hidden_screen(2**40)
    yield task.over_screen()
    yield task.tasks_screen([], NOON)
    yield task.tasks_screen([detail.line for detail in samples.tasks(NOON)], NOON, "ok")


def notices() -> Iterator[Screen]:
    for view in samples.views():
        told = (
            pushed.claimed(view, DETAIL),
            pushed.handed_back(view, DETAIL, for_desk=False),
            pushed.on_way(view, DETAIL),
            pushed.swapped(view, DETAIL),
            pushed.late(view, DETAIL),
            pushed.asked_again(),
            pushed.cancelled(view, helper=False),
            pushed.expired(for_desk=False),
            pushed.note(view.timeline[0] if view.timeline else None),
        )
        yield visits.has_come_screen(view, DETAIL)
        for promise in Promise:
            due = deadlines.to_the_desk(view, promise, NOON, late_note(late=True))
            yield pushed.owner_screen(view, due, NOON)
        for knows in ({"rung": "secretary", "led": True}, {"rung": "street", "led": False}):
            yield pushed.resident_screen(view, deadlines.to_the_resident(view, knows))
        for line in (None, *view.timeline[:1]):
            yield deadlines.waiting_screen(view, line, NOON)
        yield visits.nobody_yet_screen(view)
        for said in told:
            yield pushed.resident_screen(view, said)
            yield pushed.helper_screen(view, said, task=True)
        owned = (
            pushed.new_for_owner(),
            pushed.owner_changed(view, 9),
            pushed.owner_changed(view, 1),
            pushed.unclaimed(view, DETAIL),
            pushed.unclaimed(view, {}),
            pushed.unclaimed(view, {"rung": "street"}),
            pushed.handed_back(view, {"person": 1, "reason": "no_answer"}, for_desk=True),
            pushed.handed_back(view, {"person": 1, "reason": "no_show"}, for_desk=False),
            pushed.handed_back(view, DETAIL, for_desk=True),
            pushed.handed_back(view, {"reason": "from another time"}, for_desk=True),
            pushed.unconfirmed(view),
            pushed.unsolved(view),
            pushed.expired(for_desk=True),
        )
        for said in owned:
            yield pushed.owner_screen(view, said, NOON)
        yield pushed.helper_screen(view, pushed.thanks(view), task=False)
        yield pushed.helper_screen(view, pushed.cancelled(view, helper=True), task=False)
        yield pushed.resident_screen(view, pushed.filed_for(view))


def desk() -> Iterator[Screen]:
    for view in samples.views():
        yield case.case_screen(view, NOON, 9)
        yield case.case_screen(view, NOON, 1, "ok")
        yield case.history_screen(view, NOON)
        yield case.ask_cancel_screen(view)
    for size in SIZES.values():
        view = samples.view(size, State.OPEN)
        for count in (0, 8):
            yield case.choose_staff_screen(view, samples.choices(size, count))
            yield case.choose_volunteer_screen(view, samples.choices(size, count))
        for known in samples.contacts(size):
            yield case.contact_screen(known, view)
        found = tuple(samples.line(size, state) for state in State)
        for mine_, page in product((True, False), (0, 1)):
            counts = board.DeskCounts(999, 99, 9)
            yield board.board_screen(DeskPage(found, page, 3, 20), counts, NOON, mine=mine_)
        yield board.found_screen(FoundPage(found, 1, 3, 20, 5), NOON)
    yield board.board_screen(DeskPage((), 0, 0, 0), board.DeskCounts(0, 0, 0), NOON, mine=False)
    yield board.found_screen(FoundPage((), 0, 0, 0, 1), NOON)
    yield sheets_screen()
    yield board.no_desk_screen()
    yield case.said_screen(1, "ok")


def volunteering() -> Iterator[Screen]:
    everything = Offered(frozenset(Skill), frozenset({1, 2}), ALL_HOURS, 30)
    little = Offered(frozenset(), frozenset({1}), 1, 1)
    for size, state, offered in product(SIZES.values(), Standing, (everything, little)):
        known = Volunteer(1, size.name, state, offered, 3, NOON, size.text[:300])
        yield volunteers.volunteer_screen(known, [size.name] * 20)
        yield volunteers.invitation_screen(known, "ok")
        one = Application(2**40, size.name, 1, offered, state, NOON)
        yield board.applicant_screen(one, {1: size.name, 2: size.name}, NOON)
        yield board.applicants_screen([one] * 20, "ok")
        yield board.ask_refuse_screen(one)
    yield volunteers.invitation_screen(None)
    yield volunteers.ask_leave_screen()
    yield volunteers.hours_screen(HoursGiven(0, 0, 135, 2, 0, None))
    yield volunteers.hours_screen(HoursGiven(45, 1, 600, 12, 7, 4.6667))
    yield volunteers.open_tasks_screen([], NOON)
    yield volunteers.open_tasks_screen(list(samples.cards())[::97][:10], NOON)
    yield volunteers.approved_screen()
    yield volunteers.refused_screen("soon")
    yield board.applicants_screen([])


FAMILIES = {
    "resident": resident,
    "receipts": receipts,
    "helper": helper,
    "notices": notices,
    "desk": desk,
    "volunteering": volunteering,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_screen_fits(family: str, language: str) -> None:
    with speaking(language):
        for screen in FAMILIES[family]():
            assert_fits(screen)


def assert_fits(screen: Screen) -> None:
    text = screen.full_text()
    assert 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert not PLACEHOLDER.search(text), text
    for row in rows_of(screen):
        assert 0 < len(row) <= MOST_IN_A_ROW
        for key in row:
            assert key.callback_data is not None
            assert len(key.callback_data.encode()) <= DATA_BYTES
            assert not PLACEHOLDER.search(key.text)


def rows_of(screen: Screen) -> list:
    keyboard = screen.keyboard
    return keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_labels_are_short(language: str) -> None:
    with speaking(language):
        for screen in everything():
            for row in rows_of(screen):
                for key in row:
                    plain = key.text.replace(SMALL.name, "").replace(LARGE.name, "")
                    assert len(plain) <= LABEL[language], plain


def test_english_screens_say_nothing_in_chinese() -> None:
    with speaking(ENGLISH):
        for screen in everything():
            said = screen.full_text() + "".join(k.text for row in rows_of(screen) for k in row)
            assert not CHINESE_SIGNS.search(said), said


def everything() -> Iterator[Screen]:
    for family in FAMILIES.values():
        yield from family()


def test_who_cannot_act_any_more_has_nothing_to_tap() -> None:
    ended = {State.CLOSED, State.CANCELLED, State.EXPIRED, State.DONE, State.UNSOLVED}
    for one in samples.cards():
        if one.state in ended:
            assert not rows_of(card.card_screen(one, NOON))


def test_an_emergency_is_told_on_its_card() -> None:
    with speaking(ENGLISH):
        urgent = [one for one in samples.cards() if one.urgency is Urgency.EMERGENCY]
        live = [one for one in urgent if one.state is State.OPEN]
        assert live
        assert all("🆘" in (card.card_screen(one, NOON).title or "") for one in live)


def test_no_notice_says_the_same_twice() -> None:
    """Of a notice to the office no line stands in it twice, whatever became of the request."""
    for shown in notices():
        told = [line for line in shown.text.splitlines() if len(line) > len("👤 Bo")]
        assert len(told) == len(set(told)) or max(map(len, told)) > LABEL[ENGLISH] * 4, shown.text
