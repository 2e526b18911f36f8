"""What leaves the room of sheets."""

from dataclasses import dataclass
from datetime import datetime

from models.sheets.rules.answers import Value
from models.sheets.rules.fields import SheetDraft, SheetField
from models.sheets.rules.filings import FilingState


@dataclass(frozen=True)
class SheetView(SheetDraft):
    """One version of a sheet."""

    id: int
    version: int
    current: bool
    """Forms begin with this version."""


@dataclass(frozen=True)
class FilingAnswer:
    """One answer of a filing."""

    field: SheetField
    value: Value | None
    """None where it is sealed and was not opened."""


@dataclass(frozen=True)
class FilingView:
    """A filing, in the words of the version with which it was filed."""

    id: int
    sheet: SheetView
    subject_id: int
    about_id: int | None
    by_id: int
    state: FilingState
    filed_at: datetime
    confirmed_at: datetime | None
    answers: tuple[FilingAnswer, ...]
    """In the order of the fields; what was not answered is left out."""

    def value(self, key: str) -> Value | None:
        """Return one answer; None where there is none, or it is sealed and was not opened."""
        return next((one.value for one in self.answers if one.field.key == key), None)
