"""The yearly survey of needs 摸底: what is asked, of whom, how it goes; standard library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.care.rules.plans import CareRhythm, asks_again_from
from models.marks.rules import LEAST_SHOWN
from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.routines.rules import Rhythm, RoutinePlan
from models.sheets.rules.fields import FieldKind, SheetDraft, SheetField, SheetOption, SheetWords
from models.text import mark

EVERY_MONTHS = 12


@dataclass(frozen=True)
class SurveyPolicy(Policy):
    """The yearly survey of needs."""

    survey_lasts: timedelta = timedelta(days=60)
    """How long people can be asked after a survey has begun."""


def _option(key: str, zh: str, en: str) -> SheetOption:
    return SheetOption(key, SheetWords(zh, en))


HELP, LOOK_IN, DAILY = "help", "look_in", "daily"
"""Fields that are counted, and followed up."""

SURVEY = SheetDraft(
    code="care_survey",
    subject="care",
    title=SheetWords("摸底表", "Survey of needs"),
    fields=(
        SheetField(
            "lives",
            FieldKind.CHOICE,
            SheetWords("家里都有谁一起住？", "Who lives here?"),
            short=SheetWords("同住", "Lives with"),
            options=(
                _option("alone", "一个人住", "Alone"),
                _option("spouse", "和老伴住", "With a spouse"),
                _option("family", "和家人住", "With family"),
            ),
            sealed=True,
        ),
        SheetField(
            "about",
            FieldKind.CHOICE,
            SheetWords("平时出门方便吗？", "How does going out go?"),
            short=SheetWords("出门", "Going out"),
            options=(
                _option("self", "自己能走", "By oneself"),
                _option("helped", "要人搭把手", "With help"),
                _option("hardly", "很少出门", "Hardly ever"),
            ),
            sealed=True,
        ),
        SheetField(
            HELP,
            FieldKind.MANY,
            SheetWords("希望有人帮什么忙？可以选几样。", "What help is wished? Choose several."),
            short=SheetWords("希望帮忙", "Help wished"),
            options=(
                _option("chat", "聊聊天", "A chat"),
                _option("shopping", "买菜买东西", "Shopping"),
                _option("cleaning", "打扫卫生", "Cleaning"),
                _option("repairs", "小修小补", "Small repairs"),
                _option("company", "陪着出门", "Company outdoors"),
                _option("phone", "教用手机", "With the phone"),
                _option("meals", "送饭", "Meals"),
            ),
            required=False,
        ),
        SheetField(
            LOOK_IN,
            FieldKind.CHOICE,
            SheetWords("想不想有邻居常来看看？", "Would you like a neighbour to look in?"),
            short=SheetWords("常来看看", "Looking in"),
            options=(
                _option("weekly", "每周来", "Every week"),
                _option("monthly", "每月来", "Every month"),
                _option("no", "不用", "No, thanks"),
            ),
        ),
        SheetField(
            DAILY,
            FieldKind.CHOICE,
            SheetWords(
                "想不想每天早上有人问一声平安？",
                "Would you like to be asked every day whether all is well?",
            ),
            short=SheetWords("每天问平安", "Asked every day"),
            options=(
                _option("yes", "想，每天问一声", "Yes, please"),
                _option("no", "不用", "No, thanks"),
            ),
        ),
        SheetField(
            "told",
            FieldKind.TEXT,
            SheetWords("有事的时候，可以告诉谁？", "Who may be told if something is wrong?"),
            short=SheetWords("有事告诉", "May be told"),
            help=SheetWords("比如：女儿小红。没有就跳过。", "For example: my daughter. Or skip."),
            most=200,
            required=False,
            sealed=True,
        ),
        SheetField(
            "ring",
            FieldKind.PHONE,
            SheetWords("那个人的电话是多少？", "What is their telephone number?"),
            short=SheetWords("电话", "Telephone"),
            help=SheetWords("不想留就跳过。", "Skip it if you would rather not."),
            required=False,
            sealed=True,
        ),
        SheetField(
            "else",
            FieldKind.TEXT,
            SheetWords("还有什么想说的？", "Is there anything else?"),
            short=SheetWords("还想说", "Anything else"),
            most=500,
            required=False,
            sealed=True,
        ),
    ),
)
"""Few questions in plain words. No illness, income, faith or people's numbers: nobody needs them
in order to lend a hand. What says how somebody lives is sealed; what is wished lies open, for it is
counted and followed up."""


def wished_rhythm(look_in: object) -> CareRhythm | None:
    """Return how often somebody wishes to be looked in on; None where they do not."""
    rhythms = {str(one): one for one in (CareRhythm.WEEKLY, CareRhythm.MONTHLY)}
    return rhythms.get(str(look_in))


def plan_of_years(begun_on: date, lasts: timedelta) -> RoutinePlan:
    """Return the plan of a survey that began on a day: again every twelve months."""
    return RoutinePlan(
        Rhythm.MONTH_DAY, begun_on, EVERY_MONTHS, on=begun_on.day, lasts=max(1, lasts.days)
    )


class SurveyState(StrEnum):
    """Where the survey of a place stands."""

    ON = "on"
    OVER = "over"


class SurveyMove(StrEnum):
    """What is done about a survey."""

    LOOK = "look"
    ASK = "ask"
    """Ask somebody whether they want to fill the sheet in together."""
    CLOSE = "close"


class SurveyRelation(StrEnum):
    """What somebody is to the survey of a place."""

    KEEPER = "keeper"
    """Works at the desk of its place."""


_DESK = frozenset({SurveyRelation.KEEPER})
_ON = frozenset({SurveyState.ON})

SURVEYS = Lifecycle(
    SurveyState,
    Transition(SurveyMove.LOOK, _DESK, frozenset(SurveyState)),
    Transition(SurveyMove.ASK, _DESK, _ON),
    Transition(SurveyMove.CLOSE, _DESK, _ON, SurveyState.OVER),
)


class AskingState(StrEnum):
    """Where one person stands in a survey; silence is no yes."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    FILLED = "filled"
    """It is read back to them, and they have not said yet whether it is right."""
    WRONG = "wrong"
    """They want something changed."""
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    """Nothing of it is kept but that they were asked."""
    LAPSED = "lapsed"
    """The survey ended, and they had not answered."""


