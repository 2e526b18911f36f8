"""Words that nobody may read unseen: each is written once, so that it is known whose it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import object_session

from models.care.survey_rules import SURVEY
from models.sheets.rules.fields import FieldKind
from models.sheets.tables import FilingRow, FilingValueRow
from models.vault import SealedCell, Vault

SINGS = re.compile(r"金丝雀\d{5}|(?<!\d)1379\d{7}(?!\d)")
"""What these words look like: nobody else's in this town do."""
WRITTEN = 0.6
"""Share of the sealed questions of the survey that are answered in words, not passed over."""
STOPS = 0.03
"""Share of its questions at which staff and neighbour stop, and do not go on."""

_ASKED = {words: field for field in SURVEY.fields for words in (field.words.zh, field.words.en)}


class Canaries:
    """Every such word, the account that wrote it, and the person whom an answer is about."""

    def __init__(self) -> None:
        self.written_by: dict[str, int | None] = {}
        self.about: dict[str, int] = {}
        self._reasons: set[str] = set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Learn about whom a sealed answer is while it is written: later it may be erased."""

        def written(_mapper: Any, connection: Connection, row: FilingValueRow) -> None:
            session = object_session(row)
            if row.sealed is None or session is None:
                return
            whose = select(FilingRow.about_id).where(FilingRow.id == row.filing_id)
            about = connection.scalar(whose)
            if about is not None:
                vault: Vault = session.info["vault"]
                cell = SealedCell(row.__tablename__, "sealed", row.id)
                said = vault.open(cell, row.sealed)
                self.about.update(dict.fromkeys(SINGS.findall(said), about))

        event.listen(FilingValueRow, "after_update", written)
        try:
            yield
        finally:
            event.remove(FilingValueRow, "after_update", written)

    def words(self, account: int | None) -> str:
        """Make words that nobody has written before."""
        return self._keep(f"金丝雀{len(self.written_by):05d}", account)

    def reason(self, account: int) -> str:
        """Say what a ledger is needed for: whoever may approve it reads that."""
        words = self.words(account)
        self._reasons.add(words)
        return words

    def is_reason(self, words: str) -> bool:
        """Tell whether these words say what a ledger is needed for."""
        return words in self._reasons

    def phone(self, account: int) -> str:
        """Make a telephone number that nobody else has."""
        return self._keep(f"1379{len(self.written_by):07d}", account)

    def _keep(self, words: str, account: int | None) -> str:
        self.written_by[words] = account
        return words

    def answer(self, question: str, account: int, rng: Random) -> str | None:
        """Answer a sealed question of the survey in words; None for one that is tapped, '' where
        they stop."""
        field = next((one for words, one in _ASKED.items() if words in question), None)
        if field is None:
            return None
        if rng.random() < STOPS:
            return ""
        if not field.sealed or field.required or rng.random() > WRITTEN:
            return None
        return self.phone(account) if field.kind is FieldKind.PHONE else self.words(account)
