"""What must hold at the end of the survey, and of every word that is sealed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from sqlalchemy import select

from models.care.survey_rules import HOLDS, SURVEY, AskedBy, AskingState, SurveyNotice
from models.database import Session
from models.help.rules.policy import HelpPolicy
from models.records.sealed import opened
from models.schema import metadata
from tests.month.canaries import SINGS
from tests.month.month import Month
from tests.month.rows import Rows
from tests.month.troubles import JUMP

ESCAPED = "金丝雀".encode("unicode_escape").decode()
WORDS = {
    AskingState.DECLINED: ("OnAsking.NO",),
    AskingState.AGREED: ("OnAsking.YES",),
    AskingState.CONFIRMED: ("OnAsking.YES", "OnAsking.RIGHT"),
    AskingState.FILLED: ("OnAsking.YES",),
    AskingState.WRONG: ("OnAsking.YES", "OnAsking.WRONG"),
}
"""What somebody must have pressed to stand there, where a card asked them."""


def one_sheet_a_person(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Of each person one sheet stands, and only after they, or who speaks for them, said yes."""
    standing = [
        one
        for one in rows.filings.values()
        if one.subject == SURVEY.subject and one.state != "withdrawn"
    ]
    for person_id, many in Counter(one.about_id for one in standing).items():
        if many > 1:
            yield f"of {person_id} {many} sheets stand"
    kept = {one.id for one in standing}
    for asking in rows.askings.values():
        holds = asking.state in HOLDS
        if holds != (asking.filing_id in kept):
            yield f"asking {asking.id} is {asking.state}, its sheet {asking.filing_id}"
        filing = rows.filings.get(asking.filing_id or 0)
        if filing is not None and filing.filed_at < asking.agreed_at - JUMP:
            yield f"asking {asking.id} was filled in before a yes"
    for filing_id in rows.filing_values:
        if rows.filings[filing_id].subject == SURVEY.subject and filing_id not in kept:
            yield f"answers of sheet {filing_id} are kept, and nothing was to be"


def said_by_themselves(month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """What somebody said to a card they, or who speaks for them, tapped."""
    for asking in rows.askings.values():
        person = rows.people[asking.person_id]
        for name in WORDS.get(AskingState(asking.state), ()):
            who = [one for one in (person.id, person.proxy_id) if one is not None]
            said = any(month.pressed(name, asking.id, one) for one in who)
            if asking.way == AskedBy.CARD and not said:
                yield f"asking {asking.id} is {asking.state}, and nobody pressed {name}"


def asked_once(_month: Month, rows: Rows, _policy: HelpPolicy) -> Iterator[str]:
    """Nobody is asked twice in a year, whatever they said."""
    asked = Counter(
        rows.askings[row.subject_id or 0].person_id for row in rows.notices(SurveyNotice.ASK)
    )
    for person_id, times in asked.items():
        if times > 1:
            yield f"{person_id} was asked {times} times in a year"


CHECKS = (one_sheet_a_person, said_by_themselves, asked_once)


async def sung(month: Month, rows: Rows, session: Session) -> list[str]:
    """List where sealed words are read unsealed: in the database, a message or a file."""
    wishes = {
        word: home.person_id
        for home in rows.homes.values()
        for word in SINGS.findall(opened(session, home, "wishes"))
    }
    about = {**month.town.wishes, **wishes, **month.canaries.about}
    return [
        *await _in_plain(session),
        *_in_messages(month, rows, about),
        *_in_files(month, rows, about),
    ]


async def _in_plain(session: Session) -> list[str]:
    found = []
    for table in metadata().sorted_tables:
        rows = (await session.execute(select(table))).all()
        found += [
            f"{table.name}: a sealed word stands in {words[:300]}"
            for words in map(str, rows)
            if SINGS.search(words) or ESCAPED in words
        ]
    return found


def _in_messages(month: Month, rows: Rows, about: dict[str, int]) -> Iterator[str]:
    for sent in month.crowd.sent:
        for word in set(SINGS.findall(sent.text)):
            if not _may_read(month, rows, sent.account, word, about, sent.at):
                yield f"{sent.account} was shown {word} at {sent.at}: {sent.text[:120]!r}"


def _in_files(month: Month, rows: Rows, about: dict[str, int]) -> Iterator[str]:
    for file in month.crowd.files:
        for word in set(_words_in(file.content)):
            if not _may_read(month, rows, file.account, word, about, file.at):
                yield f"{file.account} was sent {word} in a file at {file.at}"


def _words_in(content: bytes) -> Sequence[str]:
    if not content.startswith(b"PK"):
        return SINGS.findall(content.decode(errors="ignore"))
    with ZipFile(BytesIO(content)) as parts:
        texts = [parts.read(name).decode(errors="ignore") for name in parts.namelist()]
    return [word for text in texts for word in SINGS.findall(text)]


def _may_read(
    month: Month, rows: Rows, account: int, word: str, about: dict[str, int], at: datetime
) -> bool:
    """Tell whether somebody wrote a word, it is about them, or the book has their look at it."""
    if month.canaries.written_by.get(word) == account:
        return True
    if month.canaries.is_reason(word):
        return month.town.people[account].at_desk
    person = rows.people.get(about.get(word, 0))
    reader = month.town.people[account].id
    if person is None:
        return False
    if reader in {person.id, person.proxy_id}:
        return True
    return any(_looked(line, reader, person.id, at) for line in rows.looks)


def _looked(line: Any, reader: int, person_id: int, at: datetime) -> bool:
    fields = set((line.detail or {}).get("fields", ()))
    sealed = line.subject == "filings" or "wishes" in fields
    theirs = (line.actor_id, line.concerning_id) == (reader, person_id)
    return sealed and theirs and line.at <= at + JUMP
