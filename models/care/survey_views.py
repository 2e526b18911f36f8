"""What leaves the room of surveys."""

from dataclasses import dataclass
from datetime import date

from models.care.rules.plans import CareRhythm
from models.care.survey_rules import AskedBy, AskingMove, AskingState
from models.names.views import Where, Who
from models.records.rules import PageOf
from models.sheets.views import FilingView


@dataclass(frozen=True)
class SurveyPlace:
    """A place of somebody's desk, and its survey that is on."""

    place: Where
    place_id: int
    survey_id: int | None


@dataclass(frozen=True)
class SurveyLine:
    """One resident on the list of a survey."""

    who: Who
    place: Where
    asking_id: int | None
    state: AskingState | None
    """None while nobody has asked them this year."""


@dataclass(frozen=True)
class SurveyView:
    """A survey for whoever has a desk there: numbers, and a page of its people."""

    id: int
    place: Where
    on: bool
    year: int
    ends_on: date
    people: PageOf[SurveyLine]
    asked: int
    agreed: int
    declined: int
    filled: int
    wishes: tuple[tuple[str, int], ...]
    """Kinds of help and how many wish for it, of five homes or more."""


@dataclass(frozen=True)
class ResidentView:
    """Somebody who was not asked yet."""

    survey_id: int
    who: Who
    place: Where
    by_card: bool
    """They, or somebody who speaks for them, have Telegram."""
    by_proxy: bool
    at_door: bool


@dataclass(frozen=True)
class AskingView:
    """One person in a survey, as their reader sees it."""

    id: int
    survey_id: int
    person_id: int
    who: Who
    place: Where | None
    state: AskingState
    way: AskedBy
    own: bool
    is_self: bool
    """The reader is the person, not who speaks for them."""
    asked_by: Who | None
    word_by: Who | None
    filing: FilingView | None
    opened: bool
    """What is sealed is opened for this reader."""
    rhythm: CareRhythm | None
    """How often they wish to be looked in on."""
    daily: bool
    home_id: int | None
    home_agreed: bool
    moves: frozenset[AskingMove]
