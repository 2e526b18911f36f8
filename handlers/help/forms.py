"""The form that asks for help: three questions and a summary for the usual request."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.categories import category_label
from handlers.form import (
    SENT,
    Again,
    Answers,
    Choice,
    Choose,
    ContactCard,
    File,
    Form,
    FormContext,
    Location,
    Nothing,
    Number,
    OneFile,
    OnePhoto,
    Photo,
    Photos,
    Prompt,
    Question,
    Spot,
    Story,
    Text,
    Voice,
    VoiceNote,
    forms,
    plain,
)
from handlers.form.story import captions, pieces_of, words_in
from handlers.help.danger import cried_out
from handlers.help.filing import file_answers
from handlers.help.screens import lines
from handlers.help.screens.receipt import call_first
from handlers.help.when import RING_FIRST, WHEN, guesses, wish_of
from handlers.help.whom import (
    LET_READ,
    ME,
    OPEN,
    SOMEBODY,
    ask_whom,
    may_be_for_another,
    other_of,
    says_nothing,
    somebody_new,
    told_apart,
)
from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.media import media_line, media_of
from handlers.screen import Screen
from handlers.text import joined, paragraphs, quoted
from models.categories import EMERGENCY, children
from models.help.rules.policy import HelpPolicy, Urgency
from models.people.queries import find_card
from models.policy.current import policy_of

REQUEST = "help.request"
WORDS_AT_MOST = 1000
HANDS_OFFERED = 4
"""Numbers of people to tap; more are written."""
BY_TIME = "auto"
"""The urgency that follows from when help is wanted."""
SHOWN_BEST = ("repairs", "public")
"""Kinds of trouble that a photo tells more of than words."""
SHOW_IT = mark("A photo of it helps whoever comes to bring the right tools.")

A_NUMBER = re.compile(
    r"^\s*(电话|手机|tel|phone)?\s*[:：]?\s*\+?(?:[\d\uff10-\uff19][\s()-]*){7,15}\s*$",
    re.IGNORECASE,
)
"""A telephone number, and nothing else."""

FELL = mark("Somebody fell and cannot get up")
ILL = mark("I feel very ill")
SOMEBODY_ILL = mark("Somebody feels very ill")
EMERGENCIES = (mark("Somebody is missing"), mark("Locked out or locked in"))
"""Said with one tap, where typing is hard."""


async def ask_category(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask what kind of help; a kind with others below opens them.

    Whoever has said at once what it is about is told that it was heard.
    """
    if ctx.at == EMERGENCY:
        sure = Choice(_("🆘 Yes, send neighbours too"), EMERGENCY)
        return Prompt(call_first(), [sure], columns=1)
    kinds = children(ctx.at if isinstance(ctx.at, str) else None)
    choices = [_kind(kind.code) for kind in sorted(kinds, key=lambda kind: kind.code != EMERGENCY)]
    if isinstance(ctx.at, str):
        choices.append(Choice(_("Something else of this kind"), ctx.at))
    told = answers["what"] is not None and answers["category"] is None
    if told and ctx.at is None:
        guessed = guesses(words_in(answers["what"]))
        likely = [Choice(category_label(code), code) for code in guessed]
        choices = [*likely, *(one for one in choices if one.value not in guessed)]
    asks = _("Got it. What kind of thing is it?") if told else await _asks_kind(ctx, answers)
    return Prompt(asks, choices)


async def _asks_kind(ctx: FormContext, answers: Answers) -> str:
    """Ask what for; nobody is called "you" before it is known for whom it is."""
    if name := await other_of(ctx, answers):
        return _("What can we help {name} with?").format(name=name)
    return _("What help is needed?") if answers["whom"] is None else _("What can we help you with?")


def _kind(code: str) -> Choice:
    opens = bool(children(code)) or code == EMERGENCY
    return Choice(category_label(code), code, opens=opens)


