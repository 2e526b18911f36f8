"""Attempts without the right: each is in the book, and nobody fills the book with them."""

from datetime import timedelta

from models.audit.actions import deny
from models.audit.rules import DENIED_ONCE_IN, AuditAct
from models.database import transaction
from tests.audit.reading import lines
from tests.town import Town

SECOND = timedelta(seconds=1)


async def test_the_same_attempt_is_written_once_an_hour(town: Town) -> None:
    ann, ben = await town.settle(1), await town.settle(2)
    instants = (town.now, town.now + SECOND, town.now + DENIED_ONCE_IN - SECOND)
    async with transaction(town.sessions) as session:
        for at in (*instants, town.now + DENIED_ONCE_IN):
            await deny(session, ann.id, "help", now=at, subject_id=1)
            await deny(session, ann.id, "desk", now=at)
        written = await lines(session, AuditAct.DENIED)
        assert len(written) == 4
        assert {line.at for line in written} == {town.now, town.now + DENIED_ONCE_IN}
        await deny(session, ben.id, "help", now=town.now, subject_id=1)
        await deny(session, ann.id, "help", now=town.now, subject_id=2)
        await deny(session, ann.id, "help", now=town.now, subject_id=1, concerning_id=ben.id)
        assert len(await lines(session, AuditAct.DENIED)) == 7
