"""Every screen of early items, in both languages and at its limits."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import DATA_BYTES
from handlers.early import screens
from handlers.i18n import ENGLISH, LANGUAGES, speaking
from handlers.records.said import said
from handlers.screen import TEXT_LIMIT, Screen
from models.categories import CATALOGUE
from models.early.queries import A_PAGE
from models.early.rules import WORDS_LENGTH, EarlyOutcome, State
from models.early.views import EarlyItem, Linked
from models.help.rules.states import State as RequestState
from models.names.views import Where, Who
from models.records.rules import PageOf, Refusal
from tests.conftest import NOON

BIG = 2**53 - 1
LABEL = 64
"""Longest label: a kind of help and a place by its whole name."""


def item(state: State, *, category: str = "public.lift", requests: int = 3) -> EarlyItem:
    seen = Who(1, "W" * 64) if state is not State.OPEN else None
    settled = state is State.SETTLED
    linked = [
        Linked(BIG - n, 10**9, list(RequestState)[n % 8], NOON - timedelta(days=n))
        for n in range(requests)
    ]
    return EarlyItem(
        id=BIG,
        where=Where(1, "桂花社区3号楼", "Building 3, Osmanthus"),
        category=category,
        state=state,
        opened_at=NOON,
        taken_by=seen,
        settled_by=seen if settled else None,
        settled_at=NOON if settled else None,
        words="w" * WORDS_LENGTH if settled else None,
        requests=tuple(linked),
    )


def everything() -> Iterator[Screen]:
    for state in State:
        for requests in (1, 3, 200):
            one = item(state, requests=requests)
            yield screens.item_screen(one, NOON)
            yield screens.item_card(one, NOON)
            yield screens.told_screen(one, NOON)
        yield screens.list_page(PageOf((item(state),) * A_PAGE, 1, 3, 20), NOON)
    for category in CATALOGUE:
        yield screens.list_page(PageOf((item(State.OPEN, category=category),), 0, 1, 1), NOON)
    yield screens.list_page(PageOf((), 0, 1, 0), NOON)
    for outcome in (*EarlyOutcome, *Refusal):
        yield screens.after_screen(said(outcome, "early"))
    yield screens.not_for_you_screen()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_and_speaks_the_reader_s_language(language: str) -> None:
    with speaking(language):
        for screen in everything():
            text = screen.full_text()
            assert 0 < len(text) <= TEXT_LIMIT
            assert not re.search(r"\{\w*\}", text), text
            labels = [key.text for row in rows_of(screen) for key in row]
            assert all(0 < len(label) <= LABEL for label in labels), labels
            if language == ENGLISH:
                assert not re.search("[\u3400-\u9fff]", text + "".join(labels)), text
            for row in rows_of(screen):
                assert all(len((key.callback_data or "").encode()) <= DATA_BYTES for key in row)


def rows_of(screen: Screen) -> list:
    keyboard = screen.keyboard
    return keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else []


def test_who_is_done_has_nothing_more_to_do() -> None:
    with speaking(ENGLISH):
        labels = {
            state: [
                key.text for row in rows_of(screens.item_screen(item(state), NOON)) for key in row
            ]
            for state in State
        }
    assert any("I see to it" in label for label in labels[State.OPEN])
    assert not any("I see to it" in label for label in labels[State.TAKEN])
    assert any("put right" in label for label in labels[State.TAKEN])
    assert not any("put right" in label for label in labels[State.SETTLED])
