"""Small forms after a meeting: the minutes, an action item, that it is done."""

from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Form,
    FormContext,
    Nothing,
    Number,
    OneFile,
    OnePhoto,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.form.story import words_in
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.media import media_of
from handlers.meetings.questions import MEETING, MOST, day_choices
from handlers.meetings.screens.lists import item_screen
from handlers.meetings.screens.meeting import said_screen
from handlers.meetings.words import said
from handlers.screen import Screen
from models.meetings.actions.minutes import add_item, finish_item, publish_minutes
from models.meetings.queries.items import item_view, owner_choices
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.rules.timing import MINUTES_LENGTH, WORDS_LENGTH
from models.meetings.views import ItemView

MINUTES, ITEM, DONE = "meetings.minutes", "meetings.item", "meetings.done"

DAYS_AHEAD = (3, 7, 14, 30)
"""Dates of action items to tap; any other day is written."""

ITEM_AGAIN = {
    MeetingOutcome.EMPTY: "words",
    MeetingOutcome.BAD_OWNER: "owner",
    MeetingOutcome.PAST: "day",
    MeetingOutcome.TOO_FAR: "day",
}


async def _publish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    sent, meeting_id = answers["minutes"], answers["meeting"]
    words, files = words_in(sent), media_of(sent)
    if len(files) > 1:
        again = _("Only one document or photo goes along. Which one? Send it with the words.")
        return Again("minutes", again)
    file = files[0] if files else None
    outcome = await publish_minutes(ctx.session, ctx.actor, meeting_id, words, file, now=ctx.now)
    if outcome is MeetingOutcome.EMPTY:
        return Again("minutes", said(outcome))
    if outcome is not MeetingOutcome.DONE:
        return Nothing(said_screen(meeting_id, said(outcome)))
    return said_screen(meeting_id, _("✅ Published: guests and supporters are being told."))


async def _add(ctx: FormContext, answers: Answers) -> Screen | Again:
    meeting_id, owner, day = answers["meeting"], answers["owner"], answers["day"]
    outcome = await add_item(
        ctx.session, ctx.actor, meeting_id, answers["words"], owner, day, now=ctx.now
    )
    if outcome in ITEM_AGAIN:
        return Again(ITEM_AGAIN[outcome], said(outcome))
    done = outcome is MeetingOutcome.DONE
    return said_screen(meeting_id, _("✅ Noted, and they are told.") if done else said(outcome))


async def _finish(ctx: FormContext, answers: Answers) -> Screen:
    actor, item_id = ctx.actor, answers["item"]
    outcome = await finish_item(ctx.session, actor, item_id, answers["words"] or "", now=ctx.now)
    view = await item_view(ctx.session, actor, item_id, now=ctx.now)
    told = _("🎉 Done, thank you!") if outcome is MeetingOutcome.DONE else said(outcome)
    return item_screen(view, ctx.now, told) if isinstance(view, ItemView) else Screen(told)


async def ask_owner(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask who does it: whoever came, or works in the community."""
    found = await owner_choices(ctx.session, ctx.actor, answers["meeting"] or 0)
    choices = [Choice(who.name or _("a neighbour"), who.id) for who in found]
    return Prompt(_("Who does it? They are told at once."), choices)


def ask_due(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask by which day it is to be done."""
    text = _("By which day? Tap, or write it. They are reminded on it.")
    return Prompt(text, day_choices(ctx, DAYS_AHEAD))


forms.add(
    Form(
        name=MINUTES,
        version=1,
        title=mark("The minutes"),
        questions=(
            Question(
                "minutes",
                plain(
                    mark(
                        "What was said, and what was agreed? Write it, or send a document or a "
                        "photo of it. Guests and supporters will read it."
                    )
                ),
                accepts=(Text(MINUTES_LENGTH), OnePhoto(), OneFile()),
                label=mark("📝 Minutes"),
            ),
            MEETING,
        ),
        finish=_publish,
        send=mark("📨 Publish"),
        sent=SENT,
        story="minutes",
    )
)
forms.add(
    Form(
        name=ITEM,
        version=1,
        title=mark("An action item"),
        questions=(
            Question(
                "words",
                plain(mark("What is to be done? One thing, in a sentence.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question("owner", ask_owner, accepts=(Choose(),)),
            Question("day", ask_due, accepts=(Choose(), Day())),
            MEETING,
        ),
        finish=_add,
        confirm=False,
    )
)
forms.add(
    Form(
        name=DONE,
        version=1,
        title=mark("It is done"),
        questions=(
            Question(
                "words",
                plain(mark("Wonderful! What came of it? A word or two is enough, or skip.")),
                accepts=(Text(WORDS_LENGTH),),
                optional=True,
            ),
            Question(
                "item",
                plain(mark("Which one is it? Please open it once more and begin there.")),
                accepts=(Number(1, MOST),),
            ),
        ),
        finish=_finish,
        confirm=False,
    )
)
