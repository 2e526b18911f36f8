"""The buttons of coming in."""

from typing import Literal

from handlers.callbacks import Button, Id


class Agree(Button, prefix="pa"):
    """Agreeing to the consent text; a deep link has filled in the place."""

    place_id: Id | None = None


class Speak(Button, prefix="pl"):
    """Choosing a language."""

    language: Literal["zh_Hans", "en"]
