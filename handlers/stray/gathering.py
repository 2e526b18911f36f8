"""What somebody writes about gatherings: that they come, or cannot, when it begins, what there is.

Whole messages only, as everywhere. What is said is taken for the one gathering that it can be
about; where there are several, they are listed.
"""

import re
from typing import Any

from handlers.form import FormContext
from handlers.form.reading import folded
from handlers.gatherings.screens import gathering_screen, gatherings_screen
from handlers.i18n import gettext as _
from handlers.records.said import said
from handlers.screen import Screen
from handlers.stray.words import Means
from models.gatherings.actions.coming import say_coming
from models.gatherings.queries import NAME, coming, gathering, mine_to_come
from models.gatherings.views import GatheringView
from models.people.rules import Right
from models.seats.rules import SeatState

LONGEST = 24
"""Letters of a message that is read; it also bounds what the patterns can try."""
WHICH = (
    r"(最近|今天|明天|这周|本周|这两天|社区|小区|有|都|还|什么|啥|哪些|看看|看|查|我|想|的|报名)*"
)
LIST = re.compile(
    rf"{WHICH}活动(有哪些|有什么|有啥|列表|安排|报名|吗|呢|啊|呀)*"
    r"|(whats|what|which|any|show|the|are|there|is|list|all|me)*"
    r"(gatherings?|activities|activity|events?)(arethere|today|thisweek|on)?"
)
"""Asks what there is."""
JOINS = re.compile(
    r"我?(要|想|也要|也想)?(去|参加|报名|报个名)(了|啊|呀|吧|一下|活动|这个)*"
    r"|给我报(个|上)?名(吧)?|算我一个"
    r"|(i|we)(want|wouldlike|dlike|will|ll)?(to)?(come|join|signup)(too)?|(sign|count)mein"
    r"|signmeup|imcoming|iamcoming"
)
"""Says that one wants to come."""
AWAY = re.compile(r"[来去]|参加|空|时间|方便|\b(come|go|make it|coming|there)\b", re.IGNORECASE)
"""A no that speaks of coming."""
DETAILS = re.compile(
    r"(活动|那个|今天|明天|请问|到底|是)*(几点钟?|什么时候|啥时候|哪天|在?哪儿?里?|什么地方|啥地方)"
    r"(开始|开|办|集合|结束|搞|举行|活动|去)*(的|啊|呀|呢|了)*"
    r"|(when|where|whattime)(is|does)(it|the(gathering|class|event))?(start|begin|on|held|end)?"
)
"""Asks when or where it is."""


async def about_gatherings(ctx: FormContext, text: str, means: frozenset[Means]) -> Screen | None:
    """Return what answers words about gatherings; None for words that are about something else."""
    short = folded(text)
    if not short or len(short) > LONGEST:
        return None
    if LIST.fullmatch(short):
        return await _all(ctx)
    away = Means.NO in means and AWAY.search(text) is not None
    joins, asks = (form.fullmatch(short) is not None for form in (JOINS, DETAILS))
    if not (away or joins or asks or Means.YES in means):
        return None
    mine = await mine_to_come(ctx.session, ctx.actor, now=ctx.now)
    free = [one for one, state in mine if state is SeatState.ASKED]
    if len(free) == 1 and not (away or asks):
        return await _comes(ctx, free[0])
    if len(mine) == 1 and (away or joins or asks):
        sure = _("Do you mean this one? Then tap “↩️ I cannot come”, and the seat is given on.")
        return await _card(ctx, mine[0][0], sure if away else "")
    return await _which(ctx, joins=joins, meant=bool(mine) and (away or joins or asks))


async def _which(ctx: FormContext, *, joins: bool, meant: bool) -> Screen | None:
    if meant:
        return await _all(ctx, _("Which one do you mean? Tap it."))
    return await _all(ctx, _("Which one would you like to come to? Tap it.")) if joins else None


async def _comes(ctx: FormContext, one: int) -> Screen | None:
    outcome = await say_coming(ctx.session, ctx.actor, one, comes=True, now=ctx.now)
    return await _card(ctx, one, said(outcome, NAME))


async def _card(ctx: FormContext, one: int, above: str) -> Screen | None:
    view: Any = await gathering(ctx.session, ctx.actor, one, now=ctx.now)
    return gathering_screen(view, ctx.now, above) if isinstance(view, GatheringView) else None


async def _all(ctx: FormContext, above: str = "") -> Screen | None:
    """List what is announced; None where a sentence stands above nothing."""
    found = await coming(ctx.session, ctx.actor, now=ctx.now)
    if above and not found.count:
        return None
    hosts = ctx.actor.may_anywhere(Right.WORK_DESK)
    return gatherings_screen(found, ctx.now, hosts=hosts, above=above)
