"""What a resident is promised by when, in plain words."""

from datetime import timedelta

import pytest

from handlers.help.screens.deadlines import promises
from handlers.i18n import CHINESE, ENGLISH, speaking
from tests.conftest import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("answer", "chinese", "english"),
    [
        (
            HOUR / 4,
            "15分钟内有人答复您，最晚明天 12:00前办好。",
            (
                "Somebody answers you within 15 minutes, and it is done by tomorrow 12:00 at the "
                "latest."
            ),
        ),
        (
            2 * HOUR,
            "2小时内有人答复您，最晚明天 12:00前办好。",
            "Somebody answers you within 2 hours, and it is done by tomorrow 12:00 at the latest.",
        ),
        (
            2 * HOUR - timedelta(seconds=1),
            "今天 13:59前有人答复您，最晚明天 12:00前办好。",
            "Somebody answers you by today 13:59, and it is done by tomorrow 12:00 at the latest.",
        ),
        (None, "最晚明天 12:00前办好。", "It is done by tomorrow 12:00 at the latest."),
        (
            -HOUR,
            "没能按时答复您，很抱歉。最晚明天 12:00前办好。",
            (
                "We have not answered you in time; we are sorry. "
                "It is done by tomorrow 12:00 at the latest."
            ),
        ),
    ],
)
def test_both_promises_are_told_apart(answer: timedelta | None, chinese: str, english: str) -> None:
    answer_by = None if answer is None else NOON + answer
    for language, said in ((CHINESE, chinese), (ENGLISH, english)):
        with speaking(language):
            assert promises(answer_by, NOON + DAY, NOON) == said
