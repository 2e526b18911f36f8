"""Import a library without the colours it brings along where they happen to be installed.

structlog, httpx and mako look for rich and pygments, to colour what they print on a terminal or in
a browser. The bot does neither, and both are there as the command line's own (typer). Unseen by
them they save a start 60 ms and each process 8 MiB.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

COLOURS = ("pygments", "rich")


@contextmanager
def without_colours() -> Iterator[None]:
    """Let every import inside find these packages not installed, if they are not loaded already."""
    hidden = [name for name in COLOURS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # how Python marks it
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
