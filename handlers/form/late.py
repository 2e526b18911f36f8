"""A time that is written at the summary: it takes the place of the one that was given."""

import re

from aiogram.types import Message

from handlers.form import screens
from handlers.form.asking import WORDS_AT_MOST, asked_now
from handlers.form.plain_words import read_moments
from handlers.form.reading import Got, read
from handlers.form.run import Given, Source, put
from handlers.form.stage import Talk
from handlers.form.values import encode
from handlers.screen import clip

LEAD = re.compile(
    r"^((no|oh|sorry|wait|actually|rather|better|make it|不对|不是|等等|等一下|还是|要不|那就"
    r"|改成|改到|改为|换成)"
    r"[\s,，。.、:：]*)+",
    re.IGNORECASE,
)
"""What people say before they say it differently."""


LONGEST = 60
"""Characters of a message that says when, and no more."""


async def renew_time(talk: Talk, message: Message) -> str:
    """Take one plain day and hour, in one's own words, as the answer to `Form.when`; return what
    is said of it.

    '' for all else, and for a time that the question would refuse or ask about.
    """
    run, key = talk.run, talk.form.when
    words = LEAD.sub("", (message.text or "").strip())
    local = talk.ctx.now.astimezone(talk.ctx.zone).replace(tzinfo=None)
    moments = read_moments(words, local) if len(words) <= LONGEST else []
    plain = len(moments) == 1 and moments[0][1]
    if not plain or not talk.ctx.heard.own or key not in run.answers:
        return ""
    run.key, run.path = key, []
    reading = await read(message.model_copy(update={"text": words}), await asked_now(talk))
    run.key = None
    if not isinstance(reading, Got):
        return ""
    said = clip(reading.words, WORDS_AT_MOST)
    put(talk.form, run, key, Given(value=encode(reading.value), words=said))
    run.sources.append(Source(message=message.message_id, key=key))
    return screens.renewed(said)
