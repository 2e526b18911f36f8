"""Steering the sandbox over HTTP: people, groups, clock, faults, limits, reset."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields

from starlette.requests import Request

from sandbox.faults import ACTIONS, Fault
from sandbox.params import Params
from sandbox.wire import Json
from sandbox.world import World

Steer = Callable[[World, Params], Awaitable[Json]]
CALLS_AT_ONCE = 1_000


async def add_person(world: World, given: Params) -> Json:
    """{first_name, last_name?, language_code?, username?} -> a phone."""
    if not given.text("first_name").strip():
        raise ValueError("first_name is needed")
    person = world.add_person(
        given.text("first_name"),
        given.text("last_name"),
        given.text("language_code") or "zh-hans",
        given.text("username"),
        given.integer("id"),
    )
    return person.screen()


async def add_group(world: World, given: Params) -> Json:
    """{title, members: [person ids], type?: "group" | "supergroup", bot_is_admin?} -> its Chat."""
    kind = given.text("type") or "supergroup"
    members = given.values.get("members")
    if kind not in ("group", "supergroup") or not isinstance(members, list):
        raise ValueError("a group needs members and is a group or a supergroup")
    unknown = [member for member in members if member not in world.phones]
    if unknown:
        raise ValueError(f"there is no person {unknown[0]}")
    chat = world.add_group(given.text("title") or "Group", members, kind)
    if given.flag("bot_is_admin"):
        chat.admins.add(world.bot.id)
    return chat.info


async def move_clock(world: World, given: Params) -> Json:
    """{seconds, stepwise?} forward: at once, or from one instant at which the bot has something
    to do to the next -> where it stands, and whether it came to its end."""
    seconds = float(given.text("seconds") or 0)
    arrived = True
    if given.flag("stepwise") and world.companion is not None:
        arrived = await world.journey.travel(seconds, world.companion)
    else:
        world.advance(seconds)
    return {"now": world.clock.now().isoformat(), "arrived": arrived}


async def set_limits(world: World, given: Params) -> Json:
    """Any of {enforced, per_second, private_burst, group_per_minute, forget}."""
    rules = world.limits.rules
    if "enforced" in given.values:
        rules.enforced = given.flag("enforced")
    for name in ("per_second", "private_burst", "group_per_minute"):
        number = given.integer(name)
        if number is not None:
            setattr(rules, name, max(1, number))
    if given.flag("forget"):
        world.limits.forget()
    return world.limits.report()


async def reset(world: World, given: Params) -> Json:
    """Everything as at first."""
    del given
    await world.reset()
    return {}


async def misbehave(world: World, given: Params) -> Json:
    """{"action": ...} with the action's own fields; see `MISBEHAVIOUR` and `Fault`."""
    action = given.text("action")
    if action in ACTIONS:
        return asdict(world.faults.add(_fault(given)))
    act = MISBEHAVIOUR.get(action)
    if act is None:
        known = ", ".join([*ACTIONS, *MISBEHAVIOUR])
        raise ValueError(f"unknown action {action!r}; there are {known}")
    return act(world, given)


def _fault(given: Params) -> Fault:
    """A rule from its JSON; "times": null, or a probability alone, lasts until cleared."""
    names = {field.name for field in fields(Fault)}
    values = {name: value for name, value in given.values.items() if name in names}
    if "probability" in values and "times" not in values:
        values["times"] = None
    return Fault(**values)


def _clear(world: World, given: Params) -> Json:
    world.faults.clear()
    seed = given.integer("seed")
    if seed is not None:
        world.faults.reseed(seed)
    return {}


def _repeat(world: World, given: Params) -> Json:
    count = given.integer("count") or 1
    ids = world.bot.queue.repeat(count, new_ids=given.flag("new_ids"))
    return {"update_ids": ids}


def _renumber(world: World, given: Params) -> Json:
    world.bot.queue.jump(given.integer("step") or 1_000)
    return {"next_update_id": world.bot.queue.next_id}


def _inject(world: World, given: Params) -> Json:
    return {"update_id": world.bot.queue.inject(given.values.get("update"))}


def _block(world: World, given: Params) -> Json:
    blocked = given.flag("blocked") if "blocked" in given.values else True
    world.person(given.integer("person_id") or 0).block(blocked=blocked)
    return {"blocked": blocked}


def _deactivate(world: World, given: Params) -> Json:
    world.person(given.integer("person_id") or 0).deactivate()
    return {"deactivated": True}


def _migrate(world: World, given: Params) -> Json:
    return world.migrate_group(given.integer("chat_id") or 0).info


MISBEHAVIOUR: dict[str, Callable[[World, Params], Json]] = {
    "clear": _clear,  # {seed?}
    "repeat_updates": _repeat,  # {count?, new_ids?}
    "renumber_updates": _renumber,  # {step}, negative for down
    "inject_update": _inject,  # {update: any JSON}
    "block": _block,  # {person_id, blocked?}
    "deactivate": _deactivate,  # {person_id}
    "migrate_group": _migrate,  # {chat_id}
}
STEERING: dict[str, Steer] = {
    "/sandbox/people": add_person,
    "/sandbox/groups": add_group,
    "/sandbox/clock": move_clock,
    "/sandbox/limits": set_limits,
    "/sandbox/faults": misbehave,
    "/sandbox/reset": reset,
}


def calls(world: World, request: Request) -> list[Json]:
    """Calls after `?since=N`, oldest first, at most 1,000, optionally of one `?method=`."""
    since = request.query_params.get("since", "0")
    found = world.calls.since(
        int(since) if since.isdecimal() else 0, request.query_params.get("method")
    )
    return [call.to_json() for call in found[:CALLS_AT_ONCE]]
