"""The one engine that asks question after question: conversations are declared, not coded.

One filling-in is a run: `asking -> summary -> finished | cancelled`. It lives in the person's
conversation state as plain data bound to the form's name and version, survives restarts and days,
and never holds anybody: commands and menu buttons work in the middle of it.

A declared form is started from any handler:

    @router.message(F.text.in_(phrases("Ask for help")))
    async def ask_for_help(message: Message, **data: Any) -> None:
        await start_form("help.request", message, FormContext.of(data))
"""

from handlers.form.beside import hear_beside
from handlers.form.declare import (
    SENT,
    Again,
    Answers,
    Ask,
    Choice,
    Door,
    Form,
    FormContext,
    Interrupt,
    Nothing,
    Prompt,
    Question,
    forms,
    plain,
)
from handlers.form.ending import end_form, set_aside
from handlers.form.engine import (
    HalfFilled,
    begin_with,
    half_filled,
    let_pass,
    resume_form,
    start_form,
)
from handlers.form.readers import (
    Anything,
    Choose,
    Contact,
    ContactCard,
    Day,
    Files,
    Location,
    Number,
    OneFile,
    OnePhoto,
    Open,
    Photos,
    Reader,
    Refused,
    SomebodysContact,
    Text,
    TimeOfDay,
    VoiceNote,
    When,
)
from handlers.form.router import router
from handlers.form.stage import menu_is
from handlers.form.values import (
    Acquaintance,
    File,
    FileKind,
    Letter,
    Moment,
    Phone,
    Photo,
    Spot,
    Story,
    Voice,
)

__all__ = [
    "SENT",
    "Acquaintance",
    "Again",
    "Answers",
    "Anything",
    "Ask",
    "Choice",
    "Choose",
    "Contact",
    "ContactCard",
    "Day",
    "Door",
    "File",
    "FileKind",
    "Files",
    "Form",
    "FormContext",
    "HalfFilled",
    "Interrupt",
    "Letter",
    "Location",
    "Moment",
    "Nothing",
    "Number",
    "OneFile",
    "OnePhoto",
    "Open",
    "Phone",
    "Photo",
    "Photos",
    "Prompt",
    "Question",
    "Reader",
    "Refused",
    "SomebodysContact",
    "Spot",
    "Story",
    "Text",
    "TimeOfDay",
    "Voice",
    "VoiceNote",
    "When",
    "begin_with",
    "end_form",
    "forms",
    "half_filled",
    "hear_beside",
    "let_pass",
    "menu_is",
    "plain",
    "resume_form",
    "router",
    "set_aside",
    "start_form",
]
