"""How rounds and walks are called, and what each outcome says."""

from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.records.said import says
from models.inspections.rules import NAME, BadRound, InspectionOutcome, RoundRhythm, WalkMark
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from models.sheets.rules.fields import SheetWords

RHYTHMS = {
    RoundRhythm.DAILY: mark("Every day"),
    RoundRhythm.WEEKLY: mark("Every week"),
    RoundRhythm.MONTHLY: mark("Every month"),
    RoundRhythm.QUARTERLY: mark("Every quarter"),
}
MARKS = {
    WalkMark.GOOD: mark("✓ In order"),
    WalkMark.BAD: mark("✗ Dangerous"),
    WalkMark.NONE: mark("Not applicable"),
}
TIMES = {
    OccasionState.DUE: mark("to be walked"),
    OccasionState.TAKEN: mark("is being walked"),
    OccasionState.DONE: mark("walked"),
    OccasionState.MISSED: mark("missed"),
    OccasionState.COVERED: mark("walked afterwards"),
    OccasionState.EXCUSED: mark("not needed"),
}


def in_words(words: SheetWords) -> str:
    """Say words of a sheet in the language being spoken."""
    return words.said(current_language())


def rhythm_words(rhythm: RoundRhythm) -> str:
    """Say how often a round is walked."""
    return _(RHYTHMS[rhythm])


says(
    (InspectionOutcome.SET_UP, mark("✅ The round is set up. Whoever walks is told each time.")),
    (InspectionOutcome.CHOSEN, mark("✅ Noted. It is their turn, one after the other.")),
    (InspectionOutcome.ENDED, mark("The round has ended.")),
    (InspectionOutcome.EXCUSED, mark("Noted: it need not be walked this once.")),
    (InspectionOutcome.SEEN, mark("Noted: the desk knows that it was missed.")),
    (InspectionOutcome.BEGUN, mark("Off you go. Take care on the stairs!")),
    (InspectionOutcome.GOES_ON, mark("This walk was begun already. It goes on from here.")),
    (InspectionOutcome.MARKED, mark("Noted.")),
    (InspectionOutcome.TAKEN_BACK, mark("Taken back. Please say it once more.")),
    (InspectionOutcome.FINISHED, mark("✅ The walk is finished. Thank you!")),
    (InspectionOutcome.DROPPED, mark("The walk was dropped. Somebody can begin it anew.")),
    (InspectionOutcome.DEFINED, mark("✅ The checklist is kept. New walks begin with it.")),
    good=True,
)
says(
    (
        InspectionOutcome.MARKED_ALREADY,
        mark("Something was said of this point already; the first word stands. On to the next."),
    ),
    (InspectionOutcome.NOTHING_BEFORE, mark("This is the first point.")),
    (
        InspectionOutcome.HAZARD_STANDS,
        mark("The point before is a hazard that was opened. A step back does not undo it."),
    ),
    (InspectionOutcome.POINTS_LEFT, mark("Some points are still open.")),
    (
        InspectionOutcome.FINISHED_LATE,
        mark("The walk is kept. The next time had begun, so this one stays missed."),
    ),
    (
        InspectionOutcome.HAS_HAZARDS,
        mark("Hazards were found on this walk, so it is not dropped. Please finish it."),
    ),
    (InspectionOutcome.NO_SPOT, mark("Please say in a few words where it is.")),
    (
        InspectionOutcome.BAD_DUE,
        mark("Please name a working day from today on, within 90 days."),
    ),
    (InspectionOutcome.NO_AUTHORITY, mark("Please say to whom it was handed on.")),
    (InspectionOutcome.NO_POINTS, mark("A name and at least one point are needed.")),
    (InspectionOutcome.TOO_MANY_POINTS, mark("Those are too many points: 30 at most.")),
    good=False,
)
says(
    (BadRound.NO_TITLE, mark("Please give the round a name.")),
    (BadRound.CHECKLIST, mark("This checklist is not there any more. Please choose another.")),
    (BadRound.START, mark("Please name a day from today on, within a year.")),
    (BadRound.WALKERS, mark("Please choose people who work there.")),
    good=False,
)
says((Refusal.ALREADY, mark("It is finished already.")), good=False, of="walks")
says((Refusal.ALREADY, mark("Somebody at the desk has said so already.")), good=False, of=NAME)
