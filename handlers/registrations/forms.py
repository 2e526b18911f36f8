"""What is asked about registrations: for whom, why it comes back, what to find, a new kind."""

from handlers.form import (
    Again,
    Answers,
    Choice,
    Choose,
    Form,
    FormContext,
    Nothing,
    Number,
    Prompt,
    Question,
    Text,
    forms,
    plain,
)
from handlers.help.signing import THEIRS
from handlers.help.whom import ADDING, KEYS, SOMEBODY, enter_somebody, somebody_new
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.forms import RECORD, small_form
from handlers.records.said import said
from handlers.registrations.callbacks import Kinds, ToRegister
from handlers.registrations.desk_screens import PRESET_NAMES, found_screen, kind_screen
from handlers.registrations.screens import registration_screen
from handlers.screen import Screen, button, inline
from handlers.sheets.forms import FilledIn, sheets_of
from handlers.text import place_name
from models.names.queries import places_by_id
from models.people.desks import places_of_desk
from models.people.rules import Adding
from models.records.rules import Refusal
from models.registrations.actions.deciding import send_back
from models.registrations.actions.filing import begin_registration, file_for
from models.registrations.actions.kinds import KindPlan, add_field, begin_kind, drop_field
from models.registrations.guard import Forbidden
from models.registrations.queries import kind_view, registration, search
from models.registrations.rules import (
    FIELDS_OF_A_KIND,
    KINDS_NAME,
    NAME,
    REASON_LENGTH,
    Accepts,
    KindOutcome,
    RegistrationOutcome,
)
from models.sheets.rules.answers import WrongAnswer
from models.sheets.rules.fields import TITLE_LENGTH, WORDS_LENGTH, SheetWords

FOR, SEARCH = "registrations.for", "registrations.search"
NEW_KIND, ADD_FIELD = "registrations.new_kind", "registrations.add_field"
UNTIL_ASKED, FOR_GOOD = -1, 0
MONTHS = (6, 12, 24)
OPTIONS_LENGTH = 600


async def registration_shown(ctx: FormContext, registration_id: int, told: str) -> Screen:
    """Show a registration under what came of a form about it."""
    view = await registration(ctx.session, ctx.actor, registration_id, now=ctx.now)
    if isinstance(view, Refusal):
        return Screen(told, keyboard=inline([button(_("‹ Register"), ToRegister())]))
    return registration_screen(view, told)


async def kind_shown(ctx: FormContext, kind_id: int, told: str) -> Screen:
    """Show a kind under what came of a form about it."""
    view = await kind_view(ctx.session, ctx.actor, kind_id, now=ctx.now)
    if isinstance(view, Refusal):
        return Screen(told, keyboard=inline([button(_("‹ Kinds of registration"), Kinds())]))
    return kind_screen(view, told)


async def filed(ctx: FormContext, filled: FilledIn) -> Screen | WrongAnswer | Nothing:
    """Send what was filled in, and show how it stands."""
    outcome = await file_for(
        ctx.session,
        ctx.actor,
        filled.subject_id,
        filled.sheet.id,
        filled.answers,
        filled.token,
        now=ctx.now,
    )
    if isinstance(outcome, WrongAnswer):
        return outcome
    screen = await registration_shown(ctx, filled.subject_id, said(outcome, NAME))
    return screen if isinstance(outcome, RegistrationOutcome) else Nothing(screen)


sheets_of(NAME, filed)

RETURN = small_form(
    "registrations.return",
    mark("Send a registration back"),
    mark("What has to be put right? Whose it is reads your words."),
    send_back,
    registration_shown,
    accepts=(Text(REASON_LENGTH),),
    subject=NAME,
)
DROP = small_form(
    "registrations.drop_field",
    mark("Take a question out"),
    mark("Which question? Write its number, such as 2."),
    drop_field,
    kind_shown,
    accepts=(Number(1, FIELDS_OF_A_KIND),),
    subject=KINDS_NAME,
)


