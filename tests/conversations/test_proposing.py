"""Writing a proposal and reading proposals: in both languages, by young and old, in good order."""

from datetime import timedelta

from models.database import transaction
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from tests.conversations.script import Someone, Story

LIFT = "我们5号楼没有电梯，老人上下楼很吃力"


async def begins(someone: Someone, topic: str = "设施设备") -> None:
    await someone.taps("提议", "写提案")
    await someone.sees("您想提哪一类的")
    await someone.taps(topic)
    await someone.sees("有什么问题")


async def skips_wish_and_photos(someone: Someone) -> None:
    await someone.sees("您希望怎么办")
    await someone.taps("跳过")
    await someone.sees("有照片或文件吗")
    await someone.taps("跳过")


async def a_lift_is_proposed(wang: Someone, *, name: str = "👤 署名") -> None:
    """Write it as somebody does who types little: the first words are the title."""
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await wang.taps("📌 我们5号楼没有电梯")
    await wang.sees("您希望怎么办")
    await wang.says("装一部电梯")
    await wang.sees("有照片或文件吗")
    await wang.taps("跳过")
    await wang.sees("要让邻居知道是您提的吗")
    await wang.taps(name)
    await wang.sees("这样提交给社区吗", "📌 我们5号楼没有电梯", "桂花社区", "装一部电梯")
    await wang.taps("提交给社区")
    await wang.sees("您的提案编号：101", "社区最迟11月27日周五 10:00答复")


async def is_received(story: Story, proposal_id: int = 1, **fields: object) -> None:
    """Let the office have accepted it."""
    now = story.world.clock.now()
    values = {
        "state": State.SECONDING,
        "received_at": now,
        "needed": 10,
        "second_by": now + timedelta(days=14),
    }
    async with transaction(story.sessions) as session:
        row = await session.get_one(ProposalRow, proposal_id)
        for name, value in (values | fields).items():
            setattr(row, name, value)


async def test_written_by_an_elderly_resident_and_read_at_once(wang: Someone) -> None:
    await a_lift_is_proposed(wang)
    await wang.taps("去看看")
    await wang.sees("提案101号 · 我们5号楼没有电梯", "👤 您提的", "等社区受理")
    await wang.taps("🕰 办理经过")
    await wang.sees("🕰 提案101号", "王秀英提交给社区")
    await wang.taps("‹ 看提案")
    await wang.sees("什么问题", LIFT)
    await wang.taps("全部提案", "我提的 (1)")
    await wang.sees("101 · 我们5号楼没有电梯", "等社区受理")


async def test_in_english_with_photos_a_building_and_without_a_name(
    story: Story, emma: Someone, zhou: Someone
) -> None:
    await emma.taps("Propose", "Write a proposal", "Parking and traffic")
    await emma.sees("What is wrong")
    await emma.shows_photo()
    await emma.sees("write a few words to it")
    await emma.speaks()
    await emma.sees("in writing", "microphone")
    await emma.says("Cars stand on the pavement")
    await emma.sees("What shall it be called")
    await emma.says("🙂")
    await emma.sees("A short title is needed")
    await emma.says("Free the pavement")
    await emma.sees("What do you wish for")
    await emma.taps("Skip")
    await emma.taps("No, without my name")
    await emma.sees("Shall we send this to the office", "Neighbours do not see your name")
    await emma.taps("Change", "📍 Place")
    await emma.sees("Which place is it about")
    await emma.taps("Building 2")
    await emma.sees("Building 2", "1 photo")
    await emma.taps("Send to the office")
    await emma.sees("number 101")
    await emma.taps("Look at it")
    await emma.sees("You; neighbours do not see your name", "with the community office")
    await emma.taps("🖼 Pictures (1)")
    await emma.sees("<photo>")

    await zhou.says("/p 101")
    await zhou.sees("提案101号", "不署名")
    await zhou.taps("谁提的")
    await zhou.sees("Emma Clarke", "提议人会看到")
    await zhou.taps("谁提的", "🕰 办理经过")
    await zhou.sees("提议人提交给社区", "🔒")
    assert "Emma" not in zhou.fresh()[-1]
    await emma.taps("What happened")
    timeline = await emma.sees("looked at who wrote it")
    assert timeline.count("looked at who wrote it") == 1
    await emma.taps("Settings", "Who looked")
    await emma.sees("who wrote proposal 101")


