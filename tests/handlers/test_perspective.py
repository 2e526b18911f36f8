"""What is said of somebody is said to whoever reads it."""

import pytest

from handlers.help.screens.lines import holder_line
from handlers.i18n import speaking
from models.help.rules.states import ClaimState
from models.help.views import Holder
from models.names.views import Who


@pytest.mark.parametrize(
    ("state", "position", "confirmed", "said"),
    [
        (ClaimState.HELD, None, False, "✋ 李强：会来"),
        (ClaimState.HELD, None, True, "✋ 李强：已确认会来"),
        (ClaimState.WAITING, 2, False, "⏳ 李强：候补第2位"),
        (ClaimState.DONE, None, False, "✅ 李强：已办好"),
    ],
)
def test_a_helper_is_spoken_of_to_others_in_the_third_person(
    state: ClaimState, position: int | None, confirmed: bool, said: str
) -> None:
    holder = Holder(Who(1, "李强"), state, position, confirmed)
    with speaking("zh_Hans"):
        assert holder_line(holder) == said
