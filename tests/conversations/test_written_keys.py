"""What the keys of the first screen say, in one's own words."""

import pytest

from tests.conversations.script import Someone


async def test_who_writes_to_be_rung_is_asked_when(wang: Someone, zhao: Someone) -> None:
    await wang.says("给我打个电话吧")
    await wang.sees("什么时候给您打电话")
    await wang.taps("越快越好")
    await wang.sees("社区会给您打电话")
    await zhao.has("请给我打电话")


@pytest.mark.parametrize("cry", ["救命，我摔倒了", "help me"])
async def test_a_cry_to_us_in_a_group_is_answered_with_the_numbers(wang: Someone, cry: str) -> None:
    group = wang.story.world.add_group("5号楼", [wang.person.id])
    wang.person.send_text(f"@linli_demo_bot {cry}", chat=group)
    await wang.story.until(
        lambda: any("120" in m.get("text", "") for m in group.messages.values()),
        lambda: str(group.messages),
    )
