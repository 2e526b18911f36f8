"""The doctor: looks at what the bot stands on and says what is well and what is not."""

import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

import aiohttp

from bot.keys import NEEDS_KEY, held_vault, key_file, read_key
from bot.opening import ready
from bot.policy import changed, in_force
from bot.request import connector, proxy_trouble
from bot.settings import Settings, SettingsError
from handlers.digests.chart import complaint
from models.audit.chain import check
from models.database import open_sessions, transaction
from models.hours.holidays import known_years, knows
from models.keeping.rotation import under_older
from models.opening import file_of
from models.outages.queries import latest

MOST_DRIFT_SECONDS = 60.0
"""A clock further off than this makes deadlines visibly wrong to people."""

MOST_BYTES = 65_536
"""What getMe answers is some hundred bytes; so much of another answer is looked at."""

LEAST_FREE_BYTES = 64 * 2**20
"""With less than this beside it a database, its journal and a copy of it soon find no room."""

LONGEST_PROMISE = timedelta(days=31)
"""So far can the deadline of a promise of today lie: 15 working days over the Spring Festival."""


class Health(StrEnum):
    """How something is."""

    FINE = "ok"
    NOTED = "note"
    """It works, and somebody should know."""
    BAD = "BAD"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's."""

    name: str
    health: Health
    told: str


def fine(name: str, told: str) -> Finding:
    """Say that something is well."""
    return Finding(name, Health.FINE, told)


