"""The verdict in words and emoji, in both languages."""

import re
from enum import StrEnum

from aiogram.types import Message

from handlers.answered import AnsweredKind, remember_answer
from handlers.form import Answers, FormContext, hear_beside, start_form
from handlers.form.reading import folded
from handlers.form.writing import plain
from handlers.help.screens import mine as screens
from handlers.help.screens.outcomes import said
from handlers.help.screens.verdict import sure_screen, verdict_card, which_screen
from handlers.screen import Screen, headed
from handlers.show import answer
from models.help.actions.closing import resident_verdict
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.rules.outcomes import Refusal
from models.help.rules.states import UNENDED, State
from models.help.views import RequestLine
from models.people.views import Person

NOT_SOLVED = "help.unsolved"
"""The form that asks what is not right."""


class Meant(StrEnum):
    """What written words say to 'is it solved?'."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    PERHAPS = "perhaps"
    """An answer, it seems; to which question, or which answer, is better asked."""


_NEIGHBOUR = (
    r"((小|老|阿)[\u4e00-\u9fff]|[\u4e00-\u9fff]{0,2}(师傅|大夫|医生|护士|阿姨|大姐|大哥|先生"
    r"|女士|老师|书记|主任|"
    r"叔叔?|大爷|大妈|姐|哥|同志|邻居们?|志愿者|社区))"
)


COURTESY = re.compile(
    rf"(非常|太|多|十分|真是?|万分)*(谢谢|感谢|多谢|谢)+({_NEIGHBOUR}|你们|大家|各位|您"
    rf"|你)*(的?(帮忙|帮助|支持|照顾|关照))?"
    r"(啊|呀|啦|了|哦|哈)?|(辛苦|麻烦)(你们|大家|您|你)?了?"
    r"|\bthank ?(you|u)( very much| so much| again| indeed)*|\bmany thanks|\bthanks( a (lot"
    r"|million|bunch)| again"
    r"| so much| everyone| all)*(, [a-z]{2,12}$)?|\b(thx|ty|tks|cheers)\b|(it is "
    r"|that is )?much appreciated|\bplease\b|\b(pls|plz)\b",
    re.IGNORECASE,
)


SOLVED = frozenset(
    """
    解决了 已解决 已解决了 已经解决 已经解决了 都解决了 全解决了 解决啦 是解决了 是的解决了
    对解决了 嗯解决了 解决好了 好了 好啦 都好了 已经好了 全好了 弄好了 修好了 已经修好了 办好了
    搞好了 搞定了 搞定 没问题了 满意了 修好啦 弄好啦 都弄好了 都修好了 好了好了 可以用了 能用了
    不漏了 已经不漏了 灯亮了 亮了 通了 来电了 来水了 圆满解决 完美解决 修好了呢 alldone fixednow
    itsfixednow
    itsbeenfixed ithasbeenfixed itisfixednow sorted allsorted itssorted workingnow itsworking
    itsworkingnow
    yesitsworking itsoknow itsfinenow itisoknow hefixedit shefixedit theyfixedit solved itssolved
    itissolved yessolved yesitissolved
    yesitssolved allsolved problemsolved fixed itsfixed itisfixed yesfixed allfixed resolved
    itsresolved allgood allgoodnow itworks itworksnow
    """.split()  # noqa: SIM905 - a list of words reads best as one
)


UNSOLVED = frozenset(
    """
    没解决 没有解决 还没解决 还没有解决 未解决 尚未解决 没解决呢 还没解决呢 没解决好 没有解决好
    解决不了 没好 没有好 还没好 还没有好 没修好 没有修好 还没修好 没弄好 没有弄好 还没弄好
    没办好 没有办好 还没办好 还没搞定 notsolved notsolvedyet itsnotsolved itisnotsolved
    nonotsolved notyet notyetsolved unsolved notfixed notfixedyet itsnotfixed notresolved
    nonotyet 没人来 没有人来 还没人来 还没有人来 人没来 没来 还没来 根本没来 一直没人来 还在漏
    还是漏 又漏了
    还漏 还是不亮 还不亮 又坏了 还是坏的 还坏着 没用 没弄 noonecame nobodycame nooneshowedup
    theydidntcome
    hedidntcome shedidntcome stillleaking itsstillleaking stilldripping itsstilldripping
    itsstillbroken
    itbrokeagain brokenagain noitsnot itsnotworking stillbroken stillnotsolved stillnotfixed
    stillnotworking notworking
    """.split()  # noqa: SIM905 - a list of words reads best as one
)


PERHAPS = frozenset(
    """
    是 是的 对 对的 嗯 嗯嗯 好 好的 可以 可以了 行 行了 没有 没 还没 还没有 不 不是 不行 没呢
    没有呢 没好呢 yes y yeah yep ok okay sure done no n nope not good fine
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Words that answer any question: which one, is asked."""


ABOUT = ("解决", "修好", "弄好", "办好", "solved", "fixed", "resolved")


ASKING = "帮 请 谁 能 吗 怎么 什么 要 想 help who can how".split()  # noqa: SIM905 - as above
"""What speaks of a need, or asks, is no answer."""


STORY = 20
"""Letters from which on words are a story rather than an answer."""


_SIGNS = {
    **dict.fromkeys("👍👌✅✔☑💯🆗", Meant.SOLVED),
    **dict.fromkeys("👎❌✖", Meant.UNSOLVED),
    **dict.fromkeys("🙏❤🌹💐😊", Meant.PERHAPS),
}
"""What is said by a sign alone."""


def read_verdict(text: str) -> Meant | None:
    """Read an answer to 'is it solved?'; None for what is no such answer."""
    said = folded(COURTESY.sub("", plain(text)))
    if not folded(text) and (sign := _SIGNS.get(text.strip()[:1])):
        return sign
    if not said and folded(text):
        return Meant.PERHAPS  # thanks, and no more
    for meant, known in (
        (Meant.SOLVED, SOLVED),
        (Meant.UNSOLVED, UNSOLVED),
        (Meant.PERHAPS, PERHAPS),
    ):
        if said in known:
            return meant
    about = any(word in said for word in ABOUT) and not any(word in said for word in ASKING)
    return Meant.PERHAPS if about and len(said) <= STORY else None


async def take_verdict(
    message: Message, person: Person, ctx: FormContext, request_id: int | None = None
) -> bool:
    """Take words as the last word on the one request that waits for it, or on the one named.

    Where it is not plain which one, or what is meant, that is asked. False for what is no answer,
    and where nothing is asked.
    """
    meant = read_verdict(message.text or "")
    asked = await _asked(person, ctx) if meant is not None else []
    if meant is Meant.UNSOLVED and not asked and request_id is None:
        return await _come_back(message, person, ctx)
    if request_id is not None:
        asked = [line for line in asked if line.request_id == request_id]
    if meant is None or not asked:
        return False
    if len(asked) > 1:
        await answer(message, which_screen(asked, person.id))
    elif meant is Meant.PERHAPS or asked[0].state is not State.DONE:
        await _make_sure(message, person, ctx, asked[0].request_id)
    else:
        await _take(message, person, ctx, asked[0].request_id, solved=meant is Meant.SOLVED)
    return True


async def verdict_beside(message: Message, ctx: FormContext, form: str) -> Screen | None:
    """Ask in the middle of a form whether a plain word is meant for what waits for the last one.

    None for other words, where nothing waits, and in the form that asks what is not right.
    """
    meant = read_verdict(message.text or "")
    if meant in {None, Meant.PERHAPS} or ctx.person is None or form == NOT_SOLVED:
        return None
    asked = [line for line in await _asked(ctx.person, ctx) if line.state is State.DONE]
    if len(asked) != 1:
        return None
    view = await where_is_it_now(ctx.session, ctx.person, asked[0].request_id, now=ctx.now)
    return None if isinstance(view, Refusal) else sure_screen(view, ctx.now)


hear_beside(verdict_beside)


async def solved_after_all(message: Message, ctx: FormContext, answers: Answers) -> Screen | None:
    """Ask whether it is solved, where that is written when asked what is not right.

    None for words that say what is.
    """
    if read_verdict(message.text or "") is not Meant.SOLVED or ctx.person is None:
        return None
    view = await where_is_it_now(ctx.session, ctx.person, answers["request"], now=ctx.now)
    return None if isinstance(view, Refusal) else sure_screen(view, ctx.now)


async def _asked(person: Person, ctx: FormContext) -> list[RequestLine]:
    """List what waits for this person's word; else what was closed for want of it."""
    mine = await my_requests(ctx.session, person, now=ctx.now)
    done = [line for line in mine if line.state is State.DONE]
    return done or [line for line in mine if line.state is State.CLOSED and line.unconfirmed]


