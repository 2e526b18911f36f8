"""The page's own endpoints: what the phones show, and what people do with them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.world import World

STATIC = Path(__file__).parent / "static"


def routes(world: World) -> list[Route | Mount]:
    async def index(request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def state(request: Request) -> Response:
        return JSONResponse(world.state())

    async def events(request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("since")
        number = int(last) if last and last.isdecimal() else world.events.last
        return StreamingResponse(
            _stream(world, number),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def start(request: Request) -> Response:
        body = await request.json()
        return JSONResponse(
            world.person(int(request.path_params["id"])).start(body.get("payload", ""))
        )

    async def text(request: Request) -> Response:
        body = await request.json()
        person = world.person(int(request.path_params["id"]))
        return JSONResponse(person.send_text(body["text"], body.get("reply_to")))

    async def press(request: Request) -> Response:
        body = await request.json()
        person = world.person(int(request.path_params["id"]))
        return JSONResponse({"callback_query_id": person.press(body["message_id"], body["data"])})

    return [
        Route("/", index),
        Route("/sandbox/state", state),
        Route("/sandbox/events", events),
        Route("/sandbox/people/{id:int}/start", start, methods=["POST"]),
        Route("/sandbox/people/{id:int}/text", text, methods=["POST"]),
        Route("/sandbox/people/{id:int}/press", press, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
    ]


async def _stream(world: World, number: int) -> AsyncIterator[str]:
    yield ": hello\n\n"
    async for event_id, event in world.events.follow(number):
        yield f"id: {event_id}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
