"""A second person: sees exactly what would go out, approves it or sends it back with a reason."""

from tests.conversations.script import Someone

WORDS = "请马上关好煤气。"


async def asks(zhou: Someone, words: str = WORDS, *before: str) -> None:
    """Write an emergency to everybody, and ask for it to go; `before` stands where it is sent."""
    await zhou.says("/broadcast")
    await zhou.sees("要通知大家什么")
    await zhou.says(words)
    await zhou.sees("发给")
    await zhou.taps("桂花社区")
    await zhou.sees("是哪一类")
    await zhou.taps("水电")
    await zhou.sees("草稿")
    await zhou.taps("🚨 改为紧急通知", "🚨🔴 是，这是紧急情况")
    await zhou.sees("草稿", "紧急通知")
    await zhou.taps("🚨🔴 紧急发给")
    await zhou.sees("要送去审核吗", *before)
    await zhou.taps("🖐 是的，送审")


async def test_an_emergency_goes_when_a_second_person_has_seen_and_approved_it(
    zhou: Someone, sun: Someone, wang: Someone
) -> None:
    await asks(zhou)
    await sun.has("🟪🔎", WORDS)
    assert not any(WORDS in text for text in wang.texts())
    assert not any("✅ 审核通过" in label for label in zhou.buttons())
    await sun.taps("✅ 审核通过，可以发")
    await sun.taps("✅ 是的，审核通过")
    await wang.has(WORDS)
    await zhou.has("您的通知审核通过了")


async def test_what_is_sent_back_goes_to_nobody_and_says_why(
    zhou: Someone, sun: Someone, wang: Someone
) -> None:
    await asks(zhou)
    await sun.has("🟪🔎", WORDS)
    await sun.taps("↩️ 退回")
    await sun.sees("哪里需要改")
    await sun.says("请写明是哪几栋楼。")
    await zhou.has("请写明是哪几栋楼。", "草稿")
    assert not any(WORDS in text for text in wang.texts())


async def test_an_emergency_in_one_language_says_so_to_author_and_approver_before_it_goes(
    zhou: Someone, sun: Someone
) -> None:
    await asks(zhou, WORDS, "只写了一种语言")
    await sun.has("请您审核", WORDS, "只写了一种语言")
    await sun.taps("✅ 审核通过，可以发")
    await sun.sees("只写了一种语言")
    await sun.taps("✅ 是的，审核通过")
    await zhou.has("您的通知审核通过了")


async def test_written_in_both_languages_it_says_nothing_of_one(
    zhou: Someone, sun: Someone
) -> None:
    await zhou.says("/broadcast")
    await zhou.says(WORDS)
    await zhou.taps("桂花社区", "水电", "🌐 另一种语言")
    await zhou.says("Turn off the gas now.")
    await zhou.sees("草稿", "Turn off the gas now.")
    await zhou.taps("🚨 改为紧急通知", "🚨🔴 是，这是紧急情况", "🚨🔴 紧急发给", "🖐 是的，送审")
    await sun.has("🟪🔎", "Turn off the gas now.")
    assert not any("只写了一种语言" in text for text in sun.texts() + zhou.texts()[-2:])


async def test_an_emergency_to_everybody_takes_six_taps_and_its_words(
    zhou: Someone, sun: Someone
) -> None:
    pressed = zhou.story.world.calls
    await asks(zhou)
    await sun.has("🟪🔎", WORDS)
    zhou_taps = len(pressed.since(0, "answerCallbackQuery"))
    assert zhou_taps == 6
