"""Plates: one plate, however it is written; what is none; where the spelling leaves it open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sheets.rules.answers import AnswerProblem, answers_meant, looked_up_by, read_answer
from models.sheets.rules.fields import FieldKind, SheetField, SheetWords
from models.sheets.rules.plates import PROVINCES, plates_meant
from tests.sheets.drawn import PLATES

PLATE = SheetField("plate", FieldKind.PLATE, SheetWords("车牌", "Plate"), sealed=True, indexed=True)
GAPS = st.sampled_from(["", " ", "·", " - ", "．", "\u3000"])
WIDE = {ord(char): ord(char) + 0xFEE0 for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("苏Ａ·12345", "苏A12345"),
        ("su a12345", "苏A12345"),
        ("蘇A-12345", "苏A12345"),
        ("苏A·D12345", "苏AD12345"),
        ("粤B12345D", "粤B12345D"),
        ("粤Z1234港", "粤Z1234港"),
        ("京A1234警", "京A1234警"),
        ("京AO12I4", "京A01214"),
        ("Chuan A 8K888", "川A8K888"),
        ("ea12345", "鄂A12345"),
    ],
)
def test_a_plate_is_read_however_it_is_written(typed: str, plate: str) -> None:
    assert plates_meant(typed) == (plate,)


@pytest.mark.parametrize(
    "typed",
    ["", "苏", "苏A", "苏A1234", "苏A1234567", "A12345", "12345", "楼下那辆白车", "苏AABCDE",
     "苏A123456", "火A12345", "苏A12345 苏A12346", "苏港12345", "苏A12港45"],
)  # fmt: skip
def test_what_is_no_plate_means_none(typed: str) -> None:
    assert plates_meant(typed) == ()
    assert read_answer(replace(PLATE, required=True), typed or "?") is AnswerProblem.NO_PLATE


@given(PLATES, GAPS, GAPS, st.booleans(), st.booleans())
def test_width_case_and_gaps_are_all_one(
    plate: str, first: str, second: str, wide: bool, small: bool
) -> None:
    typed = first.join([plate[:2], second.join([plate[2:4], plate[4:]])])
    typed = typed.translate(WIDE) if wide else typed
    typed = typed.lower() if small else typed
    assert plates_meant(typed) == (plate,)
    assert looked_up_by(PLATE, plate) == looked_up_by(PLATE, str(read_answer(PLATE, typed)))


@given(PLATES)
def test_a_province_spelt_in_letters_means_its_plate_among_few(plate: str) -> None:
    meant = plates_meant(PROVINCES[plate[0]] + plate[1:])
    assert plate in meant
    assert len(meant) <= len(PROVINCES)


def test_a_spelling_of_two_provinces_is_asked_about_and_looked_for_under_both() -> None:
    assert read_answer(PLATE, "gui A12345") is AnswerProblem.WHICH_PLATE
    assert answers_meant(PLATE, "gui A12345") == ("桂A12345", "贵A12345")


@given(st.text(max_size=40))
def test_any_text_can_be_asked_about(text: str) -> None:
    for plate in plates_meant(text):
        assert plates_meant(plate) == (plate,)
