"""How posts and shifts are called, and what each outcome says."""

from handlers.i18n import mark
from handlers.records.said import says
from models.posts.rules import BadPost, PostKind, PostOutcome
from models.records.rules import Refusal
from models.seats.rules import SeatOutcome, Took

says(
    (PostOutcome.ANNOUNCED, mark("Announced.")),
    (PostOutcome.SHIFT_ADDED, mark("Added.")),
    (PostOutcome.LEAD_NAMED, mark("Noted; they are told.")),
    (PostOutcome.LAID_DOWN, mark("Noted, and thank you for looking after it. Others are told.")),
    (PostOutcome.TEAM_NAMED, mark("Noted; the leads of the team are told.")),
    (PostOutcome.ENDED, mark("Ended; everybody on a list is told.")),
    (PostOutcome.CALLED_OFF, mark("Called off; everybody on the list is told.")),
    (PostOutcome.ASKED_SWAP, mark("Asked. Until somebody stands in, the place stays yours.")),
    (PostOutcome.ASKED_MORE, mark("Asked more people. Until then the place stays yours.")),
    (PostOutcome.SWAP_WITHDRAWN, mark("Taken back: you come yourself. Thank you!")),
    (PostOutcome.STEPPED_IN, mark("Wonderful, you stand in. They are told.")),
    (PostOutcome.CONFIRMED, mark("Confirmed. Thank you for looking after it!")),
    good=True,
)
says(
    (
        PostOutcome.NOT_THEIRS,
        mark("You look after it as a lead of its team. The office can give it to another."),
    ),
    (PostOutcome.GONE, mark("Thank you! No stand-in is needed here any more.")),
    (PostOutcome.LINE_FIRST, mark("Others are waiting, so they are asked first.")),
    (PostOutcome.NOBODY_TO_CONFIRM, mark("There is nobody left to confirm.")),
    (PostOutcome.CLASH, mark("There is a shift in this name at that time already.")),
    (PostOutcome.IN_SHIFTS, mark("This is done in shifts: please choose one of them.")),
    (PostOutcome.NO_SHIFTS, mark("Somebody holds this; it is not done in shifts.")),
    (BadPost.TEAM, mark("That team is not of this community any more. Please choose once more.")),
    (BadPost.NO_TITLE, mark("What is it called? A few words are needed.")),
    (BadPost.NO_WORDS, mark("What is to be done? A few words are needed.")),
    (BadPost.NO_WHERE, mark("Where is it? A few words are needed.")),
    (BadPost.SEATS, mark("It takes at least one person, and no more than 50.")),
    (BadPost.WEEKDAYS, mark("Please choose at least one day of the week.")),
    (BadPost.START, mark("It must begin in the future, and within a year.")),
    (BadPost.END, mark("It must end after it begins, within 12 hours.")),
    good=False,
)
for of in ("posts", "shifts"):
    says(
        (Refusal.ALREADY, mark("That is noted already; you need do nothing more.")),
        (Took.HELD, mark("Thank you, the place is yours!")),
        (Took.WAITING, mark("It is full: you are in the line, and are asked when it is free.")),
        (SeatOutcome.HELD, mark("Wonderful, thank you!")),
        (SeatOutcome.LET_GO, mark("Noted. Thank you for saying so in time.")),
        (SeatOutcome.CAME, mark("Noted. Thank you for coming!")),
        good=True,
        of=of,
    )
    says(
        (Refusal.TOO_EARLY, mark("Checking in opens half an hour before the start.")),
        (Refusal.TOO_LATE, mark("It is too late for that: it has begun, or went to the next.")),
        (Refusal.OWN, mark("Nobody does that for themselves: somebody else of the office does.")),
        (Refusal.BAD_CHOICE, mark("It has to be somebody of this community with an account here.")),
        (SeatOutcome.NOT_SIGNED_UP, mark("There is no place in this name.")),
        good=False,
        of=of,
    )

KINDS = {
    PostKind.SHIFT: mark("🕑 In shifts"),
    PostKind.STANDING: mark("🪪 Somebody holds it"),
    PostKind.PLOT: mark("🌱 A plot to adopt"),
}
WEEKDAYS = (
    mark("Mondays"),
    mark("Tuesdays"),
    mark("Wednesdays"),
    mark("Thursdays"),
    mark("Fridays"),
    mark("Saturdays"),
    mark("Sundays"),
)
LIGHT = mark("🌿 can be done sitting")
