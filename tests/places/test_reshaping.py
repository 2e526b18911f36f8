"""Moving, merging and removing places, with all that hangs on them."""

import pkgutil
from importlib import import_module

from sqlalchemy import select

import models
from models.audit.rules import AuditAct
from models.broadcasts.rules.audience import Audience, Group
from models.broadcasts.tables import BroadcastRow
from models.database import Session, transaction
from models.duty.tables import DutyRow
from models.early.tables import EarlyRow
from models.leaving.actions import LEAVE_HOOKS
from models.people.hanging import PLACES
from models.people.queries import find_card, standing_grants
from models.people.rules import Role
from models.people.views import Person
from models.places.queries import (
    children,
    find_code,
    find_home,
    find_place,
    line_of,
    offer,
    offer_within,
    search,
)
from models.places.rules import Change, PlaceKind, Planting, Reshaping, Verb
from models.places.views import Prospect
from models.proposals.tables import TermsRow
from models.reshaping.actions.changing import PLACE_HOOKS, look_at_change, make_change
from models.reshaping.actions.growing import add_places, rename_place
from models.roles.actions import hanging as roles
from tests.audit.reading import acts, lines
from tests.town import Town


async def changed(
    session: Session, town: Town, admin: Person, change: Change
) -> Prospect | Reshaping:
    """Look, and make the change as it was seen."""
    found = await look_at_change(session, admin, change, now=town.now)
    if isinstance(found, Reshaping):
        return found
    return await make_change(session, admin, change, found.seen, now=town.now)


def change(town: Town, verb: Verb, place: str, to: str | None = None) -> Change:
    """Name a change by the codes of its places."""
    return Change(verb, town.places[place].id, town.places[to].id if to else None)


