"""How each recipient is reached: one expression, for what is only looked at and for what begins."""

from sqlalchemy import ColumnElement, case, exists, false
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.broadcasts.rules.kinds import UNMUTABLE, Style, Topic, Way
from models.broadcasts.tables import MuteRow
from models.people.tables import PersonRow

_proxy = aliased(PersonRow)


def way_of(style: Style, topic: Topic) -> ColumnElement[str]:
    """Return how somebody is reached, as things are now; for a statement over `PersonRow`.

    Who has no phone is reached through their proxy. A topic that the proxy has muted reaches
    neither: then somebody has to knock.
    """
    unmuted = ~_has_muted(_proxy.id, topic) if style not in UNMUTABLE else ~false()
    spoken_for = exists().where(
        _proxy.id == PersonRow.proxy_id,
        _proxy.telegram_id.is_not(None),
        _proxy.left_at.is_(None),
        _proxy.unreachable_at.is_(None),
        unmuted,
    )
    muted = false() if style in UNMUTABLE else _has_muted(PersonRow.id, topic)
    no_phone = PersonRow.telegram_id.is_(None)
    return case(
        (no_phone & spoken_for, str(Way.PROXY)),
        (no_phone, str(Way.NO_PHONE)),
        (PersonRow.unreachable_at.is_not(None), str(Way.UNREACHABLE)),
        (muted, str(Way.MUTED)),
        else_=str(Way.CHAT),
    )


def _has_muted(person_id: InstrumentedAttribute[int], topic: Topic) -> ColumnElement[bool]:
    return exists().where(MuteRow.person_id == person_id, MuteRow.topic == topic)