async def _come_back(message: Message, person: Person, ctx: FormContext) -> bool:
    """Ask whether the one request that was closed as solved lately is to be opened again.

    False while something is underway: then it may be that.
    """
    mine = await my_requests(ctx.session, person, now=ctx.now)
    if any(line.state in UNENDED for line in mine):
        return False
    views = [
        await where_is_it_now(ctx.session, person, line.request_id, now=ctx.now)
        for line in mine
        if line.state is State.CLOSED
    ]
    back = [view for view in views if not isinstance(view, Refusal) and view.may_reopen]
    if len(back) == 1:
        await answer(message, screens.ask_reopen_screen(back[0]))
    elif back:
        await answer(message, which_screen([view.line for view in back], person.id))
    return bool(back)


async def _make_sure(message: Message, person: Person, ctx: FormContext, request_id: int) -> None:
    view = await where_is_it_now(ctx.session, person, request_id, now=ctx.now)
    if not isinstance(view, Refusal):
        await answer(message, sure_screen(view, ctx.now))


async def _take(
    message: Message, person: Person, ctx: FormContext, request_id: int, *, solved: bool
) -> None:
    """Take a plain word; of what is not solved it is asked first what is not right."""
    await remember_answer(ctx.state, message.message_id, AnsweredKind.VERDICT, request_id)
    if solved:
        await _judge(message, person, ctx, request_id, solved=True)
    else:
        await start_form(NOT_SOLVED, message, ctx, prefill={"request": request_id})


async def _judge(
    message: Message, person: Person, ctx: FormContext, request_id: int, *, solved: bool
) -> None:
    outcome = await resident_verdict(ctx.session, person, request_id, solved=solved, now=ctx.now)
    view = await where_is_it_now(ctx.session, person, request_id, now=ctx.now)
    if isinstance(view, Refusal):
        requests = await my_requests(ctx.session, person, now=ctx.now)
        await answer(message, screens.mine_screen(requests, person.id, said(outcome)))
    else:
        await answer(message, headed(verdict_card(view, ctx.now), said(outcome)))
