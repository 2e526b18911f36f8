"""A run: one filling-in of a form, kept as plain data in the person's conversation state."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from aiogram.fsm.context import FSMContext
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from handlers.form.callbacks import Act
from handlers.form.declare import Answers, Form, Question, forms
from handlers.form.readers import Photos
from handlers.form.values import DamagedError, Sealed, Sent, decode, encode
from models.database import Session
from models.vault import SealedCell, SealError, Vault

STATE = "form:"
"""Prefix of the conversation state while a form is being filled in; the form's name follows."""

DATA = "form"
"""The key of the run in the conversation's data; what else is in there is left alone."""

OF_A_QUESTION = frozenset({Act.CHOOSE, Act.MORE, Act.LESS, Act.DONE, Act.CLEAR, Act.KEEP, Act.SKIP})
OF_THE_SUMMARY = frozenset({Act.SEND, Act.LIST, Act.CHANGE})


class Plain(BaseModel):
    """Data that reads back exactly as it was written, or not at all."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Shown(Plain):
    """A choice as it was shown."""

    label: str
    value: Any
    opens: bool = False


class Given(Plain):
    """An answer as it is kept, and how it was worded to the person."""

    value: Any
    words: str
    parts: list[str] = Field(default_factory=list)
    """The words of each part, where the answer was collected part by part."""


class Pending(Plain):
    """Another form that the person wanted to start while this one was half-filled."""

    name: str
    prefill: dict[str, Any]


class Source(Plain):
    """Which message gave an answer, or a part of one: so that its edit renews that."""

    message: int
    key: str
    value: Any = None
    """The part of a story that it told; None for all else."""


class Run(Plain):
    """Where one person stands in one form."""

    name: str
    version: int
    token: str
    step: int = Field(default=0, ge=0)
    """Counts askings: buttons of an earlier asking are stale."""
    key: str | None = None
    """The question being asked; None at the summary."""
    path: list[Any] = Field(default_factory=list)
    """Values of the choices opened, outermost first."""
    page: int = Field(default=0, ge=0)
    shown: list[Shown] = Field(default_factory=list)
    acts: list[str] = Field(default_factory=list)
    """Every button on the present message: nothing else is taken from a tap."""
    part: list[Given] = Field(default_factory=list)
    """Collected so far: photos and files, or several choices."""
    answers: dict[str, Given] = Field(default_factory=dict)
    prefilled: list[str] = Field(default_factory=list)
    """Keys of the questions that were answered for the person, or by them ahead: never asked."""
    own: int = Field(default=0, ge=0)
    """How many answers the person gave, beside what was filled in for them."""
    editing: bool = False
    """Back to the summary as soon as this question is answered."""
    asked: int | None = None
    """Number of the message that asks; negative while it is only a row of the outbox."""
    heading: str = ""
    said: str = ""
    """What that message says, to be said again when its buttons are taken away."""
    album: str | None = None
    """The album from which the last photo was taken."""
    album_at: str | None = None
    """The question whose answer that album is; None while it is collected part by part."""
    spent: str | None = None
    """An album that was refused: what else comes of it is passed over in silence."""
    last: str | None = None
    """The tap that was acted upon last, so that its double is known."""
    told_at: int | None = None
    """When the last words of the story came, Unix time; None once anything else was answered."""
    sources: list[Source] = Field(default_factory=list)
    keyed: str | None = None
    """The question for which a key that shares one's number stands in place of the menu."""
    unsure: str | None = None
    """The question whose answer counts only once the person has confirmed it."""
    pending: Pending | None = None
    meanwhile: Any = None
    """What was written while it was asked which form to go on with."""


def new_run(form: Form) -> Run:
    """Begin a run with a token of its own."""
    return Run(name=form.name, version=form.version, token=secrets.token_hex(6))


def is_filling(state: str | None) -> bool:
    """Tell a conversation state in which a form is open."""
    return (state or "").startswith(STATE)


async def load(
    state: FSMContext, session: Session, vault: Vault | None = None
) -> tuple[Form, Run] | None:
    """Return the run that is open, and its form; None where there is none.

    Personal answers are opened with the vault; without one they stay `Sealed`.

    DamagedError where there is one that cannot be gone on with: its form is gone or of another
    version, or the data cannot be read.
    """
    if not is_filling(await state.get_state()):
        return None
    try:
        run = Run.model_validate((await state.get_data()).get(DATA))
    except ValidationError as error:
        raise DamagedError(str(error)) from error
    form = await forms.get(session, run.name, run.version)
    if form is None or set(run.answers) - set(form.by_key):
        raise DamagedError(f"no such form {run.name!r} of version {run.version}")
    if vault is not None:
        _open_personal(form, run, vault)
    _check_answers(form, run)
    _check_acts(form, run)
    await _drop_lost_pending(run, session)
    return form, run


def _check_answers(form: Form, run: Run) -> None:
    if run.key is not None and run.key not in form.by_key:
        raise DamagedError(f"no question {run.key!r}")
    shown = [Given(value=each.value, words=each.label) for each in run.shown]
    for given in (*run.answers.values(), *shown):
        decode(given.value)
    for value in run.path:
        decode(value)
    sent = run.key is not None and isinstance(form.by_key[run.key].accepts[0], Photos)
    for source in run.sources:
        decode(source.value)
    for given in run.part:
        if isinstance(decode(given.value), Sent) is not sent:
            raise DamagedError("collected what the question does not collect")


