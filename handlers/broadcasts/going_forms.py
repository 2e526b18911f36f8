"""The short conversations after a broadcast was sent: why it is sent back, how it reads rightly."""

from handlers.broadcasts.content_reading import check_words, content_of
from handlers.broadcasts.forms import BROADCAST, shown
from handlers.broadcasts.going_words import said
from handlers.form import (
    Again,
    Answers,
    Anything,
    Form,
    FormContext,
    Letter,
    Question,
    Text,
    forms,
    plain,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.screen import Screen
from models.broadcasts.actions.correcting import correct
from models.broadcasts.actions.sending import send_back
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.sending import REASON_LENGTH

SEND_BACK, CORRECT = "broadcasts.send_back", "broadcasts.correct"


async def finish_send_back(ctx: FormContext, answers: Answers) -> Screen:
    """Give it back to its author."""
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    outcome = await send_back(ctx.session, actor, broadcast_id, answers["reason"], now=ctx.now)
    return await shown(ctx, broadcast_id, said(outcome))


async def finish_correct(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put the right words into every copy."""
    first, second = answers["letter"], answers["other"]
    for key, letter in (("letter", first), ("other", second)):
        if letter is not None and (wrong := check_words(letter)):
            return Again(key, wrong)
    other = None if second is None else _words(second)
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    outcome = await correct(ctx.session, actor, broadcast_id, _words(first), other, now=ctx.now)
    if outcome is Outcome.WRONG_CONTENT:
        return Again("letter", _("Under a photo, video or file the words have to be shorter."))
    return await shown(ctx, broadcast_id, said(outcome))


def _words(letter: Letter) -> Content:
    return Content(Medium.TEXT, letter.words, content_of(letter).entities)


forms.add(
    Form(
        name=SEND_BACK,
        version=1,
        title=mark("Send a broadcast back"),
        questions=(
            Question(
                "reason",
                plain(mark("What should be changed? Its author reads this.")),
                accepts=(Text(REASON_LENGTH),),
            ),
            BROADCAST,
        ),
        finish=finish_send_back,
        confirm=False,
    )
)

forms.add(
    Form(
        name=CORRECT,
        version=1,
        title=mark("Correct a broadcast"),
        questions=(
            Question(
                "letter",
                plain(mark("How should it read? Every copy will say these words instead.")),
                accepts=(Anything(),),
                label=mark("✏️ The right words"),
            ),
            Question(
                "other",
                plain(mark("And in the other language? Skip: everybody reads the words above.")),
                accepts=(Anything(),),
                optional=True,
                label=mark("🌐 In the other language"),
            ),
            BROADCAST,
        ),
        finish=finish_correct,
        send=mark("✏️ Correct every copy"),
    )
)
