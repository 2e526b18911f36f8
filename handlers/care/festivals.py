"""Visits for festivals: what is on, who brings what, whether it came."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.callbacks import Go
from handlers.care.callbacks import (
    ArrangeVisits,
    GiftAct,
    OnGift,
    OnRound,
    RoundAct,
    ToFestivals,
)
from handlers.form.wording import words_of_day
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.records.acts import ActTable, serve
from handlers.records.cards import card
from handlers.records.said import is_good, said, says
from handlers.screen import Pointless, Screen, button, clip, inline
from handlers.show import replace, toast
from handlers.text import joined, paragraphs, place_name
from models.care.actions import gifts
from models.care.gift_rules import GiftMove, GiftState
from models.care.gifts import (
    Arrangement,
    GiftLine,
    GiftView,
    RoundView,
    arrangements,
    gift_told,
    gift_view,
    round_told,
    round_view,
    rounds_for,
)
from models.care.records import NAME
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.database import Session
from models.outbox import views as outbox
from models.people.views import Person
from models.routines.rules import Festival

router = Router(name="care.festivals")

FESTIVALS = {
    Festival.SPRING: mark("Spring Festival"),
    Festival.LANTERN: mark("Lantern Festival"),
    Festival.DRAGON_BOAT: mark("Dragon Boat Festival"),
    Festival.PARTY_DAY: mark("1 July"),
    Festival.MID_AUTUMN: mark("Mid-Autumn Festival"),
    Festival.DOUBLE_NINTH: mark("Double Ninth Festival"),
    Festival.NATIONAL_DAY: mark("National Day"),
}
STATES = {
    GiftState.OPEN: mark("⏳ nobody yet"),
    GiftState.TAKEN: mark("🚶 somebody brings it"),
    GiftState.GIVEN: mark("🎁 brought, not confirmed yet"),
    GiftState.RECEIVED: mark("✅ has come"),
    GiftState.NOT: mark("☎️ has not come"),
    GiftState.LEFT: mark("🔴 nobody came"),
    GiftState.OFF: mark("not this time"),
}
OVER = Pointless("it is over")
LABEL = 36

says(
    (CareOutcome.VISITS_BEGUN, mark("Arranged. Whoever looks in there is told.")),
    (CareOutcome.VISITS_MORE, mark("The homes that have agreed since are on the list as well.")),
    (CareOutcome.GIFT_TAKEN, mark("Thank you! It is yours now. Tick it when you have been there.")),
    (CareOutcome.GIFT_LEFT, mark("Thank you for saying so. Somebody else can take it.")),
    (CareOutcome.GIFT_GIVEN, mark("Thank you for going! We ask them whether it came.")),
    (CareOutcome.GIFT_RECEIVED, mark("Good! Have a lovely festival!")),
    good=True,
)
says(
    (
        CareOutcome.NOBODY_AGREED,
        mark("Nobody there has agreed to be looked in on yet, so nobody is on the list."),
    ),
    (
        CareOutcome.GIFT_NOT,
        mark("Thank you for saying so. The secretary finds out; nobody is blamed."),
    ),
    good=False,
)


def festivals_screen(
    rounds: Sequence[RoundView], coming: Sequence[Arrangement], *, told: str = ""
) -> Screen:
    """Show the visits that are on, and to a desk what it can arrange."""
    free = [one for one in coming if one.round_id is None]
    ready = [one for one in coming if one.round_id is not None]
    rows = [
        *([button(_title(one.festival, one.day), _open(one.id))] for one in rounds),
        *([_arrange(one, _("➕ {festival} · {place}"))] for one in free),
        *([_arrange(one, _("🔄 {festival} · {place}: add new homes"))] for one in ready),
        [button(_("🏡 Care"), Go(to="care"))],
    ]
    words = _("For which festival shall homes be visited? Those that have agreed are on the list.")
    none = _("No festival is near. We tell you in good time.")
    text = paragraphs(
        told, words if free else "", none if not rounds and not free and not ready else ""
    )
    return Screen(text or _("Visits that are on:"), _("🎁 Festival visits"), inline(*rows))


def _arrange(one: Arrangement, label: str) -> InlineKeyboardButton:
    words = label.format(festival=_(FESTIVALS[one.festival]), place=place_name(one.place))
    return button(clip(words, LABEL), ArrangeVisits(place=one.place_id, festival=one.festival))


def _open(round_id: int) -> OnRound:
    return OnRound(act=RoundAct.OPEN, id=round_id)


def _title(festival: Festival, day: date) -> str:
    return _("🎁 {festival}, {day}").format(festival=_(FESTIVALS[festival]), day=words_of_day(day))


def round_screen(view: RoundView, _now: datetime, above: str = "") -> Screen:
    """Show the visits for a festival: to a visitor what is theirs or free, to staff all."""
    counts = joined(
        *(
            _("{state}: {count}").format(state=_(STATES[state]), count=view.counts[state])
            for state in GiftState
            if view.counts.get(state)
        )
    )
    asks = ""
    if view.on and not view.keeps:
        asks = _("Would you visit somebody and bring the gift? Tap a home.")
        if not view.gifts:
            asks = _("Every home has somebody now. Thank you!")
    more = ngettext("and {count} more", "and {count} more", view.more).format(count=view.more)
    rest = more if view.more else ""
    text = paragraphs(above, f"📍 {place_name(view.place)}", counts, asks, rest)
    rows = [[_home_button(one)] for one in view.gifts] if view.on or view.keeps else []
    return Screen(text, _title(view.festival, view.day), inline(*rows, [_back(_("‹ Festivals"))]))


def _home_button(one: GiftLine) -> InlineKeyboardButton:
    sign = _(STATES[one.state]).partition(" ")[0]
    who = one.home.name if one.home else _("a home")
    mine = _("(yours)") if one.mine and one.state is GiftState.TAKEN else ""
    words = joined(sign, who, f"· {place_name(one.place)}", mine, gap=" ")
    return button(clip(words, LABEL), OnGift(act=GiftAct.OPEN, id=one.id))


def _back(label: str) -> InlineKeyboardButton:
    return button(label, ToFestivals())


def gift_screen(view: GiftView, _now: datetime, above: str = "") -> Screen:
    """Show a gift: to the home one question, to whoever brings it where to."""
    title = _title(view.festival, view.day)
    if view.at_home:
        return _gift_at_home(view, above, title)
    who = view.home.name if view.home else _("a home; the name is told to whoever goes")
    holder = ""
    if view.keeps and view.holder is not None:
        holder = _("🚶 {name} brings it").format(name=view.holder.name)
    door = _("🚪 {door}").format(door=view.door) if view.door else ""
    facts = joined(f"👤 {who}", f"📍 {place_name(view.place)}", door, _(STATES[view.state]), holder)
    acts = (
        (GiftMove.TAKE, _("✋ I go there"), GiftAct.TAKE),
        (GiftMove.GIVE, _("✅ I have brought it"), GiftAct.GIVE),
        (GiftMove.LET_GO, _("↩️ I cannot after all"), GiftAct.LET_GO),
    )
    rows = [[_on(view, label, act)] for move, label, act in acts if move in view.moves]
    back = [button(_("‹ All homes"), _open(view.round_id))]
    return Screen(paragraphs(above, facts), title, inline(*rows, back))


def _gift_at_home(view: GiftView, above: str, title: str) -> Screen:
    name = view.holder.name if view.holder else _("a neighbour")
    lines = {
        GiftState.OPEN: _("A neighbour visits you for the festival."),
        GiftState.TAKEN: _("{name} visits you for the festival."),
        GiftState.GIVEN: _("{name} brought you something for the festival. Has it come?"),
        GiftState.RECEIVED: _("It has come. Have a lovely festival!"),
        GiftState.NOT: _("You said that it has not come. We find out. Has it come by now?"),
        GiftState.LEFT: _("This time nobody could come. We are sorry."),
        GiftState.OFF: _("Nobody comes this time, as you wished."),
    }
    yes = [_on(view, _("😊 It has come"), GiftAct.RECEIVE)]
    no = [_on(view, _("It has not come"), GiftAct.MISS)]
    rows = [
        yes if GiftMove.RECEIVE in view.moves else [],
        no if GiftMove.MISS in view.moves else [],
        [button(_("🏡 Care"), Go(to="care"))],
    ]
    return Screen(paragraphs(above, lines[view.state].format(name=name)), title, inline(*rows))


def _on(view: GiftView, label: str, act: GiftAct) -> InlineKeyboardButton:
    return button(label, OnGift(act=act, id=view.id))


ROUND = ActTable(NAME, round_view, round_screen, opens=RoundAct.OPEN)
serve(router, OnRound, ROUND)

GIFT = ActTable(
    NAME,
    gift_view,
    gift_screen,
    opens=GiftAct.OPEN,
    does={
        GiftAct.TAKE: gifts.take,
        GiftAct.LET_GO: gifts.let_go,
        GiftAct.GIVE: gifts.give,
        GiftAct.RECEIVE: gifts.receive,
        GiftAct.MISS: gifts.miss,
    },
)
serve(router, OnGift, GIFT)


@router.callback_query(ToFestivals.filter())
async def list_festivals(
    callback: CallbackQuery, session: Session, person: Person, now: datetime
) -> None:
    """Show what is on, and to a desk what it can arrange."""
    await replace(callback, await _festivals(session, person, now))


@router.callback_query(ArrangeVisits.filter())
async def arrange(
    callback: CallbackQuery,
    callback_data: ArrangeVisits,
    session: Session,
    person: Person,
    now: datetime,
) -> None:
    """Have the homes of a place visited for a festival."""
    made = await gifts.arrange(
        session, person, callback_data.place, callback_data.festival, now=now
    )
    await toast(callback, said(made.outcome, NAME), alert=not is_good(made.outcome, NAME))
    if made.round_id is None:
        await replace(callback, await _festivals(session, person, now))
    else:
        await ROUND.open(callback, session, person, made.round_id, now)


async def _festivals(session: Session, person: Person, now: datetime) -> Screen:
    rounds = await rounds_for(session, person, now=now)
    return festivals_screen(rounds, await arrangements(session, person, now=now))


def _asked(view: RoundView, notice: outbox.Notice) -> str | Pointless:
    if not view.on:
        return "" if notice.in_place else OVER
    return _("🏮 The festival is near. Some homes would be glad of a visit.")


def _left(view: RoundView, notice: outbox.Notice) -> str | Pointless:
    nobody = view.counts.get(GiftState.OPEN, 0) or view.counts.get(GiftState.LEFT, 0)
    if not nobody:
        return "" if notice.in_place else Pointless("every home has somebody")
    words = _("⏰ {count} homes have nobody yet who visits them.")
    if not view.on:
        words = _("🔴 The festival is over, and nobody has visited {count} homes.")
    return words.format(count=nobody)


def _came(view: GiftView, notice: outbox.Notice) -> str | Pointless:
    return "" if notice.in_place or view.state is GiftState.GIVEN else OVER


card(Notice.GIFTS, round_told, round_screen, _asked)
card(Notice.GIFTS_LEFT, round_told, round_screen, _left)
card(Notice.GIFT_CAME, gift_told, gift_screen, _came)
