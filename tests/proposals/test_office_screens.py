"""How a change of text reads, in both languages, and that every outcome has its words."""

from enum import StrEnum

import pytest

from handlers.i18n import CHINESE, ENGLISH, gettext, speaking
from handlers.proposals.screens import settings
from handlers.proposals.screens.changes import differences
from handlers.proposals.screens.reception import READY, label, reason_said
from models.categories import CATALOGUE, EMERGENCY
from models.proposals.rules.changes import Text
from models.proposals.rules.limits import PROBLEM_LENGTH, TITLE_LENGTH, WISH_LENGTH
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.reception import REQUEST_KIND, ReasonOutcome, TermsOutcome

OLD = Text("加装电梯", "老人上下楼很吃力", "装一部电梯")


def test_a_changed_word_is_marked_where_it_stands() -> None:
    new = Text(OLD.title, OLD.problem, "装两部电梯")
    with speaking(CHINESE):
        assert differences(OLD, new) == "希望怎样：\n装【－一】【＋两】部电梯"
    with speaking(ENGLISH):
        assert differences(OLD, new) == "What is wished:\n装【－一】【＋两】部电梯"


def test_what_was_written_anew_stands_below() -> None:
    new = Text(OLD.title, "Too many cars", OLD.wish)
    with speaking(ENGLISH):
        told = differences(OLD, new)
    assert told == "What is wrong:\n－ 老人上下楼很吃力\n＋ Too many cars"


def test_what_stayed_is_shortened_and_what_came_is_seen() -> None:
    long = "我们这个小区已经很旧了，" * 20
    with speaking(CHINESE):
        told = differences(
            Text("题", f"{long}请修路灯。{long}", ""), Text("题", f"{long}请修路面。{long}", "")
        )
    assert "【－灯】【＋面】" in told
    assert len(told) < 100


def test_three_long_parts_fit_one_message() -> None:
    old = Text("旧" * TITLE_LENGTH, "旧" * PROBLEM_LENGTH, "旧" * WISH_LENGTH)
    new = Text("新" * TITLE_LENGTH, "新" * PROBLEM_LENGTH, "新" * WISH_LENGTH)
    with speaking(ENGLISH):
        assert len(differences(old, new)) < 3600


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("outcome", [*ReasonOutcome, *TermsOutcome])
def test_every_outcome_has_its_words(language: str, outcome: ReasonOutcome | TermsOutcome) -> None:
    with speaking(language):
        assert settings.said(outcome)
    assert isinstance(outcome, StrEnum)


def test_a_reason_fits_its_button() -> None:
    assert all(len(label(reason)) <= 40 for reason in READY)
    assert label("长" * 99).endswith("…")


def test_every_topic_is_some_kind_of_request() -> None:
    assert set(REQUEST_KIND) == set(ProposalTopic)
    assert set(REQUEST_KIND.values()) <= set(CATALOGUE) - {EMERGENCY}


@pytest.mark.parametrize("ready", READY)
def test_the_houses_own_reasons_are_read_in_the_readers_language(ready: str) -> None:
    with speaking(CHINESE):
        kept = gettext(ready)
    with speaking(ENGLISH):
        assert reason_said(kept) == ready
        assert reason_said("三楼到底是哪一侧？") == "三楼到底是哪一侧？"
    with speaking(CHINESE):
        assert reason_said(ready) == kept
