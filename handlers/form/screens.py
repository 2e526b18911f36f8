"""How a form looks: a question, its answer, the summary, and what is said in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from handlers.form.callbacks import Act, StartAgain, Tap
from handlers.form.declare import Door, Form, Question
from handlers.form.run import Run
from handlers.i18n import gettext as _
from handlers.i18n import ngettext
from handlers.screen import Screen, button, clip, inline

LABEL_AT_MOST = 60
"""Longer labels are cut by people's phones anyway."""

SAID_AT_MOST = 3600
"""Leaves room for the heading, what was wrong, and the answer in one message."""

ECHO_AT_MOST = 200


@dataclass(frozen=True)
class Asking:
    """What is to be seen of a question."""

    heading: str
    text: str
    note: str
    """What has been collected so far, or the answer given earlier; may be ''."""
    doors: Sequence[Door]
    labels: Sequence[str]
    columns: int
    page: int
    pages: int
    acts: Sequence[Act]
    """Which of the lower buttons it has, in their order."""


def question_screen(run: Run, asking: Asking, problem: str = "") -> Screen:
    """Ask a question; above it, where something did not serve, why."""
    text = "\n\n".join(filter(None, (problem, clip(asking.text, SAID_AT_MOST), asking.note)))
    return Screen(text, asking.heading or None, _keyboard(run, asking))


def _keyboard(run: Run, asking: Asking) -> InlineKeyboardMarkup:
    choices = [tap(run, label, Act.CHOOSE, index) for index, label in enumerate(asking.labels)]
    columns = asking.columns if all(len(label) <= 16 for label in asking.labels) else 1
    rows = [choices[start : start + columns] for start in range(0, len(choices), columns)]
    doors = ([button(clip(door.label, LABEL_AT_MOST), door.to)] for door in asking.doors)
    return inline(*doors, *rows, _pages(run, asking), *_lower(run, asking.acts))


def _pages(run: Run, asking: Asking) -> list[InlineKeyboardButton]:
    row = []
    if asking.page > 0:
        row.append(tap(run, _("‹ Previous"), Act.LESS))
    if asking.page < asking.pages - 1:
        place = {"page": asking.page + 1, "pages": asking.pages}
        row.append(tap(run, _("More ({page}/{pages}) ›").format(**place), Act.MORE))
    return row


def _lower(run: Run, acts: Iterable[Act]) -> list[list[InlineKeyboardButton]]:
    labels = {
        Act.DONE: _("✅ Done"),
        Act.CLEAR: _("🗑 Start over"),
        Act.KEEP: _("Keep this answer"),
        Act.BACK: _("‹ Back"),
        Act.SKIP: _("Skip ›"),
        Act.CANCEL: _("✕ Cancel"),
    }
    above = [tap(run, labels[act], act) for act in acts if act in {Act.DONE, Act.CLEAR, Act.KEEP}]
    below = [tap(run, labels[act], act) for act in acts if act in {Act.BACK, Act.SKIP, Act.CANCEL}]
    return [above, below]


def tap(run: Run, label: str, act: Act, index: int | None = None) -> InlineKeyboardButton:
    """Make a button that is bound to this run and this asking."""
    code = act if index is None else f"{act}{index}"
    return button(clip(label, LABEL_AT_MOST), Tap(run=run.token, step=run.step, act=code))


def offered(screen: Screen) -> list[str]:
    """List the acts of a screen's buttons: what a tap may do while it stands. Doors are none."""
    if not isinstance(screen.keyboard, InlineKeyboardMarkup):
        return []
    data = [key.callback_data or "" for row in screen.keyboard.inline_keyboard for key in row]
    return [Tap.unpack(each).act for each in data if each.startswith(f"{Tap.__prefix__}:")]


def progress(number: int, total: int) -> str:
    """Say how far the person has come; '' where there is only one question."""
    if total == 1:
        return ""
    return _("Step {number} of {total}").format(number=number, total=total)


def answered_screen(run: Run, words: str) -> Screen:
    """Show a question as it remains in the chat: with its answer, without buttons."""
    return Screen(f"{run.said}\n\n✓ {clip(words, ECHO_AT_MOST)}", run.heading or None)


def closed_screen(run: Run) -> Screen:
    """Show a question that is asked again further down: without buttons."""
    return Screen(run.said, run.heading or None)


def renewed(words: str) -> str:
    """Say that an answer was renewed with the message that gave it."""
    return _("✏️ Changed as you wrote it now: {words}").format(words=clip(words, ECHO_AT_MOST))


def not_renewed() -> str:
    """Say that a changed message cannot serve as the answer it was."""
    return _("What you changed does not fit that question: your answer stays as it was.")


def share_screen() -> Screen:
    """Offer the key that sends one's own number, in place of the menu."""
    key = KeyboardButton(text=_("📱 Send my number"), request_contact=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)
    return Screen(
        _("👇 One tap on the key at the bottom sends your own number."), keyboard=keyboard
    )


def menu_screen(keyboard: ReplyKeyboardMarkup) -> Screen:
    """Put the menu back where the key was."""
    return Screen(_("👌 The menu is back."), keyboard=keyboard)


def not_your_own(number: str) -> str:
    """Ask whether somebody else's number is to be kept as one's own."""
    return _(
        "This is not your own number ({number}). Keep it? Then tap “Keep this answer”; "
        "or send your own."
    ).format(number=number)


def which_is_meant() -> str:
    """Ask which of two times was meant."""
    return _("That can be read in two ways. Which one do you mean?")


