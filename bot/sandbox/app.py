"""The local Slack over HTTP: the Web API, files, response URLs, and the page."""

import asyncio
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

import bot.sandbox.methods  # noqa: F401 (fills the table of methods)
from bot.sandbox import local_api, responses, web_api
from bot.sandbox.page_data import may_download
from bot.sandbox.persistence import JSON
from bot.sandbox.server import CONNECTION
from bot.sandbox.slack import LocalSlack
from bot.sandbox.state import SlackError
from bot.sandbox.wire import arguments, loaded, sent_file

PAGE = Path(__file__).parent / "page"


class Dropped(Response):
    """No answer: the connection closes, or breaks off in the middle where nobody holds it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Close without a byte if possible."""
        transport: Any = scope.get("state", {}).get(CONNECTION)
        if transport is not None:
            transport.close()
            await asyncio.sleep(0.01)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})


def _token(request: Request, args: JSON) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else args.pop("token", None)


def _api(slack: LocalSlack) -> Route:
    async def endpoint(request: Request) -> Response:
        args = await arguments(request)
        token, name = _token(request, args), request.path_params["method"]
        found = await run_in_threadpool(web_api.answer, slack, name, token, args)
        if found.dropped:
            return Dropped()
        return JSONResponse(found.body, found.status, found.headers)

    return Route("/api/{method}", endpoint, methods=["GET", "POST"])


def _receive(slack: LocalSlack, file_id: str, data: bytes) -> Response:
    file = slack.state.files.get(file_id)
    if file is None or file["state"] == "complete":
        return PlainTextResponse("not found", 404)
    if len(data) != file.get("expected"):
        return PlainTextResponse("length does not match", 400)
    with slack.state.lock:
        slack.state.put_file({**file, "state": "uploaded", "size": len(data)}, data)
    return PlainTextResponse(f"OK - {len(data)}")


def _upload(slack: LocalSlack) -> Route:
    async def endpoint(request: Request) -> Response:
        _, data = await sent_file(request)
        return await run_in_threadpool(_receive, slack, request.path_params["file"], data)

    return Route("/_files/upload/{file}", endpoint, methods=["POST", "PUT"])


def _allowed(slack: LocalSlack, request: Request, file: JSON) -> bool:
    query = request.query_params
    if query.get("key") == slack.page_key:
        return may_download(slack, query.get("user", ""), file)
    token = _token(request, {})
    app = next((app for app in slack.state.apps.values() if app.token == token), None)
    return app is not None and token not in slack.state.revoked and slack.app_sees(app, file)


def _download(slack: LocalSlack) -> Route:
    def endpoint(request: Request) -> Response:
        file = slack.state.files.get(request.path_params["file"])
        if file is None:
            return PlainTextResponse("not found", 404)
        if not _allowed(slack, request, file):
            return PlainTextResponse("sign in to see this file", 403)
        return Response(slack.contents(file["id"]), media_type=file["mimetype"])

    return Route("/_files/{file}/{name:path}", endpoint)


def _answered(slack: LocalSlack, key: str, body: bytes) -> Response:
    try:
        with slack.state.lock:
            responses.respond(slack.state, key, loaded(body))
    except SlackError as refused:
        status = 404 if refused.error in ("expired_url", "used_url") else 400
        return PlainTextResponse(refused.error, status)
    return PlainTextResponse("ok")


def _respond(slack: LocalSlack) -> Route:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(_answered, slack, request.path_params["key"], body)

    return Route("/_respond/{key}", endpoint, methods=["POST"])


def _index(_: Request) -> Response:
    index = PAGE / "index.html"
    return FileResponse(index) if index.is_file() else PlainTextResponse("the page is not installed", 404)


def make_app(slack: LocalSlack) -> Starlette:
    """The whole local Slack as one ASGI application.

    Answers are lost with a clean end of the connection where `holding` or `Serving` is outside it.
    """
    page = Mount("/_page", StaticFiles(directory=PAGE, check_dir=False))
    paths: list[BaseRoute] = [_api(slack), _upload(slack), _download(slack), _respond(slack)]
    return Starlette(routes=[*paths, *local_api.routes(slack), Route("/", _index), page])
