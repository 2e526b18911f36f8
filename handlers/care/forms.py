"""What is asked about a home or a call-on with one question: a need, wishes, how it was."""

from datetime import datetime
from typing import Any

from handlers.care.screens.calls import call_screen
from handlers.care.screens.homes import home_screen
from handlers.form import (
    FormContext,
    Text,
    VoiceNote,
)
from handlers.form.values import Voice
from handlers.i18n import mark
from handlers.records.forms import small_form
from handlers.screen import Screen
from models.care.actions import calls, confiding, homes, needs
from models.care.queries.calls import call_view
from models.care.queries.homes import home_view
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import WORDS_LENGTH
from models.care.rules.states import Concern
from models.care.views import CallView, HomeView
from models.database import Session
from models.people.views import Person
from models.records.rules import Refusal


async def shown(ctx: FormContext, home_id: int, told: str) -> Screen:
    """Show a home under what came of a form about it."""
    view = await home_view(ctx.session, ctx.actor, home_id, now=ctx.now)
    return home_screen(view, ctx.now, told) if isinstance(view, HomeView) else Screen(told)


async def call_shown(ctx: FormContext, occasion_id: int, told: str) -> Screen:
    """Show a call-on under what came of a form about it."""
    view = await call_view(ctx.session, ctx.actor, occasion_id, now=ctx.now)
    return call_screen(view, ctx.now, told) if isinstance(view, CallView) else Screen(told)


async def _note_need(
    session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await needs.note_need(session, actor, home_id, words, now=now, voice=voice)


async def _note_need_at(
    session: Session, actor: Person, occasion_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    """Note what is needed where somebody was called on."""
    view = await call_view(session, actor, occasion_id, now=now)
    if isinstance(view, Refusal):
        return view
    return await _note_need(session, actor, view.home_id, answer, now=now)


async def _write_down(
    session: Session, actor: Person, occasion_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await calls.write_down(session, actor, occasion_id, words, now=now, voice=voice)


async def _set_wishes(
    session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
) -> CareOutcome | Refusal:
    words, voice = spoken(answer)
    return await homes.set_wishes(session, actor, home_id, words, now=now, voice=voice)


def _confides(kind: Concern) -> Any:
    async def confide(
        session: Session, actor: Person, home_id: int, answer: Any, *, now: datetime
    ) -> CareOutcome | Refusal:
        words, voice = spoken(answer)
        return await confiding.confide(
            session, actor, home_id, kind, now=now, words=words, voice=voice
        )

    return confide


def spoken(answer: Any) -> tuple[str, str]:
    """Return what was written, and Telegram's file of what was spoken instead."""
    return ("", answer.file_id) if isinstance(answer, Voice) else (answer or "", "")


SPOKEN = (Text(WORDS_LENGTH), VoiceNote())

NEED = small_form(
    "care.need",
    mark("What is needed"),
    mark("What is needed? Write it, or hold the microphone and say it."),
    _note_need,
    shown,
    accepts=SPOKEN,
    subject="care",
)
NEED_AT = small_form(
    "care.need_at",
    mark("What is needed"),
    mark("What do they need? Write it, or hold the microphone and say it."),
    _note_need_at,
    call_shown,
    accepts=SPOKEN,
    subject="care",
)
WRITE = small_form(
    "care.write",
    mark("How it was"),
    mark("How was it? Write it, or hold the microphone and say it. It is kept sealed."),
    _write_down,
    call_shown,
    accepts=SPOKEN,
    subject="care",
)
WISHES = small_form(
    "care.wishes",
    mark("Wishes"),
    mark(
        "What do they wish for? Write it, or hold the microphone and say it. Whoever looks in "
        "reads it. Skip it to take it away."
    ),
    _set_wishes,
    shown,
    accepts=SPOKEN,
    optional=True,
    subject="care",
)
MONEY = small_form(
    "care.money",
    mark("I was asked for money"),
    mark(
        "This stays in confidence: the secretary reads it, and whoever checks what was done. Who "
        "asked for what? Write it, or hold the microphone and say it. You can also skip it: "
        "somebody rings you."
    ),
    _confides(Concern.MONEY),
    shown,
    accepts=SPOKEN,
    optional=True,
    subject="care",
)
ANOTHER = small_form(
    "care.another",
    mark("Somebody else, please"),
    mark(
        "Only the secretary reads this. Would you like to say why? Write it, or hold the "
        "microphone and say it. You can also skip it."
    ),
    _confides(Concern.ANOTHER),
    shown,
    accepts=SPOKEN,
    optional=True,
    subject="care",
)
