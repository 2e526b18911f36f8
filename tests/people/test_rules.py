"""Rights, names, numbers: the pure rules of people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.rules import (
    FIELD_LENGTH,
    NAME_LENGTH,
    RIGHTS,
    Field,
    PersonalSet,
    Right,
    Role,
    clean_name,
    clean_phone,
    leaves_uncovered,
    mask,
    may,
    may_anywhere,
    read_field,
    right_to_grant,
)
from models.places.rules import covers
from models.text import BLANKS, MARKS_AT_MOST, clean_line

roles = st.sampled_from(list(Role))
rights = st.sampled_from(list(Right))
paths = st.lists(st.integers(1, 3), max_size=4).map(
    lambda ids: "/" + "".join(f"{number}/" for number in ids)
)


@given(roles, paths, rights, paths)
def test_a_grant_reaches_down_and_never_up_or_across(role, upper, right, at) -> None:
    expected = right in RIGHTS[role] and covers(upper, at)
    assert may([(role, upper)], right, at) == expected
    assert may([], right, at) is False


@given(st.lists(st.tuples(roles, paths)), rights, paths)
def test_more_grants_never_take_a_right_away(grants, right, at) -> None:
    for grant in grants:
        assert not may([grant], right, at) or may(grants, right, at)
    assert not may(grants, right, at) or may_anywhere(grants, right)


def test_who_may_grant_what() -> None:
    grid = "/1/2/"
    for role in Role:
        by_staff = may([(Role.STAFF, grid)], right_to_grant(role), grid)
        by_secretary = may([(Role.SECRETARY, grid)], right_to_grant(role), grid)
        assert not by_staff
        assert by_secretary == (role in {Role.STAFF, Role.LEADER, Role.PARTY_MEMBER})
        assert may([(Role.ADMIN, grid)], right_to_grant(role), grid)


@pytest.mark.parametrize(
    ("others", "uncovered"), [([], True), (["/1/2/"], True), (["/1/"], False), (["/"], False)]
)
def test_somebody_answers_for_what_an_admin_covered(others: list[str], uncovered: bool) -> None:
    assert leaves_uncovered("/1/", others) is uncovered


@given(st.text(max_size=300))
def test_a_clean_name_is_short_one_line_and_holds_no_tricks(raw: str) -> None:
    name = clean_name(raw)
    assert len(name) <= NAME_LENGTH
    assert name == name.strip()
    assert "\n" not in name
    assert not BLANKS & set(name)
    for char in name.replace("\u200d", ""):
        assert unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("<b>王秀英</b>", "<b>王秀英</b>"),
        ("*Emma*\n_Clarke_", "*Emma* _Clarke_"),
        ("\u202eevil\u202c", "evil"),
        ("李\u200b强\ufeff", "李强"),
        ("ㅤ\u2800\u3164", ""),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * MARKS_AT_MOST),
        ("x" * 5000, "x" * NAME_LENGTH),
        ("\u200d\u200d", ""),
        ("王\x00秀英", "王秀英"),
    ],
)
def test_names_that_play_tricks(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("138 0000 1001", "13800001001"),
        ("＋86-138-0000-1001", "+8613800001001"),
        ("(021) 6275-1234", "02162751234"),
        ("12345", "12345"),
        ("1234", None),
        ("call me", None),
        ("1" * 16, None),
        ("🙂" * 5000, None),
        ("13800001001; DROP", None),
    ],
)
def test_numbers_as_people_write_them(raw: str, phone: str | None) -> None:
    assert clean_phone(raw) == phone


@given(st.from_regex(r"[0-9]{5,15}", fullmatch=True))
def test_a_masked_number_keeps_its_length_and_hides_its_middle(phone: str) -> None:
    masked = mask(phone)
    assert len(masked) == len(phone)
    assert masked[-2:] == phone[-2:]
    assert masked != phone or len(phone) == 7


def test_fields_are_read_by_their_own_rule() -> None:
    assert read_field(Field.PHONE, "nothing") is PersonalSet.NOT_A_PHONE
    assert read_field(Field.DOOR, " 2单元\n301室 ") == "2单元 301室"
    assert read_field(Field.DOOR, "x" * (FIELD_LENGTH[Field.DOOR] + 1)) is PersonalSet.TOO_LONG
    assert read_field(Field.NOTE, "") == ""


@given(st.text(max_size=100), st.integers(1, 50))
def test_a_clean_line_never_passes_its_length(raw: str, length: int) -> None:
    assert len(clean_line(raw, length)) <= length
