"""How a delivery goes, that it is there, its rating, and what follows a bad one."""

from datetime import date, datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from handlers.clock_text import local
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Day,
    Files,
    Form,
    FormContext,
    Prompt,
    Question,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.form.story import with_captions
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_of, send_media
from handlers.proposals.callbacks import NotePictures, OnProposal, ProposalAct, RateDelivery
from handlers.proposals.checks import PROPOSAL, asked, begin_form, proposal_of
from handlers.proposals.delivery_help import HELP
from handlers.proposals.labels import said
from handlers.proposals.screens.delivery import delivered_screen, delivery_screen, said_screen
from handlers.screen import Screen
from handlers.show import follow, replace, toast
from handlers.text import paragraphs
from models.database import Session
from models.people.views import Person
from models.proposals.actions.delivering import deliver, report
from models.proposals.actions.rating import close, rate, redo, say_why
from models.proposals.queries.delivery import count_readers, delivery_view, line_media
from models.proposals.rules.delivery import MONTHS_OFFERED, month_later
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.outcomes import ProposalOutcome, Refusal
from models.proposals.rules.states import Move
from models.proposals.views import DeliveryView

router = Router(name="proposals.delivery")
NOTE, DELIVER = "proposals.note", "proposals.deliver"
WHY, REDO, CLOSE = "proposals.why", "proposals.redo", "proposals.close"


async def _ask_note(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask how it goes, and say how many people will read it."""
    count = await count_readers(ctx.session, ctx.actor, proposal_of(answers))
    reads = ngettext(
        "How does it go? {count} person who backs it gets this as a message.",
        "How does it go? {count} people who back it get this as a message.",
        count,
    )
    return Prompt(reads.format(count=count))


async def _note(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, actor = proposal_of(answers), ctx.actor
    words = with_captions(answers["words"], answers["photos"])
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    token = f"{actor.id}:{ctx.run}"
    outcome = await report(ctx.session, actor, own, words, now=ctx.now, token=token, media=media)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = outcome is ProposalOutcome.DONE
    return said_screen(own, _("Thank you! They read it now.") if done else said(outcome))


async def _deliver(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    words = with_captions(answers["words"], answers["photos"])
    media = [item for sent in answers["photos"] or () for item in media_of(sent)]
    outcome = await deliver(ctx.session, ctx.actor, own, words, now=ctx.now, media=media)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = _("🎁 Well done! The author and supporters are told, and asked how happy they are.")
    return said_screen(own, done if outcome is ProposalOutcome.DONE else said(outcome))


async def _why(ctx: FormContext, answers: Answers) -> Screen:
    own, actor = proposal_of(answers), ctx.actor
    outcome = await say_why(ctx.session, actor, own, answers["words"], now=ctx.now)
    view = await delivery_view(ctx.session, actor, own, now=ctx.now)
    if isinstance(view, Refusal):
        return said_screen(own, said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("Thank you for your words! Your neighbours do not see them, the office does.")
    return delivered_screen(view, ctx.now, told if done else said(outcome))


async def _redo(ctx: FormContext, answers: Answers) -> Screen | Again:
    own, words = proposal_of(answers), answers["words"]
    day = _day_of(ctx, answers["day"])
    outcome = await redo(ctx.session, ctx.actor, own, words, day, now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    if outcome is ProposalOutcome.BAD_DATE:
        return Again("day", said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("🚧 Taken up again; the author, the supporters and whoever does it are told.")
    return said_screen(own, told if done else said(outcome))


def _day_of(ctx: FormContext, answer: object) -> date:
    """Read a day, or a number of months from now."""
    if isinstance(answer, date):
        return answer
    return month_later(local(ctx.now).date(), int(str(answer)))


async def _close(ctx: FormContext, answers: Answers) -> Screen | Again:
    own = proposal_of(answers)
    outcome = await close(ctx.session, ctx.actor, own, answers["words"], now=ctx.now)
    if outcome is ProposalOutcome.EMPTY:
        return Again("words", said(outcome))
    done = outcome is ProposalOutcome.DONE
    told = _("🏁 Closed. The author and supporters are told, in your words.")
    return said_screen(own, told if done else said(outcome))


def _ask_day(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [
        Choice(ngettext("In {count} month", "In {count} months", n).format(count=n), str(n))
        for n in MONTHS_OFFERED
    ]
    text = paragraphs(_("By which day will it be there?"), _("Tap, or write a day."))
    return Prompt(text, choices, columns=3)


PHOTOS = Question(
    "photos",
    plain(mark("What shows it? Send photos, videos or files, then tap Done.")),
    accepts=(Files(),),
    optional=True,
)

forms.add(
    Form(
        name=NOTE,
        version=1,
        title=mark("Write how it goes"),
        questions=(Question("words", _ask_note, accepts=(Text(WORDS_LENGTH),)), PHOTOS, PROPOSAL),
        finish=_note,
        confirm=False,
        story="words",
    )
)
forms.add(
    Form(
        name=DELIVER,
        version=1,
        title=mark("It is delivered"),
        questions=(
            Question(
                "words",
                plain(mark("What has been delivered? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PHOTOS,
            PROPOSAL,
        ),
        finish=_deliver,
        confirm=False,
        story="words",
    )
)


forms.add(
    Form(
        name=WHY,
        version=1,
        title=mark("A word to the stars"),
        questions=(
            Question(
                "words",
                plain(mark("What was good, what was not? A few words help.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_why,
        confirm=False,
    )
)
forms.add(
    Form(
        name=REDO,
        version=1,
        title=mark("Take it up again"),
        questions=(
            Question(
                "words",
                plain(mark("What will be put right? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            Question("day", _ask_day, accepts=(Choose(), Day())),
            PROPOSAL,
        ),
        finish=_redo,
        confirm=False,
    )
)
forms.add(
    Form(
        name=CLOSE,
        version=1,
        title=mark("Close a proposal"),
        questions=(
            Question(
                "words",
                plain(mark("Why is it closed as it is? The author and all who back it read it.")),
                accepts=(Text(WORDS_LENGTH),),
            ),
            PROPOSAL,
        ),
        finish=_close,
        confirm=False,
    )
)

FORMS = {
    ProposalAct.REPORT: (Move.REPORT, NOTE),
    ProposalAct.GET_HELP: (Move.GET_HELP, HELP),
    ProposalAct.DELIVER: (Move.DELIVER, DELIVER),
    ProposalAct.REDO: (Move.REDO, REDO),
    ProposalAct.CLOSE: (Move.CLOSE, CLOSE),
}


@router.callback_query(OnProposal.filter(F.act.in_(set(FORMS))))
async def write(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for the words of a note, a part for volunteers, the delivery, or what follows it."""
    move, form = FORMS[callback_data.act]
    await begin_form(callback, form, callback_data.id, move, data)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.DELIVERY))
