"""Starts programs quickly: what all of them import is paid for once, each is then a fork.

`python -m tests.zygote N` reads orders from the socket with the descriptor N, until it is closed: a
line of JSON, with three descriptors: where to say the process id and how it ended, standard output,
standard error. An order runs as `python -m` would run it, with its own folder and environment, and
ends as a process does: by its exit code or by a signal.
"""

import bot.lean

# isort: split

import gc
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any

PRELOADED = (
    "apscheduler.schedulers.asyncio",
    "bot.serve",
    "handlers.rooms",
    "models.migrate",
    "psutil",
    "rapidfuzz",
    "sandbox.server",
    "typer",
    "benchmarks.contenders.town",
    "benchmarks.figures",
)
"""What most programs import; no program itself, which has to run as if nobody had imported it."""

LONGEST_ORDER = 65_536


class Forked:
    """A process of the zygote's, to be handled as one of `subprocess`."""

    def __init__(self, status: socket.socket, stdout: IO[str]) -> None:
        self.stdout = stdout
        self.returncode: int | None = None
        self._status = status
        self._said = status.makefile("r")
        self.pid = int(self._said.readline())

    def poll(self) -> int | None:
        """Return its exit code, negative for a signal, or None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; return its exit code."""
        if self.returncode is None:
            with selectors.DefaultSelector() as selector:
                selector.register(self._status, selectors.EVENT_READ)
                if not selector.select(timeout):
                    raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self.returncode = int(self._said.readline())
            self._said.close()
            self._status.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Zygote:
    """The process that is forked."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders

    def start(
        self, arguments: Sequence[str], folder: Path, variables: Mapping[str, str], errors: IO[Any]
    ) -> Forked:
        """Run `python -m …` in a folder, with these variables alone."""
        assert arguments[0] == "-m"
        order = {"arguments": arguments[1:], "folder": str(folder), "variables": dict(variables)}
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        descriptors = [theirs.fileno(), writing, errors.fileno()]
        socket.send_fds(self._orders, [json.dumps(order).encode()], descriptors)
        theirs.close()
        os.close(writing)
        return Forked(ours, os.fdopen(reading, "r"))


@contextmanager
def open_zygote() -> Iterator[Zygote]:
    """Start a zygote; it ends with the last word to it."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.zygote", str(theirs.fileno())]
    root = Path(__file__).parent.parent
    with (
        ours,
        subprocess.Popen(command, cwd=root, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL),
    ):
        theirs.close()
        try:
            yield Zygote(ours)
        finally:
            ours.close()


def main(orders: socket.socket) -> None:
    """Fork for every order; the children leave it, too, to run and to end as any program does."""
    for name in PRELOADED:
        import_module(name)
    bot.lean.build_common()
    gc.freeze()
    minders: list[int] = []
    while True:
        line, descriptors, *_ = socket.recv_fds(orders, LONGEST_ORDER, 3)
        if not line:
            for minder in minders:  # so that their processor time is counted
                os.waitpid(minder, 0)
            os._exit(0)
        minder = os.fork()
        if minder == 0:
            orders.close()
            mind(json.loads(line), *descriptors)
            return
        minders.append(minder)
        for descriptor in descriptors:
            os.close(descriptor)


def mind(order: dict[str, Any], status: int, output: int, errors: int) -> None:
    """Run an order in a child of this process, and say how it ends."""
    number = os.fork()
    if number == 0:
        os.dup2(output, 1)
        os.dup2(errors, 2)
        for descriptor in (status, output, errors):
            os.close(descriptor)
        run(order)
        return
    os.close(output)
    os.close(errors)
    os.write(status, b"%d\n" % number)
    _, ended = os.waitpid(number, 0)
    os.write(status, b"%d\n" % os.waitstatus_to_exitcode(ended))
    os._exit(0)


def run(order: dict[str, Any]) -> None:
    """Become the program."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["variables"])
    module, *arguments = order["arguments"]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