async def test_a_grid_moves_with_all_below_it_and_rights_follow(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    staff = await town.settle(2, "b2", (Role.STAFF, "gui"))
    async with transaction(town.sessions) as session:
        await rename_place(session, admin, town.places["gui-g1"].id, "第九网格", now=town.now)
        move = change(town, Verb.MOVE, "gui-g1", "lan")
        seen = await look_at_change(session, admin, move, now=town.now)
        assert isinstance(seen, Prospect)
        assert dict(seen.hanging) == {"places": 5, "people": 2}
        assert seen.across
        assert await make_change(session, admin, move, seen.seen, now=town.now) is Reshaping.MOVED
        (line,) = await lines(session, AuditAct.PLACE_MOVED)
        assert line.detail == {
            "from": town.places["gui"].id, "to": town.places["lan"].id, "places": 5, "people": 2,
        }  # fmt: skip
    async with transaction(town.sessions) as session:
        moved = await line_of(session, town.places["b3"].id)
        assert moved is not None
        assert moved.called("zh_Hans") == "兰花社区 第九网格 3号楼"
        assert moved.place.path.startswith(town.places["lan"].path)
        again = await town.again(session, 2)
        assert again.place_path is not None
        assert again.place_path.startswith(town.places["lan"].path)
        assert not any(moved.place.path.startswith(path) for _role, path in staff.grants)


async def test_what_cannot_be_moved_is_named(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        wanted = {
            change(town, Verb.MOVE, "b1", "gui-g1"): Reshaping.THERE_ALREADY,
            change(town, Verb.MOVE, "gui", "gui-g1"): Reshaping.TOO_LOW,
            change(town, Verb.MOVE, "gui", "gui"): Reshaping.TOO_LOW,
            change(town, Verb.MOVE, "gui", "b1"): Reshaping.TOO_LOW,
            change(town, Verb.MOVE, "b3", "lan-g1"): Reshaping.NAME_TAKEN,
            change(town, Verb.MOVE, "b3"): Reshaping.NO_SUCH_PLACE,
            change(town, Verb.REMOVE, "b3", "b1"): Reshaping.NO_SUCH_PLACE,
            change(town, Verb.REMOVE, "street"): Reshaping.TOP,
            change(town, Verb.MERGE, "gui", "lan"): Reshaping.NOT_ALIKE,
            change(town, Verb.MERGE, "b3", "l3"): Reshaping.NOT_ALIKE,
            change(town, Verb.MERGE, "b3", "b3"): Reshaping.NOT_ALIKE,
            change(town, Verb.MERGE, "b3", "gui-g1"): Reshaping.NOT_ALIKE,
            Change(Verb.MOVE, 10**9, town.places["gui"].id): Reshaping.NO_SUCH_PLACE,
        }
        for each, expected in wanted.items():
            assert await changed(session, town, admin, each) is expected, each


async def test_a_merger_carries_all_over_and_old_posters_lead_on(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    both = await town.settle(2, "b3", (Role.STAFF, "b3"), (Role.STAFF, "b13"))
    one = await town.settle(3, "b3", (Role.STAFF, "b3"))
    old, kept = town.places["b3"].id, town.places["b13"].id
    async with transaction(town.sessions) as session:
        for at in (old, kept):
            set_by = {"set_by": None, "set_at": town.now}
            session.add(DutyRow(place_id=at, weekday=1, person_id=both.id, **set_by))
            session.add(
                TermsRow(place_id=at, topic="", needed=at, days=9, set_by=admin.id, set_at=town.now)
            )
        session.add(DutyRow(place_id=old, weekday=2, person_id=one.id, set_at=town.now))
    async with transaction(town.sessions) as session:
        merge = change(town, Verb.MERGE, "b3", "b13")
        assert await changed(session, town, admin, merge) is Reshaping.MERGED
        assert await acts(session, AuditAct.PLACE_MERGED) == 1
    async with transaction(town.sessions) as session:
        for who in (both, one):
            card = await find_card(session, who.id)
            assert card is not None
            assert card.place_id == kept
            assert [grant.place_id for grant in await standing_grants(session, who.id)] == [kept]
        roster = (await session.scalars(select(DutyRow).order_by(DutyRow.weekday))).all()
        assert [(row.place_id, row.weekday) for row in roster] == [(kept, 1), (kept, 2)]
        (terms,) = (await session.scalars(select(TermsRow))).all()
        assert terms.needed == kept, "what was set at the one that stays holds"
        assert await find_code(session, "b3") == await find_place(session, kept)
        assert await find_home(session, old) is None
        assert [line.place.code for line in await search(session, "桂花 3号楼")] != ["b3"]
        assert (await offer_within(session, ["/"], old)).at is not None
        assert old not in {place.id for place in await children(session, town.places["gui-g1"].id)}


async def test_a_grid_merges_with_its_buildings_unless_names_clash(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        add = {"now": town.now}
        gui, grid = town.places["gui"].id, PlaceKind.GRID
        made = await add_places(session, admin, gui, grid, "第二网格", **add)
        assert not isinstance(made, Planting)
        second = made.places[0].id
        await add_places(session, admin, second, PlaceKind.BUILDING, "3号楼\n30号楼", **add)
        merge = Change(Verb.MERGE, second, town.places["gui-g1"].id)
        assert await changed(session, town, admin, merge) is Reshaping.NAME_TAKEN
        double = (await children(session, second))[0]
        into = Change(Verb.MERGE, double.id, town.places["b3"].id)
        assert await changed(session, town, admin, into) is Reshaping.MERGED
        assert await changed(session, town, admin, merge) is Reshaping.MERGED
        names = [place.name for place in (await offer(session, gui)).options]
    assert names == ["1号楼", "2号楼", "3号楼", "10号楼", "13号楼", "30号楼"]


async def test_what_is_lived_in_is_not_removed_and_roles_end_with_the_rest(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    staff = await town.settle(2, "b2", (Role.STAFF, "b10"))
    b10 = town.places["b10"].id
    async with transaction(town.sessions) as session:
        session.add(DutyRow(place_id=b10, weekday=1, person_id=staff.id, set_at=town.now))
    async with transaction(town.sessions) as session:
        remove = change(town, Verb.REMOVE, "b2")
        assert await changed(session, town, admin, remove) is Reshaping.IN_USE
        remove = change(town, Verb.REMOVE, "gui-g1")
        assert await changed(session, town, admin, remove) is Reshaping.IN_USE
        remove = change(town, Verb.REMOVE, "b10")
        seen = await look_at_change(session, admin, remove, now=town.now)
        assert isinstance(seen, Prospect)
        assert dict(seen.hanging) == {"roles": 1, "duty": 1}
        assert await changed(session, town, admin, remove) is Reshaping.REMOVED
        assert await changed(session, town, admin, remove) is Reshaping.NO_SUCH_PLACE
        assert await standing_grants(session, staff.id) == []
        assert await session.scalar(select(DutyRow.person_id)) is None
        assert await acts(session, AuditAct.PLACE_REMOVED) == 1
        assert await acts(session, AuditAct.REVOKED) == 1
        assert await find_code(session, "b10") is None
        renamed = await rename_place(session, admin, b10, "新", now=town.now)
        assert renamed is Planting.NO_SUCH_PLACE


async def test_what_changed_since_it_was_shown_is_asked_anew(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    async with transaction(town.sessions) as session:
        merge = change(town, Verb.MERGE, "b3", "b13")
        seen = await look_at_change(session, admin, merge, now=town.now)
        assert isinstance(seen, Prospect)
    await town.settle(2, "b3")
    async with transaction(town.sessions) as session:
        again = await make_change(session, admin, merge, seen.seen, now=town.now)
        assert isinstance(again, Prospect)
        assert dict(again.hanging) == {"people": 1}
        assert await acts(session, AuditAct.PLACE_MERGED) == 0


async def test_only_who_looks_after_both_places_may(town: Town) -> None:
    secretary = await town.settle(1, "b1", (Role.SECRETARY, "street"))
    elsewhere = await town.settle(2, "l3", (Role.ADMIN, "lan"))
    here = await town.settle(3, "b1", (Role.ADMIN, "gui"))
    async with transaction(town.sessions) as session:
        for actor in (secretary, elsewhere):
            for verb, to in ((Verb.MOVE, "lan-g1"), (Verb.MERGE, "b2"), (Verb.REMOVE, None)):
                found = await changed(session, town, actor, change(town, verb, "b1", to))
                assert found is Reshaping.NOT_ALLOWED
        away = change(town, Verb.MOVE, "b1", "lan-g1")
        assert await changed(session, town, here, away) is Reshaping.NOT_ALLOWED
        assert await acts(session, AuditAct.DENIED) > 0


def declared(name: str) -> list[object]:
    """Return what the modules of `models` declare under a name of their own."""
    modules = [
        import_module(found.name)
        for found in pkgutil.walk_packages(models.__path__, "models.")
        if found.name not in {"models.leaving.actions", "models.reshaping.actions.changing"}
    ]
    return [vars(module)[name] for module in modules if name in vars(module)]


def test_every_subject_that_lies_at_places_is_asked_what_hangs_on_them() -> None:
    named = [PLACES, roles.PEOPLE, roles.ROLES]
    assert {id(one) for one in PLACE_HOOKS.values()} == {
        id(one) for one in (*declared("PLACE_HOOKS"), *named)
    }


def test_every_subject_that_is_bound_up_with_people_lets_go_of_who_leaves() -> None:
    assert {id(one) for one in LEAVE_HOOKS.values()} == {id(one) for one in declared("LEAVE_HOOKS")}
    assert len(LEAVE_HOOKS) >= 8


async def test_audiences_and_early_items_of_merged_places_become_one(town: Town) -> None:
    admin = await town.settle(1, "b1", (Role.ADMIN, "street"))
    old, kept = town.places["b3"].id, town.places["b13"].id
    audience = Audience((Group(old), Group(kept)), (Group(old, language="en"),))
    async with transaction(town.sessions) as session:
        for at, category in ((old, "noise"), (kept, "noise"), (old, "lift")):
            session.add(EarlyRow(place_id=at, category=category, state="open", opened_at=town.now))
        session.add(
            BroadcastRow(
                token="t", author_id=admin.id, place_id=old, style="notice", topic="general",
                state="draft", language="zh_Hans", content={}, buttons=[],
                audience=audience.kept(), created_at=town.now, changed_at=town.now,
            )
        )  # fmt: skip
    async with transaction(town.sessions) as session:
        merge = change(town, Verb.MERGE, "b3", "b13")
        seen = await look_at_change(session, admin, merge, now=town.now)
        assert isinstance(seen, Prospect)
        assert dict(seen.hanging) == {"early": 2, "broadcasts": 1}
        assert await changed(session, town, admin, merge) is Reshaping.MERGED
    async with transaction(town.sessions) as session:
        items = (await session.scalars(select(EarlyRow).order_by(EarlyRow.category))).all()
        assert [(row.place_id, row.category) for row in items] == [(kept, "lift"), (kept, "noise")]
        (row,) = (await session.scalars(select(BroadcastRow))).all()
        assert row.place_id == kept
        carried = Audience.of(row.audience)
        assert carried == Audience((Group(kept),), (Group(kept, language="en"),))
