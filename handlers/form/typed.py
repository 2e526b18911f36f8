"""The buttons under a question, written instead of tapped: “skip”, “取消”."""

import re
from functools import cache

from aiogram.types import Message

from handlers.form.asking import ask
from handlers.form.callbacks import Act
from handlers.form.declare import Form, FormContext
from handlers.form.engine import keep, opened_talk
from handlers.form.readers import Choose
from handlers.form.reading import folded
from handlers.form.run import Run
from handlers.form.stage import retire
from handlers.form.taps import do
from handlers.i18n import mark, phrases

LABELS = {
    Act.DONE: mark("✅ Done"),
    Act.BACK: mark("‹ Back"),
    Act.SKIP: mark("Skip ›"),
    Act.CANCEL: mark("✕ Cancel"),
    Act.LIST: mark("✏️ Change"),
    Act.GO_ON: mark("Go on"),
    Act.ANEW: mark("Throw it away, begin anew"),
}
"""What may be written, in any language; whole words only, so that no story is cut short."""

AGREED = mark("send|ok|okay|yes|submit|confirm|go ahead|that is right|agree|i agree|agreed")
"""What people write below a summary instead of tapping, one after the other."""

KIND_WORDS = mark("please|thanks|thank you|now|it|then|sure|good|great|fine|all right|do|just|you")
"""What people put beside it; such words alone agree to nothing."""

NOT_SO = mark("no|nope|wrong|not right|that is wrong|not yet|change it|wait")
"""Written below a summary that is not as it was meant."""

GIVEN_UP = mark("never mind|stop|forget it|do not send|dont send")

NOTHING = mark("none|nothing|no|nope|i have none|it has none|dont know|i dont know|na")
"""Written at a question that may be left out and has nothing to choose from."""

ON_WITH_IT = mark("continue|carry on|go on with it|keep it|go on please")
ANEW = mark("throw it away|begin anew|start again|start over|the new one|not needed")
"""Written where it is asked which of two forms to go on with."""

LONGEST = 24
"""Letters of the longest consent; more of them tell something."""

_MODIFIERS = re.compile("[\ufe0f\u200d♀♂🏻🏼🏽🏾🏿\\s!！.。~～,，]")
YES_SIGNS, NO_SIGNS = "👍👌✅✔☑🆗💯🙆", "👎❌✖🙅🚫"

BELOW = {Act.BACK, Act.CANCEL, Act.LIST, Act.GO_ON}
"""What changes the live message in place: after words that is out of sight, so it comes below."""


async def take_typed(message: Message, ctx: FormContext) -> bool:
    """Do what a button says whose words were written; False where they name none on offer."""
    written = folded(message.text or "") or (message.text or "").strip()
    talk = await opened_talk(message, ctx) if written else None
    act = _named(written, talk.form, talk.run) if talk else None
    if act is Act.SEND and set(message.text or "") & set("?？"):
        act = None
    if talk is None or act is None:
        return False
    if act in BELOW:
        await retire(talk)
    await do(talk, act)
    if talk.toast:
        await ask(talk, talk.toast)
    await keep(talk)
    return True


def _named(written: str, form: Form, run: Run) -> Act | None:
    offered = run.acts
    named = [act for act in LABELS if written in _words(LABELS[act])]
    question = form.by_key.get(run.key or "")
    chooses = question is not None and any(isinstance(one, Choose) for one in question.accepts)
    if Act.SKIP in offered and not chooses and written in _several(NOTHING):
        named.append(Act.SKIP)
    if Act.SEND in offered:
        named += _below_a_summary(written, form)
    if Act.ANEW in offered:
        named += [Act.GO_ON] if written in _several(ON_WITH_IT) else []
        named += [Act.ANEW] if written in _several(ANEW) else []
    return next((act for act in named if act in offered), None)


def _below_a_summary(written: str, form: Form) -> list[Act]:
    """List what is meant by words or a sign below a summary."""
    bare = _MODIFIERS.sub("", written)
    agreed = _words(form.send) | _several(AGREED)
    if _made_of(written, agreed, _several(KIND_WORDS)) or (bare and set(bare) <= set(YES_SIGNS)):
        return [Act.SEND]
    if written in _several(GIVEN_UP):
        return [Act.CANCEL]
    if written in _several(NOT_SO) or (bare and set(bare) <= set(NO_SIGNS)):
        return [Act.LIST]
    return []


def _made_of(written: str, agreed: frozenset[str], beside: frozenset[str]) -> bool:
    """Return whether words say nothing but that it may be sent, at least once."""
    if len(written) > LONGEST:
        return False
    reached = {0: False}
    for start in range(len(written)):
        if start not in reached:
            continue
        for word in agreed | beside:
            if word and written.startswith(word, start):
                end = start + len(word)
                said = reached[start] or word in agreed
                reached[end] = reached.get(end, False) or said
    return reached.get(len(written), False) and bool(written)


@cache
def _words(label: str) -> frozenset[str]:
    return frozenset(folded(said) for said in phrases(label))


@cache
def _several(labels: str) -> frozenset[str]:
    return frozenset(folded(one) for said in phrases(labels) for one in said.split("|"))
