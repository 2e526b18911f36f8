"""Hooks: how a subject lets others act, or asks them, that stand above it and that it cannot name.

A subject declares its hooks in a module `hooks` of its own; `models.wiring` says who is behind.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar

Args = ParamSpec("Args")
Answer = TypeVar("Answer")


class NotWiredError(LookupError):
    """A hook was used before `models.wiring.wire` was called: nobody would have heard of it."""


class EventHook(Generic[Args]):
    """What happened in a subject: everybody who has to act on it does, in the order of wiring."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._joined: tuple[Callable[Args, Awaitable[None]], ...] | None = None

    @property
    def wired(self) -> bool:
        """Return whether it is known who acts."""
        return self._joined is not None

    def join(self, *functions: Callable[Args, Awaitable[None]]) -> None:
        """Let these act from now on, and nobody else."""
        self._joined = functions

    async def __call__(self, *args: Args.args, **kwargs: Args.kwargs) -> None:
        """Let everybody act, one after the other; NotWiredError where nothing was joined."""
        if self._joined is None:
            raise NotWiredError(self.name)
        for function in self._joined:
            await function(*args, **kwargs)


class AnswerHook(Generic[Args, Answer]):
    """What a subject asks another one, which alone knows the answer."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._joined: Callable[Args, Awaitable[Answer]] | None = None

    @property
    def wired(self) -> bool:
        """Return whether it is known who answers."""
        return self._joined is not None

    def join(self, function: Callable[Args, Awaitable[Answer]]) -> None:
        """Let this one answer from now on."""
        self._joined = function

    async def __call__(self, *args: Args.args, **kwargs: Args.kwargs) -> Answer:
        """Return the answer; NotWiredError where nothing was joined."""
        if self._joined is None:
            raise NotWiredError(self.name)
        return await self._joined(*args, **kwargs)
