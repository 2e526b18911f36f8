"""What is asked of a post that is there: whose it is, who looks after it, whom to sign up."""

from handlers.desk.forms import WHOM as ANYBODY
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Open,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
)
from handlers.help.signing import signing_form
from handlers.help.whom import told_apart
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.posts.callbacks import ToPosts
from handlers.posts.screens import post_screen, shift_screen
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.screen import Screen, button, clip, inline
from models.people.queries import find_residents
from models.people.rules import NAME_LENGTH
from models.people.views import Card
from models.posts.actions.coming import claim_post, claim_shift
from models.posts.actions.planning import call_off_shift, end_post, name_lead, name_team
from models.posts.queries import post, shift
from models.posts.rules import BadPost
from models.posts.views import PostView, ShiftView
from models.records.rules import Refusal
from models.teams.queries import teams_for

NAME_LEAD, NAME_TEAM = "posts.name_lead", "posts.name_team"
ECHO_AT_MOST = 40


async def post_shown(ctx: FormContext, post_id: int, told: str) -> Screen:
    """Show a post under what came of a form about it."""
    view = await post(ctx.session, ctx.actor, post_id, now=ctx.now)
    if isinstance(view, PostView):
        return post_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("‹ Public posts"), ToPosts())]))


async def _shift_shown(ctx: FormContext, shift_id: int, told: str) -> Screen:
    view = await shift(ctx.session, ctx.actor, shift_id, now=ctx.now)
    if isinstance(view, ShiftView):
        return shift_screen(view, ctx.now, told)
    return Screen(told, keyboard=inline([button(_("‹ Public posts"), ToPosts())]))


END = small_form(
    "posts.end",
    mark("End a post"),
    mark("Why does it end? Everybody on a list reads it."),
    end_post,
    post_shown,
    subject="posts",
)
OFF = small_form(
    "posts.off",
    mark("Call a shift off"),
    mark("Why? Everybody on the list reads it."),
    call_off_shift,
    _shift_shown,
    subject="shifts",
)


POST_FOR = signing_form("posts.for", claim_post, post_shown, subject="posts")
SHIFT_FOR = signing_form("posts.shift_for", claim_shift, _shift_shown, subject="shifts")
POST_SIGN = signing_form(
    "posts.sign", claim_post, post_shown, subject="posts", whom=ANYBODY, at_desk=True
)
SHIFT_SIGN = signing_form(
    "posts.shift_sign", claim_shift, _shift_shown, subject="shifts", whom=ANYBODY, at_desk=True
)


async def _ask_lead(ctx: FormContext, _answers: Answers) -> Prompt:
    myself = Choice(_("🙋 Myself"), ctx.actor.id)
    if not isinstance(ctx.at, str):
        text = _("Who looks after it? Write a part of the name.")
        return Prompt(text, [myself], columns=1)
    cards = await _found(ctx, ctx.at)
    called = zip(cards, await told_apart(ctx, cards), strict=True)
    people = [Choice(f"👤 {label}", card.id) for card, label in called]
    text = _("Who of these is it? If it is none of them, write more of the name.")
    return Prompt(text, [*people, myself], columns=1)


async def _ask_new_team(ctx: FormContext, answers: Answers) -> Prompt:
    view = await post(ctx.session, ctx.actor, answers["record"], now=ctx.now)
    teams = await teams_for(ctx.session, view.place.place_id) if isinstance(view, PostView) else []
    choices = [Choice(f"🚩 {one.name}", one.id) for one in teams]
    text = _("Whose is it? Leads of its team look after it, and its members find it first.")
    return Prompt(text, [*choices, Choice(_("Of no team"), 0)], columns=1)


async def _name_team(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await name_team(
        ctx.session, ctx.actor, answers["record"], answers["whose"], now=ctx.now
    )
    if outcome is Refusal.BAD_CHOICE:
        return Again("whose", said(BadPost.TEAM))
    return await post_shown(ctx, answers["record"], said(outcome, "posts"))


async def _found(ctx: FormContext, name: str) -> list[Card]:
    return await find_residents(ctx.session, ctx.person, name) if ctx.person else []


async def _understand(ctx: FormContext, _answers: Answers, text: str) -> Open | Refused:
    if await _found(ctx, text):
        return Open(text)
    sentence = _("I find nobody called “{name}” at your places. Write it another way.")
    return Refused(sentence.format(name=clip(text, ECHO_AT_MOST)))


async def _name_lead(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await name_lead(
        ctx.session, ctx.actor, answers["record"], answers["whom"], now=ctx.now
    )
    if outcome is Refusal.BAD_CHOICE:
        return Again("whom", said(outcome, "posts"))
    return await post_shown(ctx, answers["record"], said(outcome, "posts"))


forms.add(
    Form(
        name=NAME_TEAM,
        version=1,
        title=mark("Whose a post is"),
        questions=(Question("whose", _ask_new_team, accepts=(Choose(),)), RECORD),
        finish=_name_team,
        confirm=False,
    )
)
forms.add(
    Form(
        name=NAME_LEAD,
        version=1,
        title=mark("Who looks after a post"),
        questions=(
            Question("whom", _ask_lead, accepts=(Choose(), Text(NAME_LENGTH, _understand))),
            RECORD,
        ),
        finish=_name_lead,
        confirm=False,
    )
)