def day_alone() -> str:
    """Say that of a day and an hour the day was taken."""
    return _("Only the day is noted here, without the hour.")


def skipped() -> str:
    """Say that a question was skipped."""
    return _("Skipped")


def note_answer(words: str) -> str:
    """Show the answer given earlier under a question asked again."""
    return _("Your answer so far: {answer}").format(answer=clip(words, ECHO_AT_MOST))


def note_photos(count: int) -> str:
    """Say how many photos have been collected."""
    said = ngettext("{count} photo so far.", "{count} photos so far.", count).format(count=count)
    return said + "\n" + _("Send more, or tap Done.")


def note_files(count: int) -> str:
    """Say how much has been collected, photos and other things."""
    return _("{count} received so far.").format(count=count) + "\n" + _("Send more, or tap Done.")


def files_words(count: int) -> str:
    """Word an answer of documents and videos."""
    return ngettext("{count} file", "{count} files", count).format(count=count)


def voices_words(count: int) -> str:
    """Word an answer of voice messages."""
    return ngettext("{count} voice message", "{count} voice messages", count).format(count=count)


def photos_words(count: int) -> str:
    """Word an answer of photos."""
    return ngettext("{count} photo", "{count} photos", count).format(count=count)


def default_summary(form: Form, answers: Sequence[tuple[int, Question, str]]) -> Screen:
    """Sum up: a line for each labelled question that was answered."""
    lines = [
        _("{label}: {answer}").format(label=_(question.label), answer=words)
        for _index, question, words in answers
        if words
    ]
    text = "\n".join(lines) or _("Ready to send?")
    return Screen(clip(text, SAID_AT_MOST), _(form.title))


def summary_keyboard(run: Run, form: Form, *, editable: bool) -> InlineKeyboardMarkup:
    """Make the buttons under the summary."""
    edit = [tap(run, _("✏️ Change"), Act.LIST)] if editable else []
    return inline([tap(run, _(form.send), Act.SEND)], [*edit, tap(run, _("✕ Cancel"), Act.CANCEL)])


def change_screen(run: Run, entries: Sequence[tuple[int, str, str]]) -> Screen:
    """Ask which answer to change; entries are (index of the question, label, answer)."""
    rows = [
        [tap(run, f"{_(label)}: {words}" if words else _(label), Act.CHANGE, index)]
        for index, label, words in entries
    ]
    return Screen(
        _("Which answer would you like to change?"),
        keyboard=inline(*rows, [tap(run, _("‹ Back"), Act.BACK)]),
    )


def drop_screen(run: Run) -> Screen:
    """Ask whether to throw away what was filled in."""
    return Screen(
        _("Stop here? What you have filled in will be thrown away."),
        keyboard=inline(
            [tap(run, _("No, go on"), Act.GO_ON)], [tap(run, _("Yes, throw it away"), Act.DROP)]
        ),
    )


def conflict_screen(run: Run, form: Form, answered: int, noted: str = "") -> Screen:
    """Ask whether to go on with a half-filled form or to begin anew; above it, what was noted."""
    said = ngettext(
        "You have a half-filled form, “{title}”, with {count} answer.",
        "You have a half-filled form, “{title}”, with {count} answers.",
        answered,
    ).format(title=_(form.title), count=answered)
    said = f"{noted}\n\n{said}" if noted else said
    return Screen(
        said + "\n" + _("Would you like to go on with it, or throw it away and begin anew?"),
        keyboard=inline(
            [tap(run, _("Go on"), Act.GO_ON)], [tap(run, _("Throw it away, begin anew"), Act.ANEW)]
        ),
    )


def cancelled_screen() -> Screen:
    """Say that a form was given up."""
    return Screen(_("Cancelled. Nothing was sent."))


def nothing_to_cancel_screen() -> Screen:
    """Answer /cancel where nothing is open."""
    return Screen(_("There is nothing to cancel. Choose from the menu below, or tap /help."))


def damaged_screen(name: str = "", *, begins_anew: bool = True) -> Screen:
    """Apologise for a half-filled form that an upgrade made unreadable; '' for one that is gone."""
    sorry = _("Sorry, we have changed this form since you began, and your answers cannot be used.")
    if not name:
        return Screen(sorry)
    if not begins_anew:
        return Screen(f"{sorry}\n\n{toast_begin_there()}")
    return Screen(sorry, keyboard=inline([button(_("Start again"), StartAgain(name=name))]))


def toast_begin_there() -> str:
    """Say where a form begins that is about something."""
    return _("Please open what it is about once more, and begin there.")


def toast_passed() -> str:
    """Answer a tap on an older question's button while a form is open."""
    return _("That question has passed. The present one is below.")


def toast_over() -> str:
    """Answer a tap on a form's button when no form is open."""
    return _("This form is finished or was cancelled. You can start a new one from the menu.")


def toast_noted() -> str:
    """Answer the double of a tap."""
    return _("Already noted.")


def kept_meanwhile() -> str:
    """Say that words are kept until one of two forms is chosen."""
    return _("👌 I have kept what you sent. First tap which one to go on with.")


def not_kept(words: str) -> str:
    """Say that the form that was chosen has no place for what was written before."""
    if not words:
        return _("This form has no place for what you sent just now, so it is not kept.")
    return _(
        "This form has no place for what you wrote just now, so it is not kept: “{words}”"
    ).format(words=clip(words, ECHO_AT_MOST))


def problem_tap() -> str:
    """Say that at this point only the buttons serve."""
    return _("Please tap one of the buttons below.")
