"""Pictures of places that leave the room."""

from dataclasses import dataclass
from zlib import crc32

from models.places.rules import Change, PlaceKind, path_name, place_name


@dataclass(frozen=True)
class Place:
    """One place."""

    id: int
    parent_id: int | None
    kind: PlaceKind
    name: str
    name_en: str | None
    code: str
    path: str
    leaf: bool
    """Nothing stands below it."""
    ended: bool = False
    """It was removed, or merged into another."""

    def called(self, language: str) -> str:
        """Return its name in a reader's language."""
        return place_name(self.name, self.name_en, language)


@dataclass(frozen=True)
class PlaceWithAbove:
    """A place with all that stand above it, the root first and the place itself last."""

    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Return the place itself."""
        return self.places[-1]

    def called(self, language: str, *, whole: bool = False) -> str:
        """Name it from its community down, or from the root with `whole`."""
        shown = [p for p in self.places if whole or p.kind in LOCAL] or [self.place]
        return path_name([(p.name, p.name_en) for p in shown], language)

    def short(self, language: str) -> str:
        """Name the community and the place itself: what neighbours call it."""
        shown = [p for p in self.places if p.kind is PlaceKind.COMMUNITY and p != self.place]
        return path_name([(p.name, p.name_en) for p in (*shown, self.place)], language)


LOCAL = frozenset({PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.BUILDING})


@dataclass(frozen=True)
class PlaceStep:
    """A step down the tree: what to choose from, and where one stands (None is above the roots)."""

    at: PlaceWithAbove | None
    options: tuple[Place, ...]


@dataclass(frozen=True)
class Prospect:
    """What a change of the tree would do, to be shown before it is done."""

    change: Change
    line: PlaceWithAbove
    target: PlaceWithAbove | None
    """Where it moves to, or what it is merged into."""
    hanging: tuple[tuple[str, int], ...]
    """What goes on at the place and below it, by name; nothing is left out but zeros."""
    blocking: tuple[str, ...]
    """What of it keeps the place from being removed."""
    across: bool
    """It moves to another community."""

    @property
    def seen(self) -> int:
        """Return a number for what was shown: another where anything is no longer so."""
        paths = self.line.place.path, self.target.place.path if self.target else ""
        return crc32(repr((paths, self.hanging)).encode())


@dataclass(frozen=True)
class Added:
    """What came of a list of names."""

    places: tuple[Place, ...]
    there: tuple[str, ...] = ()
    """Names that the parent has below it already, or that came twice."""
    unread: tuple[str, ...] = ()
    """Lines without a name, or with one that is too long."""
    beyond: int = 0
    """Lines beyond as many as are taken at once."""
