"""/status: what waits and what failed, mended in the chat."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers import gate
from handlers.settings import screens
from models.audit.rules import AuditAct
from models.database import transaction
from models.outbox.actions import notify
from models.outbox.reaching import recognise
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.reminders.actions import remind
from models.reminders.rules import Lateness
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from tests.audit.reading import acts
from tests.talk.neighbourhood import Neighbourhood
from tests.waiting import until


async def _fails(street: Neighbourhood, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Emma's /settings fail, then let the settings be whole again."""
    with monkeypatch.context() as broken:
        broken.setattr(screens, "overview", None)
        street.forgiven += 1
        emma = await street.phone(1002).write("/settings my door is 1234")
    assert emma.last.startswith("Sorry")


async def test_a_failed_update_is_replayed(
    street: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    emma = street.phone(1002)
    await _fails(street, monkeypatch)
    zhou = await street.phone(1006).write("/status")
    assert "处理失败：1条" in zhou.last
    assert "回复：" in zhou.last
    assert "⚠️ 处理失败 (1)" in zhou.buttons
    await zhou.tap("⚠️ 处理失败")
    await zhou.tap("文字消息")
    assert "TypeError" in zhou.last
    assert "handlers/settings/" in zhou.last
    assert "1234" not in zhou.last
    assert "Emma" not in zhou.last
    await zhou.tap("重新处理")
    assert "马上再办一次" in zhou.toast
    await until(lambda: emma.last.startswith("Settings"))
    await street.settled()
    await zhou.write("/status")
    assert "处理失败：0条" in zhou.last
    async with transaction(street.sessions) as session:
        assert await acts(session, AuditAct.REPLAY_ASKED) == 1


async def test_a_failed_update_is_dropped_and_an_old_button_says_so(
    street: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fails(street, monkeypatch)
    zhou = await street.phone(1006).write("/status")
    await zhou.tap("⚠️ 处理失败")
    await zhou.tap("文字消息")
    await zhou.tap("丢弃")
    assert zhou.toast == "已丢弃。"
    assert "一切正常" in zhou.last
    assert await zhou.press("sb:u:a:1") == "别人已先处理，或已不在这里了。"
    assert await zhou.press("sb:u:o:1") == "别人已先处理，或已不在这里了。"


async def test_an_uncertain_message_is_sent_again_as_a_repeat(street: Neighbourhood) -> None:
    emma = await street.phone(1002).start()
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        person = await recognise(session, 1002, now)
        assert person
        text = {"chat_id": 1002, "text": "The lift stands still."}
        session.add(
            OutboxRow(lane=0, state=State.UNCERTAIN, chat_id=1002, method="sendMessage",
                      payload=text, created_at=now, due_at=now)
        )  # fmt: skip
        await notify(session, recipient_id=person.id, kind="people.granted", subject_id=1, now=now)
        found = update(OutboxRow).where(OutboxRow.kind == "people.granted")
        await session.execute(found.values(state=State.UNCERTAIN))
    zhou = await street.phone(1006).write("/status")
    assert "不确定是否送达：2条" in zhou.last
    await zhou.tap("❔ 不确定的消息")
    assert "授予角色" in zhou.last
    await zhou.tap("Emma Clarke")
    assert "发给：Emma Clarke" in zhou.last
    assert "lift" not in zhou.last
    await zhou.tap("再发一次")
    assert zhou.toast == "马上再发一次。"
    assert emma.last.startswith("The lift stands still.\n\n(Sent again")
    await zhou.tap("Emma Clarke")
    await zhou.tap("丢弃")
    assert "一切正常" in zhou.last
    async with transaction(street.sessions) as session:
        assert [await acts(session, act) for act in (AuditAct.SENT_AGAIN, AuditAct.DROPPED)] == [
            1,
            1,
        ]


async def test_a_failed_reminder_is_tried_again(street: Neighbourhood) -> None:
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        await remind(
            session, kind="help.expire", subject_id=999, due_at=now, lateness=Lateness.SEND_LATE
        )
        failed = update(ReminderRow).values(state=ReminderState.FAILED, reason="KeyError")
        await session.execute(failed)
    zhou = await street.phone(1006).write("/status")
    assert "失败1条" in zhou.last
    await zhou.tap("⏰ 定时提醒")
    await zhou.tap("让旧求助过期")
    assert "KeyError" in zhou.last
    await zhou.tap("再试一次")
    assert "马上再试" in zhou.toast

    async def settled() -> bool:
        async with transaction(street.sessions) as session:
            return await session.scalar(select(ReminderRow.state)) != ReminderState.PENDING

    await until(settled)


async def test_a_refused_message_is_sent_again_or_dropped(street: Neighbourhood) -> None:
    emma = await street.phone(1002).start()
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        for words in ("The lift stands still.", "The tap drips."):
            session.add(
                OutboxRow(lane=0, state=State.FAILED, chat_id=1002, method="sendMessage",
                          payload={"chat_id": 1002, "text": words}, created_at=now, due_at=now,
                          reason=f'Bad Request: can\'t parse entities: tag "{words}"')
            )  # fmt: skip
    zhou = await street.phone(1006).write("/status")
    assert "被拒收的消息：2条" in zhou.last
    await zhou.tap("⛔ 被拒收的消息 (2)")
    await zhou.tap("Emma Clarke")
    assert "Bad Request: can't parse entities。" in zhou.last
    assert "lift" not in zhou.last
    await zhou.tap("再发一次")
    assert zhou.toast == "马上再发一次。"
    assert emma.last == "The lift stands still."
    await zhou.tap("Emma Clarke")
    await zhou.tap("丢弃")
    assert "一切正常" in zhou.last
    assert "drips" not in emma.last
    async with transaction(street.sessions) as session:
        assert [await acts(session, act) for act in (AuditAct.SENT_AGAIN, AuditAct.DROPPED)] == [
            1,
            1,
        ]


async def test_overdue_reminders_are_counted_by_kind_and_those_let_go_say_why(
    street: Neighbourhood,
) -> None:
    await street.phone(1002).start()
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        for number, hours in ((1, 2), (2, 5)):
            due_at = now - timedelta(hours=hours)
            await remind(
                session,
                kind="help.expire",
                subject_id=number,
                due_at=due_at,
                lateness=Lateness.LAPSE,
            )
        held = update(ReminderRow).where(ReminderRow.subject_id == 1)
        await session.execute(held.values(state=ReminderState.FAILED, reason="KeyError"))
    await street.house.ticker.sweep_once()
    zhou = await street.phone(1006).write("/status")
    assert "最近7天没有发出的提醒：1条" in zhou.last
    await zhou.tap("⏰ 定时提醒")
    assert "· 让旧求助过期：过期0条，失败1条，最早的已有2小时" in zhou.last
    await zhou.tap("运行状况")
    await zhou.tap("🍂 没有发出的提醒 (1)")
    await zhou.tap("让旧求助过期")
    assert "来得太晚，已没有用处" in zhou.last
    assert zhou.buttons == ["‹ 上一步"]
    assert await zhou.press("sb:l:a:1") == "别人已先处理，或已不在这里了。"
    assert await zhou.press("sb:l:d:1") == "别人已先处理，或已不在这里了。"


async def test_only_staff_and_admins_see_it(street: Neighbourhood) -> None:
    zhao, zhou, emma = street.phone(1005), street.phone(1006), street.phone(1002)
    for staff in (zhao, zhou):
        await staff.start()
        assert "status" in staff.commands
        await staff.write("/status")
        assert "运行状况" in staff.last
    await emma.start()
    assert "status" not in emma.commands
    await emma.write("/status")
    assert "for staff and admins" in emma.last
    for data in (
        "sx",
        "sp:u:0",
        "sp:f:0",
        "sp:l:0",
        "sb:m:o:1",
        "sb:l:a:1",
        "sb:f:d:1",
        "sb:m:a:1",
    ):
        await emma.press(data)
        assert "for staff and admins" in emma.last
    async with transaction(street.sessions) as session:
        assert await acts(session, AuditAct.DENIED) == 2, "looking, and mending one message"


NOT_HERE = "not enough rights to send text messages to the chat"


async def test_a_group_that_refuses_us_leaves_nothing_for_the_list(street: Neighbourhood) -> None:
    wang, group = street.phone(1001), street.world.add_group("邻里群", [1001, 1002])
    street.world.faults.refuse(NOT_HERE, times=None, method="sendMessage", chat_id=group.id)
    for words in ("/settings", "/help@linli_demo_bot", "@linli_demo_bot 救命"):
        await wang.write(words, chat=group)
    assert not [m for m in group.messages.values() if m["from"]["is_bot"]]
    zhou = await street.phone(1006).write("/status")
    for nothing in ("处理失败：0条", "不确定是否送达：0条", "被拒收的消息：0条"):
        assert nothing in zhou.last


async def test_a_stranger_cannot_write_into_the_list(
    street: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(gate, "greet", None)
        for number in range(1, 4):
            street.forgiven = number
            await street.newcomer("Mallory", "en").write("x" * 50)
    zhou = await street.phone(1006).write("/status")
    assert "处理失败：0条" in zhou.last
