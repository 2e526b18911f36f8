"""Numbers of identity cards: they are refused, whoever writes them and wherever."""

import unicodedata

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""Of the sum modulo 11 (GB 11643-1999, after ISO 7064 MOD 11-2)."""

LENGTH = len(WEIGHTS) + 1
MONTH, DAY = slice(10, 12), slice(12, 14)
CROSSES = frozenset("xх×✕✗⨯")
"""What is written for the X in the last place, folded."""


def holds_identity_number(text: str) -> bool:
    """Return whether the number of an identity card of the mainland stands somewhere in a text.

    Of any width, in digits of any script, in pieces too. Without a month, a day or the right last
    digit it is some other number.
    """
    run = ""
    for char in unicodedata.normalize("NFKC", text).casefold():
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
    if not (1 <= int(number[MONTH]) <= 12 and 1 <= int(number[DAY]) <= 31):
        return False
    return number[-1] == check_digit(number[:-1])


def check_digit(digits: str) -> str:
    """Return what stands behind the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def _digit(char: str) -> str:
    value = unicodedata.numeric(char, -1)
    return str(int(value)) if value in range(10) else ""
