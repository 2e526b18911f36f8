"""The conversations that join a group to an audience, or leave one out, and that add a button."""

from typing import Any

from handlers.broadcasts import labels
from handlers.broadcasts.forms import BROADCAST, ask_place, shown
from handlers.broadcasts.screens.card import line_words
from handlers.broadcasts.screens.parts import gone_screen
from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Number,
    Prompt,
    Question,
    Refused,
    Text,
    forms,
    plain,
)
from handlers.i18n import LANGUAGES, mark
from handlers.i18n import gettext as _
from handlers.screen import Screen
from handlers.volunteers.words import SKILLS
from models.broadcasts.actions.drafts import change
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.lists import earlier
from models.broadcasts.rules.audience import Condition, Group, with_group
from models.broadcasts.rules.content import (
    LABEL_LENGTH,
    URL_LENGTH,
    CopyButton,
    Fault,
    fault_of_offers,
    is_link,
)
from models.broadcasts.rules.notices import Does
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.help.queries.desk import find_number as find_request
from models.places.queries import find_place
from models.proposals.queries.lists import find_number as find_proposal
from models.teams.queries import teams_at

GROUP, LINK, SUBJECT = "broadcasts.group", "broadcasts.link", "broadcasts.subject"
ANY_LANGUAGE = "any"
MOST_NUMBER = 10**9


async def ask_earlier(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask which earlier broadcast was not confirmed."""
    lines = await earlier(ctx.session, ctx.actor)
    choices = [Choice(line_words(line), str(line.id)) for line in lines]
    text = _("Who has not confirmed which one?")
    if not choices:
        text = _("Nothing has been sent at your places yet. Please go back and choose others.")
    return Prompt(text, choices, columns=1)


async def ask_team(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask which of the teams at the place is meant."""
    place = await find_place(ctx.session, answers["place"])
    found = await teams_at(ctx.session, place.path) if place else []
    text = _("Which team?")
    if not found:
        text = _("There is no team at this place yet. Please go back and choose others.")
    return Prompt(text, [Choice(one.name, str(one.id)) for one in found], columns=1)


def ask_language(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask whether only those who read one language are meant."""
    languages = [Choice(name, code) for code, name in LANGUAGES.items()]
    return Prompt(
        _("Whichever language they read?"), [Choice(_("Any language"), ANY_LANGUAGE), *languages]
    )


async def keep_group(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Join a group to a draft's audience, or leave it out."""
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    view = await broadcast_view(ctx.session, actor, broadcast_id)
    if view is None:
        return gone_screen()
    audience = with_group(view.audience, _group(answers), out=bool(answers["out"]))
    outcome = await change(ctx.session, actor, broadcast_id, now=ctx.now, audience=audience)
    return await shown(ctx, broadcast_id, labels.said(outcome))


async def read_link(_ctx: FormContext, _answers: Answers, text: str) -> Any:
    """Take an address that people may be led to."""
    return text if is_link(text) else Refused(labels.said(Fault.BAD_LINK))


async def keep_link(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put a link under a draft."""
    return await _keep_offer(ctx, answers, CopyButton(Does.LINK, answers["label"], answers["url"]))


async def keep_subject(ctx: FormContext, answers: Answers) -> Screen | Again:
    """Put a button under a draft that opens a proposal or a request, by the number people know."""
    does, number = Does(answers["does"]), answers["number"]
    subject_id = await _find(ctx, does, number)
    if subject_id is None:
        return Again("number", _("There is no such number at your places."))
    return await _keep_offer(ctx, answers, CopyButton(does, str(number), subject_id=subject_id))


def _group(answers: Answers) -> Group:
    language = "" if answers["language"] == ANY_LANGUAGE else answers["language"]
    value = answers["skill"] or answers["earlier"] or answers["team"] or ""
    return Group(answers["place"], Condition(answers["who"]), value, language)


async def _find(ctx: FormContext, does: Does, number: int) -> int | None:
    actor = ctx.actor
    if does is Does.PROPOSAL:
        return await find_proposal(ctx.session, actor, number)
    found = await find_request(ctx.session, actor, number, now=ctx.now)
    return found[0].request_id if found else None


async def _keep_offer(ctx: FormContext, answers: Answers, offer: CopyButton) -> Screen | Again:
    actor, broadcast_id = ctx.actor, answers["broadcast"]
    view = await broadcast_view(ctx.session, actor, broadcast_id)
    if view is None:
        return gone_screen()
    offers = (*view.offers, offer)
    outcome = await change(ctx.session, actor, broadcast_id, now=ctx.now, offers=offers)
    told = labels.said(outcome)
    if outcome is BroadcastOutcome.WRONG_CONTENT:
        fault = fault_of_offers(offers)
        told = labels.said(fault) if fault else _("It concerns none of those who get this.")
    return await shown(ctx, broadcast_id, told)


forms.add(
    Form(
        name=GROUP,
        version=2,
        title=mark("👥 A group"),
        questions=(
            Question("place", ask_place, accepts=(Choose(),)),
            Question(
                "who",
                plain(
                    mark("Who there?"),
                    *((labels.WHO[each], each.value) for each in Condition),
                    columns=1,
                ),
                accepts=(Choose(),),
            ),
            Question(
                "skill",
                plain(
                    mark("Which skill?"), *((name, skill.value) for skill, name in SKILLS.items())
                ),
                accepts=(Choose(),),
                when=lambda answers: answers["who"] == Condition.SKILL,
            ),
            Question(
                "earlier",
                ask_earlier,
                accepts=(Choose(),),
                when=lambda answers: answers["who"] == Condition.UNCONFIRMED,
            ),
            Question(
                "team",
                ask_team,
                accepts=(Choose(),),
                when=lambda answers: answers["who"] == Condition.TEAM,
                depends=("place",),
            ),
            Question("language", ask_language, accepts=(Choose(),)),
            Question(
                "out", plain(mark("Joined, or left out?")), accepts=(Number(0, 1),), given=True
            ),
            BROADCAST,
        ),
        finish=keep_group,
        confirm=False,
    )
)

forms.add(
    Form(
        name=LINK,
        version=1,
        title=mark("🔗 A link"),
        questions=(
            Question(
                "url",
                plain(mark("Where does it lead? Please send the address, “https://…”.")),
                accepts=(Text(URL_LENGTH, read_link),),
            ),
            Question(
                "label",
                plain(mark("What shall stand on the button? A few words.")),
                accepts=(Text(LABEL_LENGTH),),
            ),
            BROADCAST,
        ),
        finish=keep_link,
        confirm=False,
    )
)

forms.add(
    Form(
        name=SUBJECT,
        version=1,
        title=mark("🔘 A button that opens something"),
        questions=(
            Question(
                "does",
                plain(
                    mark("What shall it open?"),
                    *((labels.OFFERS[each], each.value) for each in (Does.PROPOSAL, Does.REQUEST)),
                    columns=1,
                ),
                accepts=(Choose(),),
            ),
            Question(
                "number",
                plain(mark("What is its number?")),
                accepts=(Number(1, MOST_NUMBER),),
            ),
            BROADCAST,
        ),
        finish=keep_subject,
        confirm=False,
    )
)
