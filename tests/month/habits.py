"""What people do with the buttons they see: how likely, and how long it takes them.

A button is known by what it does: `OnCard.TAKE`, `Coming.yes`, `Verdict.not solved`. Buttons that
are not listed here (ways back, pictures, pages) are left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from handlers.callbacks import Button
from tests.month.town import Neighbour

Share = Callable[[Neighbour], float]
Minutes = tuple[float, float]

AT_ONCE: Minutes = (0.1, 0.5)
SOON: Minutes = (0.5, 5)
A_WHILE: Minutes = (20, 90)


@dataclass(frozen=True)
class Habit:
    """`share`: how likely, among all buttons of a message; what is left of 1 is doing nothing."""

    share: float | Share
    minutes: Minutes = AT_ONCE
    for_task: bool = False
    """It waits until the task itself is to be done."""

    def likely(self, who: Neighbour) -> float:
        """Give the share for one person."""
        return self.share if isinstance(self.share, float) else self.share(who)


def _keen(who: Neighbour) -> float:
    return who.keen


def _refuses(who: Neighbour) -> float:
    return 0.4 * (1 - who.keen)


def _faithful(who: Neighbour) -> float:
    return who.faithful


def _talks(share: float) -> Share:
    return lambda who: share * who.talkative


HABITS: dict[str, Habit] = {
    # asked
    "OnCard.TAKE": Habit(_keen),
    "OnCard.DECLINE": Habit(_refuses),
    "OnCard.JOIN": Habit(lambda who: 0.2 * who.keen),
    "OnCard.LEAVE_LINE": Habit(0.05),
    "OnCard.SHOW": Habit(0.4),
    # holding
    "OpenTask": Habit(_faithful, for_task=True),
    "Coming.yes": Habit(_faithful, SOON),
    "Coming.not yes": Habit(0.08, SOON),
    "OnTask.CONTACT": Habit(0.25),
    "OnTask.ON_WAY": Habit(0.6),
    "OnTask.LATE": Habit(0.03),
    "OnTask.ASK_DONE": Habit(0.55, A_WHILE),
    "OnTask.ASK_HAND_BACK": Habit(0.04),
    "OnTask.DONE": Habit(0.8),
    "OnTask.ALL_DONE": Habit(0.3),
    "OnTask.ASK_SWAP": Habit(0.03),
    "ProposeSwap": Habit(0.7),
    "AnswerSwap.yes": Habit(0.5, SOON),
    "AnswerSwap.not yes": Habit(0.2, SOON),
    "Stands.ON_WAY": Habit(0.2, SOON),
    "Stands.DONE": Habit(0.5, SOON),
    "HandBack": Habit(0.3),
    "Late": Habit(0.4),
    "HideContact": Habit(0.3, SOON),
    # needing help
    "Verdict.solved": Habit(_talks(0.8)),
    "Verdict.not solved": Habit(_talks(0.1)),
    "Came.came": Habit(_talks(0.5), SOON),
    "Came.not came": Habit(_talks(0.15), SOON),
    "AskWithThis": Habit(0.9),
    "OnMine.ADD": Habit(0.03),
    "OnMine.NOBODY": Habit(_talks(0.02)),
    "OnMine.ASK_CANCEL": Habit(0.03),
    "OnMine.CANCEL": Habit(0.8),
    "OpenMine": Habit(0.05, SOON),
    "OnMine.ASK_REOPEN": Habit(0.02),
    "OnMine.REOPEN": Habit(0.8),
    "StillWell.well": Habit(_talks(0.7), SOON),
    "StillWell.not well": Habit(_talks(0.1), SOON),
    "Stars.5": Habit(_talks(0.5)),
    "Stars.4": Habit(_talks(0.2)),
    "Stars.3": Habit(_talks(0.1)),
    "Stars.2": Habit(_talks(0.05)),
    "Stars.1": Habit(_talks(0.05)),
    # at the desk
    "OpenCase": Habit(0.3, SOON),
    "OnCase.ASK_ASSIGN": Habit(0.3),
    "OnCase.ASK_HAND_OVER": Habit(0.05),
    "OnCase.TAKE_OVER": Habit(0.1),
    "OnCase.ANSWER": Habit(0.15),
    "OnCase.NOTE": Habit(0.05),
    "OnCase.ASK_AGAIN": Habit(0.5),
    "OnCase.SOLVED": Habit(0.35),
    "OnCase.UNSOLVED": Habit(0.05),
    "OnCase.ASK_CANCEL": Habit(0.02),
    "OnCase.CONTACT": Habit(0.05),
    "CancelCase": Habit(0.4),
    "Assign": Habit(0.9),
    "HandOver": Habit(0.9),
    "OnCase.NOBODY_CAME": Habit(0.02),
    "OnCase.WAIT": Habit(0.08),
    "OnCase.GO_ON": Habit(0.3),
    "OnCase.ASK_REOPEN": Habit(0.02),
    "OnCase.REOPEN": Habit(0.8),
    # ringing whoever stays silent
    "ToCalls": Habit(0.4),
    "OnCall.SHOW": Habit(0.5),
    "OnCall.SOLVED": Habit(0.45, SOON),
    "OnCall.UNSOLVED": Habit(0.1, SOON),
    "OnCall.NO_ANSWER": Habit(0.3),
    "OnCall.GIVE_UP": Habit(0.3),
    "CallStars": Habit(0.15),
    # orders, early items
    "OpenOrder": Habit(0.4, SOON),
    "OnOrder.REPORT": Habit(0.5, A_WHILE),
    "OnOrder.ASK_SIGN": Habit(0.6),
    "OnOrder.SIGN": Habit(0.9),
    "OnOrder.SEND_BACK": Habit(0.15),
    "OnOrder.TERMS": Habit(0.05),
    "OnOrder.ASK_BODY": Habit(0.2),
    "OnOrder.ASK_PERSON": Habit(0.06),
    "SetBody": Habit(0.6),
    "HandOn": Habit(0.8),
    "InDays": Habit(0.5),
    "ToEarly": Habit(0.1),
    "OnEarly.OPEN": Habit(0.6),
    "OnEarly.TAKE": Habit(0.5),
    "OnEarly.SETTLE": Habit(0.4),
    # call-ups
    "OnCallBoard.APPROVE": Habit(0.9, SOON),
    "OnCallDay.COME": Habit(0.5, SOON),
    "OnCallDay.GROWN_UP": Habit(0.95, SOON),
    "OnCallDay.AWAY": Habit(0.1, SOON),
    "OnCallup.NO": Habit(0.1, SOON),
    "StepIn.comes": Habit(0.7, SOON),
    "StepIn.not comes": Habit(0.1, SOON),
    "OnCallupPart": Habit(0.8, SOON),
    "ConfirmPart": Habit(0.95, SOON),
    # gatherings
    "OnGathering.OPEN": Habit(0.7),
    "OnGathering.JOIN": Habit(0.8),
    "Comes.comes": Habit(0.5, SOON),
    "Comes.not comes": Habit(0.2, SOON),
    "OnGathering.HERE": Habit(0.9),
    "RateGathering": Habit(_talks(0.3), SOON),
    # care
    "OnHome.AGREE": Habit(0.8, SOON),
    "OnHome.DECLINE": Habit(0.1, SOON),
    "OnHome.PAUSE": Habit(0.02, SOON),
    "OnPair.TAKE_ON": Habit(0.85, SOON),
    "OnPair.TURN_DOWN": Habit(0.1, SOON),
    "OnCallOn.COMING": Habit(_faithful, SOON),
    "OnCallOn.CANNOT": Habit(0.05, SOON),
    "OnCallOn.COVER": Habit(0.6, SOON),
    "SayFound": Habit(0.8, A_WHILE),
    "SayCame": Habit(_talks(0.6), SOON),
    "OnConcern.SETTLE": Habit(0.6, SOON),
    "OnConcern.SIGN": Habit(0.9),
    "OnFollowUp.WELL": Habit(_talks(0.6), SOON),
    "OnFollowUp.AGAIN": Habit(0.05, SOON),
    "OnHome.RESUME": Habit(0.3, A_WHILE),
    # festivals
    "ToFestivals": Habit(0.15),
    "ArrangeVisits": Habit(0.3),
    "OnRound.OPEN": Habit(0.2),
    "OnGift.OPEN": Habit(0.4),
    "OnGift.TAKE": Habit(0.7),
    "OnGift.GIVE": Habit(_faithful, A_WHILE),
    "OnGift.LET_GO": Habit(0.08),
    "OnGift.RECEIVE": Habit(_talks(0.7), SOON),
    "OnGift.MISS": Habit(_talks(0.2), SOON),
    # the survey
    "ToSurveys": Habit(0.05),
    "OnSurvey.OPEN": Habit(0.1),
    "OnResident.OPEN": Habit(0.3),
    "OnResident.ASK": Habit(0.8),
    "OnAsking.YES": Habit(0.6, SOON),
    "OnAsking.NO": Habit(0.2, SOON),
    "OnAsking.FILL": Habit(0.7, SOON),
    "OnAsking.SEALED": Habit(0.2),
    "OnAsking.RIGHT": Habit(_talks(0.6), SOON),
    "OnAsking.WRONG": Habit(_talks(0.1), SOON),
    "OnAsking.DROP": Habit(0.05, SOON),
    # the ledger
    "ToCareLedger": Habit(0.15),
    "TakeCareLedger": Habit(0.2),
    "OnCareLedger.APPROVE": Habit(0.4, SOON),
    "OnCareLedger.REFUSE": Habit(0.1, SOON),
    # day checks
    "OnMember.AGREE": Habit(0.8, SOON),
    "OnMember.DECLINE": Habit(0.1, SOON),
    "OnDay.WELL": Habit(_talks(0.7), SOON),
    "OnDay.HELP": Habit(0.02, SOON),
    "OnDay.REACHED": Habit(0.4, SOON),
    "OnDay.SPOKE": Habit(0.6),
    "OnDay.SAW": Habit(0.3),
    "OnDay.GO": Habit(0.15, SOON),
    "OnDay.NO_ANSWER": Habit(0.15, SOON),
    "OnDay.CANNOT": Habit(0.1, SOON),
    # teams
    "OnTeam.OPEN": Habit(0.6),
    "OnTeam.JOIN": Habit(0.7),
    "OnTeam.ASK_LEAVE": Habit(0.02),
    "OnTeam.LEAVE": Habit(0.8),
    "OnTeamMember.OPEN": Habit(0.3),
    "OnTeamMember.ADMIT": Habit(0.7, SOON),
    "OnTeamMember.DECLINE": Habit(0.1, SOON),
    # posts and shifts
    "OnPost.OPEN": Habit(0.7),
    "OnShift.OPEN": Habit(0.6),
    "OnShift.JOIN": Habit(0.8),
    "OnShift.HERE": Habit(0.9),
    "OnShift.SWAP": Habit(0.05),
    "OnShift.ROSTER": Habit(0.1),
    "OnShift.CONFIRM": Habit(0.9, SOON),
    "OnHelper.there": Habit(0.3),
    "ComesToShift.comes": Habit(0.6, SOON),
    "ComesToShift.not comes": Habit(0.15, SOON),
    "StandIn": Habit(0.5, SOON),
    # savings
    "SayTime": Habit(0.8, SOON),
    "WriteTime": Habit(0.05, SOON),
    "PassOn.pool": Habit(0.4),
    "PassOn.not pool": Habit(0.3),
    "OnTransfer.TAKE": Habit(0.7, SOON),
    "OnTransfer.DECLINE": Habit(0.15, SOON),
    "ToDisputes": Habit(0.5),
    "OnTime.OPEN": Habit(0.7, SOON),
    "OnTime.KEEP": Habit(0.5, SOON),
    "OnTime.DROP": Habit(0.3, SOON),
    "OnTime.WITHDRAW": Habit(0.1, SOON),
    # mending
    "ToPart": Habit(0.3),
    "OnBroken.OPEN": Habit(0.9),
    "OnBroken.AGAIN": Habit(0.8),
    "OnBroken.DROP": Habit(0.2),
}


IN_WORDS = {
    "Verdict.solved": ("解决了，谢谢！", "Yes, it is solved."),
    "Verdict.not solved": ("还没有解决。", "No, not solved."),
}
"""What some write instead of pressing, in Chinese and in English."""


def names_of(buttons: list[Button]) -> list[str]:
    """Name what each button of a message does; taking what is taken already is joining a line."""
    names = [_name_of(button) for button in buttons]
    if "OnCard.DECLINE" not in names:
        names = ["OnCard.JOIN" if name == "OnCard.TAKE" else name for name in names]
    return names


def _name_of(button: Button) -> str:
    words = [type(button).__name__]
    for key, value in button:
        if isinstance(value, Enum) and key in {"act", "part", "how"}:
            words.append(value.name)
        elif key == "stars":
            words.append(str(value))
        elif isinstance(value, bool) and key != "below":
            words.append(key if value else f"not {key}")
    return ".".join(words)
