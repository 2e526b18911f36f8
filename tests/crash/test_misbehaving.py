"""A broadcast through a Telegram that misbehaves, by a process that is killed three times.

30 a second is Telegram's limit: the 60 people of `make test` take 2 seconds at the least, the
5,000 of a soak 167, and about four minutes in all on each database.
`LINLI_BROADCAST_PEOPLE=1000 .venv/bin/pytest tests/crash/test_misbehaving.py` sends to as many as
one likes.
"""

import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from models.broadcasts.actions.beginning import begin
from models.broadcasts.queries.tally import tally
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Delivery, Does, Medium, Notice, Style, Topic
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.broadcasts.views import RecipientTally
from models.database import Sessions, transaction
from models.outbox.rules import OPEN_STATES
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from models.people.rules import CONSENT_VERSION
from models.people.tables import PersonRow
from models.places.actions.growing import plant
from models.places.rules import PlaceKind
from models.vault import Vault
from sandbox.faults import Fault
from sandbox.people import DEMO_TOKEN, Phone
from sandbox.server import serve
from sandbox.world import World
from tests.conftest import MORNING
from tests.crash.conftest import Zygote
from tests.profile import SEED, length
from tests.waiting import until

PEOPLE = int(os.environ.get("LINLI_BROADCAST_PEOPLE", length(60, 5000)))
FIRST = 10_001
GONE_EVERY = 20
"""One in so many has blocked the bot or deleted the account, and it does not know."""
SECONDS = 60.0 + PEOPLE / 10
"""How long it may take; at 30 a second it takes a third of it."""
KILLED_AT = ("taken for sending, not sent", "sent, not recorded", "recorded, not committed")

pytestmark = [pytest.mark.crash, pytest.mark.timeout(SECONDS * 2)]


@dataclass
class Crowd:
    """Everybody's phones, and who of them is out of reach."""

    world: World = field(
        default_factory=lambda: World(
            tuple(Phone(FIRST + number, f"居民{number}") for number in range(PEOPLE)),
            seed=SEED,
            started=True,
            starts=MORNING,
        )
    )
    gone: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for account in range(FIRST + 7, FIRST + PEOPLE, GONE_EVERY):
            chat = self.world.person(account).chat
            chat.blocked = len(self.gone) % 2 == 0
            chat.deactivated = not chat.blocked
            self.gone.add(account)

    def misbehave(self) -> None:
        """Let Telegram refuse, break, dawdle and fall silent, and keep to its limits."""
        faults, send = self.world.faults, "sendMessage"
        faults.add(Fault("delay", send, times=None, probability=0.3, seconds=0.1))
        faults.add(Fault("too_many_requests", send, times=None, probability=0.01, retry_after=1))
        faults.add(Fault("too_many_requests", send, probability=0.02, retry_after=2))
        faults.add(Fault("server_error", send, times=None, probability=0.02, status=502))
        faults.add(Fault("server_error", send, times=None, probability=0.01, status=500))
        faults.add(Fault("drop_answer", send, times=None, probability=0.02))
        self.world.limits.rules.enforced = True

    def received(self) -> Counter[int]:
        """Count the copies on everybody's phone."""
        return Counter(
            {
                chat: copies
                for chat in range(FIRST, FIRST + PEOPLE)
                if (copies := len(self.world.person(chat).messages))
            }
        )

    def left_unanswered(self) -> set[int]:
        """List of whose copies Telegram's answer, yes or no, got lost."""
        calls = self.world.calls.since(0, "sendMessage")
        return {int(call.params["chat_id"]) for call in calls if not call.answered}


async def settle(sessions: Sessions) -> int:
    """Let everybody live at one place; give its number."""
    async with transaction(sessions) as session:
        place = await plant(session, parent=None, kind=PlaceKind.COMMUNITY, name="桂花社区")
        one = {
            "language": "zh_Hans",
            "consent_version": CONSENT_VERSION,
            "created_at": MORNING,
            "place_id": place.id,
        }
        people = [
            {"telegram_id": FIRST + number, "name": f"居民{number}", **one}
            for number in range(PEOPLE)
        ]
        await session.execute(insert(PersonRow), people)
        return place.id


