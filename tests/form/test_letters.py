"""A whole message as an answer: formatting, media, albums that arrive in pieces."""

from aiogram.types import Location, MessageEntity
from hypothesis import given
from hypothesis import strategies as st

from handlers.form import Letter
from handlers.form.letters import bound, formatted
from handlers.screen import units
from tests.form import sample
from tests.form.phone import Phone
from tests.form.test_files import CLIP, INVOICE
from tests.form.test_walk import STICKER, photo

SIGNS = st.text(st.sampled_from("ab水🙂\u202e\u200b\n\x07 "), max_size=12)


@given(SIGNS, SIGNS, SIGNS)
def test_formatting_stays_on_the_words_it_was_on(before: str, inside: str, after: str) -> None:
    mark = MessageEntity(type="bold", offset=units(before), length=units(inside))
    words, entities = formatted(before + inside + after, [mark])
    plain, _none = formatted(inside, ())
    if not plain:
        assert entities == ()
        return
    [entity] = entities
    kept = words.encode("utf-16-le")[2 * entity["offset"] :][: 2 * entity["length"]]
    assert kept.decode("utf-16-le") == plain
    assert not set(words) & {"\u202e", "\u200b", "\x07"}


def test_nobody_named_by_their_account_is_passed_on() -> None:
    mark = MessageEntity(type="text_link", offset=0, length=2, url="https://e.org")
    assert formatted("ab", [mark])[1] == (
        {"type": "text_link", "url": "https://e.org", "offset": 0, "length": 2},
    )


def test_an_album_is_bound_once_each_with_the_first_words() -> None:
    album = Letter(pieces=(("photo", "a"),))
    whole = bound(bound(album, Letter("hi", pieces=(("photo", "b"),))), album)
    assert whole == Letter("hi", pieces=(("photo", "a"), ("photo", "b")))
    many = Letter(pieces=tuple(("photo", str(n)) for n in range(30)))
    assert len(bound(album, many).pieces) == 10


async def answers(phone: Phone) -> object:
    await phone.tap("Send")
    return sample.finished[-1][1]["letter"]


async def test_words_keep_their_formatting(phone: Phone) -> None:
    await phone.send("!test.letter")
    bold = MessageEntity(type="bold", offset=0, length=5)
    await phone.send("Water is off", entities=[bold])
    await phone.send("a note")
    assert await answers(phone) == Letter(
        "Water is off", ({"type": "bold", "offset": 0, "length": 5},)
    )


async def test_an_album_goes_on_while_the_next_question_is_asked(phone: Phone) -> None:
    await phone.send("!test.letter")
    await phone.send(photo=photo("a"), media_group_id="g", caption="look")
    assert "A note?" in phone.last.text
    await phone.send(video=CLIP, media_group_id="g")
    assert "A note?" in phone.last.text
    await phone.send("a note")
    await phone.send(photo=photo("c"), media_group_id="g")
    assert await answers(phone) == Letter(
        "look", pieces=(("photo", "a"), ("video", "v"), ("photo", "c"))
    )


async def test_a_file_and_a_place_on_the_map(phone: Phone) -> None:
    await phone.send("!test.letter")
    await phone.send(document=INVOICE, caption="paid")
    await phone.send("a note")
    assert await answers(phone) == Letter("paid", pieces=(("document", "d"),))
    await phone.send("!test.letter")
    await phone.send(location=Location(latitude=31.2, longitude=121.5))
    await phone.send("a note")
    assert await answers(phone) == Letter(latitude=31.2, longitude=121.5)


async def test_what_does_not_serve_is_refused_with_a_reason(phone: Phone) -> None:
    await phone.send("!test.letter")
    await phone.send(sticker=STICKER)
    assert "a message with words, photos" in phone.last.text
    await phone.send("no")
    assert "Not that." in phone.last.text
