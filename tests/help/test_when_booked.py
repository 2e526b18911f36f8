"""What is shown back of a time is what is booked."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handlers.form import Moment
from handlers.form.plain_words import read_moments
from handlers.form.wording import words_of
from handlers.help.when import wish_of
from handlers.i18n import CHINESE, speaking
from models.help.rules.policy import Urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
FROM = datetime(2026, 11, 23, tzinfo=UTC)
NOWS = st.integers(0, 60 * 24 * 90).map(lambda minutes: FROM + timedelta(minutes=minutes))
DAYS = st.sampled_from(("", "今天", "明天", "后天", "周五", "12.25", "12月3日", "下周三"))
HOURS = st.sampled_from(
    ("", "8点", "8.30", "下午3点", "今晚", "晚上", "12:25", "晚上12点", "9am", "noon")
)


@given(DAYS, HOURS, NOWS)
def test_what_is_shown_is_booked(day: str, hour: str, now: datetime) -> None:
    local = now.astimezone(SHANGHAI).replace(tzinfo=None)
    for at, has_time in read_moments(day + hour, local):
        moment = Moment(at.replace(tzinfo=SHANGHAI).astimezone(UTC), has_time)
        wish = wish_of(moment, now, SHANGHAI)
        with speaking(CHINESE):
            shown = words_of(moment, SHANGHAI)
            if wish.start_at is not None:
                booked = words_of(Moment(wish.start_at, has_time), SHANGHAI)
                assert shown == booked
            else:
                assert wish.urgency is Urgency.URGENT
                assert moment.at <= now
                assert has_time or wish.when_text == shown or at.date() < local.date()
