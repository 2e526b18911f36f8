"""One call from its parameters to its answer: faults, types, limits, the method, the log."""

import asyncio
import inspect
import time

from sandbox.bots import Bot
from sandbox.calls import Call
from sandbox.faults import Verdict
from sandbox.limits import kind_of
from sandbox.methods.registry import METHODS, Method, Query
from sandbox.params import Params, whole_number
from sandbox.schema import check
from sandbox.wire import ApiError, Encoded, encode
from sandbox.world import World


class AnswerDroppedError(Exception):
    """The call was carried out and a fault forbids to say so."""


def find_method(name: str) -> tuple[str, Method]:
    """The method in its own spelling; 404 if there is none."""
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found: method not found")
    return found


async def perform(
    world: World, bot: Bot, name: str, function: Method, params: Params
) -> tuple[int, bytes]:
    """Status and JSON body of the answer. AnswerDroppedError if the caller must not learn it."""
    started = time.monotonic()
    number, at = world.calls.next_number(), world.clock.now()
    call = Call(number, bot.id, name, params.values, at, started)
    world.calls.append(call)
    chat_id = _chat_id(params)
    verdict = world.faults.strike(name, chat_id) if world.faults.any else None
    try:
        if verdict:
            await _before(verdict)
        body = await _act(world, Query(world, bot, params), name, function, call, chat_id)
        status = 200
    except ApiError as error:
        call.ok, call.result = False, error.body()
        status, body = error.code, encode(call.result)
    if verdict and verdict.drop_answer:
        call.answered = False
        raise AnswerDroppedError
    return status, body


async def _before(verdict: Verdict) -> None:
    for gate in verdict.gates:
        await gate.opened.wait()
    if verdict.delay:
        await asyncio.sleep(verdict.delay)
    if verdict.error:
        raise verdict.error


async def _act(
    world: World, query: Query, name: str, function: Method, call: Call, chat_id: int
) -> bytes:
    check(name, query.params)
    kind = kind_of(name)
    world.limits.check(kind, chat_id, call.monotonic)
    outcome = function(query)
    result = await outcome if inspect.isawaitable(outcome) else outcome
    if isinstance(result, Encoded):
        call.result = result.summary
        return b'{"ok":true,"result":' + result.payload + b"}"
    call.result = result
    messages = len(result) if kind == "send" and isinstance(result, list) else 1
    world.limits.record(kind, chat_id, time.monotonic(), messages)
    return b'{"ok":true,"result":' + encode(result) + b"}"


def _chat_id(params: Params) -> int:
    """The call's chat for limits and faults; 0 if it has none."""
    return whole_number(params.values.get("chat_id")) or 0
