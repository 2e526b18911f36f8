"""Growing the tree from the chat."""

from models.audit.rules import AuditAct
from models.database import transaction
from models.people.rules import Role
from models.places.queries import children, search
from models.places.rules import PlaceKind, Planting
from models.places.views import Added
from models.reshaping.actions.growing import add_places, rename_place
from tests.audit.reading import acts
from tests.town import Town


async def test_an_admin_adds_many_at_once_and_a_second_tap_adds_nothing(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    typed = "20号楼 / Building 20\n\n21号楼\n20号楼"
    async with transaction(town.sessions) as session:
        grid = town.places["lan-g1"].id
        added = await add_places(session, admin, grid, PlaceKind.BUILDING, typed, now=town.now)
        again = await add_places(session, admin, grid, PlaceKind.BUILDING, typed, now=town.now)
        found = await search(session, "building 20")
        assert await acts(session, AuditAct.PLACE_ADDED) == 2
    assert isinstance(added, Added)
    assert isinstance(again, Added)
    assert [place.name for place in added.places] == ["20号楼", "21号楼"]
    assert added.there == ("20号楼",)
    assert again == Added((), there=("20号楼", "21号楼", "20号楼"))
    assert [line.place.name_en for line in found] == ["Building 20"]


async def test_what_does_not_serve_is_named(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    building, grid = town.places["b1"].id, town.places["gui-g1"].id
    kind = PlaceKind.BUILDING
    async with transaction(town.sessions) as session:
        add = {"now": town.now}
        assert await add_places(session, admin, 10**9, kind, "x", **add) is Planting.NO_SUCH_PLACE
        assert await add_places(session, admin, building, kind, "x", **add) is Planting.TOO_LOW
        assert await add_places(session, admin, grid, kind, "  \n ", **add) is Planting.NO_NAME
        assert await add_places(session, admin, grid, kind, "x" * 81, **add) is Planting.TOO_LONG
        assert await rename_place(session, admin, grid, "\u200f", **add) is Planting.NO_NAME


async def test_renaming_is_found_at_once(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        outcome = await rename_place(
            session, admin, town.places["b3"].id, "玉兰苑／Magnolia Court", now=town.now
        )
        assert outcome is Planting.RENAMED
        found = await search(session, "magnolia")
    assert [line.place.name for line in found] == ["玉兰苑"]


async def test_nobody_else_may(town: Town) -> None:
    secretary = await town.settle(1, "b1", (Role.SECRETARY, "street"))
    admin_elsewhere = await town.settle(2, "l3", (Role.ADMIN, "lan"))
    grid = town.places["gui-g1"].id
    async with transaction(town.sessions) as session:
        for actor in (secretary, admin_elsewhere):
            added = await add_places(
                session, actor, grid, PlaceKind.BUILDING, "99号楼", now=town.now
            )
            assert added is Planting.NOT_ALLOWED
            renamed = await rename_place(session, actor, grid, "我的", now=town.now)
            assert renamed is Planting.NOT_ALLOWED
        assert await acts(session, AuditAct.DENIED) == 2, "one of each, at the one place"
        assert len(await children(session, grid)) == 5


async def test_what_was_not_added_is_named_with_the_reason(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    lines = ["１号 楼", "20号楼", "x" * 81, " / Building 9", *(f"{n}栋" for n in range(100, 159))]
    async with transaction(town.sessions) as session:
        grid = town.places["gui-g1"].id
        added = await add_places(
            session, admin, grid, PlaceKind.BUILDING, "\n".join(lines), now=town.now
        )
    assert isinstance(added, Added)
    assert added.there == ("１号 楼",)
    assert added.unread == ("x" * 81, "/ Building 9")
    assert added.beyond == 3
    assert len(added.places) == 57
