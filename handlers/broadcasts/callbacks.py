"""The buttons of broadcasts."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.broadcasts.rules.notices import Topic

Version = Annotated[int, Field(gt=0, lt=2**15)]


class OpenBroadcast(Button, prefix="bc"):
    """Open a broadcast's card, as its author, an approver or a keeper sees it."""

    id: Id
    below: bool = False


class OnBroadcast(Button, prefix="bo"):
    """Do something to a broadcast: a move of the table, `sure` after having been asked."""

    id: Id
    move: Annotated[str, Field(max_length=12)]
    version: Version = 1
    """Which version was seen when the button was shown."""
    sure: bool = False


class OnPart(Button, prefix="bp"):
    """Change one part of a draft: words, other language, buttons, audience, time …"""

    id: Id
    part: Annotated[str, Field(max_length=12)]
    value: Annotated[str, Field(max_length=24)] = ""


class IntoDraft(Button, prefix="bi"):
    """Put what was sent in a message into a draft."""

    id: Id
    message: Id


class Under(StrEnum):
    """What a button under a copy does."""

    RECEIVED = "r"
    SIGN_UP = "s"
    SIGN_OFF = "x"
    """Take signing up back: a button of its own, so that a second tap never undoes the first."""
    MUTE = "m"
    ASK_MUTE = "q"
    OPEN = "o"
    """Show once more what was sent, below."""


class OnCopy(Button, prefix="by"):
    """A recipient's tap under their copy."""

    id: Id
    does: Under


class OnReport(Button, prefix="br"):
    """A part of a broadcast's report: '' whole, else one of the lists, by page."""

    id: Id
    part: Annotated[str, Field(max_length=12)] = ""
    page: Annotated[int, Field(ge=0, lt=2**31)] = 0


class OnDoor(Button, prefix="bd"):
    """Look at door and phone of somebody whom a broadcast did not reach; the look is noted."""

    id: Id
    person_id: Id


class OnTopic(Button, prefix="bt"):
    """Mute a topic, or hear of it again."""

    topic: Topic
    on: bool


class Browse(Button, prefix="bl"):
    """A page of one's broadcasts: those sent by or waiting for the viewer, or received."""

    which: Annotated[str, Field(max_length=12)]
    page: Annotated[int, Field(ge=0, lt=2**31)] = 0