async def begins(sessions: Sessions, place_id: int) -> int:
    """Let a broadcast to all of them begin, by somebody who has no phone here; give its number."""
    async with transaction(sessions) as session:
        author = PersonRow(name="周正", language="zh_Hans", created_at=MORNING)
        session.add(author)
        await session.flush()
        row = BroadcastRow(
            token="crowd",
            author_id=author.id,
            place_id=place_id,
            style=Style.NOTICE,
            topic=Topic.UTILITIES,
            state=State.SCHEDULED,
            language="zh_Hans",
            content=Content(Medium.TEXT, "明天停水").kept(),
            buttons=[CopyButton(Does.RECEIVED).kept()],
            audience=Audience((Group(place_id),)).kept(),
            created_at=MORNING,
            changed_at=MORNING,
        )
        session.add(row)
        await session.flush()
        await begin(session, row, MORNING)
        return row.id


async def written_down(sessions: Sessions) -> bool:
    """Tell whether the process has seen that every copy is settled, and ended the broadcast."""
    async with transaction(sessions) as session:
        return await session.scalar(select(BroadcastRow.state)) == State.SENT


async def tally_of(sessions: Sessions, broadcast_id: int) -> RecipientTally:
    """Give the counts of the report."""
    async with transaction(sessions) as session:
        return await tally(session, broadcast_id)


async def copies(sessions: Sessions) -> dict[int, str]:
    """Give what the ledger says of everybody's copy."""
    async with transaction(sessions) as session:
        rows = await session.execute(
            select(OutboxRow.chat_id, OutboxRow.state).where(OutboxRow.kind == Notice.COPY)
        )
        return {row.chat_id: row.state for row in rows}


async def in_hand(sessions: Sessions) -> set[int]:
    return {chat for chat, state in (await copies(sessions)).items() if state == Copy.SENDING}


async def all_settled(sessions: Sessions) -> bool:
    async with transaction(sessions) as session:
        still = select(func.count()).where(OutboxRow.state.in_(OPEN_STATES))
        return not await session.scalar(still)


def order(url: str, database_url: str, log: Path) -> dict[str, Any]:
    settings = {
        "bot_token": DEMO_TOKEN, "telegram_api_url": url, "database_url": database_url,
        "encryption_key": Vault.new_key(),
    }  # fmt: skip
    ahead = (MORNING - datetime.now(UTC)).total_seconds()
    return {"role": "broadcaster", "settings": settings, "log": str(log), "ahead": ahead}


async def send_all(bots: Zygote, sessions: Sessions, told: dict[str, Any]) -> set[int]:
    """Send, killed three times on the way; give whose copies were in hand when it died."""
    chance, lost = random.Random(SEED), set[int]()
    for point in KILLED_AT:
        times = chance.randint(PEOPLE // 8, PEOPLE // 4)
        await bots.start({**told, "point": point, "times": times})
        assert await bots.ended(SECONDS) == {"signal": signal.SIGKILL, "code": 0}, point
        held = await in_hand(sessions)
        assert held, point
        lost |= held
    await bots.start({**told, "point": None})
    await until(lambda: all_settled(sessions), SECONDS)
    await until(lambda: written_down(sessions), SECONDS)
    bots.signal(signal.SIGTERM)
    assert (await bots.ended())["code"] == 0
    return lost


async def test_everybody_within_reach_is_sent_it_and_nobody_twice(
    bots: Zygote, database_url: str, sessions: Sessions, tmp_path: Path
) -> None:
    crowd = Crowd()
    broadcast_id = await begins(sessions, await settle(sessions))
    async with serve(crowd.world) as url:
        crowd.misbehave()
        lost = await send_all(bots, sessions, order(url, database_url, tmp_path / "bot.log"))
    ledger, received = await copies(sessions), crowd.received()
    uncertain = {chat for chat, state in ledger.items() if state == Copy.UNCERTAIN}
    sent = {chat for chat, state in ledger.items() if state == Copy.SENT}
    refused = {chat for chat, state in ledger.items() if state == Copy.BLOCKED}
    everybody = set(range(FIRST, FIRST + PEOPLE))
    assert ledger.keys() == everybody == sent | uncertain | refused
    assert uncertain == lost | crowd.left_unanswered()
    assert refused == crowd.gone - uncertain
    assert set(received.values()) == {1}
    assert sent <= received.keys() <= sent | uncertain
    report = await tally_of(sessions, broadcast_id)
    assert report.heads == PEOPLE == sum(report.by.values())
    assert report.by == {
        Delivery.SENT: len(sent),
        Delivery.UNCERTAIN: len(uncertain),
        Delivery.REFUSED: len(refused),
    }
    measured = crowd.world.limits.report()
    assert measured["refused"] == 0
    assert measured["exceeded"] == {"overall": 0, "private_chat": 0, "group": 0}
    assert measured["kinds"]["send"]["private_chat"]["worst"] == 1
