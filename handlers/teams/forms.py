"""What is asked about teams: a new one, what it is for, words to all of it."""

from handlers.form import (
    Again,
    Answers,
    Form,
    FormContext,
    Question,
    Text,
    forms,
    plain,
)
from handlers.i18n import mark
from handlers.records.forms import small_form
from handlers.records.said import said
from handlers.screen import Screen
from handlers.teams.screens import team_screen, teams_screen
from models.people.desks import place_of_desk
from models.people.rules import Right
from models.records.rules import Refusal
from models.teams.actions import found, say_aim, write
from models.teams.queries import team, teams_around
from models.teams.rules import AIM_LENGTH, NAME_LENGTH, WORDS_LENGTH
from models.teams.views import TeamView

FOUND = "teams.found"


async def shown(ctx: FormContext, team_id: int, told: str) -> Screen:
    """Show a team under what came of a form about it."""
    view = await team(ctx.session, ctx.actor, team_id, now=ctx.now)
    if isinstance(view, TeamView):
        return team_screen(view, ctx.now, told)
    page = await teams_around(ctx.session, ctx.actor)
    founds = ctx.actor.may_anywhere(Right.WORK_DESK)
    return teams_screen(page, ctx.now, founds=founds, above=told)


WRITE = small_form(
    "teams.write",
    mark("Tell the team"),
    mark("What should the whole team know? Everybody in it gets it at once."),
    write,
    shown,
    accepts=(Text(WORDS_LENGTH),),
)
AIM = small_form(
    "teams.aim",
    mark("What the team is for"),
    mark("What does the team do, for whom, and when?"),
    say_aim,
    shown,
    accepts=(Text(AIM_LENGTH),),
)


async def _found(ctx: FormContext, answers: Answers) -> Screen | Again:
    place_id = await place_of_desk(ctx.session, ctx.actor)
    made = await found(
        ctx.session,
        ctx.actor,
        place_id or 0,
        token=f"{ctx.actor.id}:{ctx.run}",
        name=answers["name"],
        aim=answers["aim"],
        now=ctx.now,
    )
    if made.outcome is Refusal.EMPTY:
        return Again("name", said(Refusal.EMPTY))
    return await shown(ctx, made.team_id or 0, said(made.outcome))


forms.add(
    Form(
        name=FOUND,
        version=1,
        title=mark("Found a team"),
        questions=(
            Question(
                "name",
                plain(mark("What is the team called? Such as “Osmanthus helping hands”.")),
                accepts=(Text(NAME_LENGTH),),
            ),
            Question(
                "aim",
                plain(mark("What does the team do, for whom, and when?")),
                accepts=(Text(AIM_LENGTH),),
            ),
        ),
        finish=_found,
    )
)
