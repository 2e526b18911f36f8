"""What a digest says, in both languages, from real rows, at the moment it is sent."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from handlers.digests import chart, screens
from handlers.digests.definitions import DEFINITIONS
from handlers.digests.notices import picture, rates, staff, volunteer
from handlers.i18n import CHINESE, ENGLISH, LANGUAGES, speaking
from handlers.i18n import gettext as _
from handlers.screen import CAPTION_LIMIT, TEXT_LIMIT, Pointless, Screen
from models.categories import Body
from models.database import transaction
from models.digests.rules.rates import Count, Rate, RateCounts
from models.digests.rules.times import Heading
from models.digests.rules.times import Notice as Kind
from models.digests.views import Named, RatesReport, Row, StaffDay
from models.help.rules.states import State
from models.outbox.views import Notice
from models.people.queries import standing_grants
from models.roles.actions.granting import revoke
from tests.digests.test_digests import DAY, does_one, local
from tests.help.street import Street
from tests.help_screens.samples import LARGE, line

DOCS = Path(__file__).parents[2] / "docs" / "rates.md"


async def tells(street: Street, kind: Kind, name: str, day: str, **more: object) -> object:
    """Render a digest for somebody, in Chinese."""
    render = {
        Kind.STAFF: staff,
        Kind.VOLUNTEER: volunteer,
        Kind.RATES: rates,
        Kind.CHART: picture,
    }
    subject = street.people[name]
    if kind in {Kind.RATES, Kind.CHART}:
        subject = street.places["gui"].id
    notice = Notice(kind, subject, street.people[name], street.now, detail={"day": day, **more})
    async with transaction(street.sessions) as session:
        with speaking(CHINESE):
            return await render[kind](session, notice)


async def test_staff_read_what_is_late_due_new_and_waited_for(street: Street) -> None:
    street.now = local(2026, 11, 2, 9)
    await street.file()  # ordinary: answered within a working day, solved within seven
    street.now = local(2026, 11, 25, 15)
    await street.file(category="repairs.plumbing")
    street.now = local(2026, 11, 26, 8, 30)
    screen = await tells(street, Kind.STAFF, "zhao", "2026-11-26", late=True)
    assert isinstance(screen, Screen)
    assert "已超时（1）" in screen.text
    assert "今天到期（1）" in screen.text
    assert "101号" in screen.text
    assert "晚了" in screen.text
    yesterday = await tells(street, Kind.STAFF, "zhao", "2026-11-25")
    assert isinstance(yesterday, Pointless)
    nothing = await tells(street, Kind.STAFF, "zhou", "2026-11-26")
    assert isinstance(nothing, Pointless)
    assert isinstance(await tells(street, Kind.STAFF, "wang", "2026-11-26"), Pointless)


def test_where_nothing_presses_one_line_is_enough() -> None:
    day = StaffDay(3, {Heading.REST: ()}, 0, 0)
    with speaking(ENGLISH):
        said = screens.staff_screen(day, local(2026, 11, 26, 8, 30), late=False)
    assert said.text == "You answer for 3 open requests; nothing is due today."


async def test_volunteers_read_their_thanks_with_stars(street: Street) -> None:
    street.now = local(2026, 11, 25, 12)
    await street.volunteer("li")
    await does_one(street, "li")
    held = await street.file(category="repairs.electric")
    await street.claim("li", held)
    street.now = local(2026, 11, 29, 10)
    screen = await tells(street, Kind.VOLUNTEER, "li", "2026-11-29")
    assert isinstance(screen, Screen)
    assert "这7天：1件" in screen.text
    assert "⭐⭐⭐⭐⭐" in screen.text
    assert "wang" in screen.text
    assert "接下来" in screen.text
    assert "102号" in screen.text
    assert isinstance(await tells(street, Kind.VOLUNTEER, "wang", "2026-11-29"), Pointless)
    street.now += DAY
    assert isinstance(await tells(street, Kind.VOLUNTEER, "li", "2026-11-29"), Pointless)


async def test_secretaries_read_numbers_definitions_and_see_them(street: Street) -> None:
    street.now = local(2026, 11, 18, 12)
    await street.volunteer("li")
    await does_one(street, "li")
    street.now = local(2026, 11, 23, 8, 30)
    told = await tells(street, Kind.RATES, "zhou", "2026-11-23")
    assert isinstance(told, Screen)
    assert "11月16日至11月22日" in (told.title or "")
    for expected in (
        "解决率：1件中1件（100%）",
        "满意率：1件中1件",
        "上一周无",
        "居委会",
        "怎么算的",
    ):
        assert expected in told.text
    shown = await tells(street, Kind.CHART, "zhou", "2026-11-23")
    assert isinstance(shown, Screen)
    assert shown.picture is not None
    assert Image.open(BytesIO(shown.picture())).format == "PNG"
    assert isinstance(await tells(street, Kind.RATES, "zhao", "2026-11-23"), Pointless)
    street.now += timedelta(days=7)
    assert isinstance(await tells(street, Kind.RATES, "zhou", "2026-11-23"), Pointless)


async def test_a_week_without_anything_is_told_in_a_line_and_not_drawn(street: Street) -> None:
    street.now = local(2026, 11, 23, 8, 30)
    told = await tells(street, Kind.RATES, "zhou", "2026-11-23")
    assert isinstance(told, Screen)
    assert "%" not in told.text
    assert isinstance(await tells(street, Kind.CHART, "zhou", "2026-11-23"), Pointless)


async def test_whoever_is_secretary_no_more_reads_nothing(street: Street) -> None:
    await street.add("root")
    street.now = local(2026, 11, 23, 8, 30)
    async with transaction(street.sessions) as session:
        (grant,) = await standing_grants(session, street.people["zhou"])
        zhou = await street.actor(session, "zhou")
        root = replace(zhou, grants=((next(iter(zhou.grants))[0].ADMIN, "/"),))
        await revoke(session, root, grant.id, now=street.now)
    assert isinstance(await tells(street, Kind.RATES, "zhou", "2026-11-23"), Pointless)
    assert isinstance(await tells(street, Kind.STAFF, "zhou", "2026-11-23"), Pointless)


def big_report() -> RatesReport:
    """Make a report at its limits."""
    huge = RateCounts(*[Count(12_345, 23_456, 9_999)] * 3)
    place = Named(1, "很长的名字" * 16, "A very long name " * 5)
    row = Row(place, huge, huge)
    bodies = tuple(Row(body, huge, RateCounts()) for body in Body)
    return RatesReport(place, local(2026, 12, 28).date(), row, (row,) * 6, bodies)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_their_limits_they_fit(language: str) -> None:
    report = big_report()
    found = tuple(line(LARGE, State.OPEN) for _ in range(40))
    day = StaffDay(999, dict.fromkeys(Heading, found), 99, 9)
    with speaking(language):
        told = screens.rates_screen(report, late=True)
        work = screens.staff_screen(day, local(2026, 11, 26), late=True)
        drawn = screens.chart_of(report)
        below = Screen(screens.caption(report), picture=bytes)
    assert len(told.full_text()) <= TEXT_LIMIT
    assert len(told.text) < TEXT_LIMIT, "the definitions must not be cut off"
    assert len(work.full_text()) <= TEXT_LIMIT
    assert len(below.full_text()) <= CAPTION_LIMIT
    assert drawn is not None
    image = Image.open(BytesIO(chart.draw(drawn)))
    assert image.width == chart.WIDTH
    assert image.width + image.height < 10_000, "Telegram's limit on a photo"


def test_the_docs_the_digest_and_the_definitions_say_the_same() -> None:
    rows = DOCS.read_text(encoding="utf-8")
    for language in LANGUAGES:
        with speaking(language):
            for rate in Rate:
                name, counts = (_(words) for words in DEFINITIONS[rate])
                assert f"| {name} | {counts} |" in rows
                assert counts in screens.rates_screen(big_report(), late=False).text


def test_chinese_is_drawn_without_a_system_font() -> None:
    assert chart.complaint() is None
    one = _drawn("响应率")
    assert one != _drawn("解决率")
    assert one != _drawn("\uffff\uffff\uffff")


def _drawn(title: str) -> bytes:
    bars = [chart.Bar("全部", Count(1, 2), Count())]
    return chart.draw(chart.Chart("桂花", "", "", "", "无", [chart.Panel(title, bars)]))


def test_numbers_stand_on_every_bar_and_nothing_has_no_percentage() -> None:
    assert chart._numbers(Count(18, 20), "none") == "18/20  90%"
    assert chart._numbers(Count(), "none") == "none"
