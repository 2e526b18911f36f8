"""What outcomes of care say."""

from handlers.i18n import mark
from handlers.records.said import says
from models.care.rules.outcomes import CareOutcome
from models.records.rules import Refusal

says(
    (CareOutcome.PROPOSED, mark("Asked. You hear from us as soon as there is an answer.")),
    (CareOutcome.PAPER_SEEN, mark("Noted. Now their proxy can agree.")),
    (
        CareOutcome.AGREED,
        mark("Thank you! Somebody looks in on you. You can stop at any time."),
    ),
    (CareOutcome.DECLINED, mark("Understood. We do not ask again; you can always ask us.")),
    (CareOutcome.PAUSED, mark("Paused. Nobody comes until you say so.")),
    (CareOutcome.RESUMED, mark("Gladly! Somebody looks in on you again.")),
    (CareOutcome.ENDED, mark("Ended. Thank you for having us; you can always ask us again.")),
    (CareOutcome.TAKEN_BACK, mark("No harm done: all is as it was.")),
    (CareOutcome.WITHDRAWN, mark("Taken back.")),
    (
        CareOutcome.ASKED_FOR,
        mark("Thank you for asking! The community now looks for a neighbour who suits you."),
    ),
    (CareOutcome.CHANGED, mark("Changed.")),
    (CareOutcome.NAMED, mark("Proposed. First the home is asked, then the neighbour.")),
    (CareOutcome.WELCOMED, mark("Good! Now we ask them.")),
    (CareOutcome.REFUSED, mark("Understood. We look for somebody else.")),
    (CareOutcome.PAIRED, mark("Thank you! We tell you when it is a day to look in.")),
    (CareOutcome.TURNED_DOWN, mark("Thank you for saying so. We ask somebody else.")),
    (CareOutcome.RESTING, mark("Have a good rest! Others look in meanwhile.")),
    (CareOutcome.RETURNED, mark("Good to have you back!")),
    (CareOutcome.PARTED, mark("Ended. Thank you for all the time you gave.")),
    (CareOutcome.COMING, mark("Thank you! They know that you come.")),
    (CareOutcome.LATER, mark("Noted. They know on which day you come.")),
    (CareOutcome.CANNOT, mark("Thank you for saying so in time. We ask somebody else.")),
    (CareOutcome.REPORTED, mark("Thank you for looking in!")),
    (CareOutcome.NOT_SEEN, mark("Thank you. The community is told at once and follows it up.")),
    (CareOutcome.CONFIRMED, mark("Thank you!")),
    (CareOutcome.COVERING, mark("Somebody is being asked to go instead.")),
    (CareOutcome.NEEDED, mark("Noted. Whoever comes next reads it.")),
    (CareOutcome.REQUESTED, mark("It is a request for help now.")),
    (CareOutcome.MET, mark("Good!")),
    (CareOutcome.DROPPED, mark("Taken off the list.")),
    (CareOutcome.SETTLED, mark("Noted. Thank you for seeing to it.")),
    (CareOutcome.CONCERN_REPORTED, mark("Noted. Somebody else now looks at it.")),
    (CareOutcome.CONCERN_SENT_BACK, mark("Sent back.")),
    (CareOutcome.CONCERN_SIGNED, mark("Signed off. We ask them later whether it is well.")),
    (CareOutcome.WAS_WELL, mark("Good to hear! Noted.")),
    (CareOutcome.SAID_MORE, mark("Noted.")),
    (CareOutcome.REVIEWED, mark("Noted. We ask again in a year.")),
    good=True,
)
says(
    (
        CareOutcome.SAID_NO,
        mark("They have said no within the year, so nobody asks them. They can ask themselves."),
    ),
    (CareOutcome.HAS_HOME, mark("Somebody looks in on them, or they are asked about it, already.")),
    (
        CareOutcome.NOT_REACHED,
        mark("They have neither Telegram nor somebody who speaks for them, so they cannot agree."),
    ),
    (
        CareOutcome.NEEDS_PAPER,
        mark("The community first has to see the paper that says you may agree for them."),
    ),
    (
        CareOutcome.ARRANGED_OTHERWISE,
        mark("For now somebody else looks in. The community tells you when that changes."),
    ),
    (CareOutcome.HAS_PAIR, mark("They are that already, or somebody else is. End that first.")),
    (
        CareOutcome.NOT_OWN_HOME,
        mark("Nobody looks in on themselves, or on somebody for whom they speak."),
    ),
    (
        CareOutcome.TOO_MANY_HOMES,
        mark("They look in on as many homes as one person can. Please choose somebody else."),
    ),
    (
        CareOutcome.TAKEN,
        mark("Somebody else has just taken it. Thank you all the same!"),
    ),
    (
        CareOutcome.CHECKED,
        mark("Thank you for saying so. We ring both of you and find out; nobody is blamed."),
    ),
    (
        CareOutcome.REPORTED_ALONE,
        mark("Noted. Nobody else is there who could look at it, so it is settled with that."),
    ),
    (
        CareOutcome.NOT_WELL,
        mark("Thank you for saying so. It is open again, and the secretary is told at once."),
    ),
    (
        CareOutcome.HEARD,
        mark("Thank you for telling us. It stays in confidence, and the secretary rings you soon."),
    ),
    good=False,
)
says(
    (Refusal.OWN, mark("This has to do with you yourself, so somebody else has to say it.")),
    (
        Refusal.TOO_EARLY,
        mark("It is too early for that: the day to look in has not come yet."),
    ),
    good=False,
    of="care",
)
