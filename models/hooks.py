"""Hooks: how a subject lets others act, or asks them, that stand above it and that it cannot name.

A subject declares its hooks in a module `hooks` of its own, as functions without a body;
`models.wiring` says who is behind them.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar

Args = ParamSpec("Args")
Answer = TypeVar("Answer")


class NotWiredError(LookupError):
    """A hook was used before `models.wiring.wire` was called: nobody would have heard of it."""


class EventHook(Generic[Args]):
    """What happened in a subject: everybody who has to act on it does, in the order of joining."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._joined: tuple[Callable[Args, Awaitable[object]], ...] = ()

    @property
    def behind(self) -> tuple[Callable[Args, Awaitable[object]], ...]:
        """Return who acts on it."""
        return self._joined

    def join(self, *functions: Callable[Args, Awaitable[object]]) -> None:
        """Let these act from now on, and nobody else."""
        self._joined = functions

    async def __call__(self, *args: Args.args, **kwargs: Args.kwargs) -> None:
        """Let everybody act, one after the other; NotWiredError where nobody does."""
        if not self._joined:
            raise NotWiredError(self.name)
        for function in self._joined:
            await function(*args, **kwargs)


class AnswerHook(Generic[Args, Answer]):
    """What a subject asks another one, which alone knows the answer."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._joined: Callable[Args, Awaitable[Answer]] | None = None

    @property
    def behind(self) -> tuple[Callable[Args, Awaitable[Answer]], ...]:
        """Return who answers: one at the most."""
        return () if self._joined is None else (self._joined,)

    def join(self, function: Callable[Args, Awaitable[Answer]]) -> None:
        """Let this one answer from now on, and nobody else."""
        self._joined = function

    async def __call__(self, *args: Args.args, **kwargs: Args.kwargs) -> Answer:
        """Return the answer; NotWiredError where nobody has one."""
        if self._joined is None:
            raise NotWiredError(self.name)
        return await self._joined(*args, **kwargs)


def event(declared: Callable[Args, Awaitable[None]]) -> EventHook[Args]:
    """Declare an event: the arguments say what happened to what."""
    return EventHook(_name(declared))


def question(declared: Callable[Args, Awaitable[Answer]]) -> AnswerHook[Args, Answer]:
    """Declare a question: with the answer that is waited for."""
    return AnswerHook(_name(declared))


def _name(declared: Callable[..., object]) -> str:
    """Return the name of a hook for people: 'help.filed'."""
    subject = declared.__module__.removeprefix("models.").removesuffix(".hooks")
    return f"{subject}.{declared.__name__}"
