"""No secret in any line: tokens nowhere, telephone numbers in nothing that people wrote."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import blot, set_up
from bot.settings import LogFormat
from models.database import transaction
from models.outbox.actions import compose
from sandbox.people import DEMO_TOKEN
from tests.bot.street import A, Street, living, message, tap
from tests.waiting import until

PHONE = "+8613800138000"
WRITTEN = "what somebody wrote"


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged, by every library, from DEBUG on, as it leaves."""
    root, before = logging.getLogger(), logging.root.handlers[:]
    level = root.level
    set_up(request.param, "DEBUG")
    structlog.configure(cache_logger_on_first_use=False)
    kept = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(kept)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)

    yield kept
    root.handlers[:] = before
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.mark.usefixtures("soon_again")
@pytest.mark.parametrize("lines", list(LogFormat), indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_token_and_no_phone_in_any_line(lines: io.StringIO, street: Street) -> None:
    street.broken.add("bang")
    for fault in ("server_error", "drop_answer"):
        getattr(street.world.faults, fault)(method="sendMessage")
        getattr(street.world.faults, fault)(method="getUpdates")
    async with living(street):
        street.world.person(A).send_text(f"call 手机{PHONE}好")
        await until(lambda: len(street.told()) >= 1)
        await street.take(message(5, "bang", 5))
        await street.take(message(6, PHONE, 6, chat=PHONE))
        await street.take(tap(7, "bang"))
        async with transaction(street.sessions) as session:
            unknown = {"chat_id": A, "media": [{"type": WRITTEN}]}
            now = street.world.clock.now()
            await compose(session, method="sendMediaGroup", payload=unknown, chat_id=A, now=now)
        await street.all_sent()
        log = structlog.get_logger("test")
        log.info(DEMO_TOKEN, url=f"http://x/bot{DEMO_TOKEN}/getMe", deep={"a": [PHONE, ("b",)]})
        log.info("quoted", url=DEMO_TOKEN.replace(":", "%3A"), odd=io.BytesIO)
        logging.getLogger("httpx").info("HTTP Request: %s", f"http://x/bot{DEMO_TOKEN}/getMe")
        try:
            raise ValueError(f"{DEMO_TOKEN} {PHONE}")  # noqa: TRY301 - what a library may do
        except ValueError:
            log.exception("broken")
            logging.getLogger("aiogram").exception("broken %s", PHONE)
    text = lines.getvalue()
    assert len(text.splitlines()) > 20
    assert DEMO_TOKEN.partition(":")[2] not in text
    ours = [line for line in text.splitlines() if "sqlalchemy" not in line]
    assert PHONE.removeprefix("+86") not in "\n".join(ours)
    assert "not composed as Telegram takes it" in text
    assert WRITTEN not in "\n".join(ours)


@given(
    before=st.sampled_from(["", "电话", "call ", "(", "tel:", '"', "="]),
    number=st.sampled_from(
        ["13800138000", "+8613800138000", "8613800138000", "+86 138 0013 8000", "138-0013-8000",
         "0571-88888888", "(0571) 88888888", "+44 20 7946 0958", "+1 (212) 555-0123"]
    ),
    after=st.sampled_from(["", "。", "找王", " now", ".", ")", '"', ", ", ": yes"]),
)  # fmt: skip
def test_telephone_numbers_are_blotted_out(before: str, number: str, after: str) -> None:
    left = blot(f"{before}{number}{after}")
    assert sum(character.isdigit() for character in left) < 4, left


@pytest.mark.parametrize(
    "text",
    ["2026-11-23T04:00:00.123456Z", "2026-11-23 04:00", "took 0.123456789012 s", "row 123456",
     "10.0.0.1:8080", "deadbeef1234567890ab"],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert blot(text) == text
