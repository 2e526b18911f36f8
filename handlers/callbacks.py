"""The one registry of buttons.

Every button's data is a class below `Button`, with a prefix of its own that never changes its
meaning: messages with old buttons lie in people's chats for years. A button that is retired keeps
its class, and its handler says what to do instead.
"""

from typing import Annotated, Any, ClassVar

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

DATA_BYTES = 64
"""Telegram's limit on callback data."""

Id = Annotated[int, Field(gt=0, lt=2**53)]
"""A row's number; what no row can have is refused before it reaches the database."""


class Button(CallbackData, prefix="-"):
    """Parent of all buttons; a prefix used twice is refused at import."""

    registry: ClassVar[dict[str, type["Button"]]] = {}
    kept: ClassVar[bool] = True
    """Whether what was pressed may be written down where a press is remembered or could not be
    handled. Of a secret ballot it may not."""
    urgent: ClassVar[bool] = False
    """Whether it may call for help in danger: a press is taken, however much somebody sends."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class into the registry."""
        super().__init_subclass__(**kwargs)
        if cls.__prefix__ in Button.registry:
            raise TypeError(f"two buttons share the prefix {cls.__prefix__!r}")
        Button.registry[cls.__prefix__] = cls


def may_be_kept(data: str) -> bool:
    """Return whether what was pressed may be written down: the data of a button, or of none."""
    button = Button.registry.get(data.partition(Button.__separator__)[0])
    return button is None or button.kept


def is_urgent(data: str) -> bool:
    """Return whether what was pressed may call for help in danger."""
    button = Button.registry.get(data.partition(Button.__separator__)[0])
    return button is not None and button.urgent


def without_fields(data: str) -> str:
    """Return as much of a button's data as may be written down of any: whose button it is."""
    return data.partition(Button.__separator__)[0]


class Go(Button, prefix="go"):
    """A step to a screen that needs no subject: 'home', 'mine', 'desk', 'settings' …"""

    to: str
