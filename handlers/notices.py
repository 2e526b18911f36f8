"""The registry of pushes: how each kind of notice is rendered when its turn to be sent comes.

A renderer is given the session, the notice and the reader's language (already being spoken); it
reads the state of that moment by an action and gives a screen, `Pointless` with the
reason, or `OnHold`.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

from handlers.screen import OnHold, Pointless, Screen
from models.database import Session
from models.outbox.views import Notice

Renderer = Callable[[Session, Notice], Awaitable[Screen | Pointless | OnHold]]


class UnknownKindError(LookupError):
    """A kind of notice that this version has no words for."""


RENDERERS: dict[str, Renderer] = {}


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """Enter a renderer for a kind of notice; a kind entered twice is refused at import."""

    def enter(renderer: Renderer) -> Renderer:
        if kind in RENDERERS:
            raise ValueError(f"two renderers for {kind!r}")
        RENDERERS[kind] = renderer
        return renderer

    return enter


Sharer = Callable[[Session, int, Sequence[int]], Awaitable[Mapping[int, Hashable]]]
"""For a subject and some readers: what their rendering depends on beside it and the language.

Those with equal marks are shown the same at one moment, so that it is rendered once for all of
them. Whoever has no mark is shown something of their own."""

SHARERS: dict[str, Sharer] = {}


def shares(kind: str) -> Callable[[Sharer], Sharer]:
    """Enter what tells which readers of a kind of notice are shown the same."""

    def enter(sharer: Sharer) -> Sharer:
        SHARERS[kind] = sharer
        return sharer

    return enter


async def render(session: Session, notice: Notice) -> Screen | Pointless | OnHold:
    """Render a notice in the language being spoken; UnknownKindError for one of another version."""
    renderer = RENDERERS.get(notice.kind)
    if renderer is None:
        raise UnknownKindError(notice.kind)
    return await renderer(session, notice)
