"""Contacts of others, polls and music: what they say travels as words."""

from typing import Any

from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone

POLL: dict[str, Any] = {
    "id": "1",
    "question": "谁有梯子？",
    "options": [{"text": "我有", "voter_count": 0}, {"text": "3号楼有", "voter_count": 1}],
    "total_voter_count": 1,
}
SOUND = {"file_id": "s", "file_unique_id": "s", "duration": 3}


async def test_somebodys_contact_is_passed_on_as_name_and_number(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.shares_contact("8613900009999", 424_242)
    await wang.sees("说的是哪件事")
    await wang.taps("➕ 101号")
    await li.has("📇 老李，+8613900009999")


async def test_a_contact_belongs_to_what_is_being_asked_for(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.says("水管漏了")
    await wang.has("什么时候来人")
    await wang.shares_contact("010-64001234")
    await wang.sees("已记到说明里")
    await wang.taps("越快越好")
    await wang.sees("这样发出去", "水管漏了", "📇 老李，010-64001234")


async def test_ones_own_contact_tells_nothing(wang: Someone) -> None:
    await wang.shares_contact("8613900001001", wang.person.id)
    await wang.sees("用不上")


async def test_a_poll_is_read_as_its_question_and_options(wang: Someone) -> None:
    await wang.sends(poll=POLL)
    await wang.sees("要请邻居来帮忙吗")
    await wang.taps("请人帮忙", "修理搬抬", "电灯电路", "越快越好")
    await wang.sees("这样发出去", "📊 谁有梯子？\n○ 我有\n○ 3号楼有")


async def test_of_music_the_words_travel_and_it_is_said_that_the_sound_does_not(
    wang: Someone, li: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    await wang.replies("李强会来帮您", "就是这个声音")
    await li.has("就是这个声音")
    await wang.sends(audio=SOUND | {"title": "异响", "performer": "水泵"})
    await wang.has("声音转不出去")
    await wang.taps("➕ 101号")
    await li.has("🎵 水泵 – 异响")


async def test_music_without_words_is_answered_with_what_helps(wang: Someone) -> None:
    await wang.sends(audio=SOUND)
    await wang.has("按住话筒")
    await wang.sees("用不上")


async def test_music_in_a_form_gives_its_words(wang: Someone) -> None:
    await wang.taps("求助", "修理搬抬", "水管漏水")
    await wang.sends_sound("水管响了一夜")
    await wang.sees("声音转不出去", "什么时候来人")
