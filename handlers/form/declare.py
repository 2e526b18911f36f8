"""The words in which a conversation is declared.

    forms.add(Form(
        name="help.request",
        version=1,
        title=mark("Ask for help"),
        questions=(
            Question("what", plain(mark("What do you need?")), accepts=(Text(500), VoiceNote())),
            Question("photos", plain(mark("Any photos?")), accepts=(Photos(),), optional=True),
            Question("building", ask_building, accepts=(Choose(),)),
        ),
        finish=file_request,
    ))

Every sentence is said at the moment it is shown, so it is marked where it is declared.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.clock_text import DEFAULT_ZONE, local
from handlers.form.readers import Choose, Photos, Reader
from handlers.heard import NOTHING, Heard
from handlers.i18n import gettext, mark
from handlers.screen import Screen
from models.database import Session
from models.people.views import Person


class Answers(dict[str, Any]):
    """Answers by the question's key; one that was skipped or never asked reads as None.

    What the values are is said in `handlers.form.values`.
    """

    def __missing__(self, key: str) -> None:
        return None


@dataclass(frozen=True)
class FormContext:
    """What the turn gives a handler, handed on to a form's own functions."""

    session: Session
    person: Person | None
    language: str
    now: datetime
    state: FSMContext
    bot: Bot
    bot_username: str | None = None
    """Our own user name, for links; None while Telegram has not told it yet."""
    heard: Heard = NOTHING
    """Whose words the message carries that is being handled."""
    zone: ZoneInfo = DEFAULT_ZONE
    """The clock of the place, by which people's words for days and hours are meant."""
    run: str = ""
    """Names this filling-in of the form, 12 hex digits: with the person's id, an idempotency key
    for `finish`."""
    messages: tuple[int, ...] = ()
    """Inside `finish`: numbers of the messages that told the form's story; of a form without one,
    of all that gave answers."""
    at: Any = None
    """Inside `ask`: the value of the choice that was opened last (drill-down), None at the top."""

    @property
    def actor(self) -> Person:
        """Return who acts, where only registered people can: the gate lets in nobody else."""
        if self.person is None:
            raise LookupError("nobody is registered who could act here")
        return self.person

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "FormContext":
        """Take what is needed from a handler's `**data`."""
        given = {key: data[key] for key in ("session", "person", "language", "now", "state", "bot")}
        zone = local(given["now"]).tzinfo
        return cls(
            **given,
            bot_username=data.get("bot_username"),
            heard=data.get("heard", NOTHING),
            zone=zone if isinstance(zone, ZoneInfo) else DEFAULT_ZONE,
        )


@dataclass(frozen=True)
class Choice:
    """One button of a question.

    `value` becomes the answer (any kind of answer, never None). With `opens`, a tap does not answer
    but asks the same question one level deeper, with `ctx.at == value`.
    """

    label: str
    value: Any
    opens: bool = False

    def __post_init__(self) -> None:
        if self.value is None:
            raise ValueError(f"the choice {self.label!r} would read as skipped")


@dataclass(frozen=True)
class Door:
    """A button that leads out of the form to something else; the form stays as it is."""

    label: str
    to: CallbackData


@dataclass(frozen=True)
class Prompt:
    """What a question says, and its choices. More choices than fit one page are paged."""

    text: str
    choices: Sequence[Choice] = ()
    columns: int = 2
    """How many choices stand in a row."""
    doors: Sequence[Door] = ()
    """Above the choices, a row each."""


Ask = Callable[[FormContext, Answers], Prompt | Awaitable[Prompt]]
"""Makes the prompt at the moment of asking; the reader's language is being spoken."""


@dataclass(frozen=True)
class Question:
    """One question of a form."""

    key: str
    ask: Ask
    accepts: tuple[Reader, ...]
    """What counts as an answer. `Photos`, `Files` and `Choose(many=True)` collect: they stand
    alone."""
    label: str = ""
    """A marked word or two for the summary and its Edit list; '' keeps the question off both."""
    optional: bool = False
    """It can be skipped, which answers None."""
    when: Callable[[Answers], bool] = lambda _answers: True
    """Whether to ask at all; an answer whose question no longer applies is left out of `finish`."""
    show: Callable[[FormContext, Any], str] | None = None
    """How the summary words an answer; by default as it was worded when it was given."""
    personal: bool = False
    """The answer is personal (phone, door): sealed while the form is open, and never repeated in
    full. It cannot be prefilled, nor collected part by part."""
    branch: bool = False
    """Asked only after an answer that plainly leads to it: not counted among the steps before."""
    depends: tuple[str, ...] = ()
    """Keys of earlier questions; when one of their answers changes, this one is asked again."""
    ahead: str = ""
    """Key of a later question: words or media that this one cannot use are taken as its answer."""
    keeps: bool = False
    """An answer that was given counts, even where the question would no longer be asked."""
    brief: bool = False
    """A few words name it: a sentence that follows the story at once goes on with the story."""
    given: bool = False
    """The button that opens the form gives the answer, such as which record it is about: never
    asked, and without it the form does not begin."""


@dataclass(frozen=True)
class Again:
    """What `finish` gives when an answer no longer serves: why, and which question to ask again."""

    key: str
    because: str


@dataclass(frozen=True)
class Nothing:
    """What `finish` gives when nothing came of it, neither sent nor kept: why."""

    screen: Screen


