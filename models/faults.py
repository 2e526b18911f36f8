"""Faults named for logs and tables: what broke and where, never the words of an exception.

Those words can hold what people wrote; a traceback ends with them.
"""

import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def where(error: BaseException) -> str:
    """Return `file:line` of our innermost frame, the file counted from the root of the project.

    An exception that never passed through our code is placed where it was raised; one that was
    never raised has no place: "".
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{path}:{f.lineno}" for f in frames if (path := _our_path(f.filename))]
    if ours or not frames:
        return ours[-1] if ours else ""
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"


def named(error: BaseException) -> str:
    """Name a fault in few words: its type and its place."""
    place = where(error)
    return f"{type(error).__name__} at {place}" if place else type(error).__name__


def _our_path(filename: str) -> str | None:
    """Return a file of ours, counted from the root; what is installed below it is not ours."""
    path = Path(filename)
    if not path.is_relative_to(ROOT):
        return None
    inside = path.relative_to(ROOT)
    return None if inside.parts[0].startswith(".") else inside.as_posix()
