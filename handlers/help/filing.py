"""From a filled-in form to a request; later corrections and whole albums."""

from collections.abc import Iterable
from typing import Any

from aiogram.types import Message

from handlers.form import Again, Answers, FormContext, Nothing
from handlers.form.held import hold
from handlers.form.story import captions, joined, words_in
from handlers.help.screens.alarm import change_screen, corrected
from handlers.help.screens.outcomes import said
from handlers.help.screens.receipt import not_filed_screen, receipt_screen
from handlers.help.when import wish_of
from handlers.help.whom import ADDING, KEYS, LET_READ, ME, SOMEBODY, enter_somebody, other_of
from handlers.i18n import gettext as _
from handlers.media import media_of
from handlers.screen import Screen
from handlers.show import answer
from models.help.actions.filing import file_request
from models.help.queries.desk import desk_view
from models.help.queries.resident import my_requests
from models.help.queries.volunteer import held_tasks
from models.help.rules.outcomes import FileOutcome, Refusal
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED
from models.help.views import Draft, Filed, RequestLine, TaskLine
from models.people.queries import has_given
from models.people.rules import Adding, Field, Right
from models.people.views import Person


async def file_answers(
    ctx: FormContext, answers: Answers, urgency: Urgency, *, at_desk: bool = False
) -> Screen | Again | Nothing:
    """File what was filled in; what no longer serves is asked again.

    Somebody new is spoken for by whoever asks, or, filed `at_desk`, by the desk of their place.
    """
    person = ctx.person
    assert person is not None  # noqa: S101 - the gate lets only registered people in
    beneficiary = await _beneficiary(ctx, person, answers, at_desk=at_desk)
    if isinstance(beneficiary, Adding):
        return Again(KEYS.get(beneficiary, "whom"), _(ADDING[beneficiary]))
    filed = await file_request(
        ctx.session, person, draft_of(ctx, person, answers, urgency, beneficiary), now=ctx.now
    )
    if filed.receipt is not None:
        await remember_said(ctx, ctx.messages, filed.receipt.request_id)
    return await _shown(ctx, answers, person, filed, urgency, beneficiary)


async def _beneficiary(
    ctx: FormContext, person: Person, answers: Answers, *, at_desk: bool
) -> int | Adding | None:
    whom = answers["whom"]
    if whom != SOMEBODY:
        return None if whom in {None, ME} else int(whom)
    entered = await enter_somebody(ctx, person, answers, at_desk=at_desk)
    return entered if isinstance(entered, Adding) else entered.id


def draft_of(
    ctx: FormContext, person: Person, answers: Answers, urgency: Urgency, beneficiary: int | None
) -> Draft:
    """Put the answers together as the action takes them."""
    wish = wish_of(answers["when"], ctx.now, ctx.zone)
    what, photos = answers["what"], answers["photos"] or ()
    return Draft(
        token=f"{person.id}:{ctx.run}",
        category=answers["category"],
        urgency=urgency,
        text="\n".join(filter(None, (words_in(what), captions(photos)))),
        media=(*media_of(what), *(item for photo in photos for item in media_of(photo))),
        hands=answers["hands"] or 1,
        beneficiary_id=beneficiary,
        when_text=wish.when_text,
        start_at=wish.start_at,
        words_open=answers["open"] == LET_READ,
    )


async def _shown(
    ctx: FormContext,
    answers: Answers,
    person: Person,
    filed: Filed,
    urgency: Urgency,
    beneficiary: int | None,
) -> Screen | Again | Nothing:
    emergency = urgency is Urgency.EMERGENCY
    if filed.receipt is not None:
        return receipt_screen(
            filed.receipt,
            ctx.now,
            emergency=emergency,
            again=filed.outcome is FileOutcome.ALREADY,
            reachable=await has_given(ctx.session, beneficiary or person.id, Field.DOOR),
            other=await other_of(ctx, answers),
        )
    if filed.outcome is FileOutcome.EMPTY:
        return Again("what", said(filed.outcome))
    if filed.outcome is FileOutcome.BAD_CHOICE and not emergency:
        return Again("when", said(filed.outcome))
    return Nothing(not_filed_screen(filed, ctx.now, emergency=emergency))


SAID = "said_of"
"""Conversation data: [message, request] of the latest messages that went to a request."""


AT_MOST = 40


async def remember_said(ctx: FormContext, messages: Iterable[int], request_id: int) -> None:
    """Remember to which request messages went."""
    fresh = [[number, request_id] for number in messages if number]
    if fresh:
        kept = (await ctx.state.get_data()).get(SAID)
        before = kept if isinstance(kept, list) else []
        await ctx.state.update_data({SAID: [*before, *fresh][-AT_MOST:]})


async def went_to(ctx: FormContext, number: int) -> int | None:
    """Return the request to which a message went; None for one that went to none, or long ago."""
    kept = (await ctx.state.get_data()).get(SAID)
    found = [one for one in kept or [] if isinstance(one, list) and one[:1] == [number]]
    return int(found[-1][1]) if found else None


async def offer_change(message: Message, ctx: FormContext, value: Any) -> bool:
    """Ask whether a changed message goes to those who help; False where it went to no request."""
    request_id = await went_to(ctx, message.message_id)
    if request_id is None or ctx.person is None:
        return False
    mine = await my_requests(ctx.session, ctx.person, now=ctx.now)
    own = next((one for one in mine if one.request_id == request_id), None)
    line = own or await _helped_with(ctx, ctx.person, request_id)
    if line is None or line.state not in UNENDED:
        return False
    said = joined(corrected(), value)
    if said is None:
        return False
    await hold(ctx.state, message.message_id, said)
    await answer(message, change_screen(line, message.message_id, own=own is not None))
    return True


async def _helped_with(
    ctx: FormContext, person: Person, request_id: int
) -> RequestLine | TaskLine | None:
    """Return a request that somebody helps with or works on at the desk; None once they do not."""
    tasks = await held_tasks(ctx.session, person)
    task = next((one for one in tasks if one.request_id == request_id), None)
    if task is not None or not person.may_anywhere(Right.WORK_DESK):
        return task
    view = await desk_view(ctx.session, person, request_id, now=ctx.now)
    return None if isinstance(view, Refusal) else view.line


ALBUM = "album"
"""Conversation data: the album that came last."""


REQUEST = "album_request"
"""Conversation data: [album, request] of the album that went to a request last."""


async def album_goes_to(ctx: FormContext, request_id: int) -> None:
    """Remember the request to which the present message's album goes, where it is part of one."""
    if ctx.heard.album is not None:
        await ctx.state.update_data(
            {ALBUM: ctx.heard.album, REQUEST: [ctx.heard.album, request_id]}
        )


async def album_request(ctx: FormContext) -> int | None:
    """Return the request to which the present message's album went."""
    kept = (await ctx.state.get_data()).get(REQUEST)
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] != ctx.heard.album:
        return None
    return kept[1] if isinstance(kept[1], int) else None
