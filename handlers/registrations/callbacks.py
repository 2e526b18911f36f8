"""The buttons of registrations and of their kinds."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToRegister(Button, prefix="ja"):
    """Show what somebody has registered, and what they can register."""


class Register(Button, prefix="jb"):
    """Begin to register something of one's own."""

    kind: Id


class RegisterFor(Button, prefix="jc"):
    """Choose what to register for somebody without a phone; 0: not chosen yet."""

    kind: int = 0


class RegistrationAct(StrEnum):
    """What a button on a registration does."""

    OPEN = "o"
    FILL = "f"
    """Fill it in: for the first time, corrected, or once more to renew it."""
    ACCEPT = "a"
    RETURN = "r"
    SENT = "m"
    """Send the photos and voice messages."""
    UNSEAL = "u"
    """Open what is sealed; the look is on record."""
    ASK_END = "e"
    END = "x"


class OnRegistration(Button, prefix="jr"):
    """A button on a registration."""

    act: RegistrationAct
    id: Id


class AcceptFiling(Button, prefix="jt"):
    """Accept a registration as it was shown: with this filing, and no other."""

    id: Id
    filing: Id


class ToWaiting(Button, prefix="jw"):
    """Show a page of what waits at the reader's desk."""

    page: int = 0


class Counts(Button, prefix="jn"):
    """Count what stands, kind by kind."""


class OfKind(Button, prefix="jl"):
    """Show a page of a kind."""

    kind: Id
    page: int = 0


class SearchAct(StrEnum):
    """What a button on the list of a kind does."""

    SEARCH = "s"
    EXPORT = "x"
    IMPORT = "i"


class OnRegister(Button, prefix="js"):
    """A button on the list of a kind."""

    act: SearchAct
    kind: Id


class AcceptAll(Button, prefix="jv"):
    """Accept what waits of a kind: asked first, with 0; then as many as were shown."""

    kind: Id
    seen: int = 0


class Kinds(Button, prefix="jk"):
    """List the kinds of the reader's places."""


class NewKind(Button, prefix="jm"):
    """Begin a kind."""


class KindAct(StrEnum):
    """What a button on a kind does."""

    OPEN = "o"
    ADD = "a"
    DROP = "d"
    TABLE = "t"
    PUBLISH = "p"
    ASK_RETIRE = "q"
    RETIRE = "r"


class OnKind(Button, prefix="jd"):
    """A button on a kind."""

    act: KindAct
    id: Id


class Builders(Button, prefix="jh"):
    """Hear of builders, or do not."""

    hears: bool
