"""What outcomes of savings say."""

from handlers.i18n import mark
from handlers.records.said import says
from models.records.rules import Refusal
from models.savings.rules import SavingsOutcome

says(
    (SavingsOutcome.SAID, mark("⏱ Noted. It is kept once they say that all is well.")),
    (SavingsOutcome.GIVEN, mark("🌱 Thank you! It is in the pool, for those who need it.")),
    (SavingsOutcome.OFFERED, mark("🎁 Asked. You hear from us as soon as there is an answer.")),
    (SavingsOutcome.TAKEN, mark("🎁 It is yours now.")),
    (SavingsOutcome.DECLINED, mark("Understood. It stays where it was.")),
    (SavingsOutcome.WITHDRAWN, mark("Understood. You have taken it back.")),
    (SavingsOutcome.KEPT, mark("Noted: it counts, and they are told.")),
    (SavingsOutcome.DROPPED, mark("Noted: it does not count, and they are told.")),
    (SavingsOutcome.REVERSED, mark("Taken back; both lines stay, and they are told.")),
    (SavingsOutcome.PUT_RIGHT, mark("Put right; all lines stay, and they are told.")),
    good=True,
)
says(
    (SavingsOutcome.NOT_ENOUGH, mark("There is not that much. How much shall it be?")),
    (
        SavingsOutcome.GONE_MEANWHILE,
        mark("They have not got that much any more. Please talk to them."),
    ),
    (SavingsOutcome.CONFIRMED, mark("They have spoken already, so the time stays as it is.")),
    (
        SavingsOutcome.NO_RELATIVE,
        mark("Only family in your circle who agreed and are here themselves can be given it."),
    ),
    (SavingsOutcome.NO_POOL, mark("Please set your building in the settings first.")),
    (SavingsOutcome.BAD_TIME, mark("How long? Write it such as “1 h 30 min”, please.")),
    (
        SavingsOutcome.GIVEN_ON,
        mark("They have passed it on meanwhile, so it cannot be taken back. Please talk to them."),
    ),
    (SavingsOutcome.SAME_TIME, mark("As much counts already. Nothing was changed.")),
    (SavingsOutcome.NOT_EARNED, mark("Only time that was credited for help can be taken back.")),
    good=False,
)
says(
    (Refusal.OWN, mark("This is about you, or somebody you speak for: somebody else decides it.")),
    good=False,
    of="savings",
)
