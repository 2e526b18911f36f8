"""What answers when help is wanted, and what goes on about the matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.help.when import speaks_of_time


def each(said: str) -> list[str]:
    return said.split("|")


WHEN = each(
    "等我女儿回来以后|周三或者周四|你们有空的时候|随便什么时候|不急|尽快|下班后|明天|今晚"
    "|早上九点|3点以后"
    "|下周都行|看你们方便|越快越好|过几天再来|国庆以后|下午吧|晚点|现在就来|等会儿再来"
    "|when my son is back|any time|after lunch|tomorrow morning|not urgent|as soon as possible"
    "|明儿|马上|慢慢来|您看着办|吃完饭|月中|12.5|5/12|Dec 5|tmr 3ish|midnight|half past three"
    "|Tues|in 2 hrs"
    "|on Friday|I am home in the evening|whenever you are free|right now|3pm|14:30"
)
STORY = each(
    "水一直流到楼下|总阀门在门后面|门口不方便停车|有一点漏水|天花板在滴水|3楼的水表也坏了"
    "|昨天下午3点开始漏的"
    "|漏了三天了|日光灯也坏了|电话是旧的|家里有老人，请轻点敲门|要带梯子|上周三修过一次|急诊刚回来"
    "|晚上看不见|我腿脚不方便|水漏了好几天|已经两天没水了|上午刚修过|不方便下楼|白天也黑"
    "|the valve is behind the door|bring a ladder|it started yesterday evening"
    "|the water runs downstairs"
    "|leaking for three days|there is a dog|the third floor too"
)


@pytest.mark.parametrize("said", WHEN)
def test_speaks_of_time(said: str) -> None:
    assert speaks_of_time(said)


@pytest.mark.parametrize("said", STORY)
def test_goes_on_about_the_matter(said: str) -> None:
    assert not speaks_of_time(said)


@given(st.text(max_size=1000) | st.text(alphabet="昨天了3小时等后的", max_size=1000))
def test_whatever_is_written_is_read(said: str) -> None:
    assert speaks_of_time(said) in {True, False}
