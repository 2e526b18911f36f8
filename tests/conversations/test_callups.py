"""A call-up from the order to the hours that count, by taps, in both languages."""

from tests.conversations.script import Someone, Story
from tests.conversations.test_teams import founds


async def team(zhao: Someone, wang: Someone, emma: Someone) -> None:
    """Found a team that Wang leads, with Emma in it."""
    await founds(zhao)
    await wang.says("/teams")
    await wang.taps("桂花帮帮队", "我要加入")
    await zhao.has("王秀英想加入")
    await zhao.taps("接收")
    await zhao.says("/teams")
    await zhao.taps("桂花帮帮队", "队员名单", "王秀英", "设为队长")
    await emma.says("/teams")
    await emma.taps("桂花帮帮队", "🙋 Join")
    await wang.has("Emma Clarke想加入")
    await wang.taps("接收")
    await emma.has("You are in the team now")


async def draws_up(zhao: Someone, *, drill: bool = False) -> None:
    """Draw up an order for two people tomorrow, at two sites."""
    await zhao.says("/callup")
    await zhao.taps("演练：练一次集结" if drill else "真实险情：拟集结令")
    await zhao.says("装沙袋，加高河堤")
    await zhao.says("东堤\n西堤")
    await zhao.says("明天")
    await zhao.says("1")
    await zhao.taps("07:00", "15:00", "桂花帮帮队")
    await zhao.taps("完成")
    await zhao.sees("每天一共要多少人", "至少 2 人")
    await zhao.says("2")
    await zhao.sees("一共分 2 组", "桂花帮帮队 · 东堤: 1", "2 人")
    await zhao.taps("发送")
    await zhao.sees("等另一位负责人同意")


async def test_from_the_order_to_the_hours_that_count(
    story: Story, zhao: Someone, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await team(zhao, wang, emma)
    await draws_up(zhao)
    await zhou.has("等您同意", "装沙袋")
    await zhou.taps("同意，叫人")
    await zhou.told("正在叫第一圈人")

    await emma.has("People are needed. Can you come?")
    await emma.taps("I come")
    await emma.sees("Are you 18 or older?")
    await emma.taps("Yes, I am 18 or older")
    await emma.told("You are expected")
    await wang.has("急需人手")
    await wang.taps("我来", "我满18岁了")
    await wang.told("等您来")
    await zhou.has("✅ 人齐了", "要 2 · 报名 2")

    await emma.says("/service")
    await emma.sees("You are expected:", "装沙袋", "堤")
    await emma.taps("🚩 The call-up")
    await emma.sees("you are expected")
    await emma.says("/service")
    await emma.taps("📅 Put into my calendar")
    await story.later(hours=20, minutes=30)
    await emma.has("See you soon", "you are expected")
    await emma.taps("📍 I am here")
    await emma.told("Look after yourself")
    await zhou.has("到了 1 · 撤了 0")
    await story.later(hours=3)
    await emma.taps("👋 I am leaving")
    await emma.told("Get home safely")
    await wang.says("/callup")
    await wang.taps("我的队", "桂花帮帮队")
    await wang.taps("🖨 打印名单")
    await wang.has("报名名单")
    await wang.taps("全部确认")
    await wang.told("已确认")


async def test_an_order_that_cannot_be_is_asked_again_where_it_is_said(zhao: Someone) -> None:
    await zhao.says("/teams")
    await zhao.says("/callup")
    await zhao.taps("真实险情：拟集结令")
    await zhao.says("装沙袋")
    await zhao.says("一；二；三；四；五；六；七")
    await zhao.sees("一到六处工地")
    await zhao.says("东堤；西堤；东堤")
    await zhao.says("明天")
    await zhao.says("五天")
    await zhao.sees("1", "4")
    await zhao.says("两天")
    await zhao.taps("07:00")
    await zhao.says("下午四点")
    await zhao.sees("一天最多八小时，请改一下")
    await zhao.taps("13:00")
    await zhao.taps("谁能来都行", "完成")
    await zhao.says("一个人")
    await zhao.sees("每队每处至少一人")
    await zhao.says("两个人")
    await zhao.sees("一共分 4 组", "机动 · 西堤: 1")


async def test_a_drill_cannot_be_mistaken(
    zhao: Someone, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await team(zhao, wang, emma)
    await draws_up(zhao, drill=True)
    await zhou.has("演练")
    await zhou.taps("同意，叫人")
    await emma.has("DRILL", "This was only an exercise")
    await wang.has("演练", "以上只是练习")


async def test_every_word_of_a_drill_is_marked_from_the_order_to_its_end(
    zhao: Someone, zhou: Someone, wang: Someone, emma: Someone
) -> None:
    await team(zhao, wang, emma)
    await zhao.says("/callup")
    await zhao.has("集结")
    everybody = (zhao, zhou, wang, emma)
    before = [len(one.texts()) for one in everybody]
    await zhao.taps("演练：练一次集结")
    await zhao.sees("要做什么", "演练")
    await zhao.says("装沙袋")
    await zhao.sees("哪几处工地", "演练")
    await zhao.says("东堤")
    await zhao.sees("从哪天开始", "演练")
    await zhao.says("明天")
    await zhao.sees("几天", "演练")
    await zhao.says("1")
    await zhao.sees("几点开始", "演练")
    await zhao.taps("07:00")
    await zhao.sees("到几点", "演练")
    await zhao.says("20:00")
    await zhao.sees("一天最多八小时", "演练")
    await zhao.taps("15:00", "桂花帮帮队", "完成")
    await zhao.sees("每天一共要多少人", "演练")
    await zhao.says("2")
    await zhao.sees("2 人", "演练")
    await zhao.taps("发送")
    await zhao.sees("等另一位负责人同意", "演练")
    await zhou.has("等您同意", "演练")
    await zhou.taps("同意，叫人")
    await zhou.told("演练")
    await wang.has("演练", "以上只是练习")
    await wang.taps("我来", "我满18岁了")
    await wang.told("演练")
    await zhao.taps("✕ 取消集结")
    await zhao.sees("为什么取消", "演练")
    await zhao.says("练完了")
    await zhao.sees("演练", "练完了")
    await wang.has("练完了", "演练")
    for one, begun in zip(everybody, before, strict=True):
        for text in one.texts()[begun:]:
            assert "演练" in text or "DRILL" in text


async def test_a_strangers_forged_taps_do_nothing(
    zhao: Someone, zhou: Someone, wang: Someone, emma: Someone, li: Someone
) -> None:
    await team(zhao, wang, emma)
    await draws_up(zhao)
    await zhou.has("等您同意")
    await zhou.taps("同意，叫人")
    await li.says("/callup")
    await li.sees("现在没有集结")
    for forged in ("ca:o:1", "cd:c:1:0", "cb:o:1", "cb:e:1", "cp:1:0", "cf:1", "cq:1", "ct:1:1:1"):
        await li.forges(forged)
        await li.told("已记录")
