"""An event loop whose time passes only while nobody has anything to do, and whose processes die.

Every task belongs to a process, by a context variable. One that is stopped runs no further until it
goes on, as after SIGSTOP. One that is killed first loses its connections to the database and to
Telegram, and its tasks are cancelled then: nothing that they still do has any effect, as after
SIGKILL.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar
from typing import Any, cast


class NothingLeftError(Exception):
    """Everything waits for something that nobody will ever do."""


class Process:
    """One process: whether it lives, whether it runs, which tasks are its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True
        self.stopped = False
        self.tasks: set[asyncio.Task[Any]] = set()
        self.held: list[tuple[asyncio.Handle, Callable[..., Any], tuple[Any, ...]]] = []
        """What would have run while it was stopped, in order."""


PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)


class _Leap(selectors.SelectSelector):
    """Instead of waiting for sockets, of which there are none, lets the loop's time pass."""

    loop: "Loop"

    def select(self, timeout: float | None = None) -> list[Any]:
        """Let so much time pass at once."""
        if timeout is None:
            raise NothingLeftError
        self.loop.now += max(timeout, 0.0)
        return []


class Loop(asyncio.SelectorEventLoop):
    """The loop; what goes to a thread elsewhere is done in place."""

    def __init__(self) -> None:
        self.now = 0.0
        leap = _Leap()
        leap.loop = self
        super().__init__(leap)
        self.set_task_factory(_own)

    def time(self) -> float:
        """Return the seconds that have passed since the beginning."""
        return self.now

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Call soon, or when the process goes on."""
        process = PROCESS.get() if context is None else context.get(PROCESS)
        if process is None or not process.stopped:
            return super().call_soon(callback, *args, context=context)
        handle = asyncio.Handle(callback, args, self, context)
        process.held.append((handle, handle._run, ()))
        return handle

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call at an instant, or when the process goes on."""
        process = PROCESS.get() if context is None else context.get(PROCESS)
        if process is None:
            return super().call_at(when, callback, *args, context=context)

        def ring() -> None:
            if process.stopped:
                process.held.append((handle, callback, args))
            else:
                callback(*args)

        handle = super().call_at(when, ring, context=context)
        return handle

    def go_on(self, process: Process) -> None:
        """Let a stopped process go on with what it would have done meanwhile."""
        process.stopped = False
        held, process.held = process.held, []
        for handle, run, args in held:
            if not handle.cancelled():
                super().call_soon(run, *args)

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Do it at once: a thread would have a time of its own."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it is whoever waits for the thread who gets it
            future.set_exception(error)
        return future


def _own(
    loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, Any], **named: Any
) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.Task(coro, loop=loop, **named)
    process = PROCESS.get()
    if process is not None:
        process.tasks.add(task)
        task.add_done_callback(process.tasks.discard)
    return task


def running() -> Loop:
    """Return the loop that runs."""
    return cast("Loop", asyncio.get_running_loop())