def bad(name: str, told: str) -> Finding:
    """Say that something is wrong."""
    return Finding(name, Health.BAD, told)


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at token and clock, database, key, book, zone, policy, calendar and fonts, in order."""
    async for finding in _telegram(settings):
        yield finding
    yield await _database(settings)
    if full := disk(settings):
        yield full
    yield _key(settings)
    if older := await older_key(settings):
        yield older
    yield await book(settings)
    if lost := await outage(settings):
        yield lost
    here = datetime.now(settings.zone())
    yield fine("zone", f"{settings.time_zone}, {here:%H:%M}")
    yield policy(settings)
    yield calendar(here.date())
    yield fonts()


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.bot_token is None:
        yield fine("token", "not set: `run` plays in the sandbox")
        return
    token = settings.bot_token.get_secret_value()
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    url = f"{settings.telegram_api_url}/bot{token}/getMe"
    try:
        async with (
            aiohttp.ClientSession(connector=connector(proxy, 1)) as session,
            session.get(url, timeout=aiohttp.ClientTimeout(10)) as response,
        ):
            status, body = response.status, await response.content.read(MOST_BYTES)
            date = response.headers.get("Date")
    except proxy_trouble() as error:
        yield bad("token", f"TELEGRAM_PROXY: the proxy lets nothing through ({_named(error)})")
        return
    except (aiohttp.ClientError, OSError) as error:
        yield bad("token", f"{settings.telegram_api_url} cannot be reached ({_named(error)})")
        return
    yield _token(settings, status, body)
    yield _clock(date)


def _named(error: Exception) -> str:
    return type(error).__name__


def _token(settings: Settings, status: int, body: bytes) -> Finding:
    try:
        answer: Any = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or type(answer.get("ok")) is not bool:
        told = f"{settings.telegram_api_url} answers {status}, but not as the Bot API does"
        return bad("token", f"{told}: TELEGRAM_API_URL names another server, or a gateway answers")
    if answer["ok"]:
        me = answer.get("result")
        return fine("token", f"@{me.get('username') if isinstance(me, dict) else '?'}")
    if answer.get("error_code", status) in {401, 404}:
        return bad("token", "BOT_TOKEN: Telegram does not know this token")
    told = f"Telegram answers {answer.get('error_code', status)} for now; ask again later"
    return bad("token", told)


def _clock(date: str | None) -> Finding:
    if date is None:
        return fine("clock", "not compared: the server names no date")
    try:
        named = parsedate_to_datetime(date)
    except ValueError:
        return fine("clock", "not compared: the server names no date")
    drift = abs((datetime.now(UTC) - named.replace(tzinfo=UTC)).total_seconds())
    told = f"{drift:.0f} s from the server's"
    return fine("clock", told) if drift < MOST_DRIFT_SECONDS else bad("clock", told)


async def _database(settings: Settings) -> Finding:
    try:
        async with ready(settings):
            return fine("database", "at the present schema")
    except SettingsError as error:
        return bad("database", str(error))


def disk(settings: Settings) -> Finding | None:
    """Return how little room is left for an SQLite file, where it is little."""
    path = file_of(settings.database_url.get_secret_value())
    if path is None or not path.parent.exists():
        return None
    free = shutil.disk_usage(path.parent).free
    if free >= LEAST_FREE_BYTES:
        return None
    return bad("disk", f"{free // 2**20} MiB are left where {path} lies: nothing more can be kept")


async def book(settings: Settings) -> Finding:
    """Return whether the audit book is as it was written; the first broken line is named."""
    try:
        async with ready(settings) as engine:
            sessions = open_sessions(engine, held_vault(settings))
            async with transaction(sessions) as session:
                found = await check(session)
    except SettingsError as error:
        return Finding("book", Health.NOTED, f"not looked at: {error}")
    if found.broken:
        return bad("book", found.broken)
    if found.since is None:
        return fine("book", f"no chain yet; {found.waiting} lines wait for the bot to run")
    told = f"{found.links} lines chained since {found.since:%Y-%m-%d}, {found.waiting} wait"
    return fine("book", f"{told}; the chain ends in {found.head[:16]}")


def _key(settings: Settings) -> Finding:
    if settings.encryption_key is not None:
        return fine("key", "ENCRYPTION_KEY is set")
    path = key_file(settings)
    if path is None:
        return bad("key", NEEDS_KEY)
    if not path.exists():
        return fine("key", "made at the first run")
    try:
        read_key(path)
    except SettingsError as error:
        return bad("key", str(error))
    return fine("key", f"{path}; keep a copy of it")


async def older_key(settings: Settings) -> Finding | None:
    """Return what still lies under an older key, where one is held."""
    try:
        if not (vault := held_vault(settings)).has_older:
            return None
        async with ready(settings) as engine:
            left = await under_older(open_sessions(engine, vault))
    except SettingsError:
        return None
    told = ", ".join(f"{name} {number}" for name, number in left.items()) or "nothing"
    return Finding("old key", Health.NOTED, f"under it: {told}; `python -m bot rotate-key`")


async def outage(settings: Settings) -> Finding | None:
    """Return the hours whose messages may be lost, where there were such lately."""
    try:
        async with ready(settings) as engine:
            sessions = open_sessions(engine, held_vault(settings))
            async with transaction(sessions) as session:
                found = await latest(session, datetime.now(UTC))
    except SettingsError:
        return None
    if found is None:
        return None
    zone = settings.zone()
    since, until = (at.astimezone(zone) for at in (found.last_heard_at, found.lost_until))
    told = f"what was sent from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} may be lost"
    return Finding("outage", Health.NOTED, f"{told}: Telegram keeps it for 24 hours")


def policy(settings: Settings) -> Finding:
    """Return whether the policy can be read, and what in it is not the default."""
    try:
        differs = changed(in_force(settings))
    except SettingsError as error:
        return bad("policy", str(error).replace("\n", "; "))
    told = f"differs from the defaults in {', '.join(differs)}" if differs else "the defaults"
    return fine("policy", told)


def calendar(today: date) -> Finding:
    """Return whether the holidays and make-up days are known as far as deadlines reach."""
    for year in (today.year, (today + LONGEST_PROMISE).year):
        if not knows(year):
            told = f"holidays of {year} not known, Monday to Friday count: renew chinese-calendar"
            return Finding("calendar", Health.NOTED, told)
    return fine("calendar", f"holidays and make-up days known to the end of {known_years()[-1]}")


def fonts() -> Finding:
    """Return whether charts can be drawn, in Chinese too."""
    wrong = complaint()
    return bad("fonts", wrong) if wrong else fine("fonts", "charts are drawn with one of our own")
