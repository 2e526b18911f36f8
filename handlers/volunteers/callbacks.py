"""The buttons of volunteers."""

from enum import StrEnum

from handlers.callbacks import Button


class OfferAct(StrEnum):
    """What a button about one's own offer does."""

    SIGN_UP = "s"
    CHANGE = "c"
    HOURS = "h"
    PAUSE = "p"
    RESUME = "r"
    ASK_LEAVE = "a"
    LEAVE = "l"


class OnOffer(Button, prefix="vo"):
    """A button about one's own offer to help."""

    act: OfferAct