class AskingMove(StrEnum):
    """What is done about one person in a survey."""

    LOOK = "look"
    AGREE = "agree"
    DECLINE = "decline"
    FILL = "fill"
    CONFIRM = "confirm"
    OBJECT = "object"
    """Say that something has to be changed."""
    WITHDRAW = "withdraw"
    OPEN_SEALED = "open_sealed"
    """Read what is sealed; each look is on record."""
    FOLLOW = "follow"
    """Propose, note or ask for what was wished."""
    LAPSE = "lapse"


class AskingRelation(StrEnum):
    """What somebody is to a person in a survey."""

    OWN = "own"
    """It is about them, or about somebody for whom they speak."""
    KEEPER = "keeper"
    """Works at the desk of the survey, and of where they live."""
    VOICE = "voice"
    """The same, where the person has no Telegram: passes their word on, by name."""
    BOTH = "both"
    """Works at that desk, and is the person or speaks for them: nobody surveys themselves."""


_OWN, _KEEPER = frozenset({AskingRelation.OWN}), frozenset({AskingRelation.KEEPER})
_WORD = _OWN | {AskingRelation.VOICE}
_ASKED = frozenset({AskingState.ASKED})
HOLDS = frozenset({AskingState.FILLED, AskingState.WRONG, AskingState.CONFIRMED})
"""A filled sheet is kept."""
_READ = frozenset({AskingState.FILLED})

