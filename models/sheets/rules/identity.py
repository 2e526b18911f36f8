"""Numbers of identity cards: they are refused, whoever writes them and wherever."""

import unicodedata

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""Of the sum modulo 11 (GB 11643-1999, after ISO 7064 MOD 11-2)."""

LENGTH = len(WEIGHTS) + 1
AREA, YEAR, MONTH, DAY = slice(0, 2), slice(6, 10), slice(10, 12), slice(12, 14)
AREAS = frozenset(
    str(area)
    for areas in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for area in range(areas[0], areas[1] + 1)
)
"""What a number begins with (GB/T 2260; 83 is of residence permits)."""
FOREIGN = "9"
"""What one of somebody with permanent residence begins with (since 2023)."""
YEARS = ("1900", "2099")
CROSSES = frozenset("xх×✕✗⨯")
"""What is written for the X in the last place, folded."""


def holds_identity_number(text: str) -> bool:
    """Return whether the number of an identity card of the mainland stands somewhere in a text.

    Of any width, in digits of any script, in pieces too. Without an area, a day of birth or the
    right last digit it is some other number: of a message full of other digits three in 100,000
    runs of eighteen look like one.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(folded) < LENGTH or sum(map(str.isnumeric, folded)) < LENGTH - 1:
        return False  # nearly every text: the rest takes twenty times as long
    run = ""
    for char in folded:
        digit = _digit(char)
        if digit or char in CROSSES:
            run = (run + (digit or "X"))[-LENGTH:]
            if is_identity_number(run):
                return True
        elif char.isalpha():
            run = ""
    return False


def is_identity_number(number: str) -> bool:
    """Return whether 18 characters, digits of which the last may be 'X', are such a number."""
    if len(number) != LENGTH or not number[:-1].isdecimal() or number[0] == "0":
        return False
    return _is_of_somebody(number) and number[-1] == check_digit(number[:-1])


def _is_of_somebody(number: str) -> bool:
    """Return whether an area and a day of birth stand where they have to."""
    if number[AREA] not in AREAS and number[0] != FOREIGN:
        return False
    if not YEARS[0] <= number[YEAR] <= YEARS[1]:
        return False
    return 1 <= int(number[MONTH]) <= 12 and 1 <= int(number[DAY]) <= 31


def is_rounded_identity_number(number: str) -> bool:
    """Return whether 18 digits are what a spreadsheet makes of such a number that was typed into it
    as a number: the last three are gone, the birthday stays."""
    rounded = len(number) == LENGTH and number.isascii() and number.isdecimal()
    return rounded and number.endswith("000") and _is_of_somebody(number)


def check_digit(digits: str) -> str:
    """Return what stands behind the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def without_digits(text: str) -> str:
    """Return a text with a dot for every digit, in as many places of UTF-16 as before."""
    return "".join("·" * _width(char) if char.isnumeric() else char for char in text)


def _width(char: str) -> int:
    return len(char.encode("utf-16-le")) // 2


def _digit(char: str) -> str:
    value = unicodedata.numeric(char, -1)
    return str(int(value)) if value in range(10) else ""
