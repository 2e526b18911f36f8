"""Every use case of help. Each takes the open session, the actor and `now`, and never commits."""

from models.help.actions.adding import move_point, running_late
from models.help.actions.calling import give_up, nobody_answered, record_word
from models.help.actions.claim import claim, decline
from models.help.actions.closing import rate, resident_verdict, say_what_went_wrong
from models.help.actions.coming import confirm_coming, nobody_came, somebody_came
from models.help.actions.contact import hide_contact, see_contact, show_contact
from models.help.actions.desk import add_note, ask_again, assign, exchange, hand_over, take_over
from models.help.actions.handing_back import hand_back
from models.help.actions.intake import cancel_request, file_request
from models.help.actions.leaving import release_person
from models.help.actions.reopening import reopen
from models.help.actions.speaking import speak, speak_on
from models.help.actions.swap import answer_swap, propose_swap
from models.help.actions.waiting import go_on, wait_for_resident
from models.help.actions.work import on_my_way, report_done

__all__ = [
    "add_note",
    "answer_swap",
    "ask_again",
    "assign",
    "cancel_request",
    "claim",
    "confirm_coming",
    "decline",
    "exchange",
    "file_request",
    "give_up",
    "go_on",
    "hand_back",
    "hand_over",
    "hide_contact",
    "move_point",
    "nobody_answered",
    "nobody_came",
    "on_my_way",
    "propose_swap",
    "rate",
    "record_word",
    "release_person",
    "reopen",
    "report_done",
    "resident_verdict",
    "running_late",
    "say_what_went_wrong",
    "see_contact",
    "show_contact",
    "somebody_came",
    "speak",
    "speak_on",
    "take_over",
    "wait_for_resident",
]
