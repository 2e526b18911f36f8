"""A call's parameters, however they travelled."""

from dataclasses import dataclass, field

from sandbox.wire import Json, bad_request

TRUE_WORDS = frozenset({"true", "yes", "1"})


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
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"{name} is not a valid Integer") from None

    def flag(self, name: str) -> bool:
        """True for true, "true", "yes" and "1"."""
        value = self.values.get(name)
        return value is True or str(value).lower() in TRUE_WORDS
