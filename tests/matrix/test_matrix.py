"""Every button, command and message, in every bad moment: one answer, never an exception."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from handlers.callbacks import Button
from handlers.people.commands import NAMES
from tests.matrix.quarter import (
    EVERYBODY,
    HERE,
    NEWCOMER,
    NOWHERE,
    OWNER,
    RESIDENT,
    SECRETARY,
    STAFF,
    STRANGER,
    VOLUNTEER,
    Quarter,
)
from tests.matrix.samples import broken, samples

MONTH = timedelta(days=31)
BUTTONS = [Button.registry[prefix] for prefix in sorted(Button.registry)]


@dataclass(frozen=True)
class Moment:
    """Who presses, with which ids, how often, how much later."""

    who: tuple[int, ...]
    ids: tuple[int, ...] = HERE
    presses: int = 1
    later: timedelta = timedelta()


MOMENTS = {
    "unknown person": Moment((STRANGER,)),
    "unregistered": Moment((NEWCOMER,)),
    "not allowed": Moment((RESIDENT,)),
    "missing row": Moment((OWNER, SECRETARY), ids=NOWHERE),
    "pressed twice": Moment((OWNER, VOLUNTEER, STAFF), presses=2),
    "pressed a month later": Moment((OWNER, SECRETARY), later=MONTH),
}

VIDEO = {"file_id": "w", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}

STRANGE_MESSAGES = {
    "over-long": {"text": "长" * 4096},
    "emoji": {"text": "🙂" * 2048},
    "markup": {"text": "<b>*_[`</b> {name} %s"},
    "direction marks": {"text": "\u202e\u2066\u200f"},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "u",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]},
    "document": {"document": {"file_id": "d", "file_unique_id": "u", "file_name": "<b>\u202e.pdf"}},
    "video": {"video": VIDEO},
    "video note": {
        "video_note": {"file_id": "n", "file_unique_id": "u", "length": 1, "duration": 1}
    },
    "animation": {
        "animation": {**VIDEO, "file_id": "g"},
        "document": {"file_id": "g", "file_unique_id": "u"},
    },
    "voice": {"voice": {"file_id": "v", "file_unique_id": "u", "duration": 3}},
    "location": {"location": {"latitude": 31.2, "longitude": 121.5}},
    "contact": {"contact": {"phone_number": "+8613800000000", "first_name": "<i>"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
}


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""Handlers do the same on both; ids and texts that only one of them may refuse go to both."""


def complaints(quarter: Quarter) -> str:
    return "\n".join(quarter.complaints)


@ON_SQLITE
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.__name__)
async def test_every_button(quarter: Quarter, button: type[Button], moment: Moment) -> None:
    quarter.now += moment.later
    for who in moment.who:
        for data in samples(button, moment.ids):
            for _ in range(moment.presses):
                await quarter.press(who, data)
    assert not quarter.complaints, complaints(quarter)


@ON_SQLITE
@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.__name__)
async def test_every_button_broken(quarter: Quarter, button: type[Button]) -> None:
    for number, data in enumerate(broken(button, HERE)):
        await quarter.press((OWNER, STRANGER, SECRETARY)[number % 3], data)
    assert not quarter.complaints, complaints(quarter)


@ON_POSTGRESQL
async def test_ids_and_rubbish_on_the_stricter_database(quarter: Quarter) -> None:
    for button in BUTTONS:
        for data in (*samples(button, NOWHERE)[:2], *broken(button, HERE)[::8]):
            await quarter.press(SECRETARY, data)
    for content in STRANGE_MESSAGES.values():
        await quarter.send(OWNER, **content)
    assert not quarter.complaints, complaints(quarter)


@ON_SQLITE
async def test_buttons_of_nobody(quarter: Quarter) -> None:
    for who in EVERYBODY:
        for data in ("zz:1", "-", ":", "go", "\n", "9" * 64, "🙂" * 16):
            await quarter.press(who, data)
    assert not quarter.complaints, complaints(quarter)


@ON_SQLITE
@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_command(quarter: Quarter, who: int) -> None:
    for name in sorted(NAMES):
        for text in (f"/{name}", f"/{name} 💥 %s", f"/{name}@linli_bot", f"/{name} {'x' * 300}"):
            await quarter.send(who, text=text)
    await quarter.send(who, text="/nosuchcommand")
    quarter.now += MONTH
    for name in sorted(NAMES):
        await quarter.send(who, text=f"/{name}")
    assert not quarter.complaints, complaints(quarter)


@ON_SQLITE
@pytest.mark.parametrize("who", EVERYBODY)
async def test_messages_of_any_kind_at_any_moment(quarter: Quarter, who: int) -> None:
    for content in STRANGE_MESSAGES.values():
        await quarter.send(who, **content)
    assert not quarter.complaints, complaints(quarter)


def test_every_button_has_data_that_fits() -> None:
    assert [button.__name__ for button in BUTTONS if not samples(button, HERE + NOWHERE)] == []