SENT, KEPT = mark("Sent"), mark("Noted")

Finish = Callable[[FormContext, Answers], Awaitable[Screen | Again | Nothing]]
Interrupt = Callable[[Message, FormContext, Answers], Awaitable[Screen | None]]
Summary = Callable[[FormContext, Answers], Screen | Awaitable[Screen]]


@dataclass(frozen=True)
class Form:
    """One conversation. Change `version` whenever answers kept by the old one would mislead."""

    name: str
    """At most 40 ASCII letters, digits, dots and underscores; never renamed."""
    version: int
    title: str
    """Marked: how the form is called in 'You have a half-filled ...'."""
    questions: tuple[Question, ...]
    finish: Finish
    """Called once per Send, in the turn of the tap; its screen is shown below."""
    summary: Summary | None = None
    """The screen before sending, without keyboard; by default each label with its answer."""
    confirm: bool = True
    """False: finish straight after the last answer, without a summary."""
    send: str = mark("✅ Send")
    """Marked: the label of the button that finishes."""
    sent: str = KEPT
    """Marked: what stands under the summary of what was filled in, once it is finished. `SENT`
    where it goes to somebody then; what is kept, or is a draft, was sent to nobody."""
    story: str = ""
    """Key of the question to whose answer is added what comes at any other question, or at the
    summary, and cannot be used there: one thought in several messages, an album."""
    when: str = ""
    """Key of the question whose answer a time that is written at the summary takes the place of."""
    interrupt: Interrupt | None = None
    """Asked first of one's own words; a screen of its ends the form and is shown below."""
    by_key: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {question.key: question for question in self.questions})
        if len(self.by_key) != len(self.questions) or not self.questions:
            raise ValueError(f"form {self.name!r}: no questions, or two of one key")
        if self.story and (self.story not in self.by_key or self.by_key[self.story].personal):
            raise ValueError(f"form {self.name!r}: nothing can be told at {self.story!r}")
        for question in self.questions:
            _check(self, question)

    @property
    def begins_anew(self) -> bool:
        """Return whether its name is enough to begin it, for it is about nothing but itself."""
        return not any(question.given for question in self.questions)


def _check(form: Form, question: Question) -> None:
    collects = any(
        isinstance(reader, Photos) or (isinstance(reader, Choose) and reader.many)
        for reader in question.accepts
    )
    if not question.accepts or (collects and len(question.accepts) > 1):
        raise ValueError(f"{form.name}.{question.key}: accepts nothing, or collects beside others")
    if collects and question.personal:
        raise ValueError(f"{form.name}.{question.key}: what is personal is not collected")
    if question.given and (question.personal or question.optional or question.label):
        raise ValueError(f"{form.name}.{question.key}: what is given is neither asked nor changed")
    if unknown := set(question.depends) - set(form.by_key):
        raise ValueError(f"{form.name}.{question.key}: depends on unknown {sorted(unknown)}")
    later = form.questions[form.questions.index(question) + 1 :]
    if question.ahead and question.ahead not in {each.key for each in later if not each.personal}:
        raise ValueError(f"{form.name}.{question.key}: {question.ahead!r} cannot be given ahead")


def plain(message: str, *choices: tuple[str, Any], columns: int = 2) -> Ask:
    """Ask with a marked sentence and, where given, choices as (marked label, value)."""

    def ask(_ctx: FormContext, _answers: Answers) -> Prompt:
        said = [Choice(gettext(label), value) for label, value in choices]
        return Prompt(gettext(message), said, columns)

    return ask


MadeForm = Callable[[Session, str, int | None], Awaitable[Form | None]]
"""Makes a form from data, by its whole name and version; None as version: the present one. None
where there is none."""


class Forms:
    """All forms by name: those that are declared, and families of those that are data."""

    def __init__(self) -> None:
        self._forms: dict[str, Form] = {}
        self._families: dict[str, MadeForm] = {}

    def add(self, form: Form) -> Form:
        """Enter a form; a name entered twice is refused."""
        if form.name in self._forms or form.name.partition(".")[0] in self._families:
            raise ValueError(f"two forms are called {form.name!r}")
        if not form.name.replace(".", "").replace("_", "").isalnum() or len(form.name) > 40:
            raise ValueError(f"{form.name!r} does not serve as a form's name")
        self._forms[form.name] = form
        return form

    def add_family(self, family: str, make: MadeForm) -> None:
        """Let the forms whose names begin with `family.` be made from data, each time anew.

        A run goes on with the version of its form with which it began, so whatever it was made
        from has to be kept.
        """
        if family in self._families or any(one.startswith(f"{family}.") for one in self._forms):
            raise ValueError(f"there are forms called {family!r} already")
        self._families[family] = make

    def declared(self) -> list[str]:
        """List the names of the declared forms."""
        return sorted(self._forms)

    def find(self, name: str) -> Form | None:
        """Return the declared form of a name, if there is one."""
        return self._forms.get(name)

    async def get(self, session: Session, name: str, version: int | None = None) -> Form | None:
        """Return a form, declared or made from data, of the version asked for if one is."""
        make = self._families.get(name.partition(".")[0])
        form = self._forms.get(name) if make is None else await make(session, name, version)
        return form if form is not None and version in {None, form.version} else None


forms = Forms()
