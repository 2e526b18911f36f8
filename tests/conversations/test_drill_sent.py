"""Roll-calls that a second person approves, from the secretary's draft to every phone."""

from tests.conversations.script import Someone, Story
from tests.conversations.test_roll_call import prepares_a_drill, prepares_a_real_one


async def is_approved(zhou: Someone, sun: Someone) -> None:
    """Have it go, and let the street office look at it and approve it."""
    await zhou.taps("8人…")
    await zhou.sees("要送去审核吗")
    await zhou.taps("🖐 是的，送审")
    await zhou.sees("要另一个人先审核")
    await sun.has("请您审核")
    await sun.taps("✅ 审核通过")
    await sun.sees("从头到尾看过了吗")
    await sun.taps("✅ 是的，审核通过")
    await sun.sees("审核通过，已告诉写通知的人")


async def test_a_drill_says_so_first_and_last_wherever_it_is_seen(
    story: Story, zhou: Someone, sun: Someone, wang: Someone, emma: Someone
) -> None:
    await prepares_a_drill(zhou)
    await is_approved(zhou, sun)
    await wang.has("假设发生地震", "🟦", "演练")
    await emma.has("DRILL")
    for someone in (wang, emma):
        text = someone.shown[-1]["text"]
        assert text.startswith("🟦")
        assert "🟥" not in text
        assert text.splitlines()[-1].startswith("🟦")
    await wang.taps("我平安")
    await wang.sees("演练", "已记下")


async def test_a_real_one_goes_to_all_once_it_is_approved(
    story: Story, zhou: Someone, sun: Someone, wang: Someone, emma: Someone
) -> None:
    await prepares_a_real_one(zhou)
    assert not any("刚刚发生地震" in one.get("text", "") for one in wang.shown)
    await is_approved(zhou, sun)
    await wang.has("刚刚发生地震")
    await emma.has("There has been an earthquake")
    assert not any("DRILL" in one.get("text", "") for one in emma.shown)
    await emma.taps("I need help")
    await emma.has("Your call for help is out")
