"""How answers to sheets read, and what is said of one that does not serve."""

from datetime import date

from babel.dates import format_date

from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.records.said import says
from models.media import Media, MediaKind
from models.sheets.rules.answers import AnswerProblem, Pictured, Spoken, Value
from models.sheets.rules.fields import SheetField
from models.sheets.rules.filings import FilingOutcome
from models.sheets.views import FilingAnswer, FilingView

WRONG = {
    AnswerProblem.MISSING: mark("This has to be answered."),
    AnswerProblem.UNKNOWN_FIELD: mark("This is not asked any more."),
    AnswerProblem.IDENTITY_NUMBER: mark(
        "That looks like an identity card number. We keep none, so it was not taken down. Please "
        "leave it out, and delete your message if you like."
    ),
    AnswerProblem.TOO_LONG: mark("That is too long. Please say it in fewer words."),
    AnswerProblem.NO_NUMBER: mark("A number is needed here."),
    AnswerProblem.OUT_OF_RANGE: mark("This number is too small or too large."),
    AnswerProblem.NO_OPTION: mark("That is not among the choices."),
    AnswerProblem.TOO_MANY: mark("Those are too many."),
    AnswerProblem.NO_DAY: mark("A day is needed here, such as 2026-03-05 or 5 March."),
    AnswerProblem.PAST_DAY: mark("That day is past. Please name a day to come."),
    AnswerProblem.BEFORE_START: mark(
        "That day lies before the first one. Please name a later day."
    ),
    AnswerProblem.FAR_DAY: mark("That day is very far ahead. Please look at the year once more."),
    AnswerProblem.NOT_YES_OR_NO: mark("Please say yes or no."),
    AnswerProblem.NO_PHONE: mark("That does not look like a telephone number."),
    AnswerProblem.NO_PLATE: mark("That is no plate. Please write it whole, such as 苏A12345."),
    AnswerProblem.WHICH_PLATE: mark(
        "Plates of several provinces are spelt so. Please write the first sign in Chinese, such as "
        "苏A12345."
    ),
    AnswerProblem.NO_PHOTO: mark("Please send a photo here."),
    AnswerProblem.NO_VOICE: mark("Please write it down here."),
}

says(
    (FilingOutcome.CONFIRMED, mark("Thank you! It is noted that this is right.")),
    (FilingOutcome.WITHDRAWN, mark("Taken back: what was filled in is erased.")),
    good=True,
)


def wrong_answer(why: AnswerProblem) -> str:
    """Say why an answer does not serve."""
    return _(WRONG[why])


def answer_words(field: SheetField, value: Value | AnswerProblem | None, language: str) -> str:
    """Word an answer in one language, the one that is being spoken; '' for none."""
    match value:
        case None | AnswerProblem():
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case Spoken(seconds=seconds):
            return _("🎤 voice message, {seconds} s").format(seconds=seconds)
        case Pictured():
            return _("📷 a photo")
        case date():
            return format_date(value, format="medium", locale=language)
    keys = value if isinstance(value, tuple) else (str(value),)
    return _(", ").join(_option(field, key, language) for key in keys)


def _option(field: SheetField, key: str, language: str) -> str:
    option = field.option(key)
    return option.words.said(language) if option else key


def answer_lines(view: FilingView, language: str) -> list[str]:
    """Read a filing back, a line an answer; 🔒 stands for what is sealed and was not opened."""
    return [
        _("{label}: {answer}").format(label=label, answer=answer)
        for label, answer in labelled_answers(view, language)
    ]


def answered_media(view: FilingView, *, sealed: bool = False) -> tuple[Media, ...]:
    """List the photos and voice messages among the answers that lie open; with `sealed` those alone
    that are kept sealed and were opened."""
    values = [one.value for one in view.answers if one.field.sealed or not sealed]
    return tuple(
        Media(MediaKind.VOICE if isinstance(one, Spoken) else MediaKind.PHOTO, one.file_id)
        for one in values
        if isinstance(one, Spoken | Pictured)
    )


def labelled_answers(view: FilingView, language: str) -> list[tuple[str, str]]:
    """List what each answer is called and what it is, in the language that is being spoken."""
    return [(one.field.label.said(language), _shown(one, language)) for one in view.answers]


def _shown(one: FilingAnswer, language: str) -> str:
    return "🔒" if one.value is None else answer_words(one.field, one.value, language)