async def ask_what(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask what is needed, in any form that comes easily."""
    name = await other_of(ctx, answers)
    if answers["category"] == EMERGENCY:
        text = _("What has happened? Tap, write, or hold the microphone and speak.")
        return Prompt(text, _emergencies(name, known=answers["whom"] is not None), columns=1)
    text = _(
        "Just tell us in your own words what you need: write it, or hold the microphone and speak."
    )
    if name:
        text = _(
            "Just tell us in your own words what {name} needs: write it, or hold the microphone "
            "and speak."
        ).format(name=name)
    photo = _(SHOW_IT) if needs_photo(answers) else _("A photo will do as well.")
    ring = _(RING_FIRST)
    return Prompt(joined(text, photo), [Choice(f"📞 {ring}", ring)], columns=1)


def _emergencies(name: str, *, known: bool) -> list[Choice]:
    """List what happens most; `known` says that it is known for whom help is called."""
    fell, ill = _(FELL), _(ILL) if known else _(SOMEBODY_ILL)
    if name:
        fell = _("{name} fell and cannot get up").format(name=name)
        ill = _("{name} feels very ill").format(name=name)
    return [Choice(said, said) for said in (fell, ill, *map(_, EMERGENCIES))]


def ask_hands(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask how many people are needed; the usual answer is one."""
    offered = range(1, min(HANDS_OFFERED, most_hands(ctx)) + 1)
    said = [ngettext("{count} person", "{count} people", n).format(count=n) for n in offered]
    choices = [Choice(label, number) for number, label in enumerate(said, 1)]
    return Prompt(_("How many people should come? Tap, or write a number."), choices)


def most_hands(ctx: FormContext) -> int:
    """Return how many people may be asked for."""
    return policy_of(ctx.session, HelpPolicy).most_hands


def ask_urgency(ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask how urgent it is; an emergency names the numbers to ring first."""
    if ctx.at == EMERGENCY:
        sure = Choice(_("🆘 Yes, send neighbours too"), EMERGENCY)
        return Prompt(call_first(), [sure], columns=1)
    choices = [
        Choice(_("As the time says"), BY_TIME),
        *(
            Choice(lines.urgency(each), each.value, opens=each is Urgency.EMERGENCY)
            for each in Urgency
        ),
    ]
    return Prompt(_("How urgent is it?"), choices, columns=1)


def needs_photo(answers: Answers) -> bool:
    """Return whether a photo is wished for: broken things are best shown, once."""
    kind = str(answers["category"]).partition(".")[0]
    return kind in SHOWN_BEST and not _shows(answers["what"])


def _shows(what: object) -> bool:
    return any(isinstance(piece, Photo | File) for piece in pieces_of(what))


def urgency_of(ctx: FormContext, answers: Answers) -> Urgency:
    """Return the urgency: as chosen, else by the kind and by the time."""
    if answers["category"] == EMERGENCY:
        return Urgency.EMERGENCY
    wished = wish_of(answers["when"], ctx.now, ctx.zone).urgency
    chosen = answers["urgency"]
    return wished if chosen in {None, BY_TIME} else Urgency(chosen)


async def summary(ctx: FormContext, answers: Answers) -> Screen:
    """Show everything before it is sent, in one glance."""
    urgency = urgency_of(ctx, answers)
    wish = wish_of(answers["when"], ctx.now, ctx.zone)
    hands = answers["hands"] or 1
    text = joined(
        category_label(answers["category"]),
        _said(answers["what"]),
        _photos(answers["photos"]),
        lines.when_line(wish.start_at, wish.when_text, urgency, ctx.now),
        lines.urgency_line(urgency),
        "👤 " + await whom_words(ctx, answers),
        lines.hands_line(hands, 0),
        _readers(answers),
    )
    promise = _("Only neighbours who come to help will see your door and phone.")
    if name := await other_of(ctx, answers):
        promise = _("Only neighbours who come to help will see {name}'s door and phone.")
        promise = promise.format(name=name)
    add = ""
    if needs_photo(answers) and not answers["photos"]:
        add = _("📷 To add a photo, just send it here.")
    other = ""
    if may_be_for_another(answers):
        other = _("👤 It is asked for you. Is it for somebody else? Tap “Change”, then “For whom”.")
    return Screen(paragraphs(text, other, promise, add), _("Shall we send this?"))


def _readers(answers: Answers) -> str:
    if not says_nothing(answers):
        return ""
    if answers["open"] == LET_READ:
        return _("👁 The neighbours we ask may read it")
    return _("🔒 Only who comes and the office read it")


def _said(what: object) -> str:
    match what:
        case Voice(seconds=seconds):
            return _("🎤 voice message, {seconds} s").format(seconds=seconds)
        case Photo(caption=caption):
            return joined("📷 1", quoted(caption), gap=" ")
        case File(caption=caption, name=name):
            return joined(f"📎 {name}".strip(), quoted(caption), gap=" ")
        case Spot():
            return _("📍 location")
        case Story(words=words):
            return joined(quoted(words), media_line(media_of(what)))
    return quoted(str(what or ""))


def is_only_a_number(answers: Answers) -> bool:
    """Return whether a telephone number is all that was told."""
    what = answers["what"]
    return isinstance(what, str) and answers["category"] != EMERGENCY and bool(A_NUMBER.match(what))


async def ask_about_number(_ctx: FormContext, _answers: Answers) -> Prompt:
    """Ask what is needed, once the number is written down."""
    text = _("We have written down the number. What is needed? Write it, or speak.")
    ring = _("📞 Please ring this number")
    return Prompt(text, [Choice(ring, "ring")], columns=1)


def _photos(photos: list[Photo] | None) -> str:
    if not photos:
        return ""
    return joined(f"📷 {len(photos)}", quoted(captions(photos)), gap=" ")


async def whom_words(ctx: FormContext, answers: Answers) -> str:
    """Say for whom it is."""
    whom = answers["whom"]
    if whom == SOMEBODY:
        return str(answers["name"] or "")
    if whom in {None, ME}:
        return _("For me")
    card = await find_card(ctx.session, whom)
    return (await told_apart(ctx, [card]))[0] if card else ""


async def finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    """File the request and give the receipt."""
    return await file_answers(ctx, answers, urgency_of(ctx, answers))


CATEGORY = Question(
    "category",
    ask_category,
    accepts=(Choose(),),
    label=mark("🙏 What kind of help"),
    ahead="what",
)
WHAT = Question(
    "what",
    ask_what,
    accepts=(
        Choose(),
        Text(WORDS_AT_MOST),
        VoiceNote(),
        OnePhoto(),
        OneFile(),
        Location(),
        ContactCard(),
    ),
    label=mark("💬 What it is about"),
    depends=("category",),
)
NUMBER = Question(
    "number",
    ask_about_number,
    accepts=(Choose(),),
    when=is_only_a_number,
    depends=("what",),
    branch=True,
)
"""Whoever has sent a telephone number alone is asked what is needed: that goes on with it."""
PHOTOS = Question(
    "photos",
    plain(SHOW_IT),
    accepts=(Photos(),),
    label=mark("📷 Photos"),
    optional=True,
    when=needs_photo,
    keeps=True,
)
WHEN_UNLESS_EMERGENCY = Question(
    WHEN.key,
    WHEN.ask,
    WHEN.accepts,
    label=WHEN.label,
    when=lambda answers: answers["category"] != EMERGENCY,
)
HANDS = Question(
    "hands",
    ask_hands,
    accepts=(Choose(), Number(1, limit=most_hands)),
    label=mark("👥 How many people"),
)
URGENCY = Question(
    "urgency",
    ask_urgency,
    accepts=(Choose(),),
    label=mark("⚡ How urgent"),
    when=lambda answers: answers["category"] != EMERGENCY,
)


ASKED_LAST: Mapping[str, Any] = {"photos": [], "hands": 1, "urgency": BY_TIME}
"""Taken for granted, and changed from the summary. Photos are taken at every question."""

forms.add(
    Form(
        name=REQUEST,
        version=1,
        title=mark("Ask for help"),
        questions=(
            CATEGORY,
            WHAT,
            NUMBER,
            OPEN,
            WHEN_UNLESS_EMERGENCY,
            Question("whom", ask_whom, accepts=(Choose(),), label=mark("👤 For whom")),
            *somebody_new(),
            PHOTOS,
            HANDS,
            URGENCY,
        ),
        finish=finish,
        summary=summary,
        send=mark("✅ Send"),
        sent=SENT,
        story=WHAT.key,
        when="when",
        interrupt=cried_out,
    )
)
