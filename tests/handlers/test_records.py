"""What the screens of the kit promise, whatever the subject."""

from enum import StrEnum

import pytest
from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import Button
from handlers.early.callbacks import EarlyPage
from handlers.i18n import ENGLISH, speaking
from handlers.records.lists import list_screen
from handlers.records.said import is_good, said, says, unsaid
from handlers.rooms import routers
from models.records.rules import PageOf, Refusal


class Fruit(StrEnum):
    APPLE = "apple"


class Firm(StrEnum):
    APPLE = "apple"


def test_every_outcome_has_a_sentence() -> None:
    routers()
    assert unsaid() == []


def test_outcomes_of_two_kinds_that_are_worded_alike_say_each_their_own() -> None:
    says((Fruit.APPLE, "grows"), (Firm.APPLE, "sells"), good=True)
    says((Fruit.APPLE, "grows here"), good=False, of="orchard")
    with speaking(ENGLISH):
        assert (said(Fruit.APPLE), said(Firm.APPLE)) == ("grows", "sells")
        assert said(Fruit.APPLE, "orchard") == "grows here"
        assert said(Refusal.MISSING, "orchard") == said(Refusal.MISSING)
    assert is_good(Fruit.APPLE)
    assert not is_good(Refusal.MISSING)
    with pytest.raises(ValueError, match="two sentences"):
        says((Firm.APPLE, "again"), good=True)


@pytest.mark.parametrize(("page", "pages", "turns"), [(0, 1, 0), (0, 3, 1), (1, 3, 2), (2, 3, 1)])
def test_a_list_leads_to_its_other_pages(page: int, pages: int, turns: int) -> None:
    def to(number: int) -> Button:
        assert 0 <= number < pages
        return EarlyPage(page=number)

    with speaking(ENGLISH):
        screen = list_screen(
            PageOf(("a", "b"), page, pages, 2 * pages),
            "Letters",
            line=str.upper,
            label=str,
            opens=lambda _one: EarlyPage(page=0),
            to=to,
            none="No letters.",
        )
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    rows = screen.keyboard.inline_keyboard
    assert [row[0].text for row in rows[:2]] == ["a", "b"]
    assert sum(len(row) for row in rows[2:]) == turns
    assert screen.text == "A\n\nB"
