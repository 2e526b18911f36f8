"""Conversations as scripts of taps and replies."""

from datetime import UTC, date, datetime, time

import pytest
from aiogram.types import Contact, Location, PhotoSize, Sticker
from aiogram.types import Voice as TelegramVoice

from handlers.form import Again, Moment, Photo, Spot, Voice
from handlers.form import Phone as Number
from tests.form import sample
from tests.form.conftest import open_phone
from tests.form.phone import Phone


def photo(name: str) -> list[PhotoSize]:
    return [PhotoSize(file_id=name, file_unique_id=f"u{name}", width=9, height=9)]


def voice(seconds: int) -> TelegramVoice:
    return TelegramVoice(file_id="v", file_unique_id="uv", duration=seconds)


STICKER = Sticker(
    file_id="s",
    file_unique_id="us",
    type="regular",
    width=9,
    height=9,
    is_animated=False,
    is_video=False,
)


async def to_photos(phone: Phone) -> None:
    await phone.send("!test.everything kind=repair")
    await phone.send("the tap drips")
    assert "Any photos?" in phone.last.text


async def test_every_kind_of_answer_reaches_finish(phone: Phone) -> None:
    await phone.send("!test.everything")
    assert phone.last.text.startswith("Step 1 of 12")
    await phone.tap("Repair")
    assert phone.chat[-2].text.endswith("✓ Repair")
    assert phone.chat[-2].keyboard is None
    await phone.send(voice=voice(12))
    await phone.send(photo=photo("a"), media_group_id="album")
    await phone.send(photo=photo("b"), media_group_id="album")
    assert "2 photos so far" in phone.last.text
    await phone.tap("Done")
    await phone.tap("east")
    await phone.tap("More")
    await phone.tap("east-14")
    await phone.send(location=Location(latitude=31.2, longitude=121.5))
    await phone.send(contact=Contact(phone_number="+8613800001111", first_name="W", user_id=7))
    await phone.tap("skill 3")
    await phone.tap("skill 4")
    await phone.tap("skill 3")
    await phone.tap("Done")
    await phone.send("两个")
    await phone.send("tomorrow")
    await phone.send("下午三点半")
    await phone.send("12月3日 9:00")
    assert "Building: east-14" in phone.last.text
    await phone.tap("Send")
    assert phone.last.text == "Thank you, it is filed."
    assert phone.live == []
    [(run, answers)] = sample.finished
    assert len(run) == 12
    assert answers == {
        "kind": "repair",
        "what": Voice("v", "uv", 12),
        "photos": [Photo("a", "ua"), Photo("b", "ub")],
        "building": "east-14",
        "spot": Spot(31.2, 121.5),
        "phone": Number("+8613800001111", own=True),
        "skills": [4],
        "hands": 2,
        "day": date(2026, 11, 24),
        "hour": time(15, 30),
        "when": Moment(datetime(2026, 12, 3, 1, 0, tzinfo=UTC)),
    }
    assert answers["which"] is None
    assert await phone.state.get_state() is None


async def test_a_question_that_applies_changes_the_count(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Other")
    assert phone.last.text.startswith("Step 2 of 12\n\nWhich of it?")


async def test_back_shows_the_earlier_answer_and_lets_it_be_kept(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Repair")
    await phone.tap("Back")
    assert "What kind?" in phone.last.text
    assert "Your answer so far: Repair" in phone.last.text
    assert not any("Back" in label for label in phone.last.buttons())
    await phone.tap("Keep")
    assert "What is it?" in phone.last.text


async def test_back_leaves_a_deeper_level_before_the_question(phone: Phone) -> None:
    await to_photos(phone)
    await phone.tap("Skip")
    await phone.tap("west")
    assert "Which one in west?" in phone.last.text
    await phone.tap("Back")
    assert "Which building?" in phone.last.text


async def test_typed_words_are_a_choice_a_search_or_a_refusal(phone: Phone) -> None:
    await to_photos(phone)
    await phone.tap("Skip")
    await phone.send("nowhere")
    assert phone.last.text.startswith("Step 3 of 10\n\nNo building nowhere here.")
    await phone.send("WEST")
    assert "Which one in west?" in phone.last.text
    await phone.send("west-2")
    assert "Where?" in phone.last.text


async def test_photos_one_by_one_bring_the_question_below_them(phone: Phone) -> None:
    await to_photos(phone)
    await phone.send(photo=photo("a"))
    await phone.send(photo=photo("b"))
    assert len(phone.live) == 1
    assert phone.last is phone.live[0]
    assert "2 photos so far" in phone.last.text
    await phone.tap("Start over")
    assert "so far" not in phone.last.text


async def test_an_album_over_the_limit_is_told_once(phone: Phone) -> None:
    await to_photos(phone)
    bubbles = len(phone.chat)
    for name in "abcdefg":
        await phone.send(photo=photo(name), media_group_id="album")
    assert len(phone.chat) == bubbles + 1
    assert "3 photos are the most" in phone.last.text
    await phone.tap("Done")
    assert phone.chat[-2].text.endswith("✓ 3 photos")


async def test_an_album_where_words_are_asked_is_refused_once(phone: Phone) -> None:
    await phone.send("!test.everything kind=repair")
    bubbles = len(phone.chat)
    for name in "abc":
        await phone.send(photo=photo(name), media_group_id="album")
    assert len(phone.chat) == bubbles + 1
    assert "What I can take: a few written words (at most 200 characters), or a voice message" in (
        phone.last.text
    )
    assert "What is it?" in phone.last.text


async def test_an_album_for_one_photo_keeps_the_first_and_says_so_once(phone: Phone) -> None:
    await phone.send("!test.everything kind=other")
    for name in "abc":
        await phone.send(photo=photo(name), media_group_id="album", caption="look")
    assert "The rest of that album came too late" in phone.last.text
    assert len(phone.chat) == 3
    assert phone.chat[0].text.endswith("✓ 📷 look")


async def test_the_rest_of_an_album_goes_on_into_a_question_for_photos(phone: Phone) -> None:
    await phone.send("!test.everything kind=other what=x")
    await phone.send(photo=photo("a"), media_group_id="album")
    await phone.send(photo=photo("b"), media_group_id="album")
    assert "1 photo so far" in phone.last.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"sticker": STICKER}, "What I can take"),
        ({"text": "🙂" * 5000}, "That is 5000 characters; please keep it to 200."),
        ({"text": "\u202e \u200b"}, "What I can take"),
        ({"voice": voice(61)}, "keep the voice message to 60 seconds"),
        ({"location": Location(latitude=1, longitude=2)}, "What I can take"),
    ],
)
async def test_the_unexpected_gets_a_sentence_and_the_question(phone, content, said) -> None:
    await phone.send("!test.everything kind=repair")
    await phone.send(**content)
    assert said in phone.last.text
    assert "What is it?" in phone.last.text
    assert len(phone.live) == 1


