"""Places and people by name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Where:
    """A place by name, with its community in front: '桂花社区1号楼'."""

    place_id: int
    zh: str
    en: str


@dataclass(frozen=True)
class Who:
    """A person by name."""

    id: int
    name: str
