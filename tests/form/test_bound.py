"""Buttons are bound to a run, runs outlive restarts, and nothing is done twice."""

import json

import pytest
from aiogram.types import Message

from handlers.form import FormContext, half_filled, let_pass, resume_form
from handlers.form.callbacks import StartAgain, Tap
from tests.form import sample
from tests.form.conftest import open_phone
from tests.form.phone import CHAT, SESSION, USER, Bubble, Phone
from tests.form.test_walk import to_summary


async def test_a_double_tap_answers_one_question_only(phone: Phone) -> None:
    await phone.send("!test.everything")
    question = phone.last
    data = question.buttons()["Repair"]
    await phone.press(data, question)
    bubbles = len(phone.chat)
    assert await phone.press(data, question) == "Already noted."
    assert len(phone.chat) == bubbles
    assert "What is it?" in phone.last.text


async def test_a_tap_on_an_older_question_shows_the_present_one(phone: Phone) -> None:
    await phone.send("!test.everything")
    question = phone.last
    other = question.buttons()["Other"]
    await phone.tap("Repair")
    assert await phone.press(other, question) == (
        "That question has passed. The present one is below."
    )
    assert "What is it?" in phone.last.text
    assert len(phone.live) == 1


async def test_a_doubled_send_acts_once(phone: Phone) -> None:
    await to_summary(phone)
    summary = phone.last
    data = next(data for label, data in summary.buttons().items() if "Send" in label)
    await phone.press(data, summary)
    bubbles = len(phone.chat)
    assert "finished or was cancelled" in await phone.press(data, summary)
    assert len(sample.finished) == 1
    assert len(phone.chat) == bubbles


async def test_a_button_of_an_older_run_does_nothing_to_the_present(phone: Phone) -> None:
    await phone.send("!test.everything")
    old, question = phone.last.buttons()["Repair"], phone.last
    await phone.send("/cancel")
    assert phone.last.text == "Cancelled. Nothing was sent."
    assert "finished or was cancelled" in await phone.press(old, question)
    await phone.send("!test.everything")
    await phone.press(old, question)
    assert "What kind?" in phone.last.text


@pytest.mark.parametrize(
    "data",
    ["f:", "f:x:1:c0", "f:a:b:c", "f:::", "f:" + "9" * 60, "fz:", "fz:no.such.form", "f:a:1:t:t"],
)
async def test_forged_buttons_are_answered(phone: Phone, data: str) -> None:
    phone.chat.append(Bubble(77, "an old card", None))
    assert "finished or was cancelled" in await phone.press(data)


@pytest.mark.parametrize("act", ["t", "c99", "c0", "d", "k", "a", "q3", "?", "c-1", "y"])
async def test_acts_that_were_not_offered_are_not_done(phone: Phone, act: str) -> None:
    await phone.send("!test.everything kind=repair")
    real = Tap.unpack(next(iter(phone.last.buttons().values())))
    forged = Tap(run=real.run, step=real.step, act=act)
    assert "That question has passed" in await phone.press(forged.pack())
    assert "What is it?" in phone.last.text
    assert sample.finished == []


async def test_commands_and_menu_buttons_work_in_the_middle(phone: Phone) -> None:
    let_pass(frozenset({"📋 My things"}))
    await phone.send("!test.short")
    for words in ("/mine", "/start b1", "📋 My things"):
        await phone.send(words)
    assert [event.text for event in phone.fallen_through] == ["/mine", "/start b1", "📋 My things"]
    await phone.send("because")
    assert sample.finished[0][1] == {"why": "because"}


async def test_state_is_plain_data(phone: Phone) -> None:
    await to_summary(phone)
    data = await phone.state.get_data()
    await phone.state.set_data(json.loads(json.dumps(data)))
    await phone.tap("Send")
    assert sample.finished[0][1]["skills"] == [1]


async def test_personal_answers_are_sealed_and_not_repeated(phone: Phone) -> None:
    await phone.send("!test.everything kind=repair what=tap building=east-1")
    await phone.tap("Skip")
    await phone.tap("Skip")
    await phone.send("138 0000 1111")
    assert phone.chat[-2].text.endswith("✓ 🔒 …1111")
    kept = json.dumps(await phone.state.get_data())
    assert "13800001111" not in kept
    await phone.tap("Back")
    assert "Your answer so far: 🔒 …1111" in phone.last.text
    assert all("13800001111" not in bubble.text for bubble in phone.chat)
    waiting = await half_filled(phone.state, SESSION)
    assert waiting is not None
    await phone.tap("Keep")
    data = await phone.state.get_data()
    data["form"]["token"] = "another run"
    await phone.state.set_data(data)
    await phone.send("hello")
    assert phone.last.text.startswith("Sorry")


async def test_what_is_personal_cannot_be_prefilled(phone: Phone) -> None:
    with pytest.raises(ValueError, match="prefilled"):
        await phone.send("!test.everything phone=13800001111")


