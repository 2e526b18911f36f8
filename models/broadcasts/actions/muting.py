"""Topics that somebody does not want to hear of; emergencies come whatever is muted."""

from datetime import datetime

from sqlalchemy import delete, select

from models.broadcasts.rules.kinds import Topic
from models.broadcasts.tables import MuteRow
from models.database import Session, insert_once
from models.people.views import Person


async def mute(session: Session, person: Person, topic: Topic, *, now: datetime) -> bool:
    """Send somebody no more broadcasts of a topic; False where it was so already."""
    values = {"person_id": person.id, "topic": topic, "muted_at": now}
    return await insert_once(session, MuteRow, values)


async def unmute(session: Session, person: Person, topic: Topic) -> bool:
    """Send somebody a topic's broadcasts again; False where it was so already."""
    gone = await session.execute(
        delete(MuteRow)
        .where(MuteRow.person_id == person.id, MuteRow.topic == topic)
        .returning(MuteRow.topic)
        .execution_options(synchronize_session=False)
    )
    return bool(gone.all())


async def muted_by(session: Session, person: Person) -> frozenset[Topic]:
    """Give the topics that somebody does not want."""
    found = await session.scalars(select(MuteRow.topic).where(MuteRow.person_id == person.id))
    return frozenset(Topic(topic) for topic in found)
