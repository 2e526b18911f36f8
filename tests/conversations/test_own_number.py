"""One's own telephone number: one tap shares it, and somebody else's is asked about."""

from tests.conversations.script import Someone


async def test_one_tap_shares_the_number_and_the_menu_comes_back(wang: Someone) -> None:
    await wang.taps("设置", "电话")
    await wang.has("发送您自己的号码")
    assert "📱 发送我的号码" in wang.keyboard
    await wang.shares_contact("8613900001001", wang.person.id)
    await wang.sees("菜单回来了")
    assert "求助" in wang.keyboard
    await wang.has("+86")
    assert not [text for text in wang.texts() if "13900001001" in text]


async def test_somebody_elses_number_is_kept_only_once_confirmed(wang: Someone) -> None:
    await wang.taps("设置", "电话")
    await wang.has("发送您自己的号码")
    await wang.shares_contact("8613900009999", 424_242)
    await wang.sees("不是您自己的号码", "9999")
    await wang.taps("取消")
    await wang.sees("菜单回来了")
    await wang.taps("设置")
    assert not [text for text in wang.texts() if "+86****9999" in text]
    await wang.taps("电话")
    await wang.shares_contact("010-64001234")
    await wang.sees("不是您自己的号码", "1234")
    await wang.taps("保留这个回答")
    await wang.sees("菜单回来了")