def _check_acts(form: Form, run: Run) -> None:
    for code in run.acts:
        act, index = code[:1], code[1:]
        if act not in set(Act) or (index and not index.isdecimal()):
            raise DamagedError(f"no act {code!r}")
        limit = {Act.CHOOSE: len(run.shown), Act.CHANGE: len(form.questions)}.get(Act(act))
        if limit is not None and int(index or limit) >= limit:
            raise DamagedError(f"{code!r} points at nothing")
        out_of_place = OF_A_QUESTION if run.key is None else OF_THE_SUMMARY
        if act in out_of_place:
            raise DamagedError(f"{code!r} at the wrong place")


async def _drop_lost_pending(run: Run, session: Session) -> None:
    wanted = run.pending
    if wanted is None:
        return
    form = await forms.get(session, wanted.name)
    if form is None or set(wanted.prefill) - set(form.by_key):
        run.pending = None


async def save(state: FSMContext, form: Form, run: Run, vault: Vault) -> None:
    """Keep the run where the person left it; what is personal is kept sealed."""
    name = STATE + run.name
    if await state.get_state() != name:
        await state.set_state(name)
    kept = run.model_dump()
    for key in _personal(form, run):
        sealed = vault.seal(_cell(run, key), json.dumps(run.answers[key].value))
        kept["answers"][key]["value"] = encode(Sealed(urlsafe_b64encode(sealed).decode()))
    await state.update_data({DATA: kept})


def _personal(form: Form, run: Run) -> list[str]:
    return [
        key
        for key, given in run.answers.items()
        if form.by_key[key].personal and given.value is not None
    ]


def _cell(run: Run, key: str) -> SealedCell:
    return SealedCell("conversations", key, run.token)


def _open_personal(form: Form, run: Run, vault: Vault) -> None:
    for key in _personal(form, run):
        sealed = decode(run.answers[key].value)
        if not isinstance(sealed, Sealed):
            raise DamagedError(f"{key} lies open")
        try:
            opened = vault.open(_cell(run, key), urlsafe_b64decode(sealed.text))
            run.answers[key].value = json.loads(opened)
        except (SealError, ValueError) as error:
            raise DamagedError(str(error)) from error


async def forget(state: FSMContext) -> None:
    """End the run, and leave alone what else the conversation keeps."""
    data = await state.get_data()
    data.pop(DATA, None)
    await state.set_data(data)
    await state.set_state(None)


def live(form: Form, run: Run) -> tuple[list[Question], Answers]:
    """List the questions that apply, in order, and their answers.

    A question's `when` sees the answers of the questions before it that apply themselves.
    """
    questions: list[Question] = []
    answers = Answers()
    for question in form.questions:
        if question.when(answers) or _stands(question, run):
            questions.append(question)
            if question.key in run.answers:
                answers[question.key] = decode(run.answers[question.key].value)
    return questions, answers


def _stands(question: Question, run: Run) -> bool:
    """Return whether an answer counts although its question would no longer be asked."""
    given = run.answers.get(question.key)
    return question.keeps and given is not None and given.value not in (None, [])


class _Asked(Answers):
    """Answers that notice when one is looked for which is still to come."""

    def __init__(self, given: Answers, to_come: set[str]) -> None:
        super().__init__(given)
        self._to_come = to_come
        self.undecided = False

    def __missing__(self, key: str) -> None:
        self.undecided |= key in self._to_come


def steps(form: Form, run: Run) -> list[Question]:
    """List the questions that the person is asked in this run, as far as the answers tell.

    What was filled in for them is no step. A question that hangs on an answer to come is one, so
    the number shrinks and does not grow under way, but for a `branch` that was chosen.
    """
    found: list[Question] = []
    answers, to_come = Answers(), set[str]()
    for question in form.questions:
        asked = _Asked(answers, to_come)
        applies = question.when(asked) or _stands(question, run)
        if asked.undecided or (applies and question.key not in run.answers):
            to_come.add(question.key)
        elif applies:
            answers[question.key] = decode(run.answers[question.key].value)
        counts = not question.branch if asked.undecided else applies
        if counts and question.key not in run.prefilled:
            found.append(question)
    return found


def put(form: Form, run: Run, key: str, given: Given) -> None:
    """Keep an answer; where it changes, the answers that depend on it are forgotten.

    What was answered before it was asked was not said in view of the other answer: it stays.
    """
    before = run.answers.get(key)
    run.answers[key] = given
    if before is not None and before.value == given.value:
        return
    _forget_dependants(form, run, key)


def _forget_dependants(form: Form, run: Run, key: str) -> None:
    for question in form.questions:
        asked = question.key in run.answers and question.key not in run.prefilled
        if key in question.depends and asked:
            del run.answers[question.key]
            _forget_dependants(form, run, question.key)


def ask_after_all(run: Run, key: str) -> None:
    """Make a question that was answered for the person one of theirs."""
    run.prefilled = [each for each in run.prefilled if each != key]
