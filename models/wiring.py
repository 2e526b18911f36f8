"""Who is behind the hooks of the subjects: the one list of what acts on what from above."""

from models.help.actions.leaving import hand_all_back
from models.help.queries.desk import desk_ids
from models.volunteers import hooks as volunteers


def wire() -> None:
    """Join every hook, before the first act of `models`; once more changes nothing."""
    volunteers.approvers.join(desk_ids)
    volunteers.stopped.join(hand_all_back)
