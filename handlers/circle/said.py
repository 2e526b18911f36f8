"""What outcomes of circles say."""

from handlers.i18n import mark
from handlers.records.said import says
from models.circle.rules import CircleOutcome

says(
    (CircleOutcome.NAMED, mark("👪 Asked. You hear from us as soon as there is an answer.")),
    (CircleOutcome.AGREED, mark("💚 Thank you! That is noted.")),
    (CircleOutcome.DECLINED, mark("Understood, thank you for saying so. Nobody asks again.")),
    (CircleOutcome.REMOVED, mark("Taken out.")),
    (CircleOutcome.STEPPED_OUT, mark("You are not in it any more. Thank you for having been!")),
    (CircleOutcome.SET, mark("Noted.")),
    good=True,
)
says(
    (CircleOutcome.ONESELF, mark("That is yourself. Whom else would you like to know?")),
    (CircleOutcome.KNOWN, mark("They are in your circle already, or are being asked.")),
    (
        CircleOutcome.FULL,
        mark("Your circle has five people, which is the most. Take one out first."),
    ),
    (
        CircleOutcome.SAID_NO,
        mark("They have said no within the year, so we leave them in peace. Somebody else?"),
    ),
    (CircleOutcome.UNKNOWN, mark("I cannot reach them here. Their name and number will do.")),
    (
        CircleOutcome.NOT_A_PHONE,
        mark("That does not look like a phone number. Once more, please?"),
    ),
    good=False,
)
