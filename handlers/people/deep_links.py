"""Deep links: what `t.me/<bot>?start=<prefix>-<rest>` leads to.

A link leads to a screen. Somebody new registers first and is led on afterwards.
"""

from collections.abc import Awaitable, Callable

from handlers.form import FormContext
from handlers.screen import Screen

Link = Callable[[FormContext, str], Awaitable[Screen]]
"""Given the turn and what stands after the prefix; the person is registered."""

DEEP_LINKS: dict[str, Link] = {}

BUILDING = "b"
"""`b-<code>`: fills in where somebody new lives; it is read by the welcome."""


def leads(prefix: str) -> Callable[[Link], Link]:
    """Enter where links of a prefix lead; a prefix entered twice is refused at import."""

    def enter(link: Link) -> Link:
        if prefix in DEEP_LINKS or prefix == BUILDING:
            raise ValueError(f"two links begin with {prefix!r}")
        DEEP_LINKS[prefix] = link
        return link

    return enter


def leads_somewhere(payload: str) -> bool:
    """Return whether links of a payload's prefix lead to a screen."""
    return payload.partition("-")[0] in DEEP_LINKS


async def follow_link(ctx: FormContext, payload: str) -> Screen | None:
    """Return the screen that a payload leads to; None where it leads nowhere."""
    prefix, _dash, rest = payload.partition("-")
    link = DEEP_LINKS.get(prefix)
    return await link(ctx, rest) if link else None


def address(username: str, prefix: str, rest: str) -> str:
    """Return a deep link."""
    return f"https://t.me/{username}?start={prefix}-{rest}"
