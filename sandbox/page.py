"""The page's endpoints: what the phones show, and what people do with them."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import steering
from sandbox.api import read_params
from sandbox.params import Params
from sandbox.taps import ACTS
from sandbox.wire import ApiError, Json
from sandbox.world import World

STATIC = Path(__file__).parent / "static"
Endpoint = Callable[[Request], Awaitable[Response]]
HEARTBEAT = ": open\n\n"


def routes(world: World) -> list[BaseRoute]:
    """Everything but the Bot API's own paths. What is asked wrongly gets {"error": ...}:
    404 for nobody of that id or name, 400 for what a person could not do."""
    reads: dict[str, Callable[[Request], object]] = {
        "/sandbox/state": lambda _: world.state(),
        "/sandbox/calls": lambda request: steering.calls(world, request),
        "/sandbox/limits": lambda _: world.limits.report(),
        "/sandbox/faults": lambda _: world.faults.to_json(),
    }
    return [
        Route("/", _index),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        *(Route(path, _reading(read)) for path, read in reads.items()),
        Route("/sandbox/events", _events(world)),
        Route("/sandbox/files/{file_id}", _file(world)),
        *(
            Route(path, _steering(world, steer), methods=["POST"])
            for path, steer in steering.STEERING.items()
        ),
        Route("/sandbox/people/{id:int}/{act}", _tapping(world), methods=["POST"]),
    ]


async def _index(request: Request) -> Response:
    del request
    page = STATIC / "index.html"
    if not page.exists():
        return Response("The page is not there.", 404)
    return FileResponse(page, headers={"Cache-Control": "no-cache"})


def _reading(read: Callable[[Request], object]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return JSONResponse(read(request))

    return endpoint


def _steering(world: World, steer: steering.Steer) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await _answered(request, lambda given: steer(world, given))

    return endpoint


def _tapping(world: World) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        async def act(given: Params) -> Json:
            person = world.person(request.path_params["id"])
            return ACTS[request.path_params["act"]](person, given)

        return await _answered(request, act)

    return endpoint


async def _answered(request: Request, act: Callable[[Params], Awaitable[Json]]) -> Response:
    try:
        given = await read_params(request.scope, request.receive)
        return JSONResponse(await act(given))
    except KeyError as error:
        return JSONResponse({"error": f"there is no {error}"}, 404)
    except (ValueError, TypeError) as error:
        return JSONResponse({"error": str(error)}, 400)
    except ApiError as error:
        return JSONResponse({"error": error.description}, error.code)


def _file(world: World) -> Endpoint:
    """A file of the page's bot by file_id, for pictures and players on the page."""

    async def endpoint(request: Request) -> Response:
        stored = world.files.find(world.bot.id, request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": "there is no such file"}, 404)
        # Never a type a browser would run: what people send must not act on the page.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(stored.content, media_type=stored.media_type, headers=headers)

    return endpoint


def _events(world: World) -> Endpoint:
    """Server-Sent Events, from `Last-Event-ID` or `?since=` on, or from now."""

    async def endpoint(request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("since") or ""
        number = int(last) if last.isdecimal() else world.events.last
        return StreamingResponse(
            _stream(world, number),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return endpoint


async def _stream(world: World, number: int) -> AsyncIterator[str]:
    yield HEARTBEAT
    async for event_id, event in world.events.follow(number):
        yield f"id: {event_id}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
