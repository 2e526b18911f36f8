"""Telling whether words speak of when help is wanted, or go on about what is the matter. Pure."""

import re

from handlers.form.writing import plain

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
