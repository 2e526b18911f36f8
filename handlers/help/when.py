"""The question when help is wanted: one tap for the near parts of days, or typed words; and what
the words of a request tell of its kind."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from handlers.form import Answers, Choice, Choose, FormContext, Moment, Prompt, Question, Text, When
from handlers.form.writing import plain
from handlers.help.screens.receipt import call_first
from handlers.help.whom import other_of
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from models.help.rules.limits import WHEN_LENGTH
from models.help.rules.policy import Urgency

SOON, ANY, DAYS, EMERGENCY = "soon", "any", "days", "emergency"
"""Choices that are no part of a day; DAYS opens the days to come."""

RING_FIRST = mark("Please ring me, I will explain")
"""Said with one tap in place of words: the hour asked for is the hour to ring."""

DAYS_OFFERED = 7
WITHIN_A_DAY = timedelta(hours=24)
"""What is wanted sooner than this is urgent: an ordinary search could come too late."""


class PartOfDay(StrEnum):
    """Part of a day that one can choose."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HOURS = {PartOfDay.MORNING: 9, PartOfDay.AFTERNOON: 14, PartOfDay.EVENING: 19}
"""The hour, local, around which a part of a day is meant."""

TODAY = {
    PartOfDay.MORNING: mark("This morning"),
    PartOfDay.AFTERNOON: mark("This afternoon"),
    PartOfDay.EVENING: mark("This evening"),
}
TOMORROW = {
    PartOfDay.MORNING: mark("Tomorrow morning"),
    PartOfDay.AFTERNOON: mark("Tomorrow afternoon"),
    PartOfDay.EVENING: mark("Tomorrow evening"),
}
PARTS = {
    PartOfDay.MORNING: mark("In the morning"),
    PartOfDay.AFTERNOON: mark("In the afternoon"),
    PartOfDay.EVENING: mark("In the evening"),
}


@dataclass(frozen=True)
class Wish:
    """What an answer to 'when' means."""

    urgency: Urgency
    start_at: datetime | None = None
    when_text: str | None = None


async def ask_when(ctx: FormContext, answers: Answers) -> Prompt:
    """Ask when: first the near parts of days, then days, then parts of the chosen day."""
    local = ctx.now.astimezone(ctx.zone)
    if ctx.at == EMERGENCY:
        sure = Choice(_("🆘 Yes, send neighbours too"), EMERGENCY)
        return Prompt(call_first(), [sure], columns=1)
    if ctx.at == DAYS:
        return Prompt(_("Which day?"), _days(local.date()))
    if isinstance(ctx.at, str):
        day = date.fromisoformat(ctx.at)
        choices = [Choice(_(PARTS[part]), _value(day, part)) for part in PartOfDay]
        return Prompt(_day_words(day), choices, columns=1)
    text = await _asks_when(ctx, answers)
    if answers["what"] == _(RING_FIRST):
        text = _("When may somebody ring you? You can also write it: “Friday 3 pm”.")
    choices = [
        *near(local),
        Choice(_("🆘 Emergency"), EMERGENCY, opens=True),
    ]
    another = Choice(_("Another day"), DAYS, opens=True)
    return Prompt(text, [*choices[:-2], another, *choices[-2:]])


async def _asks_when(ctx: FormContext, answers: Answers) -> str:
    if name := await other_of(ctx, answers):
        said = _("When should somebody come to {name}? You can also write it: “Friday 3 pm”.")
        return said.format(name=name)
    return _("When would you like somebody to come? You can also write it: “Friday 3 pm”.")


def near(local: datetime) -> list[Choice]:
    """List the near parts of days, at once, and no fixed time."""
    today, tomorrow = local.date(), local.date() + timedelta(days=1)
    still = [part for part in PartOfDay if HOURS[part] > local.hour]
    return [
        Choice(_("⚡ As soon as possible"), SOON),
        *(Choice(_(TODAY[part]), _value(today, part)) for part in still),
        *(Choice(_(TOMORROW[part]), _value(tomorrow, part)) for part in PartOfDay),
        Choice(_("No fixed time"), ANY),
    ]


def _days(today: date) -> list[Choice]:
    days = [today + timedelta(days=ahead) for ahead in range(2, 2 + DAYS_OFFERED)]
    return [Choice(_day_words(day), day.isoformat(), opens=True) for day in days]


def _day_words(day: date) -> str:
    return format_skeleton("MMMEd", day, locale=current_language())


def _value(day: date, part: PartOfDay) -> str:
    return f"{day.isoformat()}/{part}"


def wish_of(answer: str | Moment | None, now: datetime, zone: ZoneInfo) -> Wish:
    """Read an answer; what is wanted within a day counts as urgent."""
    if isinstance(answer, Moment):
        return _wish_of_moment(answer, now, zone)
    if answer == EMERGENCY:
        return Wish(Urgency.EMERGENCY)
    if answer == SOON:
        return Wish(Urgency.URGENT)
    if answer in {None, ANY}:
        return Wish(Urgency.ORDINARY)
    start = _start_of(str(answer), zone)
    if start is None:
        return Wish(Urgency.ORDINARY, when_text=str(answer))
    return _at(start, now)


