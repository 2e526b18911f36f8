"""Updates that no handler can stand, in the midst of others."""

import pytest

from models.database import Sessions, transaction
from models.people.rules import Role
from models.status.actions import ask_replay
from models.status.queries.updates import failed_updates
from models.status.rules import Mending
from tests.bot.street import A, B
from tests.faults.conftest import Tally, Trying
from tests.town import Town, town

__all__ = ["town"]

ADMIN = 1005
RUBBISH = ({"message": 5}, ["no", "object"], {"message": {"chat": {"id": A}, "text": 3}}, "text")
"""What Telegram never sends, and a gateway may."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


async def test_poisoned_updates_stop_nobody_and_wait_for_their_replay(
    trial: Trying, database_url: str, sessions: Sessions, town: Town
) -> None:
    await town.settle(ADMIN, "b3", (Role.ADMIN, "street"))
    for who in (A, B):
        await town.settle(who)
    async with trial(database_url, sessions) as tried:
        street, queue = tried.street, tried.street.world.bot.queue
        street.broken |= {"poison", "venom"}
        tried.write("before")
        tried.write("poison", "w1")
        for rubbish in RUBBISH:
            queue.inject(rubbish)
        tried.write("w2", "venom", who=B)
        tried.write("after")
        tried.write("after that", who=B)
        await tried.answered("before", "w1", "w2", "after", "after that")
        assert await tried.tally() == Tally(written=7, kept=2 + len(RUBBISH))
        assert len(tried.logged("update failed")) == 2 + len(RUBBISH)
        sorry = [text for text in street.told(A) if not text.startswith("heard ")]
        assert len(sorry) >= 1
        async with transaction(sessions) as session:
            person = await town.again(session, ADMIN)
            kept = await failed_updates(session, person)
            assert len(kept) == 2 + len(RUBBISH)
        assert await tried.watcher.reads("linli_updates_failed") == len(kept)
        street.broken.clear()  # what was wrong has been mended
        async with transaction(sessions) as session:
            for one in kept:
                if one.error.name == "BrokenError":
                    said = await ask_replay(
                        session, person, one.id, now=tried.street.world.clock.now()
                    )
                    assert said is Mending.REPLAY_ASKED
        tried.over()
        await tried.recovers()
        assert await tried.tally() == Tally(written=7, kept=len(RUBBISH))
