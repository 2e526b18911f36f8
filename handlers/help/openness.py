"""Whether whoever is asked to help may read what it is about.

A kind says enough for most: 'electricity' needs no words. Where the kind says nothing, nobody can
know whether they are the one to come; but what somebody wrote is theirs to show.
"""

from handlers.form import Answers, Choice, Choose, File, FormContext, Photo, Prompt, Question
from handlers.help.whom import other_of
from handlers.i18n import gettext as _
from handlers.i18n import mark
from handlers.text import paragraphs, quoted
from models.categories import OTHER

LET_READ, KEEP = "read", "keep"


def words_of(answers: Answers) -> str:
    """Return what was written, below a photo or file too; '' for a voice or a place."""
    what = answers["what"]
    return what.caption if isinstance(what, Photo | File) else what if isinstance(what, str) else ""


def says_nothing(answers: Answers) -> bool:
    """Return whether the kind tells nobody what it is about, while there are words that would."""
    return answers["category"] == OTHER and bool(words_of(answers).strip())


async def ask_open(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask whether the words may be read by whoever is asked to help."""
    text = _(
        "May the neighbours whom we ask read these words? Then they know whether they can help. "
        "Your name, door and phone are not shown."
    )
    if name := await other_of(ctx, answers):
        text = _(
            "May the neighbours whom we ask read these words? Then they know whether they can "
            "help. {name}'s name, door and phone are not shown."
        ).format(name=name)
    choices = [
        Choice(_("✅ Yes, they may read it"), LET_READ),
        Choice(_("🔒 No, only who comes and the office"), KEEP),
    ]
    return Prompt(paragraphs(quoted(words_of(answers)), text), choices, columns=1)


OPEN = Question(
    "open",
    ask_open,
    accepts=(Choose(),),
    label=mark("👁 Who may read it"),
    when=says_nothing,
    depends=("category", "what"),
    branch=True,
)
