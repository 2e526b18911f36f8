"""The form that proposes: what it is about, what is wrong, a title; the rest can be skipped."""

from dataclasses import dataclass
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    Door,
    Files,
    Form,
    FormContext,
    Nothing,
    OneFile,
    OnePhoto,
    Open,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
    start_form,
)
from handlers.form.story import pieces_of, with_captions, words_in
from handlers.form.wording import words_of
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.media import media_of
from handlers.proposals import labels
from handlers.proposals.callbacks import OnProposal, ProposalAct, ProposalsTo, ToProposals
from handlers.proposals.screens.writing import (
    Written,
    not_sent_screen,
    receipt_screen,
    similar_label,
    similar_text,
    summary_screen,
)
from handlers.screen import Screen
from handlers.show import follow
from models.people.views import Person
from models.places.queries import lines_of
from models.proposals.actions.submitting import submit, why_not_now
from models.proposals.queries.detail import community_of
from models.proposals.queries.lists import offered_places
from models.proposals.queries.similar import own_among, similar_proposals, similar_requests
from models.proposals.rules.limits import (
    PROBLEM_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
    first_words,
    tells,
)
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import SubmitOutcome
from models.proposals.rules.similar import wording
from models.proposals.views import Nearby, ProposalForm, ProposalLine
from models.text import clean_line

router = Router(name="proposals.writing")
WRITE = "proposals.write"
NAMED, HIDDEN = "named", "hidden"

ASKED_AGAIN = {
    SubmitOutcome.NO_TITLE: "title",
    SubmitOutcome.EMPTY: "problem",
    SubmitOutcome.NOT_YOURS: "place",
}
"""Which question an outcome leads back to."""


def ask_topic(_ctx: FormContext, answers: Answers) -> Prompt:
    """Ask what it is about; whoever has begun to tell is told that it was heard."""
    told = answers["problem"] is not None and answers["topic"] is None
    asks = _("Got it. What is it about?") if told else _("What is your idea about?")
    return Prompt(asks, [Choice(labels.topic(topic), topic.value) for topic in ProposalTopic])


@dataclass(frozen=True)
class Found:
    """What is similar to what is being written."""

    proposals: list[ProposalLine]
    requests: list[Nearby]

    def __bool__(self) -> bool:
        return bool(self.proposals or self.requests)


