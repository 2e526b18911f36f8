"""What handlers send: rows, references to rows, files."""

import pytest
from aiogram.methods import CopyMessage, DeleteMessages, SendMediaGroup, SendMessage
from aiogram.types import BufferedInputFile, InputMediaDocument, Message, MessageId
from sqlalchemy import func, select

from bot.outbox import Desk, writing_to
from models.database import transaction
from models.outbox.rules import Lane, State
from models.outbox.tables import MadeFileRow, OutboxRow
from tests.bot.street import A, Street, living, message


async def sent(street: Street) -> None:
    async with living(street, polls=False):
        await street.all_sent()


async def test_an_edit_names_a_row_not_yet_sent(street: Street) -> None:
    await street.take(message(1, "then rain"))
    await sent(street)
    shown = street.world.person(A).messages
    assert [m["text"] for m in shown] == ["now then rain", "below"]
    assert shown[1]["reply_to_message"]["message_id"] == shown[0]["message_id"]


async def test_a_deletion_names_a_row(street: Street) -> None:
    await street.take(message(1, "vanish"))
    await sent(street)
    assert street.told() == []
    assert await street.states() == ["sent", "sent"]


@pytest.mark.usefixtures("soon_again")
async def test_what_names_a_row_that_was_sent_long_ago(street: Street) -> None:
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await street.all_sent()
        await edit(street, 1, "hello again")
        await street.all_sent()
    assert street.told() == ["hello again"]


async def test_an_answer_replaces_a_message_that_failed(street: Street) -> None:
    """Never silence: what was to be changed does not exist, so the change is said anew."""
    await street.take(message(1, "double"))
    await edit(street, 1, "shorter")
    await sent(street)
    assert street.told() == ["after", "shorter"]
    assert await street.states() == [State.FAILED, State.SENT, State.SENT]


async def test_deleting_what_was_never_sent_is_dropped(street: Street) -> None:
    await street.take(message(1, "double"))
    async with transaction(street.sessions) as session, writing_to(desk(street, session)):
        await street.house.bot.delete_message(A, -1)
        await street.house.bot(DeleteMessages(chat_id=A, message_ids=[-1]))
    await sent(street)
    assert await street.states() == ["failed", "sent", "dropped", "dropped"]


async def test_deleting_many_leaves_out_what_was_never_sent(street: Street) -> None:
    await street.take(message(1, "double"))
    async with transaction(street.sessions) as session, writing_to(desk(street, session)):
        await street.house.bot(DeleteMessages(chat_id=A, message_ids=[-1, -2]))
    await sent(street)
    assert street.told() == []


@pytest.mark.usefixtures("soon_again")
async def test_an_edit_of_a_vanished_message_is_said_anew(street: Street) -> None:
    await street.take(message(1, "hello"))
    async with living(street, polls=False):
        await street.all_sent()
        street.world.person(A).chat.messages.clear()
        await edit(street, 1, "still here")
        await street.all_sent()
    assert street.told() == ["still here"]


async def test_an_edit_that_changes_nothing_counts_as_sent(street: Street) -> None:
    await street.take(message(1, "hello"))
    await edit(street, 1, "heard hello")
    await edit(street, 2, "and the edit can be named")
    await sent(street)
    assert await street.states() == ["sent", "sent", "sent"]
    assert street.told() == ["and the edit can be named"]


async def test_a_made_file_goes_whole_and_is_forgotten(street: Street) -> None:
    await street.take(message(1, "file"))
    await sent(street)
    (shown,) = street.world.person(A).messages
    assert shown["document"]["file_name"] == "hours 表.csv"
    found = await street.house.bot.get_file(shown["document"]["file_id"])
    assert found.file_path is not None
    content = await street.house.bot.download_file(found.file_path)
    assert content is not None
    assert content.read() == b"a,b\r\n1,2\r\n"
    async with transaction(street.sessions) as session:
        assert await session.scalar(select(func.count()).select_from(MadeFileRow)) == 0


async def test_an_album_of_made_files(street: Street) -> None:
    files = [BufferedInputFile(bytes([65 + n]), f"{n}.txt") for n in range(2)]
    async with transaction(street.sessions) as session, writing_to(desk(street, session)):
        given = await street.house.bot(
            SendMediaGroup(chat_id=A, media=[InputMediaDocument(media=file) for file in files])
        )
    assert [m.message_id for m in given] == [-1]
    await sent(street)
    assert [m["document"]["file_name"] for m in street.world.person(A).messages] == [
        "0.txt",
        "1.txt",
    ]


async def test_a_copy_is_written_down_too(street: Street) -> None:
    street.world.person(A).send_text("copy me")
    number = street.world.person(A).messages[0]["message_id"]
    async with transaction(street.sessions) as session, writing_to(desk(street, session)):
        given = await street.house.bot(CopyMessage(chat_id=A, from_chat_id=A, message_id=number))
        assert isinstance(given, MessageId)
    assert street.calls("copyMessage") == []
    await sent(street)
    assert street.told() == ["copy me"]


async def test_outside_a_turn_calls_pass_through(street: Street) -> None:
    shown = await street.house.bot(SendMessage(chat_id=A, text="now"))
    assert isinstance(shown, Message)
    assert shown.message_id > 0
    assert await street.rows() == []


@pytest.mark.parametrize("lane", [Lane.NOTICE, Lane.BULK])
async def test_a_push_about_a_lost_message_is_dropped(street: Street, lane: Lane) -> None:
    await street.take(message(1, "double"))
    await edit(street, 1, "changed", lane)
    await sent(street)
    assert (await street.states())[2] == State.DROPPED


def desk(street: Street, session: object) -> Desk:
    return Desk(session, street.world.clock.now())  # type: ignore[arg-type]  # a session it is


async def edit(street: Street, row_id: int, text: str, lane: Lane = Lane.ANSWER) -> None:
    async with transaction(street.sessions) as session, writing_to(desk(street, session)):
        changed = await street.house.bot.edit_message_text(text, chat_id=A, message_id=-row_id)
        assert isinstance(changed, Message)
        row = await session.get_one(OutboxRow, -changed.message_id)
        row.lane = lane
