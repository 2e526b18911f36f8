"""Reading meetings: one whole, lists, guests, action items, whom a form can choose."""

from models.meetings.queries.invitees import agenda_choices, buildings_around
from models.meetings.queries.items import item_told, item_view, items_of, my_items, owner_choices
from models.meetings.queries.lists import guests_page, my_meetings
from models.meetings.queries.pictures import managed_view, meeting_told, meeting_view

__all__ = [
    "agenda_choices",
    "buildings_around",
    "guests_page",
    "item_told",
    "item_view",
    "items_of",
    "managed_view",
    "meeting_told",
    "meeting_view",
    "my_items",
    "my_meetings",
    "owner_choices",
]
