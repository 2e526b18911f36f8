"""The buttons under a question, written instead of tapped: “skip”, “取消”."""

from functools import cache

from aiogram.types import Message

from handlers.form.asking import ask
from handlers.form.callbacks import Act
from handlers.form.declare import Form, FormContext
from handlers.form.engine import keep, opened_talk
from handlers.form.reading import folded
from handlers.form.stage import retire
from handlers.form.taps import do
from handlers.i18n import mark, phrases

LABELS = {
    Act.DONE: mark("✅ Done"),
    Act.BACK: mark("‹ Back"),
    Act.SKIP: mark("Skip ›"),
    Act.CANCEL: mark("✕ Cancel"),
    Act.LIST: mark("✏️ Change"),
}
"""What may be written, in any language; whole words only, so that no story is cut short."""

AGREED = mark("send|ok|okay|yes|submit|confirm|go ahead|that is right")
"""What people write below a summary instead of tapping, one after the other."""

BELOW = {Act.BACK, Act.CANCEL, Act.LIST}
"""What changes the live message in place: after words that is out of sight, so it comes below."""


async def take_typed(message: Message, ctx: FormContext) -> bool:
    """Do what a button says whose words were written; False where they name none on offer."""
    written = folded(message.text or "")
    talk = await opened_talk(message, ctx) if written else None
    act = _named(written, talk.form, talk.run.acts) if talk else None
    if talk is None or act is None:
        return False
    if act in BELOW:
        await retire(talk)
    await do(talk, act)
    if talk.toast:
        await ask(talk, talk.toast)
    await keep(talk)
    return True


def _named(written: str, form: Form, offered: list[str]) -> Act | None:
    named = [act for act in LABELS if written in _words(LABELS[act])]
    named += [Act.SEND] if written in _words(form.send) | _agreed() else []
    return next((act for act in named if act in offered), None)


@cache
def _words(label: str) -> frozenset[str]:
    return frozenset(folded(said) for said in phrases(label))


@cache
def _agreed() -> frozenset[str]:
    return frozenset(folded(one) for said in phrases(AGREED) for one in said.split("|"))