async def ask_title(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask for a title, with one made of the first words; then show what is similar to it.

    Inside `ctx.at` stands the title that was given.
    """
    if isinstance(ctx.at, str):
        return await _similar(ctx, answers, ctx.at)
    text = _("What shall it be called? A few words are enough, such as “A lift for building 6”.")
    choices = []
    for suggested in _titles_in(problem_of(answers)):
        opens = bool(await _find(ctx, answers, suggested))
        choices.append(Choice(f"📌 {suggested}", suggested, opens=opens))
    return Prompt(text, choices, columns=1)


def _titles_in(problem: str) -> list[str]:
    """List titles to suggest: the first words, and the last message, which may be meant as one."""
    pieces = [problem, *problem.splitlines()[1:][-1:]]
    titles = [first_words(piece, TITLE_LENGTH) for piece in pieces]
    return [title for title in dict.fromkeys(titles) if tells(title)]


async def _similar(ctx: FormContext, answers: Answers, title: str) -> Prompt:
    found = await _find(ctx, answers, title)
    mine = await own_among(ctx.session, ctx.actor, [one.proposal_id for one in found.proposals])
    doors = [
        Door(
            similar_label(line, mine=line.proposal_id in mine),
            OnProposal(act=ProposalAct.BELOW, id=line.proposal_id),
        )
        for line in found.proposals
    ]
    go_on = Choice(_("✏️ Go on with mine"), title)
    text = similar_text(found.proposals, found.requests, ctx.now)
    return Prompt(text, [go_on], columns=1, doors=doors)


async def understand_title(ctx: FormContext, answers: Answers, text: str) -> Any:
    """Take a title; where something similar is found, that is shown first, once."""
    title = clean_line(text, TITLE_LENGTH)
    if not tells(title):
        return Refused(labels.said(SubmitOutcome.NO_TITLE))
    if title == ctx.at or not await _find(ctx, answers, title):
        return title
    return Open(title)


async def _find(ctx: FormContext, answers: Answers, title: str) -> Found:
    person = ctx.actor
    community = await community_of(ctx.session, person)
    if community is None:
        return Found([], [])
    written = wording(title, problem_of(answers))
    return Found(
        await similar_proposals(ctx.session, person, community.id, written, now=ctx.now),
        await similar_requests(ctx.session, community.id, written, now=ctx.now),
    )


def problem_of(answers: Answers) -> str:
    """Return what was told, written, below photos, or asked for after one without words."""
    parts = (answers["told"], words_in(answers["problem"]))
    return with_captions("\n".join(filter(None, parts)), answers["photos"])


async def understand_problem(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    """Take what is told; 'good' and 'hello' are asked about once more."""
    return text if tells(text) else Refused(labels.said(SubmitOutcome.EMPTY))


def shows_without_words(answers: Answers) -> bool:
    """Tell a photo or file that came without a word: neighbours need words to find it by."""
    problem = answers["problem"]
    return bool(pieces_of(problem)) and not words_in(problem)


def came_without_photo(answers: Answers) -> bool:
    """Return whether photos are still to be asked for."""
    return not pieces_of(answers["problem"])


async def ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask what place it concerns: the community, one's own building, or any other of it."""
    ids = await offered_places(ctx.session, ctx.actor)
    lines = await lines_of(ctx.session, ids)
    language = current_language()
    return Prompt(
        _("Which place is it about?"),
        [Choice(lines[one].place.called(language), one) for one in ids if one in lines],
    )


async def summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show everything before it is sent."""
    lines = await lines_of(ctx.session, [answers["place"] or 0])
    where = next((line.short(current_language()) for line in lines.values()), "")
    return summary_screen(
        Written(
            topic=ProposalTopic(answers["topic"]),
            where=where,
            title=answers["title"] or "",
            problem=problem_of(answers),
            wish=answers["wish"] or "",
            media=words_of(sent, ctx.zone) if (sent := _sent(answers)) else "",
            anonymous=answers["name"] == HIDDEN,
        )
    )


def _sent(answers: Answers) -> list[Any]:
    return [*pieces_of(answers["problem"]), *(answers["photos"] or ())]


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """Submit it and give the receipt."""
    person = ctx.actor
    draft = ProposalForm(
        token=f"{person.id}:{ctx.run}",
        topic=ProposalTopic(answers["topic"]),
        title=answers["title"] or "",
        problem=problem_of(answers),
        wish=answers["wish"] or "",
        place_id=answers["place"],
        anonymous=answers["name"] == HIDDEN,
        media=tuple(piece for sent in _sent(answers) for piece in media_of(sent)),
    )
    sent = await submit(ctx.session, person, draft, now=ctx.now)
    if sent.proposal_id is not None:
        return receipt_screen(sent, ctx.now)
    if sent.outcome in ASKED_AGAIN:
        return Again(ASKED_AGAIN[sent.outcome], labels.said(sent.outcome))
    return Nothing(not_sent_screen(sent, ctx.now))


forms.add(
    Form(
        name=WRITE,
        version=1,
        title=mark("Write a proposal"),
        questions=(
            Question(
                "topic",
                ask_topic,
                accepts=(Choose(),),
                label=mark("🗂 What it is about"),
                ahead="problem",
            ),
            Question(
                "problem",
                plain(mark("What is wrong? Tell it as you would tell a neighbour.")),
                accepts=(Text(PROBLEM_LENGTH, understand_problem), OnePhoto(), OneFile()),
                label=mark("💬 What is wrong"),
            ),
            Question(
                "told",
                plain(mark("Thank you. Please write a few words to it: what is wrong there?")),
                accepts=(Text(PROBLEM_LENGTH, understand_problem),),
                label=mark("💬 What is wrong, in words"),
                when=shows_without_words,
                branch=True,
                depends=("problem",),
                keeps=True,
            ),
            Question(
                "title",
                ask_title,
                accepts=(Choose(), Text(TITLE_LENGTH, understand_title)),
                label=mark("📌 Title"),
                show=lambda _ctx, title: str(title),
                brief=True,
            ),
            Question(
                "wish",
                plain(mark("What do you wish for? How could it be better?")),
                accepts=(Text(WISH_LENGTH),),
                label=mark("💡 What you wish for"),
                optional=True,
            ),
            Question(
                "photos",
                plain(mark("Photos or files that show it? Send them, then tap Done; or skip.")),
                accepts=(Files(),),
                label=mark("📷 Photos"),
                optional=True,
                when=came_without_photo,
            ),
            Question(
                "name",
                plain(
                    mark("May neighbours see that it comes from you?"),
                    (mark("👤 Yes, with my name"), NAMED),
                    (mark("🙈 No, without my name"), HIDDEN),
                    columns=1,
                ),
                accepts=(Choose(),),
                label=mark("👤 Your name"),
            ),
            Question("place", ask_place, accepts=(Choose(),), label=mark("📍 Place")),
        ),
        finish=finish,
        summary=summary,
        send=mark("✅ Send to the office"),
        sent=SENT,
        story="problem",
    )
)


@router.callback_query(ToProposals.filter(F.to == ProposalsTo.WRITE))
async def write(callback: CallbackQuery, **data: Any) -> None:
    """Open the form; whoever cannot send it is told before they have written anything."""
    ctx = FormContext.of(data)
    person: Person = data["person"]
    why = await why_not_now(ctx.session, person, ctx.now)
    if why is not None:
        await follow(callback, not_sent_screen(why, ctx.now), toast="")
        return
    community = await community_of(ctx.session, person)
    place = community.id if community else None
    await start_form(WRITE, callback, ctx, prefill={"place": place})
