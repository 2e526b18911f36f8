"""The sandbox's clock is moved forward by a day: each message comes at its own time."""

from datetime import UTC, datetime, timedelta

from bot.companion import Companion
from tests.conversations.scenes import a_lamp_is_broken, takes_it
from tests.conversations.script import Someone, Story

SORRY = ("这条提醒来晚了", "later than it should")


def sent(somebody: Someone, words: str) -> datetime:
    """When the first message with these words was sent."""
    found = (one for one in somebody.person.messages if words in one.get("text", ""))
    return datetime.fromtimestamp(next(found)["date"], UTC)


async def test_a_day_goes_by_and_nothing_is_late(
    story: Story, wang: Someone, li: Someone, zhao: Someone
) -> None:
    await a_lamp_is_broken(wang)
    await takes_it(li)
    starts = story.world.clock.now()
    companion = Companion(story.house, story.world.clock.now)
    day = timedelta(days=1)
    assert await story.world.journey.travel(day.total_seconds(), companion)

    assert story.world.clock.now() - starts >= day
    assert sent(wang, "李强一直没回音") - starts < timedelta(hours=6, minutes=10)
    assert sent(zhao, "还没人能来") - starts < timedelta(hours=7)
    assert sent(zhao, "没有按承诺办结") - starts > timedelta(hours=23)
    said = [text for one in (wang, li, zhao) for text in one.texts()]
    assert not any(words in text for text in said for words in SORRY)


async def test_what_waits_for_the_morning_comes_when_the_night_is_over(
    story: Story, wang: Someone, li: Someone
) -> None:
    companion = Companion(story.house, story.world.clock.now)
    day = timedelta(days=1)
    assert (
        await companion.next_due() is None or await companion.next_due() > story.world.clock.now()
    )
    await a_lamp_is_broken(wang)
    assert await story.world.journey.travel(day.total_seconds(), companion)
    rang = [one["date"] for one in li.person.messages]
    hours = {datetime.fromtimestamp(at, UTC).hour for at in rang}
    assert all(not 14 <= hour < 23 for hour in hours)  # 22 to 7 in Shanghai
