"""Broadcasts for the matrix: a draft, one on its way, a roll-call, one to be approved, a drill."""

from datetime import datetime

from models.broadcasts.actions.beginning import begin
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Answer, Does, Medium, Style, Topic
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.people.views import Person
from models.rollcalls.actions.answering import answer

SENT = {
    1: (Style.NOTICE, State.DRAFT),
    2: (Style.NOTICE, State.SENDING),
    3: (Style.ROLL_CALL, State.SENDING),
    4: (Style.EMERGENCY, State.WAITING),
    5: (Style.DRILL, State.SENDING),
}
"""Style and state of each broadcast, by id."""

OFFERS = (
    CopyButton(Does.RECEIVED),
    CopyButton(Does.SIGN_UP),
    CopyButton(Does.LINK, "<看这里>", "https://a.example.com/?a=1&b=2"),
    CopyButton(Does.PROPOSAL, "101", subject_id=2),
    CopyButton(Does.REQUEST, "101", subject_id=2),
)


async def broadcast(session: Session, resident: Person, secretary: Person, now: datetime) -> None:
    """Leave five broadcasts of the secretary's behind, to everybody in the community."""
    for number, (style, state) in SENT.items():
        row = await _put(session, secretary, number, style, now)
        if state is State.SENDING:
            await begin(session, row, now)
        else:
            row.state = state
    assert await answer(session, resident, 3, resident.id, Answer.CAN_HELP, now=now)


async def _put(
    session: Session, secretary: Person, number: int, style: Style, now: datetime
) -> BroadcastRow:
    assert secretary.place_path is not None
    community = int(secretary.place_path.strip("/").split("/")[3])
    row = BroadcastRow(
        token=f"matrix-{number}",
        author_id=secretary.id,
        place_id=community,
        style=style,
        topic=Topic.UTILITIES,
        state=State.DRAFT,
        language="zh_Hans",
        content=Content(Medium.TEXT, "<停水> & *明天* {早上} %s").kept(),
        content_other=Content(Medium.TEXT, "<No water> & *tomorrow*").kept(),
        buttons=[each.kept() for each in OFFERS],
        audience=Audience((Group(community), Group(community, language="en"))).kept(),
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    assert row.id == number
    return row
