"""The circle: named by contact, by name and number, agreed to, put in order, left again."""

from tests.conversations.conftest import LI
from tests.conversations.script import Someone, Story


async def names_li(wang: Someone) -> None:
    """Name a neighbour by his contact."""
    await wang.says("/daily")
    await wang.taps("每天问我一声", "8:00", "一天一次")
    await wang.sees("还想让谁知道您好不好")
    await wang.shares_contact("8613800001003", LI)
    await wang.sees("这位是您的什么人")
    await wang.taps("邻居")
    await wang.sees("楼长上门看看吗")
    await wang.taps("✋ 不用")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps("✋ 不用")
    await wang.sees("好了：我们每天问您一声", "已经去问了", "没回音时我们问：李强")


async def looks(li: Someone) -> None:
    """Open the circle that he is in."""
    await li.says("/daily")
    await li.taps("👪 我的亲友圈", "我在王秀英的亲友圈里")


async def test_by_contact_asked_agreed_and_left_again(
    story: Story, wang: Someone, li: Someone
) -> None:
    await names_li(wang)
    card = await li.has("王秀英想让您知道自己好不好", "您愿意吗", "随时可以退出")
    assert "8:00" not in card
    await li.taps("💚 愿意")
    await li.told("记下了")
    await li.sees("您在王秀英的亲友圈里")
    await wang.has("李强答应了")
    await wang.says("/daily")
    await wang.taps("👪 我的亲友圈")
    await wang.sees("1. 李强 · 邻居 · 💚 同意了")
    await wang.taps("👤 李强", "🔑 对方有钥匙")
    await wang.sees("对方有钥匙。")
    await looks(li)
    await li.sees("🔑 您有钥匙", "今天：")
    await li.taps("✕ 我退出")
    await li.sees("不再问您了，好吗")
    await li.taps("是")
    await li.told("已经退出了")
    await wang.has("李强不方便")


async def test_what_a_member_sees_of_today(story: Story, wang: Someone, li: Someone) -> None:
    await names_li(wang)
    await li.has("您愿意吗")
    await li.taps("💚 愿意")
    await li.told("记下了")
    await story.later(hours=22, minutes=30)
    await wang.has("今天都好吗")
    await looks(li)
    await li.sees("今天：还没有回音")
    await wang.taps("😊 都好")
    await wang.told("真高兴")
    await looks(li)
    seen = await li.sees("💚 今天：都好")
    assert ":" not in seen.replace("https:", "")


async def test_by_name_and_number_staff_ring_and_note_the_answer(
    story: Story, wang: Someone, zhao: Someone
) -> None:
    await wang.says("/daily")
    await wang.taps("每天问我一声", "8:00", "一天一次")
    await wang.says("女儿王芳")
    await wang.sees("女儿王芳的电话是多少")
    await wang.says("不记得")
    await wang.sees("电话")
    await wang.says("13912345678")
    await wang.sees("这位是您的什么人")
    await wang.taps("子女", "✋ 不用")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps("✋ 不用")
    await wang.sees("没回音时我们问：女儿王芳")
    assert "📤 请对方也来用" in wang.buttons()
    told = await zhao.has("王秀英", "☎️")
    assert "13912345678" not in told
    await zhao.taps("📞 姓名和电话")
    await zhao.sees("女儿王芳", "13912345678", "可以给您打电话吗")
    await zhao.taps("💚 对方同意")
    await zhao.told("记下了")
    await wang.has("女儿王芳答应了")
    await wang.taps("设置", "谁看过")
    await wang.sees("赵敏", "给您的亲友打电话")


async def test_a_contact_whom_the_bot_does_not_know_is_kept_sealed(
    story: Story, wang: Someone
) -> None:
    await wang.says("/daily")
    await wang.taps("每天问我一声", "8:00", "一天一次", "只要社区", "✋ 不用")
    await wang.sees("请邻居上门看看您吗")
    await wang.taps("✋ 不用", "👪 我的亲友圈", "➕ 添一位")
    await wang.sees("想让谁知道您好不好")
    await wang.shares_contact("13900009999")
    shown = await wang.has("📇 🔒 …9999")
    assert "1390000" not in shown
    await wang.taps("朋友")
    await wang.sees("1. 老李 · 朋友 · ⏳ 正在问")


async def test_order_refusals_strangers_and_cancel(
    story: Story, wang: Someone, li: Someone, emma: Someone
) -> None:
    await names_li(wang)
    await li.has("您愿意吗")
    await wang.taps("👪 我的亲友圈", "➕ 添一位")
    await wang.sees("想让谁知道您好不好")
    await wang.shares_contact("8613800001001", wang.person.id)
    await wang.taps("朋友")
    await wang.sees("这是您自己")
    await wang.shares_contact("8613800001003", LI)
    await wang.taps("朋友")
    await wang.sees("已经在您的亲友圈里")
    await wang.shares_contact("13900009999")
    await wang.taps("朋友")
    await wang.sees("1. 李强", "2. 老李")
    await wang.taps("👤 老李", "⬆️ 往前排")
    await wang.sees("1. 老李", "2. 李强")
    for act in "oynstrfukpgx":
        await emma.forges(f"ic:{act}:1")
        await emma.told("not of your places")
    await emma.forges("il:1")
    await emma.told("not of your places")
    await li.taps("↩️ 不方便")
    await li.told("不会再问了")
    await li.forges("ic:y:1")
    await li.told("有变化了")
    await wang.taps("➕ 添一位")
    await wang.sees("想让谁知道您好不好")
    await wang.says("/cancel")
    await wang.sees("取消")
    await wang.taps("👤 老李", "✕ 移出老李")
    await wang.sees("不再问老李了")
    await wang.taps("是")
    await wang.told("已移出")
    await wang.sees("还没有人")
