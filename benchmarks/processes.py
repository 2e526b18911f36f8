"""The processes that are measured: started clean, watched, ended by their own id."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import psutil  # type: ignore[import-untyped]  # it brings no stubs

ROOT = Path(__file__).parent.parent
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TMPDIR")
"""All else is left out: a setting of the machine's must not reach what is measured."""

STOP_SECONDS = 15
MEBIBYTE = 1024 * 1024
LOG_TAIL = 800


class FailedError(Exception):
    """A process ended, or did not do in time what it was to do."""


class Process(Protocol):
    """What is used of `subprocess.Popen`."""

    pid: int
    stdout: IO[str] | None

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


Start = Callable[[Sequence[str], Path, Mapping[str, str], IO[str]], Process]
"""Starts `python <arguments>` in a folder, with these variables, and a file for its errors."""


@dataclass
class Child:
    """A process of ours and the file of what it says when something is wrong."""

    process: Process
    log: Path

    def check(self) -> None:
        """Raise FailedError with what it last said if it has ended."""
        code = self.process.poll()
        if code is not None:
            raise FailedError(f"ended with code {code}: {self.last_words()}")

    def last_words(self) -> str:
        """Give the end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:].strip()

    def line(self) -> str:
        """Wait for its next line on standard output."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line:
            self.process.wait(STOP_SECONDS)
            self.check()
        return line

    def cpu_seconds(self) -> float:
        """Give the processor time it has used, all its threads together."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def resident_mib(self) -> float:
        """Give its resident memory, in MiB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / MEBIBYTE


def from_scratch(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str], errors: IO[str]
) -> "subprocess.Popen[str]":
    """Start an interpreter, as whatever is measured has to be."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


@contextmanager
def running(
    arguments: Sequence[str],
    folder: Path,
    variables: dict[str, str] | None = None,
    start: Start = from_scratch,
) -> Iterator[Child]:
    """Run `python <arguments>` in a folder that holds no `.env`; it is ended at the end."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), **(variables or {})}
    log = folder / "stderr.log"
    with log.open("w", encoding="utf-8") as errors:
        process = start(arguments, folder, environment, errors)
        try:
            yield Child(process, log)
        finally:
            _end(process)


def _end(process: Process) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
