"""The sender: lanes, order, and what becomes of a row after every outcome."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, literal_column, select

from bot.pacer import Limits
from bot.rendering import payload
from handlers import notices
from handlers.screen import OnHold, Pointless, Screen, SentMedia
from models.database import Session, transaction
from models.outbox import actions, refreshing
from models.outbox.rules import MOST_REPEATS, UNKNOWN_WAIT, WAITS, Lane, SendOutcome, State
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice
from models.people.tables import PersonRow
from tests.bot.street import A, B, Street, living, message
from tests.waiting import until

KIND = "test.news"
WRITTEN = "what somebody wrote"


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch, paused: set[int]) -> None:
    async def render(session: Session, notice: Notice) -> Screen | Pointless | OnHold:
        if notice.detail.get("pointless"):
            return Pointless("taken")
        if notice.subject_id in paused:
            return OnHold()
        if pictures := notice.detail.get("pictures"):
            media = [{"type": "photo", "media": each} for each in pictures]
            return Screen("", media=SentMedia("sendMediaGroup", {"media": media}, captioned=False))
        if notice.detail.get("broken"):
            raise ValueError(WRITTEN)
        if notice.detail.get("reads what is not there"):
            await session.execute(select(literal_column("of_no_table")))
        return Screen(f"news {notice.subject_id}")

    monkeypatch.setitem(notices.RENDERERS, KIND, render)


@pytest.fixture
def paused() -> set[int]:
    """Subjects whose notices are held up."""
    return set()


async def person(street: Street, telegram_id: int = A) -> int:
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        row = PersonRow(telegram_id=telegram_id, name="Ann", language="en", created_at=now)
        session.add(row)
        await session.flush()
        return row.id


async def push(street: Street, reader: int, subject: int = 1, **more: Any) -> None:
    async with transaction(street.sessions) as session:
        assert await actions.notify(
            session, recipient_id=reader, kind=KIND, subject_id=subject,
            now=street.world.clock.now(), **more,
        )  # fmt: skip


async def unreachable(street: Street) -> bool:
    async with transaction(street.sessions) as session:
        return await session.scalar(select(PersonRow.unreachable_at)) is not None


@pytest.mark.usefixtures("soon_again")
async def test_order_is_kept_in_a_chat(street: Street) -> None:
    for number in range(12):
        await street.take(message(number, f"w{number}", number))
    street.world.faults.server_error(times=2, method="sendMessage")
    async with living(street, polls=False):
        await street.all_sent()
    assert street.told() == [f"heard w{number}" for number in range(12)]


@pytest.mark.parametrize("limits", [Limits()], ids=["paced"])
async def test_answers_overtake_a_broadcast(street: Street) -> None:
    now = street.world.clock.now()
    row = {"lane": Lane.BULK, "state": State.QUEUED, "method": "sendMessage", "created_at": now,
           "due_at": now, "repeat": False, "attempts": 0, "repeats": 0}  # fmt: skip
    people = [street.world.add_person(f"P{n}", person_id=5000 + n) for n in range(1000)]
    for resident in people:
        resident.chat.started = True
    bulk = [row | {"chat_id": p.id, "payload": {"chat_id": p.id, "text": "bulk"}} for p in people]
    async with transaction(street.sessions) as session:
        await session.execute(insert(OutboxRow), bulk)
    async with living(street, polls=False):
        await until(lambda: len(street.calls("sendMessage")) > 20)
        await street.take(message(1, "hello"))
        await until(lambda: street.told() == ["heard hello"])
        sent = len(street.calls("sendMessage"))
    assert sent < 100


async def test_blocked_makes_the_person_unreachable_and_drops_their_pushes(street: Street) -> None:
    reader = await person(street)
    street.world.person(A).block()
    for subject in range(3):
        await push(street, reader, subject)
    async with living(street, polls=False):
        await street.all_sent()
    assert await street.states() == ["blocked"] * 3
    assert len(street.calls("sendMessage")) == 1
    assert await unreachable(street)
    street.world.person(A).block(blocked=False)
    await street.take(message(1, "back"))
    assert not await unreachable(street)


async def test_a_deleted_account_is_unreachable_too(street: Street) -> None:
    reader = await person(street)
    street.world.person(A).deactivate()
    await push(street, reader)
    async with living(street, polls=False):
        await street.all_sent()
    assert await unreachable(street)


async def test_a_group_that_became_a_supergroup(street: Street) -> None:
    group = street.world.add_group("stairs", [A, B], "group")
    async with transaction(street.sessions) as session:
        for text in ("one", "two"):
            await actions.compose(
                session, method="sendMessage", payload={"chat_id": group.id, "text": text},
                chat_id=group.id, now=street.world.clock.now(),
            )  # fmt: skip
    grown = street.world.migrate_group(group.id)
    async with living(street, polls=False):
        await street.all_sent()
    assert [m["text"] for m in grown.messages.values() if "text" in m] == ["one", "two"]
    assert {row.chat_id for row in await street.rows()} == {grown.id}


async def test_retry_after_is_kept_for_the_chat_and_not_for_others(
    street: Street,
) -> None:
    reader = await person(street, B)
    street.world.faults.too_many_requests(retry_after=2, method="sendMessage", chat_id=A)
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await until(lambda: len(street.calls("sendMessage")) == 1)
        await street.take(message(2, "more", 2))
        await push(street, reader)
        await street.take(message(3, "other", 3, person_id=B))
        await until(lambda: set(street.told(B)) == {"heard other", "news 1"})
        assert street.told(A) == []
        await street.all_sent()
    assert street.told(A) == ["heard hello", "heard more"]
    refused, *later = street.calls("sendMessage")
    to_a = [call for call in later if call.params["chat_id"] == A]
    assert len(to_a) == 2
    assert all(call.monotonic - refused.monotonic >= 2 for call in to_a)


@pytest.mark.usefixtures("soon_again")
@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_server_that_did_not_act_is_asked_again(street: Street, status: int) -> None:
    reader = await person(street)
    street.world.faults.server_error(status, method="sendMessage")
    await push(street, reader)
    async with living(street, polls=False):
        await street.all_sent()
    assert street.told() == ["news 1"]
    assert len(street.calls("sendMessage")) == 2


async def test_a_lost_answer_leaves_a_push_uncertain(street: Street) -> None:
    reader = await person(street)
    street.world.faults.drop_answer(method="sendMessage")
    await push(street, reader)
    async with living(street, polls=False):
        await until(lambda: first_state(street, State.UNCERTAIN))
    assert street.told() == ["news 1"]


@pytest.mark.usefixtures("soon_again")
async def test_a_lost_answer_repeats_an_answer(street: Street) -> None:
    street.world.faults.drop_answer(method="sendMessage")
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await street.all_sent()
    assert street.told() == ["heard hello"] * 2


@pytest.mark.usefixtures("soon_again")
async def test_a_lost_answer_repeats_an_emergency_and_says_so(street: Street) -> None:
    reader = await person(street)
    street.world.faults.drop_answer(method="sendMessage")
    await push(street, reader, lane=Lane.URGENT)
    async with living(street, polls=False):
        await street.all_sent()
    first, second = street.told()
    assert first == "news 1"
    assert second.startswith("news 1\n\n(Sent again")


async def test_an_answer_that_is_always_lost_is_repeated_a_few_times_only(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.outbox.rules.FIRST_WAIT", timedelta(milliseconds=1))
    street.world.faults.drop_answer(times=None, method="sendMessage", chat_id=A)
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await until(lambda: first_state(street, State.UNCERTAIN))
    assert len(street.told()) == MOST_REPEATS + 1


async def test_pointless_and_broken_notices_hold_nobody_up(street: Street) -> None:
    reader = await person(street)
    await push(street, reader, 1, detail={"pointless": True})
    await push(street, reader, 2, detail={"broken": True})
    await push(street, reader, 3)
    async with living(street, polls=False):
        await street.all_sent()
    assert await street.states() == ["dropped", "failed", "sent"]
    reasons = [row.reason for row in await street.rows()]
    assert reasons[0] == "taken"
    assert str(reasons[1]).startswith("not packed: ValueError at tests/bot/test_sender.py:")


async def test_a_statement_that_breaks_in_a_rendering_breaks_no_other_of_its_round(
    street: Street,
) -> None:
    for number in range(4):
        street.world.add_person(f"P{number}", person_id=5000 + number).chat.started = True
        reader = await person(street, 5000 + number)
        detail = {"reads what is not there": True} if number % 2 else {}
        await push(street, reader, number, detail=detail)
    async with living(street, polls=False):
        await street.all_sent()
    assert await street.states() == ["sent", "failed", "sent", "failed"]
    assert (street.told(5000), street.told(5002)) == (["news 0"], ["news 2"])


async def test_what_came_back_from_a_pause_leaves_after_it(
    street: Street, paused: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WAITS, SendOutcome.HELD, timedelta(milliseconds=50))
    paused.add(1)
    reader = await person(street)
    await push(street, reader)
    await push(street, await person(street, B), subject=2)
    async with living(street, polls=False):
        await until(lambda: street.told(B) == ["news 2"])
        assert street.told() == []
        paused.clear()
        await until(lambda: street.told() == ["news 1"])
        await street.all_sent()
    assert [row.attempts for row in await street.rows()] == [1, 1]


@pytest.mark.parametrize("limits", [Limits()], ids=["paced"])
async def test_an_album_leaves_when_all_its_pictures_may(street: Street) -> None:
    resident = street.world.person(A)
    resident.chat.started = True
    photo = resident.send_photo()["photo"][-1]["file_id"]
    for number in range(60):
        reader = 5000 + number
        street.world.add_person(f"P{number}", person_id=reader).chat.started = True
        pictures = {"detail": {"pictures": [photo] * 10}} if number % 10 == 5 else {}
        await push(street, await person(street, reader), subject=number, **pictures)
    async with living(street, polls=False):
        await street.all_sent()
    assert set(await street.states()) == {State.SENT}
    assert len(street.calls("sendMediaGroup")) == 6
    assert street.world.limits.exceeded["overall"] == 0


async def test_an_album_in_hand_is_deleted_whole_once_it_has_arrived(street: Street) -> None:
    resident = street.world.person(A)
    resident.chat.started = True
    photo = resident.send_photo()["photo"][-1]["file_id"]
    album = street.world.faults.hold(method="sendMediaGroup")
    await push(street, await person(street), detail={"pictures": [photo] * 3})
    async with living(street, polls=False):
        await until(lambda: first_state(street, State.SENDING))
        now = street.world.clock.now()
        async with transaction(street.sessions) as session:
            queued = await refreshing.delete_sent(
                session, kinds=[KIND], subject_id=1, since=now, now=now, lane=Lane.URGENT
            )
        assert queued == 1
        album.open()
        await street.all_sent()
    assert len(street.calls("sendMediaGroup")) == len(street.calls("deleteMessages")) == 1
    assert [one for one in resident.messages if one["from"]["is_bot"]] == []
    assert await street.states() == [State.SENT, State.SENT]


async def test_a_kind_of_notice_of_a_newer_version_waits_for_it_and_holds_nobody_up(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, now = await person(street), street.world.clock.now()
    async with transaction(street.sessions) as session:
        assert await actions.notify(
            session, recipient_id=reader, kind="test.newer", subject_id=2, now=now
        )
    await push(street, reader)
    async with living(street, polls=False):
        await until(lambda: street.told() == ["news 1"])
        waiting = (await street.rows())[0]
        assert waiting.state == State.QUEUED
        assert waiting.due_at > now
        monkeypatch.setitem(notices.RENDERERS, "test.newer", notices.RENDERERS[KIND])
        street.world.clock.advance(UNKNOWN_WAIT)
        street.house.sender.wake()
        await until(lambda: street.told() == ["news 1", "news 2"])


async def test_what_never_arrived_is_not_deleted(street: Street) -> None:
    street.world.person(A).chat.blocked = True
    await push(street, await person(street))
    async with living(street, polls=False):
        await until(lambda: first_state(street, State.BLOCKED))
        now = street.world.clock.now()
        async with transaction(street.sessions) as session:
            queued = await refreshing.delete_sent(
                session, kinds=[KIND], subject_id=1, since=now, now=now, lane=Lane.URGENT
            )
        await street.all_sent()
    assert queued == 0
    assert street.calls("deleteMessage") == []


async def test_rows_that_nobody_can_send_hold_nobody_up(street: Street) -> None:
    broken: list[tuple[str, dict[str, Any]]] = [
        ("noSuchMethod", {}),
        ("sendMessage", {"chat_id": A, "no_such_parameter": 1}),
        ("sendDocument", {"chat_id": A, "document": "attach://x", "_files": {"x": 999}}),
        ("sendMediaGroup", {"chat_id": A, "media": [{"type": WRITTEN}]}),
        ("sendMessage", {"chat_id": A, "text": "x", "reply_markup": "no keyboard"}),
    ]
    async with transaction(street.sessions) as session:
        for method, parameters in broken:
            await actions.compose(
                session, method=method, payload=parameters, chat_id=A,
                now=street.world.clock.now(),
            )  # fmt: skip
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await street.all_sent()
    assert street.told() == ["heard hello"]
    assert await street.states() == ["failed"] * 5 + ["sent"]
    reasons = [str(row.reason) for row in await street.rows(OutboxRow.state == State.FAILED)]
    assert all(" at " in reason and WRITTEN not in reason for reason in reasons), reasons


async def test_cards_change_in_place(street: Street) -> None:
    reader = await person(street)
    await push(street, reader)
    async with living(street, polls=False):
        await street.all_sent()
        async with transaction(street.sessions) as session:
            changed = await refreshing.refresh(
                session, kinds=[KIND], subject_ids=[1], now=street.world.clock.now()
            )
        assert changed == 1
        await street.all_sent()
    assert street.told() == ["news 1"]
    assert await street.states() == ["sent", "sent"]


async def first_state(street: Street, state: State) -> bool:
    return (await street.rows())[0].state == state


def test_a_screen_is_plain_json() -> None:
    assert payload(Screen("text", title="Title")) == {
        "text": "Title\n\ntext",
        "link_preview_options": {"is_disabled": True},
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
    }
