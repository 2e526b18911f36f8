"""The buttons of orders and return visits."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.categories import Body


class OpenOrder(Button, prefix="oo"):
    """Open an order: in place, or below a card that changes by itself."""

    id: Id
    below: bool = False


class OrdersPage(Button, prefix="ol"):
    """Turn the list to a page."""

    page: int


class OrderAct(StrEnum):
    """What a button on an order does."""

    REPORT = "r"
    MEDIA = "m"
    ASK_SIGN = "q"
    SIGN = "s"
    SEND_BACK = "b"
    TERMS = "t"
    ASK_BODY = "k"
    ASK_PERSON = "p"
    DUE = "d"
    TO_SHOW = "w"


class OnOrder(Button, prefix="ok"):
    """A button on an order."""

    act: OrderAct
    id: Id


class SetBody(Button, prefix="ob"):
    """Name the body that answers."""

    id: Id
    body: Body


class HandOn(Button, prefix="oh"):
    """Make somebody of the staff responsible."""

    id: Id
    to: Id


class StillWell(Button, prefix="ov"):
    """Answer a return visit."""

    id: Id
    well: bool


class InDays(Button, prefix="od"):
    """Have an order put right so many days from now."""

    id: Id
    days: Annotated[int, Field(ge=1, le=366)]
