"""Reading requests and writing answers, for all routes of the local Slack."""

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.sandbox.persistence import JSON


def refusal(error: str, status: int = 400) -> JSONResponse:
    """A refusal of a route of the page."""
    return JSONResponse({"ok": False, "error": error}, status)


async def arguments(request: Request) -> JSON:
    """Query, form and JSON body as one object; a body that is not an object counts as empty."""
    args: dict[str, Any] = dict(request.query_params)
    body, kind = await request.body(), request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        args |= loaded(body)
    elif kind.startswith("application/x-www-form-urlencoded"):
        args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind.startswith("multipart/form-data"):
        args |= {name: data.decode("utf-8", "replace") for name, _, data in parts(kind, body)}
    return args


def loaded(body: bytes) -> JSON:
    """A JSON object, or an empty one."""
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def parts(content_type: str, body: bytes) -> list[tuple[str, str, bytes]]:
    """The parts of a multipart body: field name, file name (or empty), bytes."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    found = []
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        found.append((str(name or ""), part.get_filename() or "", data if isinstance(data, bytes) else b""))
    return found


async def sent_file(request: Request) -> tuple[str, bytes]:
    """The file of an upload, raw or multipart: its name and bytes."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        for _, name, data in parts(kind, body):
            if name:
                return name, data
    return request.query_params.get("name", "file"), body
