"""What the desk takes along as spreadsheets."""

from enum import StrEnum


class Sheet(StrEnum):
    """What a spreadsheet is about."""

    REQUESTS = "requests"
    HOURS = "hours"
    CALLS = "calls"
