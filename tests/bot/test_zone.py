"""The zone of the settings reaches what the rules read."""

from bot.app import open_house
from models.database import transaction
from models.policy.current import policy_of
from tests.bot.street import open_to


async def test_the_rules_go_by_the_clock_of_the_settings(database_url: str) -> None:
    settings = open_to({"database_url": database_url}, time_zone="Europe/Berlin")
    async with open_house(settings) as house, transaction(house.sessions) as session:
        assert policy_of(session).zone == "Europe/Berlin"