def _broken(data: dict) -> list[object]:
    run = data["form"]
    return [
        None,
        "rubbish",
        {},
        {key: value for key, value in run.items() if key != "token"},
        run | {"version": 99},
        run | {"name": "test.gone"},
        run | {"key": "no such question"},
        run | {"step": "one"},
        run | {"answers": {"kind": {"value": {"~": "what?"}, "words": ""}}},
        run | {"answers": {"gone": {"value": 1, "words": ""}}},
        run | {"part": [{"value": {"~": "photo"}, "words": ""}]},
        run | {"path": [{"no": "tag"}]},
        run | {"acts": ["c7"]},
        run | {"acts": ["t"]},
        run | {"shown": [{"label": "x"}]},
    ]


@pytest.mark.parametrize("number", range(15))
@pytest.mark.parametrize("tapped", [False, True])
async def test_damaged_or_outgrown_data_is_apologised_for(phone, number, tapped) -> None:
    await phone.send("!test.everything kind=repair")
    data = await phone.state.get_data()
    await phone.state.set_data({"form": _broken(data)[number], "other": 1})
    if tapped:
        await phone.tap("Cancel")
    else:
        await phone.send("the tap")
    assert phone.last.text.startswith("Sorry, we have changed this form")
    assert await phone.state.get_data() == {"other": 1}
    await phone.tap("Start again")
    assert "What kind?" in phone.last.text


async def test_a_form_that_is_gone_is_not_offered_again(phone: Phone) -> None:
    await phone.state.set_state("form:test.gone")
    await phone.send("hello")
    assert phone.last.text.startswith("Sorry, we have changed this form")
    assert phone.last.buttons() == {}
    assert "finished" in await phone.press(StartAgain(name="test.gone").pack())


async def test_a_form_about_something_does_not_begin_from_its_name(phone: Phone) -> None:
    toast = await phone.press(StartAgain(name="test.about").pack(), Bubble(1, "an old card", None))
    assert "open what it is about" in toast
    assert phone.chat == []
    with pytest.raises(KeyError, match="record"):
        await phone.send("!test.about")


async def test_a_damaged_form_about_something_says_where_it_begins(phone: Phone) -> None:
    await phone.send("!test.about record=7")
    run = (await phone.state.get_data())["form"]
    await phone.state.set_data({"form": run | {"version": 99}})
    await phone.send("because")
    assert phone.last.text.startswith("Sorry, we have changed this form")
    assert "open what it is about" in phone.last.text
    assert phone.last.buttons() == {}


async def test_an_untouched_form_gives_way_at_once(phone: Phone) -> None:
    await phone.send("!test.everything kind=repair")
    await phone.send("!test.short")
    assert "Why?" in phone.last.text
    assert len(phone.live) == 1


async def half_way(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Repair")


async def test_a_half_filled_form_is_asked_about_and_gone_on_with(phone: Phone) -> None:
    await half_way(phone)
    await phone.send("!test.short")
    assert "half-filled form, “Everything”, with 1 answer." in phone.last.text
    await phone.send("what?")
    assert "half-filled form" in phone.last.text
    await phone.tap("Go on")
    assert "What is it?" in phone.last.text
    await phone.send("the tap drips")
    assert "Any photos?" in phone.last.text


async def test_a_half_filled_form_gives_way_when_told_so(phone: Phone) -> None:
    await half_way(phone)
    await phone.send("!test.short why=because")
    await phone.tap("begin anew")
    assert sample.finished[0][1] == {"why": "because"}
    assert phone.live == []


async def test_somebody_coming_back_sees_where_they_were(phone: Phone) -> None:
    assert await half_filled(phone.state, SESSION) is None
    await half_way(phone)
    waiting = await half_filled(phone.state, SESSION)
    assert waiting is not None
    assert (waiting.name, waiting.title, waiting.answered) == ("test.everything", "Everything", 1)
    ctx = FormContext(SESSION, None, "en", phone.now, phone.state, phone.bot)
    message = Message(message_id=5, date=phone.now, chat=CHAT, from_user=USER).as_(phone.bot)
    assert await resume_form(message, ctx)
    assert "What is it?" in phone.last.text
    assert len(phone.live) == 1
    await phone.send("/cancel")
    assert not await resume_form(message, ctx)


async def test_cancel_without_a_form_says_so(phone: Phone) -> None:
    await phone.send("/cancel")
    assert "nothing to cancel" in phone.last.text


async def test_prefilled_answers_are_not_asked_but_can_be_changed(phone: Phone) -> None:
    await phone.send("!test.everything kind=company what=tap building=east-3")
    assert "Any photos?" in phone.last.text
    await phone.tap("Back")
    assert "Your answer so far: tap" in phone.last.text
    await phone.tap("Back")
    assert "Your answer so far: Company" in phone.last.text


async def test_an_unknown_prefill_is_the_callers_mistake() -> None:
    phone = open_phone()
    with pytest.raises(KeyError):
        await phone.send("!test.short nonsense=1")
