"""Small forms about one order: the report, why it is not enough, a day, what must be shown."""

from datetime import datetime

from handlers.form import Answers, Day, Files, Form, FormContext, Question, Text, forms, plain
from handlers.form.story import with_captions
from handlers.help.screens.mine import after_adding_screen
from handlers.i18n import mark
from handlers.media import media_of
from handlers.orders.screens import said_screen
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.screen import Screen
from models.database import Session
from models.help.rules.limits import NOTE_LENGTH
from models.orders.actions.orders import report_right, send_back, set_due, set_to_show
from models.orders.actions.visits import answer_visit
from models.orders.queries.orders import ORDERS
from models.orders.queries.visits import visit_told
from models.orders.rules import WORDS_LENGTH, VisitOutcome
from models.people.views import Person

REPORT = "orders.report"
WORDS = (Text(WORDS_LENGTH),)


async def _after(_ctx: FormContext, order_id: int, told: str) -> Screen:
    return said_screen(order_id, told)


SEND_BACK = small_form(
    "orders.back",
    mark("Send a report back"),
    mark("What is still missing? They read it."),
    send_back,
    _after,
    accepts=WORDS,
    subject=ORDERS.name,
    version=2,
)
DUE = small_form(
    "orders.due",
    mark("The date of an order"),
    mark("By which day has it to be put right?"),
    set_due,
    _after,
    accepts=(Day(),),
    subject=ORDERS.name,
    version=2,
)
TO_SHOW = small_form(
    "orders.show",
    mark("What must be shown"),
    mark("What must be shown for it to count as put right? They read it."),
    set_to_show,
    _after,
    accepts=WORDS,
    subject=ORDERS.name,
    version=2,
)


async def _not_well(
    session: Session, person: Person, visit_id: int, words: str | None, *, now: datetime
) -> VisitOutcome:
    return await answer_visit(session, person, visit_id, well=False, now=now, words=words)


async def _after_visit(ctx: FormContext, visit_id: int, told: str) -> Screen:
    view = await visit_told(ctx.session, ctx.actor.id, visit_id, ctx.now)
    return after_adding_screen(view.request.line.request_id, told) if view else Screen(told)


NOT_WELL = small_form(
    "orders.not_well",
    mark("Not well any more"),
    mark(
        "We are sorry. What has come back, or is not right? A few words are enough; then the "
        "office has it put right."
    ),
    _not_well,
    _after_visit,
    accepts=(Text(NOTE_LENGTH),),
    optional=True,
    version=2,
)
"""About a return visit, whose number it begins with."""


async def _report(ctx: FormContext, answers: Answers) -> Screen:
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    order_id, words = answers["record"], with_captions(answers["words"], answers["photos"])
    outcome = await report_right(ctx.session, ctx.actor, order_id, words, now=ctx.now, media=media)
    return said_screen(order_id, said(outcome, ORDERS.name))


forms.add(
    Form(
        name=REPORT,
        version=2,
        title=mark("It has been put right"),
        questions=(
            Question("words", plain(mark("What has been done? The resident reads it too.")), WORDS),
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
            RECORD,
        ),
        finish=_report,
        confirm=False,
        story="words",
    )
)