async def _for_somebody(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    person_id = answers["whom"]
    if person_id == SOMEBODY:
        card = await enter_somebody(ctx, ctx.actor, answers, at_desk=False)
        if isinstance(card, Adding):
            return Again(KEYS.get(card, "whom"), _(ADDING[card]))
        person_id = card.id
    begun = await begin_registration(
        ctx.session, ctx.actor, answers["record"], person_id, now=ctx.now
    )
    if begun.outcome is not None or begun.registration_id is None:
        told = said(begun.outcome or Refusal.MISSING, NAME)
        return Nothing(Screen(told, keyboard=inline([button(_("‹ Register"), ToRegister())])))
    told = _("Now fill it in together.")
    return await registration_shown(ctx, begun.registration_id, told)


forms.add(
    Form(
        FOR,
        1,
        mark("Register for somebody"),
        (THEIRS, *somebody_new(), RECORD),
        _for_somebody,
        confirm=False,
    )
)


async def _found(ctx: FormContext, answers: Answers) -> Screen:
    lines = await search(ctx.session, ctx.actor, answers["record"], answers["typed"])
    return found_screen(lines, answers["record"], _("🔎 Found"))


forms.add(
    Form(
        SEARCH,
        1,
        mark("Search a register"),
        (
            Question(
                "typed",
                plain(mark("What are you looking for? Write it whole, such as a plate.")),
                accepts=(Text(60),),
                personal=True,
            ),
            RECORD,
        ),
        _found,
        confirm=False,
    )
)


async def _ask_place(ctx: FormContext, _answers: Answers) -> Prompt:
    ids = await places_of_desk(ctx.session, ctx.actor)
    places = await places_by_id(ctx.session, {*ids})
    choices = [Choice(place_name(places[one]), one) for one in ids]
    return Prompt(_("For which place is it?"), choices, columns=1)


def _ask_months(_ctx: FormContext, _answers: Answers) -> Prompt:
    spans = [Choice(_("{count} months").format(count=months), months) for months in MONTHS]
    others = [
        Choice(_("Until a day that is asked"), UNTIL_ASKED),
        Choice(_("For good"), FOR_GOOD),
    ]
    return Prompt(_("How long is it good? Before it ends, people are reminded."), [*spans, *others])


def _ask_accepts(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [
        Choice(_("The office"), Accepts.DESK.value),
        Choice(_("The secretary"), Accepts.SECRETARY.value),
    ]
    return Prompt(_("Who says yes or no to it?"), choices)


def _ask_preset(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [Choice(_(words), preset) for preset, words in PRESET_NAMES.items()]
    return Prompt(_("What does the question ask for?"), choices)


def _ask_required(_ctx: FormContext, _answers: Answers) -> Prompt:
    choices = [
        Choice(_("It has to be answered"), value=True),
        Choice(_("May be skipped"), value=False),
    ]
    return Prompt(_("Does everybody have to answer it?"), choices, columns=1)


async def _new_kind(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
    months = answers["months"]
    plan = KindPlan(
        token=f"{ctx.actor.id}:{ctx.run}",
        title=SheetWords(answers["zh"], answers["en"]),
        months=months if months > FOR_GOOD else None,
        until_asked=months == UNTIL_ASKED,
        accepts=Accepts(answers["accepts"]),
    )
    made = await begin_kind(ctx.session, ctx.actor, answers["place"], plan, now=ctx.now)
    told = said(made.outcome, KINDS_NAME)
    if isinstance(made.outcome, Forbidden) or made.outcome is KindOutcome.NO_WORDS:
        return Again("zh", told)
    if made.kind_id is None:
        return Nothing(Screen(told, keyboard=inline([button(_("‹ Register"), ToRegister())])))
    return await kind_shown(ctx, made.kind_id, told)


def _pairs(text: str) -> list[SheetWords]:
    """Read choices, one a line, in both languages where they are parted by a stroke: 小/small."""
    pairs = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        zh, stroke, en = line.replace("／", "/").partition("/")
        pairs.append(SheetWords(zh.strip(), en.strip() if stroke else zh.strip()))
    return pairs


async def _add_field(ctx: FormContext, answers: Answers) -> Screen | Again:
    outcome = await add_field(
        ctx.session,
        ctx.actor,
        answers["record"],
        answers["preset"],
        SheetWords(answers["zh"], answers["en"]),
        _pairs(answers["options"] or ""),
        required=bool(answers["required"]),
        now=ctx.now,
    )
    told = said(outcome, KINDS_NAME)
    if outcome is KindOutcome.FEW_OPTIONS:
        return Again("options", told)
    if isinstance(outcome, Forbidden) or outcome is KindOutcome.NO_WORDS:
        return Again("zh", told)
    return await kind_shown(ctx, answers["record"], told)


def _words(key: str, sentence: str, label: str, length: int) -> Question:
    return Question(key, plain(sentence), accepts=(Text(length),), label=label)


forms.add(
    Form(
        NEW_KIND,
        1,
        mark("Add a kind of registration"),
        (
            Question("place", _ask_place, accepts=(Choose(),), label=mark("🏘 For")),
            _words("zh", mark("What is it called, in Chinese?"), mark("✏️ Chinese"), TITLE_LENGTH),
            _words("en", mark("And in English?"), mark("✏️ English"), TITLE_LENGTH),
            Question("months", _ask_months, accepts=(Choose(),), label=mark("⏳ Good")),
            Question("accepts", _ask_accepts, accepts=(Choose(),), label=mark("👤 Accepted by")),
        ),
        _new_kind,
        confirm=False,
    )
)
forms.add(
    Form(
        ADD_FIELD,
        1,
        mark("Add a question"),
        (
            Question("preset", _ask_preset, accepts=(Choose(),), label=mark("📋 Kind")),
            _words("zh", mark("The question, in Chinese?"), mark("✏️ Chinese"), WORDS_LENGTH),
            _words("en", mark("The same question, in English?"), mark("✏️ English"), WORDS_LENGTH),
            Question(
                "options",
                plain(mark("What is there to choose from? One a line, such as: 小狗 / small")),
                accepts=(Text(OPTIONS_LENGTH),),
                label=mark("☑️ Choices"),
                when=lambda answers: bool(answers["preset"] == "choice"),
            ),
            Question(
                "required", _ask_required, accepts=(Choose(),), label=mark("❗ Has to be answered")
            ),
            RECORD,
        ),
        _add_field,
        confirm=False,
    )
)
