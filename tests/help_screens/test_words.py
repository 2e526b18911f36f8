"""Everything that has a name in the rules has words in both languages."""

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from handlers.categories import BODIES, CATEGORIES
from handlers.desk.callbacks import CancelReason
from handlers.desk.screens import case
from handlers.desk.screens.board import DECIDED
from handlers.help.forms import EMERGENCIES
from handlers.help.screens import lines, outcomes, receipt
from handlers.help.task_forms import WRONG
from handlers.help.when import HOURS, PARTS, TODAY, TOMORROW, PartOfDay
from handlers.help.whom import ADDING
from handlers.i18n import CHINESE, ENGLISH, LANGUAGES, gettext, speaking
from handlers.media import MEDIA
from handlers.show import TOAST_LIMIT
from handlers.volunteers import screens as volunteer_screens
from handlers.volunteers.words import SKILLS
from models import categories, media
from models.categories import Skill
from models.help.rules import limits, matching, policy, states
from models.help.rules import outcomes as named
from models.help.rules import outcomes as rules_outcomes
from models.people.rules import Adding, PersonalSet
from models.volunteers.rules import ChangeOutcome, DecisionOutcome, SignUpOutcome
from models.volunteers.rules import State as Standing

LATIN = re.compile(r"[A-Za-z]{2,}")
SAID_ELSEWHERE = {PersonalSet.SAVED, PersonalSet.CLEARED}


def every_outcome() -> Iterator[StrEnum]:
    kinds = [kind for kind in vars(named).values() if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, StrEnum) and kind not in {StrEnum, rules_outcomes.HandBackReason}:
            yield from kind


@pytest.mark.parametrize("outcome", list(every_outcome()), ids=repr)
def test_every_outcome_of_help_has_a_sentence(outcome: StrEnum) -> None:
    assert_said(outcomes.TABLES[type(outcome)][outcome], TOAST_LIMIT)
    with speaking(CHINESE):
        assert outcomes.said(outcome)


@pytest.mark.parametrize("outcome", [*SignUpOutcome, *ChangeOutcome, *DecisionOutcome], ids=repr)
def test_every_outcome_of_volunteers_has_a_sentence(outcome: StrEnum) -> None:
    assert_said(volunteer_screens.TABLES[type(outcome)][outcome], TOAST_LIMIT)


TABLES: dict[str, tuple[dict[StrEnum, str], type[StrEnum]]] = {
    "urgency": (lines.URGENCIES, policy.Urgency),
    "handing back": (lines.HAND_BACK, rules_outcomes.HandBackReason),
    "why you": (lines.WHY_YOU, matching.Reason),
    "why them": (lines.WHY_THEM, matching.Reason),
    "states": ({key: said for key, (_, said) in lines.STATES.items()}, states.State),
    "claims": ({key: said for key, (_, said) in lines.CLAIMS.items()}, states.ClaimState),
    "media": ({key: said for key, (_, said) in MEDIA.items()}, media.MediaKind),
    "bodies": ({key: said for key, (said, _) in BODIES.items()}, categories.Body),
    "bodies on a chart": ({key: said for key, (_, said) in BODIES.items()}, categories.Body),
    "adding": (ADDING, Adding),
    "calling off": (case.REASONS, CancelReason),
    "standing": (volunteer_screens.STANDING, Standing),
    "skills": (SKILLS, Skill),
    "today": (TODAY, PartOfDay),
    "tomorrow": (TOMORROW, PartOfDay),
    "parts": (PARTS, PartOfDay),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_member_has_words(name: str) -> None:
    table, kind = TABLES[name]
    assert set(table) == set(kind)
    for said in table.values():
        assert_said(said, TOAST_LIMIT)


def test_every_kind_of_help_has_a_name() -> None:
    assert set(CATEGORIES) == set(categories.CATALOGUE)
    for sign, name in CATEGORIES.values():
        assert sign
        assert_said(name, 40)


def test_every_line_of_the_timeline_has_words() -> None:
    told = {*receipt.BY_SOMEBODY, *receipt.BY_THE_CLOCK, limits.Line.ASKED}
    assert told == set(limits.Line)
    for said in (*receipt.BY_SOMEBODY.values(), *receipt.BY_THE_CLOCK.values()):
        assert_said(said, TOAST_LIMIT)


def test_what_stands_alone_has_words() -> None:
    assert set(WRONG) | SAID_ELSEWHERE == set(PersonalSet)
    assert set(HOURS) == set(PartOfDay)
    assert set(DECIDED) == set(Standing) - {Standing.APPLIED}
    for said in (*WRONG.values(), *DECIDED.values(), *EMERGENCIES):
        assert_said(said, TOAST_LIMIT)


def assert_said(message: str, limit: int) -> None:
    """Hold that a sentence is said in each language, in that language, and fits."""
    said = {language: _in(language, message) for language in LANGUAGES}
    assert said[ENGLISH] == message
    assert said[CHINESE]
    assert not LATIN.search(re.sub(r"\{\w+\}|/\w+", "", said[CHINESE])), said[CHINESE]
    assert all(len(text) <= limit for text in said.values())


def _in(language: str, message: str) -> str:
    with speaking(language):
        return gettext(message)
