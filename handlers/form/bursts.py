"""Which words go on with the story, although another question is asked by now.

People write one thought in several messages. What left the phone before the next question was
there cannot be its answer; and a sentence, where a name of a few words is asked, is none either.
"""

import re

from aiogram.types import Message

from handlers.form.declare import Question
from handlers.form.held import BURST
from handlers.form.stage import Talk
from handlers.form.writing import plain
from models.outbox.queries import shown_as

_ENDS = re.compile(r"[\n。！？!?；;，,~～…]|\.$")
_GOES_ON = re.compile(
    r"[我您你他她它咱][们的]?|这[个样里是]|那[个样里是]|[了吗呢吧啊呀嘛着]|[很太也都还就又才再没别]"
    r"|不[到能会敢好想让给得]|能不能|会不会|可不可以|希望|一直|经常|总是|每[天次到]|天天|因为|所以|而且|但是|并且"
    r"|另外|特别(?!行动)|非常|有时|上次|昨天|前天"
    r"|^(and|but|also|because|so|then|it|its|they|we|i|im|my|our|he|she|there|this|that|those|these"
    r"|when|every|please|last|sometimes|often|even)\b"
    r"|\b(is|are|was|were|has|have|had|cannot|can't|don't|doesn't|isn't|won't|keeps?|always"
    r"|never)\b",
    re.IGNORECASE,
)
"""What sentences have, and names of things hardly ever."""


def reads_on(text: str) -> bool:
    """Return whether words are a sentence that tells, rather than a name of a few words. Pure."""
    said = text.strip()
    return bool(_ENDS.search(said) or _GOES_ON.search(plain(said)))


async def goes_on(talk: Talk, message: Message, question: Question) -> bool:
    """Return whether words follow the story at once and are no answer to what is asked."""
    run = talk.run
    if not message.text or run.told_at is None or run.editing or run.path:
        return False
    if question.personal or question.key == talk.form.story or message.media_group_id:
        return False
    if message.date.timestamp() - run.told_at > BURST.total_seconds():
        return False
    return (question.brief and reads_on(message.text)) or not await _seen(talk, message)


async def _seen(talk: Talk, message: Message) -> bool:
    """Return whether the question may have stood in the chat when a message left the phone.

    Numbers of messages count up: nothing lies between two that follow one another.
    """
    run, number = talk.run, message.message_id
    if run.asked is None or (run.sources and run.sources[-1].message == number - 1):
        return False
    if run.asked > 0:
        return run.asked < number
    shown = await shown_as(talk.ctx.session, -run.asked)
    return shown is None or shown < number
