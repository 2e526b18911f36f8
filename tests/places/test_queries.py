"""Finding one's way down the tree."""

import pytest

from models.database import transaction
from models.places.actions.growing import plant
from models.places.queries import (
    children,
    find_code,
    find_home,
    line_of,
    offer,
    offer_within,
    search,
)
from models.places.rules import PlaceKind
from tests.town import Town


@pytest.mark.parametrize("typed", ["3号楼", "3 号", "building 3", "３号楼", "三号楼", "3"])
async def test_typed_words_find_the_building(town: Town, typed: str) -> None:
    async with transaction(town.sessions) as session:
        found = {line.place.code for line in await search(session, typed)}
    assert found == {"b3", "l3"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("兰花社区3号楼", "l3"), ("桂花 3号楼", "b3"), ("13", "b13"), ("b10", "b10"), ("兰花", "lan")],
)
async def test_what_stands_beside_the_number_decides(town: Town, typed: str, code: str) -> None:
    async with transaction(town.sessions) as session:
        found = await search(session, typed)
    assert [line.place.code for line in found][:1] == [code]


@pytest.mark.parametrize(
    "typed", ["", "🙂" * 5000, "%", "_", "9号楼", "'; DROP TABLE places", "\x00"]
)
async def test_nothing_is_found_for_what_names_no_place(town: Town, typed: str) -> None:
    async with transaction(town.sessions) as session:
        assert await search(session, typed) == []


async def test_the_way_down_skips_what_leaves_no_choice(town: Town) -> None:
    async with transaction(town.sessions) as session:
        top = await offer(session)
        assert [place.code for place in top.options] == ["lan", "gui"]
        buildings = await offer(session, town.places["gui"].id)
    assert [place.name for place in buildings.options] == [
        "1号楼", "2号楼", "3号楼", "10号楼", "13号楼",
    ]  # fmt: skip


async def test_two_taps_lead_home_from_several_streets(town: Town) -> None:
    async with transaction(town.sessions) as session:
        district = await plant(
            session, parent=None, kind=PlaceKind.DISTRICT, name="江南区", code="south"
        )
        homes = set()
        for street in ("松", "柏"):
            upper = await plant(
                session, parent=district, kind=PlaceKind.STREET, name=f"{street}街", code=street
            )
            community = await plant(
                session,
                parent=upper,
                kind=PlaceKind.COMMUNITY,
                name=f"{street}社区",
                code=f"{street}c",
            )
            home = await plant(
                session, parent=community, kind=PlaceKind.BUILDING, name="1号楼", code=f"{street}1"
            )
            homes.add(home.id)
        first = await offer(session, district.id)
        assert {place.name for place in first.options} == {"松社区", "柏社区"}
        second = [await offer(session, place.id) for place in first.options]
    assert {place.id for step in second for place in step.options} == homes


async def test_buildings_of_one_name_keep_their_grids(town: Town) -> None:
    async with transaction(town.sessions) as session:
        grid = await plant(
            session, parent=town.places["gui"], kind=PlaceKind.GRID, name="第二网格", code="g2"
        )
        await plant(session, parent=grid, kind=PlaceKind.BUILDING, name="3号楼", code="x3")
        step = await offer(session, town.places["gui"].id)
    assert [place.name for place in step.options] == ["第一网格", "第二网格"]


async def test_an_empty_tree_offers_nothing(sessions) -> None:
    async with transaction(sessions) as session:
        step = await offer(session)
    assert (step.at, step.options) == (None, ())


async def test_somebody_who_covers_a_part_is_offered_that_part(town: Town) -> None:
    paths = [town.places["lan"].path, town.places["l3"].path]
    async with transaction(town.sessions) as session:
        top = await offer_within(session, paths, None)
        below = await offer_within(session, paths, town.places["lan-g1"].id)
        outside = await offer_within(session, paths, town.places["gui"].id)
    assert [place.code for place in top.options] == ["lan"]
    assert [place.code for place in below.options] == ["l3"]
    assert outside == top


async def test_codes_homes_lines_and_children(town: Town) -> None:
    async with transaction(town.sessions) as session:
        found = await find_code(session, "B3")
        line = await line_of(session, town.places["b3"].id)
        assert await find_home(session, town.places["gui"].id) is None
        assert await find_home(session, 999_999) is None
        assert len(await children(session, town.places["gui-g1"].id)) == 5
    assert found == town.places["b3"]
    assert line is not None
    assert line.called("zh_Hans") == "桂花社区 第一网格 3号楼"
    assert line.called("zh_Hans", whole=True).startswith("桂花街道")
    assert line.short("en") == "Building 3, 桂花社区"
