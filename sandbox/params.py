"""A call's parameters, however they travelled."""

import re
from dataclasses import dataclass, field

from sandbox.wire import Json, bad_request

WHOLE = re.compile(r"\s*-?[0-9]{1,20}\s*")
TRUE_WORDS = frozenset({"true", "yes", "1"})


def whole_number(value: object) -> int | None:
    """A number, or a string that is one; None for anything else."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and WHOLE.fullmatch(value) else None


@dataclass(slots=True)
class Upload:
    """A file part of a multipart body."""

    filename: str
    content: bytes
    mime_type: str = ""


@dataclass(slots=True)
class Params:
    """Values by name (numbers and booleans may come as strings) and files by name.

    A file part named like a parameter stands in `values` as "attach://<name>".
    """

    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """As a string; "" if absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """None if absent or empty; 400 if it is not a whole number."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        number = whole_number(value)
        if number is None:
            raise bad_request(f"{name} is not a valid Integer")
        return number

    def flag(self, name: str) -> bool:
        """True for true, "true", "yes" and "1"."""
        value = self.values.get(name)
        return value is True or str(value).lower() in TRUE_WORDS