async def test_direction_marks_and_controls_do_not_reach_an_answer(phone: Phone) -> None:
    await phone.send("!test.short")
    await phone.send("\u202ea\x00b\u2066 <b>c</b>\n👨‍👩‍👧 ")
    assert sample.finished[0][1]["why"] == "ab <b>c</b>\n👨‍👩‍👧"


async def test_too_many_and_too_few_choices_are_said_in_a_toast(phone: Phone) -> None:
    await to_skills(phone)
    assert not any("Done" in label for label in phone.last.buttons())
    for number in range(3):
        assert await phone.tap(f"skill {number}") == ""
    assert await phone.tap("skill 5") == "At most 3 here."


async def to_skills(phone: Phone) -> None:
    await to_photos(phone)
    await phone.tap("Skip")
    await phone.send("east-1")
    await phone.tap("Skip")
    await phone.tap("Skip")
    assert "What can you do?" in phone.last.text


async def test_the_summary_lets_an_answer_be_changed(phone: Phone) -> None:
    await to_summary(phone)
    await phone.tap("Change")
    await phone.tap("Hands")
    assert "How many?" in phone.last.text
    await phone.tap("Back")
    assert "Hands: 2" in phone.last.text
    await phone.tap("Change")
    await phone.tap("Hands")
    await phone.send("5")
    assert "Hands: 5" in phone.last.text
    await phone.tap("Send")
    assert sample.finished[0][1]["hands"] == 5


async def to_summary(phone: Phone) -> None:
    await to_skills(phone)
    await phone.tap("skill 1")
    await phone.tap("Done")
    for words in ("2", "tomorrow", "15:30", "tomorrow 9:00"):
        await phone.send(words)
    assert any("Send" in label for label in phone.last.buttons())


async def test_an_answer_that_no_longer_serves_is_asked_again(phone: Phone) -> None:
    await to_summary(phone)
    sample.again.append(Again("hands", "Only 4 are free."))
    await phone.tap("Send")
    assert "Only 4 are free." in phone.last.text
    assert "How many?" in phone.last.text
    await phone.send("4")
    await phone.tap("Send")
    assert sample.finished[0][1]["hands"] == 4


async def test_changing_an_answer_asks_what_depends_on_it_again(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Other")
    await phone.send("this one")
    await phone.tap("Back")
    await phone.tap("Back")
    await phone.tap("Repair")
    assert "What is it?" in phone.last.text
    await phone.tap("Back")
    await phone.tap("Other")
    assert "Which of it?" in phone.last.text


async def test_words_at_the_summary_point_at_the_buttons(phone: Phone) -> None:
    await to_summary(phone)
    await phone.send("who reads it")
    assert "Please tap one of the buttons below." in phone.last.text
    assert len(phone.live) == 1


async def test_cancel_asks_first_where_much_would_be_lost(phone: Phone) -> None:
    await phone.send("!test.everything")
    await phone.tap("Repair")
    await phone.send("the tap")
    await phone.tap("Cancel")
    assert "thrown away" in phone.last.text
    await phone.tap("No, go on")
    assert "Any photos?" in phone.last.text
    await phone.tap("Cancel")
    await phone.tap("Yes")
    assert phone.last.text == "Cancelled. Nothing was sent."
    assert phone.live == []
    assert await phone.state.get_state() is None


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_both_languages_walk_to_the_end(language: str) -> None:
    phone = open_phone(language)
    await phone.send("!test.everything")
    first = {"en": "Step 1 of 12", "zh_Hans": "第1步，共12步"}
    assert phone.last.text == f"{first[language]}\n\nWhat kind?"
    await phone.send("!test.short")
    assert phone.last.text.endswith("Why?")
    await phone.send("因为")
    assert phone.last.text == "Thank you, it is filed."
    assert sample.finished[0][1] == {"why": "因为"}