async def test_the_same_is_seconded_instead_and_the_form_stays(
    story: Story, wang: Someone, li: Someone
) -> None:
    await a_lift_is_proposed(wang)
    await is_received(story)
    await begins(li)
    await li.says("楼里没有电梯，我妈妈八十岁了")
    await li.sees("起个标题")
    await li.says("5号楼加装电梯")
    await li.sees("邻居提过类似的", "101 · 我们5号楼没有电梯", "✋ 0/10人")
    await li.taps("改为附议：101")
    await li.sees("提案101号", "征集附议", "王秀英")
    await li.taps("继续写我的")
    await skips_wish_and_photos(li)
    await li.taps("不署名")
    await li.sees("这样提交给社区吗", "📌 5号楼加装电梯")
    await li.taps("提交给社区")
    await li.sees("您的提案编号：102")


async def test_good_and_hello_are_asked_about_once_more(wang: Someone) -> None:
    await wang.taps("提议", "写提案")
    await wang.sees("您想提哪一类的")
    await wang.says("好的")
    await wang.sees("您想提哪一类的")
    await wang.taps("设施设备")
    await wang.sees("有什么问题")
    await wang.says("你好！")
    await wang.sees("什么问题？几句话就好", "有什么问题")
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await wang.says("好的")
    await wang.sees("请起个简短的标题", "给它起个标题吧")
    assert not any("好的" in label for label in wang.buttons())


async def test_nobody_is_asked_to_second_their_own(story: Story, wang: Someone) -> None:
    await a_lift_is_proposed(wang)
    await is_received(story)
    await begins(wang)
    await wang.says("楼里没有电梯，我妈妈八十岁了")
    await wang.sees("起个标题")
    await wang.says("5号楼加装电梯")
    await wang.sees("邻居提过类似的")
    await wang.taps("这件是您提的：101")
    await wang.sees("提案101号", "您提的")


async def test_requests_nearby_are_told_of_without_names(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "公共设施", "灯不亮")
    await wang.says("5号楼门口的路灯不亮了")
    await wang.taps("越快越好", "发送")
    await wang.sees("您的求助号")
    await begins(li)
    await li.says("门口路灯不亮，晚上看不见")
    await li.taps("📌 门口路灯不亮")
    seen = await li.sees("附近最近有人向社区反映过", "5号楼", "正在处理")
    assert "王秀英" not in seen
    await li.taps("继续写我的")
    await li.sees("您希望怎么办")


async def test_left_for_days_changed_and_sent_twice(story: Story, wang: Someone) -> None:
    await begins(wang)
    await wang.says(LIFT)
    await wang.sees("起个标题")
    await story.later(days=5)
    await wang.says("/start")
    await wang.sees("写提案", "没填完")
    await wang.says("加装电梯")
    await skips_wish_and_photos(wang)
    await wang.taps("👤 署名")
    await wang.sees("这样提交给社区吗")
    await wang.taps("修改", "📌 标题")
    await wang.says("5号楼加装电梯")
    await wang.sees("这样提交给社区吗", "📌 5号楼加装电梯")
    await wang.taps("提交给社区", "提交给社区")
    await wang.sees("您的提案编号：101")
    assert sum("您的提案编号" in text for text in wang.texts()) == 1


