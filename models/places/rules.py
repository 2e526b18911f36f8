"""What a place is and who stands above whom in the tree."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """The storeys of the tree, widest first."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"


def child_path(parent_path: str, place_id: int) -> str:
    """Give the path of a place below another: '/1/4/' and 9 make '/1/4/9/'; a root is below '/'."""
    return f"{parent_path}{place_id}/"


def covers(upper: str, lower: str) -> bool:
    """Tell whether the place at path `upper` is the one at `lower` or stands above it."""
    return lower.startswith(upper)


def ancestors(path: str) -> list[int]:
    """List the ids on a path from the root down, the place itself last."""
    return [int(part) for part in path.strip("/").split("/") if part]


def distance(one: str, other: str) -> int:
    """Count the steps up and down the tree from one place to the other; 0 is the same place."""
    ours, theirs = ancestors(one), ancestors(other)
    shared = sum(1 for a, b in zip(ours, theirs, strict=False) if a == b)
    return len(ours) + len(theirs) - 2 * shared
