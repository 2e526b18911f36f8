"""The conversations of writing: a broadcast anew in three questions, then part by part."""

from typing import Any

from handlers.broadcasts import labels
from handlers.broadcasts.callbacks import Browse
from handlers.broadcasts.cards import card_of
from handlers.broadcasts.labels import said
from handlers.broadcasts.screens.card import other_of
from handlers.broadcasts.screens.parts import gone_screen
from handlers.form import (
    Again,
    Answers,
    Anything,
    Choice,
    Choose,
    Door,
    Form,
    FormContext,
    Letter,
    Moment,
    Number,
    Prompt,
    Question,
    When,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.pages import Page, remember_page
from handlers.screen import Screen
from handlers.text import paragraphs
from models.broadcasts.actions.drafts import change, create
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.rules.content import FORMATS, Content, Item, fault_of, is_link
from models.broadcasts.rules.notices import Medium, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.people.rules import Right
from models.places.queries import offer_within
from models.places.views import Place


def content_of(letter: Letter) -> Content:
    """Read a message as the content of a broadcast, without formatting that cannot be sent on."""
    entities = tuple(each for each in letter.entities if _goes_on(each))
    items = tuple(Item(Medium(kind), file_id) for kind, file_id in letter.pieces)
    return Content(
        _medium(letter), letter.words, entities, items, letter.latitude, letter.longitude
    )


def check(letter: Letter) -> str:
    """Say why a message cannot be a broadcast; '' where it can."""
    fault = fault_of(content_of(letter))
    return said(fault) if fault else ""


def check_words(letter: Letter) -> str:
    """Say why a message cannot be the words in another language: those alone are asked for."""
    return check(Letter(letter.words, letter.entities))


def _medium(letter: Letter) -> Medium:
    if letter.latitude is not None:
        return Medium.LOCATION
    if len(letter.pieces) > 1:
        return Medium.ALBUM
    return Medium(letter.pieces[0][0]) if letter.pieces else Medium.TEXT


def _goes_on(entity: dict[str, Any]) -> bool:
    leads = entity["type"] != "text_link" or is_link(str(entity.get("url")))
    return entity["type"] in FORMATS and leads


async def ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    """Offer the places where the sender may, a step down the tree at a time."""
    paths = ctx.actor.paths_with(Right.BROADCAST)
    step = await offer_within(ctx.session, paths, ctx.at)
    text = _("To whom? Everybody who lives at a place is meant, and below it.")
    if step.at is not None:
        text = _("Which part of {place}?").format(place=step.at.place.called(ctx.language))
    return Prompt(text, [each for place in step.options for each in _choices(ctx, place)], 1)


def _choices(ctx: FormContext, place: Place) -> list[Choice]:
    name = place.called(ctx.language)
    whole = Choice(f"👥 {name}", place.id)
    if place.leaf:
        return [whole]
    return [whole, Choice(_("A part of {place}").format(place=name), place.id, opens=True)]


WRITE, WORDS, OTHER, TIME = (
    "broadcasts.write",
    "broadcasts.words",
    "broadcasts.other",
    "broadcasts.time",
)

NOW, ONCE, WEEKLY = "now", "once", "weekly"

BROADCAST = Question(
    "broadcast",
    plain(mark("Which broadcast is it? Please open it once more and begin there.")),
    accepts=(Number(1, 2**53 - 1),),
    given=True,
)
"""Given by the button that opens the form; it stands last."""


def ask_what(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask for the message itself; the lists are a tap away."""
    text = _(
        "What shall people read? Send it just as they are to get it: words, a photo, an album, a "
        "file, a video, a voice message or a location. Nobody gets it yet."
    )
    return Prompt(text, doors=[Door(_("📋 Broadcasts so far"), Browse(which="mine"))])


async def ask_other(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask for the words in the language that the broadcast is not written in."""
    view = await broadcast_view(ctx.session, ctx.actor, answers["broadcast"])
    language = other_of(view.language if view else ctx.language)
    text = _(
        "Please write the same in {language}: neighbours who read {language} get these words. "
        "Skip: everybody gets the first ones."
    )
    return Prompt(text.format(language=labels.language(language)))


async def begin(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Make the draft and show its card."""
    actor = ctx.actor
    outcome, broadcast_id = await create(
        ctx.session,
        actor,
        token=f"{actor.id}:{ctx.run}",
        style=Style.NOTICE,
        topic=Topic(answers["topic"]),
        language=ctx.language,
        content=content_of(answers["what"]),
        audience=Audience((Group(answers["place"]),)),
        now=ctx.now,
    )
    if outcome is BroadcastOutcome.WRONG_CONTENT:
        return Again("what", check(answers["what"]) or labels.said(outcome))
    if broadcast_id is None:
        return Again("place", labels.said(outcome))
    told = _("Here is your draft. Change what you like, look at it, then send it.")
    return await shown(ctx, broadcast_id, told)


async def keep_words(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put other words, or another message, into a draft."""
    content = content_of(answers["letter"])
    outcome = await _change(ctx, answers, content=content)
    if outcome is BroadcastOutcome.WRONG_CONTENT:
        return Again("letter", check(answers["letter"]) or labels.said(outcome))
    return await shown(ctx, answers["broadcast"], labels.said(outcome))


async def keep_other(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put the words in the other language into a draft, or take them out."""
    letter: Letter | None = answers["letter"]
    other = Content(Medium.TEXT, letter.words, content_of(letter).entities) if letter else None
    outcome = await _change(ctx, answers, content_other=other)
    if outcome is BroadcastOutcome.WRONG_CONTENT:
        return Again("letter", _("Please write the words; under a photo they have to be shorter."))
    return await shown(ctx, answers["broadcast"], labels.said(outcome))


async def keep_time(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put the hour into a draft."""
    when = answers["when"]
    if isinstance(when, Moment) and not when.has_time:
        return Again("when", _("At what hour? Please write day and hour, “tomorrow 9 am”."))
    start_at = when.at if isinstance(when, Moment) else None
    weekly = answers["often"] == WEEKLY
    outcome = await _change(ctx, answers, start_at=start_at, weekly=weekly)
    if outcome is BroadcastOutcome.PAST:
        return Again("when", labels.said(outcome))
    return await shown(ctx, answers["broadcast"], labels.said(outcome))


async def shown(ctx: FormContext, broadcast_id: int, told: str) -> Screen:
    """Show a draft's card after it was changed."""
    card = await card_of(ctx.session, ctx.actor, broadcast_id, ctx.now, told)
    if card is not None:
        await remember_page(ctx.state, Page.DRAFT, ctx.now, broadcast_id)
    return card or gone_screen()


async def _change(ctx: FormContext, answers: Answers, **parts: object) -> BroadcastOutcome:
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    return await change(ctx.session, actor, broadcast_id, now=ctx.now, **parts)


def summed_up(_ctx: FormContext, answers: Answers) -> Screen:
    """Show what is to be kept: an album arrives in pieces, and all of it is waited for."""
    letter: Letter = answers["letter"]
    count = len(letter.pieces)
    along = _("🖼 an album of {count}").format(count=count) if count > 1 else ""
    if count == 1 and letter.words:
        along = _("📎 with what you sent along")
    said = letter.words or (_("📎 without words") if count else _("📍 location"))
    return Screen(paragraphs(along, said), _("Shall it be this?"))


_ASK_TOPIC = plain(
    mark("What is it about? People can mute a topic, but never an emergency."),
    *((labels.TOPICS[each], each.value) for each in Topic),
    columns=1,
)

forms.add(
    Form(
        name=WRITE,
        version=1,
        title=mark("📢 A new broadcast"),
        questions=(
            Question("what", ask_what, accepts=(Anything(check),), label=mark("What")),
            Question("place", ask_place, accepts=(Choose(),), label=mark("To whom")),
            Question("topic", _ASK_TOPIC, accepts=(Choose(),), label=mark("About what")),
        ),
        finish=begin,
        confirm=False,
    )
)
forms.add(
    Form(
        name=WORDS,
        version=1,
        title=mark("📢 Other words"),
        questions=(
            Question(
                "letter",
                plain(mark("Please send it anew, just as people are to get it.")),
                accepts=(Anything(check),),
                label=mark("What"),
            ),
            BROADCAST,
        ),
        finish=keep_words,
        summary=summed_up,
        send=mark("✅ Keep it"),
    )
)
forms.add(
    Form(
        name=OTHER,
        version=1,
        title=mark("🌐 The other language"),
        questions=(
            Question("letter", ask_other, accepts=(Anything(check_words),), optional=True),
            BROADCAST,
        ),
        finish=keep_other,
        confirm=False,
    )
)
forms.add(
    Form(
        name=TIME,
        version=1,
        title=mark("⏰ When"),
        questions=(
            Question(
                "when",
                plain(
                    mark("When shall it go? Tap, or write day and hour: “tomorrow 9 am”."),
                    (mark("As soon as I send it"), NOW),
                ),
                accepts=(Choose(), When()),
            ),
            Question(
                "often",
                plain(
                    mark("Once, or every week at that hour?"),
                    (mark("Once"), ONCE),
                    (mark("Every week"), WEEKLY),
                ),
                accepts=(Choose(),),
                when=lambda answers: isinstance(answers["when"], Moment),
            ),
            BROADCAST,
        ),
        finish=keep_time,
        confirm=False,
    )
)
