"""Everything that can be said of orders has words, and fits on a phone."""

import pytest

from handlers.i18n import CHINESE, ENGLISH, speaking
from handlers.orders import labels, screens
from handlers.records.said import said
from handlers.screen import TEXT_LIMIT
from models.categories import Body
from models.help.rules.closing import Cause
from models.help.views import StaffChoice
from models.media import Media, MediaKind
from models.names.views import Where, Who
from models.orders.queries.orders import ORDERS
from models.orders.rules import (
    MOST_EVIDENCE,
    WORDS_LENGTH,
    Move,
    OrderOutcome,
    State,
    VisitOutcome,
)
from models.orders.views import OrderLine, OrderView
from models.records.rules import PageOf, Refusal
from tests.conftest import NOON

LONG = "长" * WORDS_LENGTH
WHO = Who(2**40, "名" * 64)


def view(state: State, cause: Cause, may: frozenset[Move]) -> OrderView:
    return OrderView(
        line=OrderLine(
            order_id=2**40,
            request_id=2**40,
            number=999_999,
            category="repairs.plumbing",
            where=Where(1, "地" * 80, "p" * 80),
            cause=cause,
            state=state,
            person=WHO,
            due_at=NOON,
            overdue=True,
        ),
        body=Body.PROPERTY,
        beneficiary=WHO,
        said=LONG,
        to_show=LONG,
        report=LONG,
        reporter=WHO,
        reported_at=NOON,
        evidence=(Media(MediaKind.PHOTO, "x"),) * MOST_EVIDENCE,
        sent_back=LONG,
        signer=WHO,
        signed_at=NOON if state is State.SIGNED else None,
        mine=True,
        partial=True,
        may=may,
    )


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_every_outcome_is_said(language: str) -> None:
    with speaking(language):
        for outcome in (*OrderOutcome, *VisitOutcome, *Refusal):
            assert said(outcome, ORDERS.name)
        for state in State:
            assert labels.state(state)
        for body in (None, *Body):
            assert labels.body(body)
    assert set(labels.CAUSES) == set(Cause)


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("may", [frozenset(), frozenset(Move)], ids=["looks", "may"])
def test_every_screen_fits(language: str, state: State, may: frozenset[Move]) -> None:
    choices = [StaffChoice(WHO, 30)] * 8
    with speaking(language):
        for cause in Cause:
            seen = view(state, cause, may)
            for screen in (
                screens.order_screen(seen, NOON),
                screens.order_card(seen, NOON, "x"),
                screens.ask_sign_screen(seen, NOON),
                screens.terms_screen(seen, NOON),
                screens.choose_body_screen(seen, NOON),
                screens.choose_person_screen(seen, choices),
                screens.orders_screen(PageOf((seen.line,) * 10, 1, 3, 30), NOON),
            ):
                assert 0 < len(screen.full_text().encode("utf-16-le")) // 2 <= TEXT_LIMIT
