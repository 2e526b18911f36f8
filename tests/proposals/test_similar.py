"""Similar proposals and requests: what counts as alike, what is shown, and of whom nothing is."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import transaction
from models.help.rules.policy import Urgency
from models.help.rules.states import State as RequestState
from models.proposals.actions.submitting import index_words
from models.proposals.queries.similar import likeness, similar_proposals, similar_requests
from models.proposals.rules.similar import (
    ALIKE_FROM,
    LATELY,
    MOST_PIECES,
    PIECE_LENGTH,
    pieces,
    stem,
    wording,
)
from models.proposals.rules.states import State
from models.proposals.tables import ProposalRow
from models.proposals.views import Nearby
from tests.proposals.square import Square

LIFT = ("加装电梯", "老人上下楼很吃力", "装一部电梯")
LIFT_AT_6 = ("6号楼加装电梯", "我们6号楼没有电梯，八十多岁的老人下不了楼", "请街道协调加装")
LIFT_IN_ENGLISH = (
    "Install a lift in building 6", "My mother is 80 and cannot climb the stairs", "An elevator"
)  # fmt: skip
SHED = ("电动车充电棚", "电动车在楼道里充电，怕着火", "建一个充电棚")
POLES = ("建电瓶车充电桩", "楼道里飞线充电太危险，容易起火", "在东门建充电桩")
SHED_IN_ENGLISH = (
    "Charging shed for e-bikes", "People charge scooters in the stairwell, a fire risk", "A shed"
)  # fmt: skip
PARKING = ("增加停车位", "晚上回来没有地方停车", "划一些车位")
PARKING_IN_ENGLISH = ("More parking", "No place to park in the evening", "")
DANCING = ("广场舞音量", "广场舞太吵，孩子没法写作业", "九点以后不要放音乐")
RUBBISH = ("垃圾桶太少", "垃圾桶太少，夏天很臭", "多放几个垃圾桶")
LAMPS = ("路灯不亮", "小区东门路灯坏了，老人晚上看不见路", "修好路灯")
SEATS = ("花园里放几把长椅", "老人走累了没地方坐", "放几把椅子")
SEATS_IN_ENGLISH = ("Benches by the pond", "Old people have nowhere to sit", "two benches")
CANTEEN = ("办一个老年食堂", "独居老人做饭不方便", "开社区食堂")

THINGS = [
    [LIFT, LIFT_AT_6, LIFT_IN_ENGLISH], [SHED, POLES, SHED_IN_ENGLISH],
    [PARKING, PARKING_IN_ENGLISH], [DANCING], [RUBBISH], [LAMPS], [SEATS, SEATS_IN_ENGLISH],
    [CANTEEN],
]  # fmt: skip
"""Proposals of one thing stand together."""

WORDS = st.lists(
    st.text(alphabet="电梯停车位充垃圾灯树椅abcdefghijk", min_size=1, max_size=6),
    min_size=1,
    max_size=6,
)


def alike(one: tuple[str, str, str], other: tuple[str, str, str]) -> float:
    return likeness(wording(*one), wording(*other))


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing[0][0])
def test_what_means_the_same_is_alike_and_what_does_not_is_not(thing: list[Any]) -> None:
    for one in thing:
        for other_thing in THINGS:
            for other in other_thing:
                found = alike(one, other)
                assert (found >= ALIKE_FROM) == (thing is other_thing), (one, other, found)


@given(WORDS, WORDS)
def test_likeness_is_the_same_from_either_side(one: list[str], other: list[str]) -> None:
    mine, theirs = wording("", " ".join(one)), wording("", " ".join(other))
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert 0 <= likeness(mine, theirs) <= 100


@given(WORDS, WORDS)
def test_nothing_is_more_alike_than_the_same(one: list[str], other: list[str]) -> None:
    mine, theirs = wording(" ".join(one), ""), wording(" ".join(other), "")
    assert likeness(mine, mine) >= likeness(mine, theirs)
    assert not mine.title or likeness(mine, mine) == 100


@given(st.lists(st.sampled_from([*"abcdefg", "lift", "parking", "电梯", "停车位"]), min_size=1))
def test_the_order_of_words_makes_no_difference(words: list[str]) -> None:
    forth, back = wording(" ".join(words), ""), wording(" ".join(reversed(words)), "")
    assert set(forth.title) == set(back.title)
    assert not forth.title or likeness(forth, back) == 100


@given(st.text(alphabet="abcxyzABCXYZ019 电梯", max_size=40))
def test_width_and_case_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert pieces(text) == pieces(wide.upper()) == pieces(text.lower())


@given(st.text(max_size=300))
def test_pieces_fit_their_column_whatever_was_written(text: str) -> None:
    found = pieces(text, text[::-1])
    assert all(0 < len(piece) <= PIECE_LENGTH for piece in found)
    assert len(found) == len(set(found)) <= MOST_PIECES


@pytest.mark.parametrize("words", [
    "light lights lighting", "park parks parking parked", "tree trees", "bench benches",
    "house houses", "bus buses", "run running", "noise noisy", "bike bikes", "dog dogs",
])  # fmt: skip
def test_endings_make_no_difference(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


async def written(square: Square, text: tuple[str, str, str] = LIFT, **fields: Any) -> int:
    title, problem, wish = text
    proposal_id = await square.put(
        fields.pop("author", "li"),
        fields.pop("state", State.SECONDING),
        title=title,
        problem=problem,
        wish=wish,
        **fields,
    )
    async with transaction(square.sessions) as session:
        await index_words(session, await session.get_one(ProposalRow, proposal_id))
    return proposal_id


async def found(square: Square, text: tuple[str, str, str], name: str = "wang") -> list[int]:
    async with transaction(square.sessions) as session:
        lines = await similar_proposals(
            session,
            await square.actor(session, name),
            square.places["gui"].id,
            wording(*text),
            now=square.now,
        )
        return [line.proposal_id for line in lines]


async def test_the_likest_are_shown_first_and_three_at_most(square: Square) -> None:
    exact = await written(square)
    near = [await written(square, LIFT_AT_6) for _ in range(3)]
    for other in (SHED, PARKING, LAMPS):
        await written(square, other)
    shown = await found(square, LIFT)
    assert shown[0] == exact
    assert set(shown[1:]) < set(near)
    assert len(shown) == 3
    assert await found(square, SHED_IN_ENGLISH) != []
    assert await found(square, CANTEEN) == []
    assert await found(square, ("🙂", "", "")) == []


async def test_what_only_the_office_reads_is_shown_to_its_author_alone(square: Square) -> None:
    waiting = await written(square, state=State.SUBMITTED)
    assert await found(square, LIFT) == []
    assert await found(square, LIFT, "li") == [waiting]


async def test_what_was_decided_lately_is_shown_and_what_was_long_ago_is_not(
    square: Square,
) -> None:
    lately = await written(square, state=State.DECLINED, closed_at=square.now)
    long_ago = square.now - LATELY - timedelta(days=1)
    await written(square, state=State.DECLINED, closed_at=long_ago)
    await written(square, state=State.MERGED, closed_at=square.now)
    await written(square, state=State.WITHDRAWN, closed_at=square.now)
    assert await found(square, LIFT) == [lately]


async def test_another_community_has_its_own(square: Square) -> None:
    lan = square.places["lan"].id
    await written(square, author="lan", community_id=lan, place_id=lan)
    assert await found(square, LIFT) == []


async def test_changed_words_are_found_by_the_new_ones(square: Square) -> None:
    proposal_id = await written(square)
    async with transaction(square.sessions) as session:
        row = await session.get_one(ProposalRow, proposal_id)
        row.title, row.problem, row.wish = PARKING
        await index_words(session, row)
    assert await found(square, LIFT) == []
    assert await found(square, PARKING) == [proposal_id]


async def test_requests_nearby_tell_what_and_where_and_nothing_of_anybody(square: Square) -> None:
    for category, text in (
        ("public.light", "东门的路灯坏了好几天"),
        ("public.light", "楼道灯不亮"),
        ("medical", "路灯不亮，我看不见，摔了一跤"),
    ):
        await square.file("wang", category=category, text=text, urgency=Urgency.ORDINARY)
    async with transaction(square.sessions) as session:
        shown = await similar_requests(
            session, square.places["gui"].id, wording(*LAMPS), now=square.now
        )
        later = square.now + timedelta(days=90)
        gone = await similar_requests(session, square.places["gui"].id, wording(*LAMPS), now=later)
    assert {(one.category, one.state) for one in shown} == {("public.light", RequestState.OPEN)}
    assert shown[0].where.zh == "桂花社区 1号楼"
    assert set(Nearby.__dataclass_fields__) == {"category", "where", "state"}
    assert gone == []
