"""The command menu: who sees which commands, in both languages."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.methods import SetMyCommands
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from handlers.i18n import CHINESE, ENGLISH, mark, speaking
from handlers.i18n import gettext as _
from models.database import Session
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person

TELEGRAM_CODES = {CHINESE: "zh", ENGLISH: "en"}


@dataclass(frozen=True)
class MenuEntry:
    """One command of the menu."""

    name: str
    says: str
    """Marked: what it does."""
    right: Right | None = None
    """Only for people who have this right somewhere."""
    volunteers: bool = False
    """Only for volunteers."""


ENTRIES = (
    MenuEntry("start", mark("The first screen")),
    MenuEntry("ask", mark("Ask for help")),
    MenuEntry("mine", mark("My requests: where are they now")),
    MenuEntry("volunteer", mark("Lend a hand: what I offer")),
    MenuEntry("tasks", mark("What I have taken on"), volunteers=True),
    MenuEntry("proposals", mark("Proposals: read, support, write your own")),
    MenuEntry("meetings", mark("Meetings you are invited to")),
    MenuEntry("gatherings", mark("Gatherings: get out of the house and meet")),
    MenuEntry("teams", mark("Teams: help together with neighbours")),
    MenuEntry("service", mark("My service: the time I gave")),
    MenuEntry("posts", mark("Public posts: where hands are needed")),
    MenuEntry("car", mark("Move a car: one is in the way")),
    MenuEntry("register", mark("Register: a car, a dog, a home, builders")),
    MenuEntry("care", mark("Looking in: who comes to whom")),
    MenuEntry("daily", mark("Daily check: ask me whether all is well")),
    MenuEntry("desk", mark("The desk: what is open"), right=Right.WORK_DESK),
    MenuEntry("callup", mark("Call-up: many hands in a flood"), right=Right.BROADCAST),
    MenuEntry("rollcall", mark("Roll-call: is everybody safe"), right=Right.BROADCAST),
    MenuEntry("broadcast", mark("Tell many people something"), right=Right.BROADCAST),
    MenuEntry("early", mark("Put right before the next complaint"), right=Right.SUPERVISE),
    MenuEntry("rounds", mark("Rounds: walk, look, write down"), right=Right.WORK_DESK),
    MenuEntry("orders", mark("Orders: what has to be put right"), right=Right.WORK_DESK),
    MenuEntry("hazards", mark("Hazards: found, put right, looked at again"), right=Right.WORK_DESK),
    MenuEntry("roles", mark("Who does what: give and take back roles"), right=Right.GRANT_STAFF),
    MenuEntry("places", mark("The tree of places"), right=Right.MANAGE_PLACES),
    MenuEntry("status", mark("What waits, what failed"), right=Right.SEE_STATUS),
    MenuEntry("settings", mark("Language, building, phone, who looked, leave")),
    MenuEntry("language", mark("Choose a language (选择语言)")),
    MenuEntry("help", mark("What I can do for you")),
    MenuEntry("cancel", mark("Stop what is half-done")),
)

UNLISTED = frozenset({"admin", "drill", "p", "yearly", "check"})
"""Answered without standing in anybody's menu: they take a code, a number, or are a button away."""

BEFORE_REGISTERING = frozenset({"start", "language", "help", "cancel"})

NAMES = frozenset(entry.name for entry in ENTRIES) | UNLISTED
"""Every command that this bot answers."""


def entries_for(person: Person) -> list[MenuEntry]:
    """List the commands that somebody can use."""
    return [
        entry
        for entry in ENTRIES
        if (entry.right is None or person.may_anywhere(entry.right))
        and (person.volunteer or not entry.volunteers)
    ]


def said(entries: list[MenuEntry]) -> list[tuple[str, str]]:
    """Return (command, what it does) in the language being spoken."""
    return [(entry.name, _(entry.says)) for entry in entries]


def commands_for(person: Person) -> list[BotCommand]:
    """Make somebody's menu, in their language."""
    with speaking(person.language):
        return _commands(entries_for(person))


async def set_menu(bot: Bot, person: Person) -> None:
    """Show somebody the menu of their roles and language; for those without Telegram, nothing."""
    if person.telegram_id is not None:
        scope = BotCommandScopeChat(chat_id=person.telegram_id)
        await bot.set_my_commands(commands_for(person), scope=scope)


async def renew_menu(session: Session, bot: Bot, person_id: int) -> Person | None:
    """Show somebody the menu of what they are now, after a role or an offer has changed.

    Gives the person as they are now; None for somebody who has left.
    """
    person = await person_by_id(session, person_id)
    if person is not None:
        await set_menu(bot, person)
    return person


async def clear_menu(bot: Bot, telegram_id: int) -> None:
    """Take a chat's own menu away: it sees the one of everybody again."""
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=telegram_id))


def default_commands() -> list[SetMyCommands]:
    """Make the calls, for once at start, that set what people see before they register.

    Telegram picks by the phone's language; phones in any other than ours see English, as
    `guess_language` would speak with them.
    """
    first = [entry for entry in ENTRIES if entry.name in BEFORE_REGISTERING]
    group = [entry for entry in ENTRIES if entry.name == "help"]
    calls = []
    for code, language in (("", ENGLISH), *((TELEGRAM_CODES[key], key) for key in TELEGRAM_CODES)):
        with speaking(language):
            for scope, entries in (
                (BotCommandScopeAllPrivateChats(), first),
                (BotCommandScopeAllGroupChats(), group),
            ):
                calls.append(
                    SetMyCommands(
                        commands=_commands(entries), scope=scope, language_code=code or None
                    )
                )
    return calls


def _commands(entries: list[MenuEntry]) -> list[BotCommand]:
    return [BotCommand(command=name, description=says) for name, says in said(entries)]
