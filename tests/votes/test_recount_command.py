"""`python -m bot recount`: what it prints, and how it ends."""

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.recounting import count_again
from bot.settings import Settings
from models.database import transaction
from models.vault import Vault
from models.votes.rules.notices import VoteChoice
from models.votes.tables import VoteRow
from tests.proposals.square import Square
from tests.votes.hall import all_vote, opened, tick

KEY = Vault.new_key()


@pytest.fixture
def vault() -> Vault:
    """A vault whose key the command is given too."""
    return Vault.from_text(KEY)


def settings(database_url: str, key: str = KEY) -> Settings:
    return Settings(_env_file=None, database_url=database_url, encryption_key=key)


async def test_it_prints_counts_roll_and_quorum_and_that_they_agree(
    square: Square, database_url: str
) -> None:
    vote_id = await opened(square, secret=True, quorum=25)
    lines, agrees = await count_again(settings(database_url), vote_id)
    assert not agrees
    assert lines[-1] == "Voices given: 0. What they say is counted after the end."
    await all_vote(square, vote_id, li=VoteChoice.YES, wu=VoteChoice.NO, he=VoteChoice.YES)
    await tick(square, days=7)
    lines, agrees = await count_again(settings(database_url), vote_id)
    assert agrees
    assert lines == [
        f"Vote {vote_id}: a secret ballot, counted.",
        "On the roll: 8 people with 8 voices.",
        "Voices given: 3; quorum 25 %: met.",
        "Needed to pass: more yes than no.",
        "Counted now: yes 2, no 1, abstain 0: passed.",
        "Published:   yes 2, no 1, abstain 0: passed.",
        "Both agree.",
    ]


async def test_it_says_what_does_not_agree(square: Square, database_url: str) -> None:
    vote_id = await opened(square, quorum=0)
    await all_vote(square, vote_id, li=VoteChoice.YES)
    await tick(square, days=7)
    async with transaction(square.sessions) as session:
        await session.execute(update(VoteRow).values(result="failed"))
    lines, agrees = await count_again(settings(database_url), vote_id)
    assert not agrees
    assert lines[-1].startswith("They do not agree: the result is not the one")


async def test_with_another_key_the_urn_does_not_open(square: Square, database_url: str) -> None:
    vote_id = await opened(square, secret=True, quorum=0)
    await all_vote(square, vote_id, li=VoteChoice.YES)
    await tick(square, days=7)
    lines, agrees = await count_again(settings(database_url, Vault.new_key()), vote_id)
    assert not agrees
    assert "the urn does not open" in lines[-1]


async def test_there_is_no_such_vote(square: Square, database_url: str) -> None:
    assert await count_again(settings(database_url), 7) == (["There is no vote 7."], False)


@pytest.mark.usefixtures("own_logging")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_ends_with_one_where_nothing_agrees(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ENCRYPTION_KEY", KEY)
    found = CliRunner().invoke(cli, ["recount", "7"])
    assert (found.exit_code, found.output) == (1, "There is no vote 7.\n")
