"""Writing a broadcast in the chat: what can be sent, every part of the workbench, who may not."""

from models.database import transaction
from models.outbox.reaching import recognise
from models.people.rules import Role
from models.places.queries import find_code
from models.roles.actions.granting import appoint
from sandbox import samples
from sandbox.params import Upload
from tests.conversations.conftest import EMMA
from tests.conversations.script import Someone, Story


async def drafts(someone: Someone) -> None:
    """Say to whom and about what, once the message itself has been sent."""
    await someone.sees("发给")
    await someone.taps("👥 桂花社区")
    await someone.sees("是哪一类")
    await someone.taps("水电")
    await someone.sees("草稿")


async def writes(someone: Someone, words: str) -> None:
    """Write a draft to everybody in the community."""
    await someone.says("/broadcast")
    await someone.sees("要通知大家什么")
    await someone.says(words)
    await drafts(someone)


async def test_a_draft_gets_every_part_it_can_have(story: Story, zhou: Someone) -> None:
    await writes(zhou, "明天上午停水。")
    await _audience(zhou)
    await _link(zhou)
    await zhou.taps("🏷 类别")
    await zhou.sees("是哪一类")
    await zhou.taps("🏥 健康")
    await zhou.sees("已保存", "🏥 健康")
    await _time(zhou)
    await zhou.taps("🚨 改为紧急通知")
    await zhou.sees("这是紧急情况吗")
    await zhou.taps("🚨🔴 是，这是紧急情况")
    await zhou.sees("🚨🔴 紧急通知")
    await zhou.taps("📊 多少人、多久")
    await zhou.sees("5号楼")


async def _audience(zhou: Someone) -> None:
    await zhou.taps("👥 发给谁", "➕ 加一组人")
    await zhou.sees("发给")
    await zhou.taps("👥 桂花社区")
    await zhou.sees("那里的哪些人")
    await zhou.taps("党员")
    await zhou.sees("不管看哪种语言")
    await zhou.taps("哪种都行")
    await zhou.sees("党员", "已保存")
    await zhou.taps("👥 发给谁", "➖ 除去一组人")
    await zhou.sees("发给")
    await zhou.taps("👥 桂花社区")
    await zhou.sees("那里的哪些人")
    await zhou.taps("所有人")
    await zhou.sees("不管看哪种语言")
    await zhou.taps("English")
    await zhou.sees("English", "已保存")
    await zhou.taps("👥 发给谁")
    await zhou.sees("在任一")
    await zhou.taps("✕ ➕ 桂花社区：党员")
    text = await zhou.sees("已保存")
    assert "党员" not in text
    await zhou.taps("‹ 回到草稿")


async def _link(zhou: Someone) -> None:
    await zhou.taps("🔘 按钮", "🔗 加链接")
    await zhou.sees("通向哪里")
    await zhou.says("javascript:alert(1)")
    await zhou.sees("链接以https://")
    await zhou.says("https://water.example.com/plan")
    await zhou.sees("按钮上写什么")
    await zhou.says("停水安排")
    await zhou.sees("停水安排")


async def _time(zhou: Someone) -> None:
    await zhou.taps("⏰ 什么时候")
    await zhou.sees("什么时候发")
    await zhou.says("明天上午9点")
    await zhou.sees("每周同一时间")
    await zhou.taps("每周")
    await zhou.sees("以后每周同一时间")


async def test_whatever_can_be_sent_on_becomes_a_draft(story: Story, zhou: Someone) -> None:
    await zhou.says("/broadcast")
    await zhou.shows_photo("看这里")
    await drafts(zhou)
    await zhou.has("看这里", "照片")
    await zhou.says("/broadcast")
    await zhou.speaks()
    await drafts(zhou)
    await zhou.sees("语音")
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    zhou.person.send_location(30.25, 120.17)
    await drafts(zhou)
    await zhou.sees("📍")
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    sends_album(zhou, "三张照片", 3)
    await drafts(zhou)
    await zhou.has("三张照片", "3")


def sends_album(someone: Someone, caption: str, count: int) -> None:
    """Let photos come as Telegram brings an album: one message each, with the same group."""
    person = someone.person
    for at in range(count):
        upload = Upload(f"{at}.png", samples.picture(), "image/png")
        stored = person.world.files.add(person.bot.id, "photo", upload, {})
        content = stored.message_content() | {"media_group_id": "album-1"}
        words = {"caption": caption} if at == 0 else {}
        person._send(content | words, None, None)


async def test_a_reply_says_what_to_send_on(story: Story, zhou: Someone) -> None:
    sent = zhou.person.send_text("周六大扫除，欢迎参加。")
    zhou.person.send_text("/broadcast", reply_to=sent["message_id"])
    await drafts(zhou)
    await zhou.has("草稿", "周六大扫除，欢迎参加。")


async def test_it_is_written_in_english_too(story: Story, emma: Someone, wang: Someone) -> None:
    async with transaction(story.house.sessions) as session:
        now = story.world.clock.now()
        person = await recognise(session, EMMA, now)
        place = await find_code(session, "b2")
        assert person is not None
        assert place is not None
        await appoint(session, person.id, Role.STAFF, place.id, now=now)
    await emma.says("/broadcast")
    await emma.sees("What shall people read?")
    await emma.says("The lift is being repaired.")
    await emma.sees("To whom?")
    assert not any("Guihua" in label for label in emma.buttons())
    await emma.taps("👥 Building 2")
    await emma.sees("What is it about?")
    await emma.taps("🔧 Water")
    await emma.sees("Here is your draft", "The lift is being repaired.")
    await emma.taps("🗑 Throw away")
    await emma.sees("My broadcasts")
    await wang.says("/broadcast")
    await wang.sees("通知由社区工作人员撰写")


async def test_what_is_to_go_says_when_and_that_night_holds_it(zhou: Someone) -> None:
    await zhou.says("/broadcast")
    await zhou.says("明早请提前接水")
    await drafts(zhou)
    await zhou.taps("⏰ 什么时候")
    await zhou.says("今晚11点")
    await zhou.taps("一次")
    await zhou.sees("草稿", "23:00")
    await zhou.taps("📢 发给")
    await zhou.sees("确定就这样发出吗", "⏰", "23:00", "🌙", "07:30")
