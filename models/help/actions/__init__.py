"""Every use case of help. Each takes the open session, the actor and `now`, and never commits."""

from models.help.actions.adding import add_to_request, running_late
from models.help.actions.claim import claim, decline
from models.help.actions.closing import rate, resident_verdict
from models.help.actions.contact import hide_contact, see_contact, show_contact
from models.help.actions.desk import add_note, ask_again, assign, hand_over, take_over
from models.help.actions.handing_back import confirm_coming, hand_back
from models.help.actions.intake import cancel_request, file_request
from models.help.actions.leaving import release_person
from models.help.actions.work import on_my_way, report_done

__all__ = [
    "add_note",
    "add_to_request",
    "ask_again",
    "assign",
    "cancel_request",
    "claim",
    "confirm_coming",
    "decline",
    "file_request",
    "hand_back",
    "hand_over",
    "hide_contact",
    "on_my_way",
    "rate",
    "release_person",
    "report_done",
    "resident_verdict",
    "running_late",
    "see_contact",
    "show_contact",
    "take_over",
]