async def show_delivery(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Show below how the delivery goes: what was tapped may change by itself."""
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await follow(callback, delivery_screen(view, now), toast="")


@router.callback_query(NotePictures.filter())
async def show_pictures(
    callback: CallbackQuery,
    callback_data: NotePictures,
    session: Session,
    person: Person,
    now: datetime,
    bot: Bot,
) -> None:
    """Send the pictures that came with a note or with the delivery."""
    media = await line_media(session, person, callback_data.id, callback_data.line_id, now=now)
    if isinstance(media, Refusal):
        await toast(callback, said(media), alert=True)
        return
    await send_media(callback, bot, media)


@router.callback_query(OnProposal.filter(F.act == ProposalAct.ASK_RATE))
async def ask_stars(
    callback: CallbackQuery,
    callback_data: OnProposal,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Ask below for stars."""
    own = callback_data.id
    if await asked(callback, session, person, own, Move.RATE, now) is None:
        return
    view = await _seen(callback, session, person, own, now)
    if view is not None:
        await follow(callback, delivered_screen(view, now, ask=True), toast="")


@router.callback_query(OnProposal.filter(F.act == ProposalAct.RATE_WORDS))
async def ask_words(callback: CallbackQuery, callback_data: OnProposal, **data: Any) -> None:
    """Ask for a word to the stars; whoever has given none is asked for those first."""
    ctx = FormContext.of(data)
    session, person, own, now = ctx.session, ctx.actor, callback_data.id, ctx.now
    if await asked(callback, session, person, own, Move.RATE, now) is None:
        return
    view = await _seen(callback, session, person, own, now)
    if view is None:
        return
    if view.proposal.my_stars is None:
        await follow(callback, delivered_screen(view, now), toast="")
        return
    await start_form(WHY, callback, ctx, prefill={"proposal": own})


@router.callback_query(RateDelivery.filter())
async def give_stars(
    callback: CallbackQuery,
    callback_data: RateDelivery,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Take the stars, and show them."""
    outcome = await rate(session, person, callback_data.id, callback_data.stars, now=now)
    if outcome not in {ProposalOutcome.DONE, ProposalOutcome.ALREADY}:
        await toast(callback, said(outcome), alert=True)
        return
    view = await _seen(callback, session, person, callback_data.id, now)
    if view is not None:
        await replace(callback, delivered_screen(view, now), said(outcome))


async def _seen(
    callback: CallbackQuery, session: Session, person: Person, proposal_id: int, now: datetime
) -> DeliveryView | None:
    view = await delivery_view(session, person, proposal_id, now=now)
    if not isinstance(view, Refusal):
        return view
    await toast(callback, said(view), alert=True)
    return None