def _wish_of_moment(answer: Moment, now: datetime, zone: ZoneInfo) -> Wish:
    at = answer.at if answer.has_time else _morning_of(answer.at, zone)
    if at > now:
        return _at(at, now)
    day = None if answer.has_time else _day_words(answer.at.astimezone(zone).date())
    return Wish(Urgency.URGENT, when_text=day)


def _at(start: datetime, now: datetime) -> Wish:
    near = start - now < WITHIN_A_DAY
    return Wish(Urgency.URGENT if near else Urgency.ORDINARY, start_at=start)


def _start_of(value: str, zone: ZoneInfo) -> datetime | None:
    day, _slash, part = value.partition("/")
    try:
        hour = time(HOURS[PartOfDay(part)])
        return datetime.combine(date.fromisoformat(day), hour, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None


def _morning_of(at: datetime, zone: ZoneInfo) -> datetime:
    day = at.astimezone(zone).date()
    return datetime.combine(day, time(HOURS[PartOfDay.MORNING]), tzinfo=zone).astimezone(UTC)


async def of_time(_ctx: FormContext, _answers: Answers, text: str) -> str | None:
    """Take words that speak of a time; what goes on about the matter belongs to its description."""
    return text if speaks_of_time(text) else None


WHEN = Question(
    "when",
    ask_when,
    accepts=(Choose(), When(), Text(WHEN_LENGTH, of_time)),
    label=mark("🕑 When"),
)
"""The question as the forms of help ask it."""


_COUNT = r"[\d一二两三四五六七八九十半几]+"


PAST = re.compile(
    r"(昨天|昨日|昨晚|昨夜|前天|前几天|前两天|大前天|上个?(周|星期|礼拜|月)|去年|今年|刚才|刚刚)"
    r"(早上|上午|中午|下午|傍晚|晚上|夜里|半夜|[一二三四五六日天末1-7])?"
    rf"({_COUNT}点(半|{_COUNT}分?)?)?"
    rf"|(了|快|有|已经|都)好?{_COUNT}个?(多)?(天|小时|钟头|月|星期|周|年|分钟)"
    rf"|{_COUNT}个?(多)?(天|小时|月|星期|周|年)(了|前)"
    r"|(早上|上午|中午|下午|晚上|白天|夜里)(刚刚?|才|(都|也|就|又)?(看不|很?黑|太黑|不亮|很?吵"
    r"|很?冷))"
    r"|(腿脚?|手脚?|行动|走路|身体|眼睛?)(都|也|很|有点|不太)*不?方便|不方便(下|上|走|出|爬|弯"
    r"|蹲|拿|搬)"
    r"|一天到晚|有一?点|一点[点儿也都]|从早到晚|白天黑夜|整天"
    r"|\b(yesterday( morning| afternoon| evening| night)?|last (night|week|month|year|time|\w+day)"
    r"|\w+ (days?|hours?|weeks?|months?|minutes?) ago|since \w+"
    r"|for (\w+ )?(days?|hours?|weeks?|months?|minutes?)"
    r"|all (day|night)|day and night)\b",
    re.IGNORECASE,
)
"""What has been, or how long it has lasted: part of the story."""


TIME = re.compile(
    rf"{_COUNT}\s*(点|时|号|日|月|个?小时|钟头|分钟|天|周|个?星期|个?礼拜)|\d[:：.]\d\d"
    r"|[今明后]天|今[晚早]|明[晚早]|早上|早晨|清早|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨|白天"
    r"|(周|星期|礼拜)[一二三四五六日天末1-7]|[下这]个?(周|星期|礼拜|月)|月底|月初"
    r"|(过|这|等)(几|两)天|改天|改日|哪天|有空|有时间|得空|闲(了|的时候|下来)|随时|随便|都行"
    r"|都可以|都成|任何时[候间]|什么时候|何时"
    r"|明儿|后儿|双休日|吃完(饭|早|午|晚)?|(过|等|待)?一会儿?(来|再|后|吧|$)|[等待]会儿?(来|再"
    r"|吧|$)"
    r"|马上(就?来|$)|立[刻马]|慢慢来|[你您](们)?(来)?定|看[你您](们)?$|看着办|月中"
    r"|初[一二三四五六七八九十]|^十[一-九]?$"
    r"|^[\d一二三四五六七八九十]{1,3}$|过年|除夕|冬至"
    r"|方便(的时候|时|就|来|再|$)|(看|等)(你|您|他|她|大家).*(方便|安排)|不限|不定|听.*安排"
    r"|(不|很|挺|特别|比较|非常|十万火)?(着)?急(?!救|诊|性|流)|尽快|尽早|马上来|赶快|赶紧"
    r"|越快越好|越早越好|快点|[早晚]一?点|[早晚]些"
    r"|现在(就|来|能|可以|行|吧|最好|方便|$)|等.{0,30}(后|再|了|来|完|时)|(以后|之后|后)再"
    r"|[节饭午课班假会]后|[节饭午班假]前|下班|放学|春节|国庆|中秋|元旦|每[天周月]|天[黑亮]|再说"
    r"|回头"
    r"|\b(to-?day|tonight|tomorrow|mornings?|noon|midday|afternoons?|evenings?|nights?|weekends?"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)days?|(next|this|one|a) (week|month|day)"
    r"|weekdays?|later|soon(er|est)?"
    r"|asap|urgent(ly)?|any ?(time|day)|some ?(time|day)|when(ever)?|after"
    r"|before|once|until|till|by \d"
    r"|convenient|flexible|hurry|rush|at once|right (now|away)|immediately|o'?clock|lunch(time)?"
    r"|in (an?|\d+|half an) (hour|day|week|minute|month)s?|not urgent|no hurry|early|late)\b"
    r"|\b(i am|i'm|am|you are|you're|is|are|be) (free|available|at home|home)\b"
    r"|^(right )?now\b|\bnow please\b"
    r"|\b(tmrw?|tomoz|tmw|midnight|half past|quarter (to|past)|in \d+ ?(hrs?|mins?|h|min))\b"
    r"|\d ?ish\b"
    r"|\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\w* \d{1,2}\b|^\d{1,2}[/.-]\d{1,2}$"
    r"|\b(tue|tues|wed|thu|thur|thurs|fri)\b|\b(next|this|on) (mon|sat|sun)\b|^\d{3,4} ?h(rs?)?$"
    r"|\d\s*(am|pm|a\.m|p\.m)\b",
    re.IGNORECASE,
)
"""Names a time, how urgent it is, or what it waits for."""


