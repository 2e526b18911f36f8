"""Screens of proposals: every line has its sentence, and the longest texts fit one message."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiogram.types import InlineKeyboardMarkup

from handlers.i18n import LANGUAGES, speaking
from handlers.proposals.callbacks import ListScope, OnList
from handlers.proposals.screens.card import card_screen, share_screen
from handlers.proposals.screens.changes import withdrawn_screen
from handlers.proposals.screens.lists import list_screen
from handlers.proposals.screens.timeline import timeline_screen
from handlers.proposals.screens.writing import Written, summary_screen
from handlers.screen import TEXT_LIMIT, Screen
from models.names.views import Where, Who
from models.proposals.rules.limits import (
    PROBLEM_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
    WORDS_LENGTH,
    first_words,
    tells,
)
from models.proposals.rules.notices import ProposalEvent, ProposalTopic
from models.proposals.rules.states import State
from models.proposals.views import (
    ProposalLine,
    ProposalsPage,
    ProposalTimelineLine,
    ProposalView,
    TimelinePage,
)

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WHERE = Where(1, "桂花社区", "Guihua Community")
SIGN = "🙂"
"""Telegram counts it twice."""

DETAILS: dict[ProposalEvent, dict[str, Any]] = {
    ProposalEvent.EDITED: {"version": 2, "asked": 3},
    ProposalEvent.ACCEPTED: {"needed": 10, "until": NOW.isoformat()},
    ProposalEvent.MERGED: {"into": 7, "number": 107},
    ProposalEvent.TOOK_IN: {"number": 102, "moved": 4},
    ProposalEvent.TURNED: {"request": 103},
    ProposalEvent.MEETING_MOVED: {"meeting": 1, "starts": NOW.isoformat()},
    ProposalEvent.REACHED: {"count": 10},
    ProposalEvent.LAPSED: {"count": 3, "needed": 10},
    ProposalEvent.COUNTED: {
        "vote": 1,
        "result": "passed",
        "yes": 7,
        "no": 2,
        "abstain": 1,
        "eligible": 20,
    },
    ProposalEvent.ASSIGNED: {
        "body": "property",
        "person": 3,
        "name": "赵敏",
        "due": NOW.isoformat(),
    },
    ProposalEvent.HELP: {"request": 5, "number": 105},
    ProposalEvent.RATED: {"count": 5, "mean": 4.2},
}


def line(**fields: Any) -> ProposalLine:
    given = {
        "proposal_id": 4, "number": 104, "title": "加装电梯", "topic": ProposalTopic.FACILITIES,
        "where": WHERE, "state": State.SECONDING, "seal": True, "seconds": 7, "needed": 10,
        "second_by": NOW, "receive_by": NOW, "due_at": None, "overdue": False, "mean": None,
        "ratings": 0,
    }  # fmt: skip
    return ProposalLine(**(given | fields))


def view(**fields: Any) -> ProposalView:
    given = {
        "line": line(), "problem": "老人上下楼很吃力", "wish": "装一部电梯", "version": 1,
        "author": Who(1, "王秀英"), "anonymous": False, "mine": False, "media": (),
        "submitted_at": NOW, "desk": None, "seconded": False, "stale": False, "merged_into": None,
        "request": None, "meeting_id": None, "vote_id": None, "reasons": None, "promise": None,
        "body": None, "person": None, "delivered_at": None, "rate_by": None, "my_stars": None,
        "staff": False, "public": True, "changed": False, "may": frozenset(),
    }  # fmt: skip
    return ProposalView(**(given | fields))


def shown(what: ProposalEvent, **fields: Any) -> ProposalTimelineLine:
    given: dict[str, Any] = {
        "line_id": 1, "at": NOW, "what": what, "who": Who(3, "赵敏"), "by_author": False,
        "detail": {}, "words": None, "media": (),
    }  # fmt: skip
    return ProposalTimelineLine(**(given | fields))


def timeline(*lines: ProposalTimelineLine) -> str:
    return timeline_screen(
        TimelinePage(4, 104, "加装电梯", seal=True, lines=lines, page=0, pages=1), NOW
    ).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ProposalEvent)
def test_every_line_has_a_sentence_in_both_languages(what: ProposalEvent, language: str) -> None:
    detail = DETAILS.get(what, {})
    with speaking(language):
        by_staff = timeline(shown(what, detail=detail))
        by_clock = timeline(shown(what, detail=detail, who=None))
        by_hidden = timeline(shown(what, detail=detail, who=None, by_author=True))
        bare = timeline(shown(what))
    for text in (by_staff, by_clock, by_hidden, bare):
        assert "{" not in text
        assert "None" not in text
    for told in detail.values():
        plain = {ProposalEvent.MERGED, ProposalEvent.EDITED, ProposalEvent.COUNTED}
        if isinstance(told, int) and what not in plain | {
            ProposalEvent.ASSIGNED, ProposalEvent.HELP,
        }:  # fmt: skip
            assert str(told) in by_staff


def test_a_private_line_says_so_and_the_hidden_author_is_the_author() -> None:
    hidden = timeline(shown(ProposalEvent.SUBMITTED, who=None, by_author=True))
    assert "提议人提交给社区" in hidden
    assert "🔒" in timeline(shown(ProposalEvent.LOOKED, private=True))


def test_whoever_was_to_receive_what_is_withdrawn_is_not_thanked_for_backing_it() -> None:
    with speaking("en"):
        assert "you had supported" in withdrawn_screen(view(stale=True)).text
        assert "Nothing is left for you to do" in withdrawn_screen(view(staff=True)).text


@pytest.mark.parametrize("sign", ["长", SIGN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_card_fits_and_keeps_its_end(language: str, sign: str) -> None:
    with speaking(language):
        screen = card_screen(
            view(
                line=line(title=SIGN * TITLE_LENGTH, state=State.UNDERWAY, due_at=NOW),
                problem=sign * PROBLEM_LENGTH,
                wish=sign * WISH_LENGTH,
                reasons=sign * WORDS_LENGTH,
                promise=sign * WORDS_LENGTH,
                person=Who(3, "赵敏"),
            ),
            NOW,
        )
    assert_fits(screen)
    assert "赵敏" in screen.full_text()
    assert screen.text.count("…") == 4


def test_a_usual_card_is_not_cut() -> None:
    text = card_screen(view(problem="长" * PROBLEM_LENGTH), NOW).text
    assert "长" * PROBLEM_LENGTH in text
    assert "什么问题" not in card_screen(view(problem=""), NOW).text


def test_a_live_card_never_makes_room_for_a_list() -> None:
    assert "全部提案" in labels(card_screen(view(), NOW))
    assert "全部提案" not in labels(card_screen(view(), NOW, live=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_page_and_summary_fit(language: str) -> None:
    with speaking(language):
        lines = tuple(line(title=SIGN * TITLE_LENGTH) for _ in range(6))
        assert_fits(list_screen(ProposalsPage(lines, 1, 3, 18, WHERE), OnList(page=1), NOW))
        long = shown(ProposalEvent.PROGRESS, words="长" * WORDS_LENGTH)
        long_page = TimelinePage(4, 104, "长", seal=True, lines=(long,) * 12, page=0, pages=1)
        assert_fits(timeline_screen(long_page, NOW))
        written = Written(
            ProposalTopic.OTHER,
            "桂花社区",
            "长",
            "长" * PROBLEM_LENGTH,
            "长" * WISH_LENGTH,
            "📷",
            anonymous=True,
        )
        assert_fits(summary_screen(written))


@pytest.mark.parametrize("scope", ListScope)
def test_an_empty_list_says_what_to_do(scope: ListScope) -> None:
    screen = list_screen(ProposalsPage((), 0, 1, 0, WHERE), OnList(scope=scope), NOW)
    assert screen.text
    assert "‹ 提案" in labels(screen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shared_names_nobody_and_opens_the_private_chat(language: str) -> None:
    with speaking(language):
        screen = share_screen(view(), "linli_bot", NOW)
    assert "王秀英" not in screen.full_text()
    assert "加装电梯" in screen.full_text()
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    look, send = [row[0].url or "" for row in screen.keyboard.inline_keyboard]
    assert look == "https://t.me/linli_bot?start=p-4"
    asked = parse_qs(urlsplit(send).query)
    assert asked["url"] == [look]
    assert "加装电梯" in asked["text"][0]
    assert "王秀英" not in asked["text"][0]
    assert all(not key.callback_data for row in screen.keyboard.inline_keyboard for key in row)


def test_the_first_words_make_a_title() -> None:
    assert first_words("楼里没有电梯，老人上下楼很吃力", 60) == "楼里没有电梯"
    assert first_words("\n！The lamp is broken. It is dark", 60) == "The lamp is broken. It is dark"
    assert first_words("长" * 61, 60) == ""
    assert first_words("。。。", 60) == ""


@pytest.mark.parametrize("text", ["好的", "好的。", " OK! ", "thank you", "？", "水", ""])
def test_what_answers_nothing_tells_nothing(text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize("text", ["灯坏", "不好", "ok, but the lamp is broken", "6号"])
def test_few_words_may_tell(text: str) -> None:
    assert tells(text)


def assert_fits(screen: Screen) -> None:
    whole = f"{screen.title}\n\n{screen.text}"
    assert len(whole.encode("utf-16-le")) // 2 <= TEXT_LIMIT


def labels(screen: Screen) -> str:
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    return " ".join(key.text for row in screen.keyboard.inline_keyboard for key in row)
