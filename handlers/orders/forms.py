"""Small forms about one order: the report, why it is not enough, a day, what must be shown."""

from handlers.form import (
    Again,
    Answers,
    Day,
    Files,
    Form,
    FormContext,
    Question,
    Text,
    forms,
    plain,
)
from handlers.form.story import with_captions
from handlers.help.screens.mine import after_adding_screen
from handlers.help.task_forms import REQUEST, asks_what_is_wrong
from handlers.i18n import mark
from handlers.media import media_of
from handlers.orders.labels import said
from handlers.orders.screens import said_screen
from handlers.screen import Screen
from models.orders.actions.orders import report_right, send_back, set_due, set_to_show
from models.orders.actions.visits import answer_visit
from models.orders.queries.visits import visit_told
from models.orders.rules import WORDS_LENGTH
from models.records.rules import Refusal

REPORT, SEND_BACK, DUE, TO_SHOW = "orders.report", "orders.back", "orders.due", "orders.show"
NOT_WELL = "orders.not_well"


async def _report(ctx: FormContext, answers: Answers) -> Screen:
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    order_id, words = answers["request"], with_captions(answers["words"], answers["photos"])
    outcome = await report_right(ctx.session, ctx.actor, order_id, words, now=ctx.now, media=media)
    return said_screen(order_id, said(outcome))


async def _send_back(ctx: FormContext, answers: Answers) -> Screen:
    order_id, words = answers["request"], answers["words"]
    outcome = await send_back(ctx.session, ctx.actor, order_id, words, now=ctx.now)
    return said_screen(order_id, said(outcome))


async def _due(ctx: FormContext, answers: Answers) -> Screen | Again:
    order_id, day = answers["request"], answers["day"]
    outcome = await set_due(ctx.session, ctx.actor, order_id, day, now=ctx.now)
    if outcome is Refusal.BAD_DATE:
        return Again("day", said(outcome))
    return said_screen(order_id, said(outcome))


async def _to_show(ctx: FormContext, answers: Answers) -> Screen:
    order_id, words = answers["request"], answers["words"]
    outcome = await set_to_show(ctx.session, ctx.actor, order_id, words, now=ctx.now)
    return said_screen(order_id, said(outcome))


async def _not_well(ctx: FormContext, answers: Answers) -> Screen:
    visit_id, actor, now = answers["request"], ctx.actor, ctx.now
    outcome = await answer_visit(
        ctx.session, actor, visit_id, well=False, now=now, words=answers["words"]
    )
    view = await visit_told(ctx.session, actor.id, visit_id, now)
    if view is None:
        return Screen(said(outcome))
    return after_adding_screen(view.request.line.request_id, said(outcome))


def _words(sentence: str) -> Question:
    return Question("words", plain(sentence), accepts=(Text(WORDS_LENGTH),))


forms.add(
    asks_what_is_wrong(
        NOT_WELL,
        mark("Not well any more"),
        mark(
            "We are sorry. What has come back, or is not right? A few words are enough; then the "
            "office has it put right."
        ),
        _not_well,
    )
)
forms.add(
    Form(
        name=REPORT,
        version=1,
        title=mark("It has been put right"),
        questions=(
            _words(mark("What has been done? The resident reads it too.")),
            Question(
                "photos",
                plain(
                    mark(
                        "What shows it? Send photos, videos or files, such as an invoice, then "
                        "tap Done."
                    )
                ),
                accepts=(Files(),),
                optional=True,
            ),
            REQUEST,
        ),
        finish=_report,
        confirm=False,
        story="words",
    )
)
forms.add(
    Form(
        name=SEND_BACK,
        version=1,
        title=mark("Send a report back"),
        questions=(_words(mark("What is still missing? They read it.")), REQUEST),
        finish=_send_back,
        confirm=False,
    )
)
forms.add(
    Form(
        name=DUE,
        version=1,
        title=mark("The date of an order"),
        questions=(
            Question("day", plain(mark("By which day has it to be put right?")), accepts=(Day(),)),
            REQUEST,
        ),
        finish=_due,
        confirm=False,
    )
)
forms.add(
    Form(
        name=TO_SHOW,
        version=1,
        title=mark("What must be shown"),
        questions=(
            _words(mark("What must be shown for it to count as put right? They read it.")),
            REQUEST,
        ),
        finish=_to_show,
        confirm=False,
    )
)