def speaks_of_time(text: str) -> bool:
    """Return whether words answer when help is wanted."""
    return TIME.search(PAST.sub(" ", plain(text))) is not None


OFFERED = 2
"""Guesses shown at most; more would be a list to read."""

SAYS: dict[str, re.Pattern[str]] = {
    code: re.compile(said, re.IGNORECASE)
    for code, said in {
        "repairs.plumbing": r"水管|漏水|下水|水龙头|马桶|堵(了|住)|水槽|阀门|暖气|"
        r"\b(pipe|leak\w*|tap|toilet|drain|sink|plumb\w*|boiler)\b",
        "repairs.electric": r"停电|灯|跳闸|电路|插座|电线|没电|"
        r"\b(lamp|light bulb|lights?|socket|fuse|wiring|electric\w*)\b",
        "repairs.moving": r"搬|抬|沙发|柜子|冰箱.*(挪|上楼)|"
        r"\b(carry|lift (a|the)|move (a|the)|sofa|furniture)\b",
        "public.light": r"(楼道|楼梯|走廊|路|院子).*灯|"
        r"\b(stair\w*|hall\w*|street|corridor).*(light|lamp)|\b(light|lamp)\b.*\b(stair\w*|hall\w*|street)",
        "public.lift": r"电梯|\b(lift is|elevator|the lift)\b",
        "public.rubbish": r"垃圾|臭|\b(rubbish|garbage|trash|bins?)\b",
        "public.noise": r"吵|噪音|扰民|\b(noise|noisy|loud)\b",
        "medical.medicine": r"买药|取药|拿药|送药|药(没|吃完)|"
        r"\b(medicine|pharmacy|prescription|pills)\b",
        "medical.hospital": r"医院|看病|陪诊|复查|体检|挂号|\b(hospital|doctor|clinic|check-?up)\b",
        "errands.shopping": r"买(菜|米|面|油|东西|点)|超市|代买|"
        r"\b(shopping|groceries|supermarket|buy)\b",
        "errands.parcel": r"快递|包裹|取件|\b(parcel|package|delivery)\b",
        "errands.papers": r"证件|办证|社保|医保卡|材料|复印|\b(papers|form|documents?)\b",
        "company.visit": r"聊(聊|天)|陪(我|老人|她|他)|说说话|孤单|"
        r"\b(company|lonely|a visit|talk to)\b",
        "children.minding": r"(看|带|照看|接).{0,4}(孩子|小孩|娃|宝宝)|"
        r"\b(babysit\w*|mind (my|the) (child|kid|son|daughter)\w*)\b",
        "children.tutoring": r"作业|辅导|功课|\b(homework|tutor\w*)\b",
        "pets": r"猫|狗|宠物|遛|\b(cat|dog|pet)s?\b",
        "digital": r"手机|电脑|微信|上网|网络|wifi|健康码|\b(phone|computer|internet|app)\b",
        "language": r"翻译|看不懂(英文|中文)|\b(translat\w*|interpret\w*)\b",
        "advice.legal": r"律师|官司|合同|纠纷|起诉|\b(lawyer|legal|contract|court)\b",
        "advice.policy": r"低保|补贴|政策|养老金|申请|\b(benefit|subsid\w*|pension|allowance)s?\b",
    }.items()
}
"""What is said of each kind, in both languages."""


def guesses(text: str) -> list[str]:
    """Return the codes of the kinds that words may be about, the one named first standing first."""
    found = ((said.search(text[:500]), code) for code, said in SAYS.items())
    named = sorted((match.start(), code) for match, code in found if match)
    return [code for _start, code in named][:OFFERED]
