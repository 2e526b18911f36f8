"""Numbers of identity cards are known wherever they stand, and nothing else is taken for one."""

from hypothesis import assume, given
from hypothesis import strategies as st

from models.sheets.rules.answers import AnswerProblem, read_answer
from models.sheets.rules.identity import (
    AREAS,
    CHECKS,
    check_digit,
    holds_identity_number,
    is_identity_number,
)
from tests.sheets.survey import IDENTITY, SURVEY

NUMBERS = st.builds(
    lambda area, year, month, day, order: f"{area}{year}{month:02}{day:02}{order:03}",
    st.sampled_from([*AREAS, "91"]).flatmap(
        lambda area: st.integers(0, 9999).map(lambda rest: f"{area}{rest:04}")
    ),
    st.integers(1900, 2099),
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(0, 999),
).map(lambda digits: digits + check_digit(digits))
GAPS = st.text(" -·./\u3000\u200b\n　、", max_size=3)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SPELT = str.maketrans("0123456789", "〇一二三四五六七八九")
AROUND = st.text("我的身份证号是：,。 abc", max_size=20)


def test_the_example_of_the_standard() -> None:
    assert is_identity_number(IDENTITY)
    assert check_digit("34052419800101001") == "X"
    assert holds_identity_number("号码 110105 19491231 002x 请记一下")


@given(NUMBERS, st.sampled_from([{}, WIDE, ARABIC, SPELT]), st.data())
def test_it_is_found_in_pieces_of_any_width_and_among_other_words(number, width, data) -> None:
    written = number.lower() if data.draw(st.booleans()) else number
    pieces = "".join(char + data.draw(GAPS) for char in written.translate(width))
    text = data.draw(AROUND) + pieces + data.draw(AROUND)
    assert holds_identity_number(text)


@given(NUMBERS, st.sampled_from(CHECKS))
def test_another_last_digit_is_another_number(number, last) -> None:
    assume(last != number[-1])
    assert not is_identity_number(number[:-1] + last)
    assert not holds_identity_number(f"号 {number[:-1]}{last}。")


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, more) -> None:
    wrong = str((int(number[place]) + more) % 10)
    assert not is_identity_number(number[:place] + wrong + number[place + 1 :])


@given(st.text("0123456789X -", max_size=17))
def test_what_is_shorter_is_none(text) -> None:
    assert not holds_identity_number(text)


@given(NUMBERS, AROUND)
def test_no_text_of_a_sheet_takes_one(number, around) -> None:
    for field in SURVEY.fields:
        assert read_answer(field, f"{around}{number}") is AnswerProblem.IDENTITY_NUMBER


@given(st.text())
def test_any_text_can_be_asked_about(text) -> None:
    assert holds_identity_number(text) in {True, False}