ASKINGS = Lifecycle(
    AskingState,
    Transition(AskingMove.LOOK, _OWN | _KEEPER, frozenset(AskingState)),
    Transition(AskingMove.AGREE, _WORD, _ASKED, AskingState.AGREED),
    Transition(AskingMove.DECLINE, _WORD, _ASKED | {AskingState.AGREED}, AskingState.DECLINED),
    Transition(
        AskingMove.FILL,
        _KEEPER,
        frozenset({AskingState.AGREED, AskingState.WRONG}),
        AskingState.FILLED,
    ),
    Transition(AskingMove.CONFIRM, _WORD, _READ | {AskingState.WRONG}, AskingState.CONFIRMED),
    Transition(AskingMove.OBJECT, _WORD, _READ | {AskingState.CONFIRMED}, AskingState.WRONG),
    Transition(AskingMove.WITHDRAW, _WORD, HOLDS | {AskingState.AGREED}, AskingState.WITHDRAWN),
    Transition(AskingMove.OPEN_SEALED, _KEEPER, HOLDS),
    Transition(AskingMove.FOLLOW, _KEEPER, HOLDS),
    Transition(AskingMove.LAPSE, _KEEPER, _ASKED, AskingState.LAPSED),
    barred={AskingRelation.BOTH: Refusal.OWN},
)
"""Nothing is filled in before a yes, and only the person, or who speaks for them, says yes, that it
is right, or that nothing is to be kept."""


class AskedBy(StrEnum):
    """How somebody was asked."""

    CARD = "card"
    DOOR = "door"
    """In person: they have no Telegram. Staff pass their word on, and it is kept whose word that
    was."""


class SurveyOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    BEGUN = "begun"
    ENDED = "ended"
    ASKED = "asked"
    AT_THE_DOOR = "at_the_door"
    """They can be asked in person alone."""
    HAS_TELEGRAM = "has_telegram"
    """They answer for themselves."""
    SAID_NO = "said_no"
    """They declined within the year: nobody asks them again."""
    AGREED = "agreed"
    DECLINED = "declined"
    FILLED = "filled"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"


def may_ask_again(declined_at: datetime | None, now: datetime) -> bool:
    """Return whether somebody may be asked who said no last at an instant, or never (None)."""
    return declined_at is None or now >= asks_again_from(declined_at)


def progress(states: Mapping[str, int]) -> tuple[int, int, int, int]:
    """Return how many were asked, said yes, said no, and have a sheet, by how many stand where."""
    count = {one: states.get(one, 0) for one in AskingState}
    no = count[AskingState.DECLINED]
    filled = sum(count[one] for one in HOLDS)
    yes = filled + count[AskingState.AGREED] + count[AskingState.WITHDRAWN]
    return sum(count.values()), yes, no, filled


def wishes_shown(answers: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Count wishes by kind, in the order of the sheet; of fewer than five homes none is shown.

    `answers` are the kept answers to what help is wished, the kinds with blanks between.
    """
    field = SURVEY.field(HELP)
    kinds = [one.key for one in field.options] if field else []
    counts = dict.fromkeys(kinds, 0)
    for answer in answers:
        for kind in {*answer.split()} & counts.keys():
            counts[kind] += 1
    return tuple((kind, many) for kind, many in counts.items() if many >= LEAST_SHOWN)


class SurveyNotice(NoticeKind):
    """Kinds of notice; the subject is named for each."""

    ASK = notice(
        "care.survey_ask",
        mark("may we fill in the yearly survey together?"),
        to="the person, or their proxy; about the asking",
        when="staff ask somebody whether they want to fill the survey in together",
        changes="yes",
    )
    ANSWERED = notice(
        "care.survey_answered",
        mark("an answer about the survey"),
        to="whoever asked while they work there, else who is on duty; about the asking",
        when="somebody said yes or no, or wants something changed",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    READ_BACK = notice(
        "care.survey_read",
        mark("is what was filled in right?"),
        to="the person, or their proxy; about the asking",
        when="staff have filled the sheet in with them",
        changes="yes",
    )
    AGAIN = notice(
        "care.survey_again",
        mark("the yearly survey has begun again"),
        to="whoever began the last one while they work there, else who is on duty; about the "
        "survey",
        when="a year has gone by",
        detail="`late`",
        waits=Waits.ALWAYS,
    )


class SurveyReminder(ReminderKind):
    """Kinds of reminder; the subject is named for each."""

    OVER = reminder(
        "care.survey_over",
        mark("a survey is over"),
        Lateness.SEND_LATE,
        about="the survey",
        does="lets those who have not answered be: they are not asked any more this year",
    )
    AGAIN = reminder(
        "care.survey_again",
        mark("a year has gone by since a survey"),
        Lateness.SEND_LATE,
        about="the survey",
        does="begins the survey of the year and tells staff; residents hear of it from them alone",
    )
