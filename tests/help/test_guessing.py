"""Guessing the kind of help: what people write leads to the kind that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.help.when import OFFERED, guesses
from models.categories import CATALOGUE

MEANT = {
    "repairs.plumbing": ["厨房水管漏了", "马桶堵住了", "my kitchen tap is leaking"],
    "repairs.electric": ["厕所的灯不亮了", "家里跳闸了", "the socket sparks"],
    "public.light": ["楼道的灯坏了", "the light on the stairs is out"],
    "public.lift": ["电梯又坏了", "the lift is stuck"],
    "public.noise": ["楼上半夜太吵", "very loud neighbours"],
    "medical.medicine": ["帮我取药", "降压药吃完了", "I need my prescription"],
    "medical.hospital": ["明天陪我去医院", "somebody to go to the doctor with me"],
    "errands.shopping": ["帮我买菜", "groceries please"],
    "errands.parcel": ["取个快递", "a parcel at the gate"],
    "company.visit": ["想找人聊聊天", "I am lonely"],
    "children.minding": ["帮我看一下孩子", "can somebody babysit tonight"],
    "pets": ["喂猫", "walk my dog"],
    "digital": ["手机不会用", "my computer is broken"],
    "advice.policy": ["低保怎么申请", "which pension do I get"],
}


@pytest.mark.parametrize(("code", "said"), [(c, one) for c, each in MEANT.items() for one in each])
def test_what_is_meant_is_offered(code: str, said: str) -> None:
    assert code in guesses(said)


@pytest.mark.parametrize("said", ["", "你好", "I have a question", "帮帮我", "?"])
def test_where_nothing_is_named_nothing_is_guessed(said: str) -> None:
    assert guesses(said) == []


@given(st.text(max_size=600))
def test_few_kinds_that_exist_are_guessed(said: str) -> None:
    found = guesses(said)
    assert len(found) == len(set(found)) <= OFFERED
    assert set(found) <= set(CATALOGUE)
