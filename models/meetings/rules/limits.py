"""How long a meeting, its texts and its lists may be."""

import re
from datetime import timedelta

LENGTH = timedelta(minutes=90)
"""How long a meeting is taken to last: what calendars block, for nobody names an end."""

DOOR_OPENS = timedelta(hours=1)
"""Before the start: from then on people are checked in."""

ALARM = timedelta(hours=1)
"""Before the start: when calendars ring; the bot itself reminds by the policy."""

FARTHEST = timedelta(days=366)
"""A meeting or the date of an action item lies at most so far ahead."""

MOST_ON_AGENDA = 10
"""Proposals: more cannot be deliberated in one evening."""

WHERE_LENGTH = 200
MINUTES_LENGTH = 3000
"""Characters: with agenda and date they still fit into one message."""
WORDS_LENGTH = 500
"""Characters of an action item, and of what its owner says of it."""

CODE = re.compile(r"[A-Za-z0-9_-]{8,32}", re.ASCII)
"""A code of a link: what Telegram lets through in one, and as long as ours are."""


def is_code(text: str) -> bool:
    """Tell what can be a code of ours from what never was one."""
    return CODE.fullmatch(text) is not None
