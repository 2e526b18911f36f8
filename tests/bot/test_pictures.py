"""Pushes with a picture: drawn when they leave, beside everything else, and changed in place."""

import threading
from collections.abc import Callable

import pylopdf_fonts_zh_cn
import pytest

from bot.doctor import Health, fonts
from handlers import notices
from handlers.digests import chart
from handlers.screen import Screen
from models.database import Session, transaction
from models.digests.rules.rates import Count
from models.outbox.refreshing import refresh
from models.outbox.views import Notice
from tests.bot.street import Street, living
from tests.bot.test_sender import KIND, person, push

Draw = Callable[[], bytes]

PICTURE = chart.Chart(
    title="桂花社区",
    subtitle="11月",
    now="这一周",
    before="上一周",
    nothing="无",
    panels=[
        chart.Panel("响应率", [chart.Bar(f"第{n}网格", Count(n, 9), Count(1, 9)) for n in range(9)])
    ]
    * 3,
)


def draws(monkeypatch: pytest.MonkeyPatch, draw: Draw) -> list[str]:
    """Let pushes have this picture; gives their words, to be changed."""
    words = ["below"]

    async def render(_session: Session, _notice: Notice) -> Screen:
        return Screen(words[0], "Title", picture=draw)

    monkeypatch.setitem(notices.RENDERERS, KIND, render)
    return words


async def test_a_picture_is_sent_with_words_below_and_these_change_in_place(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = draws(monkeypatch, lambda: chart.draw(PICTURE))
    await push(street, await person(street))
    async with living(street, polls=False):
        await street.all_sent()
        (sent,) = street.calls("sendPhoto")
        assert sent.params["caption"] == "Title\n\nbelow"
        words[0] = "below, but newer"
        async with transaction(street.sessions) as session:
            now = street.world.clock.now()
            assert await refresh(session, kinds=[KIND], subject_ids=[1], now=now) == 1
        await street.all_sent()
    shown = [m for m in street.world.person(1001).messages if m["from"]["is_bot"]]
    assert [(m["caption"], "photo" in m) for m in shown] == [("Title\n\nbelow, but newer", True)]
    assert await street.states() == ["sent", "sent"]


async def test_it_is_drawn_in_a_thread_of_its_own(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def draw() -> bytes:
        threads.append(threading.get_ident())
        return chart.draw(PICTURE)

    draws(monkeypatch, draw)
    await push(street, await person(street))
    async with living(street, polls=False):
        await street.all_sent()
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_picture_that_cannot_be_drawn_is_kept_for_a_human(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bytes:
        raise OSError("no font")

    draws(monkeypatch, broken)
    reader = await person(street)
    await push(street, reader)
    async with living(street, polls=False):
        await street.all_sent()
    assert await street.states() == ["failed"]
    assert street.calls("sendPhoto") == []


def test_the_doctor_tells_whether_charts_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fonts().health is Health.FINE

    def nowhere() -> str:
        return "/nowhere.otf"

    monkeypatch.setattr(pylopdf_fonts_zh_cn, "sans_path", nowhere)
    found = fonts()
    assert found.health is Health.BAD
    assert "font" in found.told
