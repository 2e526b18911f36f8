"""Whatever people tap, type and forge: nothing raises, all is answered, answers are sound."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Any

from aiogram.types import Contact, Location
from hypothesis import given
from hypothesis import strategies as st

from handlers.form import Answers, Moment, Photo, Spot, Voice
from handlers.form import Phone as PhoneNumber
from handlers.form.run import Run
from tests.form import sample
from tests.form.conftest import open_phone
from tests.form.phone import Bubble, Phone
from tests.form.test_walk import STICKER, photo, voice
from tests.profile import examples

SENSIBLE: dict[str, dict[str, Any]] = {
    "kind": {"text": "Other"},
    "which": {"text": "that one"},
    "what": {"text": "the tap drips"},
    "building": {"text": "east-2"},
    "spot": {"location": Location(latitude=1, longitude=2)},
    "phone": {"contact": Contact(phone_number="13800001111", first_name="W")},
    "skills": {"text": "skill 7"},
    "hands": {"text": "3"},
    "day": {"text": "后天"},
    "hour": {"text": "8:15"},
    "when": {"text": "in 2 hours"},
    "photos": {"photo": photo("z")},
}

numbers = st.integers(0, 40)
moves = st.one_of(
    st.tuples(st.just("sensible"), numbers),
    st.tuples(st.just("sensible"), numbers),
    st.tuples(st.just("button"), numbers),
    st.tuples(st.just("button"), numbers),
    st.tuples(st.just("done"), numbers),
    st.tuples(st.just("old button"), numbers, numbers),
    st.tuples(st.just("forged"), st.text(max_size=20)),
    st.tuples(st.just("text"), st.text(min_size=1, max_size=60)),
    st.tuples(st.just("photo"), st.sampled_from("abcdef"), st.sampled_from(["x", "y", None])),
    st.tuples(st.just("sticker"), numbers),
    st.tuples(st.just("voice"), numbers),
    st.tuples(st.just("start"), st.sampled_from(["!test.everything", "!test.short"])),
    st.tuples(st.just("cancel"), numbers),
)


async def act(phone: Phone, move: tuple[Any, ...]) -> None:
    await MOVES[move[0]](phone, *move[1:])


async def send_sensible(phone: Phone, _number: int) -> None:
    run = (await phone.state.get_data()).get("form")
    key = str(run.get("key")) if isinstance(run, dict) else ""
    await phone.send(**SENSIBLE.get(key, {"text": "hello"}))


async def press_old(phone: Phone, bubble: int, number: int) -> None:
    await press_one(phone, phone.pressed[bubble % max(1, len(phone.pressed)) :][:1], number)


MOVES: dict[str, Callable[..., Awaitable[Any]]] = {
    "sensible": send_sensible,
    "button": lambda phone, number: press_one(phone, phone.live[-1:], number),
    "done": lambda phone, number: press_one(phone, phone.live[-1:], number, FORWARD),
    "old button": press_old,
    "forged": lambda phone, data: phone.press(f"f:{data}", Bubble(1, "x", None)),
    "text": lambda phone, text: phone.send(text),
    "photo": lambda phone, name, album: phone.send(photo=photo(name), media_group_id=album),
    "sticker": lambda phone, _number: phone.send(sticker=STICKER),
    "voice": lambda phone, seconds: phone.send(voice=voice(seconds * 2)),
    "start": lambda phone, words: phone.send(words),
    "cancel": lambda phone, _number: phone.send("/cancel"),
}
FORWARD = ("Done", "Send", "Go on", "go on", "完成", "发送", "接着填")


async def press_one(
    phone: Phone, bubbles: list[Bubble], number: int, wanted: tuple[str, ...] = ("",)
) -> None:
    for bubble in bubbles:
        found = [
            data
            for label, data in bubble.buttons().items()
            if any(word in label for word in wanted)
        ]
        if found:
            phone.pressed.append(Bubble(bubble.id, bubble.text, bubble.keyboard))
            await phone.press(found[number % len(found)], bubble)


def check(answers: Answers) -> None:
    if set(answers) == {"why"}:
        assert 1 <= len(answers["why"]) <= 50
        return
    assert answers["kind"] in {"repair", "company", "other"}
    assert (answers["which"] is not None) == (answers["kind"] == "other")
    assert isinstance(answers["what"], str | Voice)
    assert all(isinstance(each, Photo) for each in answers["photos"] or ())
    assert len(answers["photos"] or ()) <= 3
    assert answers["building"] in sample.BUILDINGS["east"] + sample.BUILDINGS["west"]
    assert isinstance(answers["spot"], Spot | None)
    assert isinstance(answers["phone"], PhoneNumber | None)
    assert 1 <= len(set(answers["skills"])) == len(answers["skills"]) <= 3
    assert set(answers["skills"]) <= set(range(15))
    assert 1 <= answers["hands"] <= 9
    assert type(answers["day"]) is date
    assert type(answers["hour"]) is time
    assert isinstance(answers["when"], Moment)


async def walk(language: str, path: list[tuple[Any, ...]]) -> int:
    phone = open_phone(language)
    await phone.send("!test.everything")
    for move in path:
        await act(phone, move)
        filling = await phone.state.get_state() is not None
        assert len(phone.live) == int(filling), f"after {move}"
    for _run, answers in sample.finished:
        check(answers)
    assert len({run for run, _answers in sample.finished}) == len(sample.finished)
    return len(sample.finished)


@examples(60)
@given(st.sampled_from(["en", "zh_Hans"]), st.lists(moves, max_size=60))
def test_random_walks_never_raise_and_end_in_sound_answers(language, path) -> None:
    asyncio.run(walk(language, path))


@examples(20)
@given(st.lists(moves, max_size=8))
def test_sensible_answers_lead_to_the_end_from_anywhere(path) -> None:
    onward = [("sensible", 0), ("done", 0)] * 40
    leave_the_list = [("cancel", 0), ("start", "!test.everything")]
    assert asyncio.run(walk("en", [*path, *leave_the_list, *onward])) >= 1


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 50), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["~", "value", "label", "at", "is"]), inner, max_size=3),
    ),
    max_leaves=6,
)


async def damage(steps: int, key: str, value: Any, move: tuple[Any, ...]) -> None:
    phone = open_phone()
    await phone.send("!test.everything")
    for _ in range(steps):
        await act(phone, ("sensible", 0))
        await act(phone, ("done", 0)) if steps % 2 else None
    data = await phone.state.get_data()
    if "form" in data:
        await phone.state.set_data({"form": data["form"] | {key: value}})
    for each in (move, ("sensible", 0), ("button", 3)):
        await act(phone, each)


@examples(100)
@given(
    st.integers(0, 14),
    st.sampled_from(sorted(Run.model_fields)),
    json_values,
    moves,
)
def test_damaged_data_never_raises(steps, key, value, move) -> None:
    asyncio.run(damage(steps, key, value, move))