async def test_hostile_words_stay_words(story: Story, wang: Someone, emma: Someone) -> None:
    await begins(wang)
    await wang.says("长" * 2000)
    await wang.sees("2000", "1500")
    await wang.says("\u202e<b>坏</b> {name} %s")
    await wang.sees("起个标题")
    await wang.says("<script>\u202e{title}</script>")
    await skips_wish_and_photos(wang)
    await wang.taps("👤 署名")
    await wang.sees("<script>{title}</script>", "<b>坏</b> {name} %s")
    await wang.taps("提交给社区")
    await wang.sees("您的提案编号：101")
    await is_received(story)
    await emma.says("/p 101")
    await emma.sees("Proposal 101 · <script>{title}</script>", "{name} %s")
    await emma.taps("Share")
    await emma.sees("Proposal 101", "gathering support")


async def test_what_is_still_with_the_office_is_read_by_nobody_else(
    story: Story, wang: Someone, emma: Someone
) -> None:
    await a_lift_is_proposed(wang)
    await emma.says("/p 101")
    await emma.sees("only its author and the office")
    await emma.starts("p-1")
    await emma.sees("only its author and the office")
    await emma.forges("pp:l:1")
    await emma.told("only its author and the office")
    await emma.forges("pp:a:1")
    await emma.told("not in your hands")
    await emma.says("/p 102")
    await emma.sees("no proposal 102")
    await emma.says("/p")
    await emma.sees("/p 123 opens proposal 123")
    await wang.taps("去看看")
    assert "分享" not in " ".join(wang.buttons())


async def test_a_newcomer_comes_by_a_link_registers_and_is_led_on(
    story: Story, wang: Someone
) -> None:
    await a_lift_is_proposed(wang)
    await is_received(story)
    new = story.newcomer("Ann", "en")
    await new.starts("p-1")
    await new.sees("Welcome to Linli")
    await new.taps("Agree")
    await new.sees("Which building")
    await new.taps("Building 3")
    await new.sees("You are in")
    await new.sees("Proposal 101", "gathering support", "No supporters yet")
    await new.sees("This is the proposal")
    order = [text[:12] for text in new.texts()[-3:]]
    assert order[0].startswith("You are in")
    assert order[1].startswith("Proposal 101")


async def test_lists_have_pages_topics_and_places(story: Story, wang: Someone) -> None:
    await a_lift_is_proposed(wang)
    async with transaction(story.sessions) as session:
        first = await session.get_one(ProposalRow, 1)
        place_id = wang_home = first.place_id
        now = story.world.clock.now()
        for number in range(102, 110):
            row = ProposalRow(
                **{c.key: getattr(first, c.key) for c in ProposalRow.__table__.columns
                   if c.key not in {"id", "number", "token", "title"}},
                number=number, token=f"t{number}", title=f"第{number}件",
            )  # fmt: skip
            row.state, row.received_at, row.needed = State.SECONDING, now, 10
            row.second_by = now + timedelta(days=number)
            session.add(row)
    assert place_id == wang_home
    await wang.taps("提议", "征集附议 (8)")
    await wang.sees("102 · 第102件", "107 · 第107件")
    await wang.taps("更多（1/2）")
    await wang.sees("108 · 第108件", "109 · 第109件")
    await wang.taps("109 · 第109件")
    await wang.sees("提案109号")
    await wang.taps("全部提案", "按类别", "设施设备")
    await wang.sees("征集附议 · 🛠 设施设备", "102 · 第102件")
    await wang.taps("进行中")
    await wang.sees("眼下没有在议事或办理的提案")
    await wang.taps("‹ 类别", "‹ 提案", "按地点", "桂花社区 (8)")
    await wang.sees("征集附议 · 桂花社区", "第102件")
    await wang.taps("‹ 地点", "‹ 提案", "我附议的")
    await wang.sees("您还没有附议过")


async def test_an_impatient_person_taps_twice(story: Story, wang: Someone, emma: Someone) -> None:
    await a_lift_is_proposed(wang)
    await is_received(story)
    await emma.taps("Propose", "Gathering support (1)", "101 ·", "What happened", "What happened")
    await emma.sees("🕰 Proposal 101", "sent it to the office")
    await emma.taps("Propose", "Write a proposal", "Write a proposal")
    await emma.sees("What is your idea about?")
