"""Crying for help in the middle of something else."""

from tests.conversations.script import Someone, Story


async def test_who_waits_to_be_rung_and_cries_out_is_helped_at_once(
    wang: Someone, li: Someone, zhao: Someone
) -> None:
    await wang.taps("📞 请给我打电话")
    await wang.sees("什么时候给您打电话")
    await wang.says("救命，我喘不上气")
    await wang.sees("先打120", "紧急求助101号")
    await li.has("邻居急需帮忙")
    await zhao.has("喘不上气")


async def test_a_cry_in_a_proposal_is_asked_about_and_its_words_go_along(
    emma: Someone, zhao: Someone
) -> None:
    await emma.taps("Propose", "Write a proposal", "Lifts")
    await emma.sees("Step 2")
    await emma.says("my husband collapsed!!")
    await emma.sees("Ring 120 first", "Is somebody in danger now")
    await emma.taps("Yes, call for help now")
    await emma.sees("Emergency No. 101")
    await zhao.has("my husband collapsed!!")


async def test_who_may_mean_to_die_is_answered_in_any_form(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.says("我不想活了")
    await wang.sees("12356")


async def test_after_the_alarm_words_go_to_whoever_comes_not_to_the_open_form(
    wang: Someone, li: Someone
) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.sees("您慢慢说")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")
    await wang.taps("🆘 紧急")
    await wang.sees("紧急求助101号")
    await li.has("邻居急需帮忙")
    await li.taps("我来帮")
    await li.sees("由您来办")
    await wang.says("我在卫生间，门没锁")
    await wang.sees("转给办这件事的人了")
    await li.has("我在卫生间，门没锁")


async def test_a_cry_does_not_become_a_name(wang: Someone) -> None:
    await wang.taps("设置", "称呼")
    await wang.sees("怎么称呼")
    await wang.says("救命")
    await wang.sees("现在有人有危险吗")
    await wang.taps("是，马上叫人来")
    await wang.sees("紧急求助101号")
    await wang.taps("设置")
    await wang.sees("称呼：王秀英")


async def test_what_an_alarm_interrupts_is_set_aside_and_taken_up_again(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")
    await wang.taps("🆘 紧急")
    await wang.sees("紧急求助101号")
    await wang.taps("以后接着写")
    await wang.sees("什么时候来人")
    await wang.taps("🆘 紧急")
    await wang.sees("已经发出")
    await wang.taps("求助")
    await wang.sees("没填完")
    await wang.taps("接着填")
    await wang.has("灯不亮了")


async def test_what_stood_aside_for_days_is_asked_about_no_more(
    story: Story, wang: Someone
) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")
    await wang.taps("🆘 紧急")
    await wang.sees("紧急求助101号")
    await story.later(days=2)
    await wang.taps("以后接着写")
    await wang.taps("求助")
    await wang.sees("您需要什么帮助")


async def test_who_works_and_cries_out_is_asked(zhao: Someone) -> None:
    await zhao.says("/broadcast")
    await zhao.sees("要通知大家什么")
    await zhao.says("救命，我摔倒了")
    await zhao.sees("现在有人有危险吗")
    await zhao.taps("是，马上叫人来")
    await zhao.sees("紧急求助101号")


async def test_who_writes_of_a_fire_for_others_is_not_asked(zhao: Someone) -> None:
    await zhao.says("/broadcast")
    await zhao.says("5号楼着火了，请大家马上下楼")
    await zhao.sees("5号楼着火了")
    assert not [said for said in zhao.texts() if "现在有人有危险吗" in said]


async def test_a_cry_where_it_is_asked_which_form_to_go_on_with(wang: Someone, li: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "电灯电路")
    await wang.says("灯不亮了")
    await wang.sees("什么时候来人")
    await wang.says("/ask")
    await wang.sees("没填完")
    await wang.says("救命，我摔倒了")
    await wang.sees("紧急求助101号")
    await li.has("邻居急需帮忙")
