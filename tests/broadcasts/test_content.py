"""What a broadcast says comes back from its JSON as it went in, and nobody is led astray by it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.broadcasts.rules.content import (
    CAPTION_LENGTH,
    FORMATS,
    MOST_OFFERS,
    WORDS_LENGTH,
    Content,
    CopyButton,
    Fault,
    Item,
    fault_of,
    fault_of_offers,
    in_other_words,
    is_link,
    offers_of,
)
from models.broadcasts.rules.notices import Does, Medium

WORDS = st.text(max_size=60)
ITEMS = st.builds(Item, st.sampled_from(Medium), st.text(min_size=1, max_size=8))
ENTITIES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "type": st.sampled_from(sorted(FORMATS)),
        "offset": st.integers(0, 50),
        "length": st.integers(1, 50),
    }
)
POINTS = st.one_of(st.just((None, None)), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Any content, sound or not."""
    north, east = draw(POINTS)
    return Content(
        draw(st.sampled_from(Medium)),
        draw(WORDS),
        tuple(draw(st.lists(ENTITIES, max_size=3))),
        tuple(draw(st.lists(ITEMS, max_size=3))),
        north,
        east,
    )


OFFERS = st.builds(
    CopyButton, st.sampled_from(Does), WORDS, WORDS, st.one_of(st.none(), st.integers(1, 9**9))
)


@given(contents())
def test_content_comes_back_as_it_went_in(content: Content) -> None:
    assert Content.of(json.loads(json.dumps(content.kept()))) == content


@given(st.lists(OFFERS, max_size=8))
def test_buttons_come_back_in_their_order(offers: list[CopyButton]) -> None:
    kept = json.loads(json.dumps([each.kept() for each in offers]))
    assert offers_of(kept) == tuple(offers)


@given(contents(), WORDS)
def test_another_language_changes_words_alone(content: Content, words: str) -> None:
    other = in_other_words(content, Content(Medium.TEXT, words))
    assert other.words == words
    assert (other.medium, other.items, other.latitude) == (
        content.medium,
        content.items,
        content.latitude,
    )


PHOTO, VIDEO, FILE = (Item(each, "f") for each in (Medium.PHOTO, Medium.VIDEO, Medium.DOCUMENT))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (Content(Medium.TEXT, "停水"), None),
        (Content(Medium.TEXT, " \n"), Fault.EMPTY),
        (Content(Medium.TEXT, "字" * WORDS_LENGTH), None),
        (Content(Medium.TEXT, "😀" * (WORDS_LENGTH // 2 + 1)), Fault.TOO_LONG),
        (Content(Medium.PHOTO, "字" * (CAPTION_LENGTH + 1), items=(PHOTO,)), Fault.TOO_LONG),
        (Content(Medium.ALBUM, "字" * WORDS_LENGTH, items=(PHOTO, VIDEO)), None),
        (Content(Medium.ALBUM, items=(PHOTO,)), Fault.WRONG_ITEMS),
        (Content(Medium.ALBUM, items=(PHOTO,) * 11), Fault.WRONG_ITEMS),
        (Content(Medium.ALBUM, items=(PHOTO, FILE)), Fault.WRONG_ITEMS),
        (Content(Medium.PHOTO, items=(VIDEO,)), Fault.WRONG_ITEMS),
        (Content(Medium.LOCATION), Fault.NO_POINT),
        (Content(Medium.LOCATION, latitude=91, longitude=0), Fault.NO_POINT),
        (Content(Medium.TEXT, "停水", latitude=1, longitude=1), Fault.NO_POINT),
    ],
)
def test_what_telegram_would_refuse_is_known_before(content: Content, fault: Fault | None) -> None:
    assert fault_of(content) is fault


@pytest.mark.parametrize(
    ("kind", "offset", "length", "sound"),
    [
        ("bold", 0, 4, True),
        ("bold", 1, 4, False),
        ("bold", -1, 2, False),
        ("italic", 0, 0, False),
        ("mention", 0, 2, False),
        ("text_link", 0, 2, False),
    ],
)
def test_formatting_stands_on_the_words(kind: str, offset: int, length: int, sound: bool) -> None:
    marked = {"type": kind, "offset": offset, "length": length}
    assert (fault_of(Content(Medium.TEXT, "😀停水", (marked,))) is None) is sound


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://water.example.com/plan?x=1", True),
        ("http://例子.中国/水", True),
        ("javascript:alert(1)", False),
        ("tg://resolve?domain=x", False),
        ("https://bank.example.com@evil.example.com", False),
        ("https://localhost/x", False),
        ("https://a..b", False),
        ("https://a.b:99999", False),
        ("https://a.b /c", False),
        ("https://a.b/\u202ec", False),
        ("", False),
    ],
)
def test_a_link_says_where_it_leads(address: str, leads: bool) -> None:
    assert is_link(address) is leads


@given(st.text(max_size=40))
def test_whatever_is_sent_as_an_address_is_judged(text: str) -> None:
    assert is_link(text) in {True, False}
    assert is_link(f"https://{text}") in {True, False}


def test_buttons_that_cannot_go_are_named() -> None:
    link = CopyButton(Does.LINK, "去看", "https://a.example.com")
    received = CopyButton(Does.RECEIVED)
    assert fault_of_offers((received, link)) is None
    assert fault_of_offers((received, received)) is Fault.TWICE
    assert fault_of_offers((CopyButton(Does.LINK, " ", link.url),)) is Fault.BAD_LABEL
    assert fault_of_offers((CopyButton(Does.LINK, "x", "ftp://a.b"),)) is Fault.BAD_LINK
    assert fault_of_offers((CopyButton(Does.PROPOSAL),)) is Fault.NO_SUBJECT
    many = tuple(CopyButton(Does.PROPOSAL, "101", subject_id=at) for at in range(MOST_OFFERS + 1))
    assert fault_of_offers(many) is Fault.TOO_MANY
