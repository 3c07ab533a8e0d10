"""The JSON routes of the page: what a person sees and does, under `/_local/`."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import page_data, submissions
from bot.sandbox.interactions import Click, run_click
from bot.sandbox.modals import top
from bot.sandbox.persistence import JSON
from bot.sandbox.slack import LocalSlack
from bot.sandbox.state import SlackError
from bot.sandbox.wire import arguments, refusal, sent_file

OPENING = time(9)
POLL_SECONDS = 20.0
CHOSEN = "selected_"

Work = Callable[[LocalSlack, JSON], JSON]


def _looked(slack: LocalSlack, args: JSON, look: Work) -> JSON:
    with slack.state.lock:
        return look(slack, args)


def _route(slack: LocalSlack, path: str, work: Work, method: str = "POST") -> Route:
    async def endpoint(request: Request) -> Response:
        args = {**await arguments(request), **request.path_params}
        run = work if method == "POST" else lambda slack, args: _looked(slack, args, work)
        try:
            return JSONResponse(await run_in_threadpool(run, slack, args))
        except SlackError as refused:
            return refusal(refused.error)
        except (KeyError, ValueError, LookupError) as wrong:
            return refusal(f"{type(wrong).__name__}: {wrong}")

    return Route(path, endpoint, methods=[method])


def _world(slack: LocalSlack, _: JSON) -> JSON:
    return page_data.world(slack)


def _me(slack: LocalSlack, args: JSON) -> JSON:
    return page_data.me(slack, args["user"])


def _messages(slack: LocalSlack, args: JSON) -> JSON:
    return page_data.conversation(slack, args["channel"], args["user"], args.get("thread"))


def _home(slack: LocalSlack, args: JSON) -> JSON:
    return {"view": slack.home(args["user"])}


def _open_home(slack: LocalSlack, args: JSON) -> JSON:
    return {"view": slack.open_home(args["user"])}


def _command(slack: LocalSlack, args: JSON) -> JSON:
    reply = slack.command(args["user"], args["channel"], args["command"], str(args.get("text") or ""))
    said = {"text": reply.text, "blocks": reply.blocks} if reply.text or reply.blocks else None
    return {"reply": said, "error": reply.error}


def _say(slack: LocalSlack, args: JSON) -> JSON:
    thread = args.get("thread_ts")
    return {"ts": slack.say(args["user"], args["channel"], str(args["text"]), thread)}


def _action(slack: LocalSlack, args: JSON) -> JSON:
    container = args.get("container") or {}
    entry = {key: value for key, value in args.items() if key.startswith(CHOSEN)}
    in_view = container.get("view_id")
    click = Click(
        action_id=args["action_id"],
        channel=None if in_view else container.get("channel"),
        ts=None if in_view else container.get("ts"),
        view_id=in_view,
        block_id=args.get("block_id"),
        value=args.get("value"),
        entry=entry or None,
        typed=args.get("state") or {},
    )
    outcome = run_click(slack, args["user"], click)
    return {"ok": outcome.ok, "error": outcome.error}


def _modal(slack: LocalSlack, args: JSON) -> JSON:
    return page_data.modal(slack, args["user"])


def _submit(slack: LocalSlack, args: JSON) -> JSON:
    with slack.state.lock:
        view = top(slack.state, args["user"])
        if view is None or view.id != args.get("view_id", view.id):
            raise SlackError("view_not_found")
        submissions.take_state(slack, view, args.get("state") or {})
    result = submissions.submit(slack, args["user"])
    return {"result": result.result.value, "errors": result.errors, "error": result.error}


def _close(slack: LocalSlack, args: JSON) -> JSON:
    slack.close_modal(args["user"])
    return {"ok": True}


def _read(slack: LocalSlack, args: JSON) -> JSON:
    with slack.state.lock:
        slack.state.put_read(args["user"], args["channel"])
    return {"ok": True}


def _faults(slack: LocalSlack, args: JSON) -> JSON:
    slack.faults.switch(args)
    slack.state.changed()
    return slack.faults.switches()


def _clock(slack: LocalSlack, args: JSON) -> JSON:
    wanted = _wanted_day(slack, args)
    if wanted is not None:
        slack.on_clock(datetime.combine(wanted, OPENING, ZoneInfo(slack.state.world.zone)))
        slack.state.changed()
    return {"today": page_data.today(slack).date().isoformat()}


def _wanted_day(slack: LocalSlack, args: JSON) -> date | None:
    now = page_data.today(slack).date()
    if args.get("to"):
        return date.fromisoformat(args["to"])
    if args.get("next"):
        due = slack.next_due()
        return max(due[1], now + timedelta(days=1)) if due else None
    step = relativedelta(days=int(args.get("days") or 0), months=int(args.get("months") or 0))
    return now + step if step else None


def _upload(slack: LocalSlack) -> Route:
    async def endpoint(request: Request) -> Response:
        name, data = await sent_file(request)
        user = request.query_params.get("user", "")
        if user not in slack.state.people or not data:
            return refusal("invalid_arguments")
        file = await run_in_threadpool(slack.upload, user, name, data)
        return JSONResponse({"id": file["id"], "name": file["name"], "size": len(data)})

    return Route("/_local/upload", endpoint, methods=["POST"])


def _poll(slack: LocalSlack) -> Route:
    async def endpoint(request: Request) -> Response:
        since, waited = int(request.query_params.get("since") or -1), 0.0
        while slack.state.version == since and waited < POLL_SECONDS:
            if await request.is_disconnected():
                break
            await asyncio.sleep(0.1)
            waited += 0.1
        return JSONResponse({"version": slack.state.version})

    return Route("/_local/poll", endpoint, methods=["GET"])


def routes(slack: LocalSlack) -> list[Route]:
    """All routes of the page's own JSON."""
    looks: dict[str, Work] = {
        "world": _world,
        "me/{user}": _me,
        "messages/{channel}": _messages,
        "home/{user}": _home,
        "modal/{user}": _modal,
    }
    deeds: dict[str, Work] = {
        "home/{user}/open": _open_home,
        "command": _command,
        "message": _say,
        "action": _action,
        "modal/{user}/submit": _submit,
        "modal/{user}/close": _close,
        "read": _read,
        "faults": _faults,
        "clock": _clock,
    }
    found = [_route(slack, f"/_local/{path}", work, "GET") for path, work in looks.items()]
    found += [_route(slack, f"/_local/{path}", work) for path, work in deeds.items()]
    return [*found, _upload(slack), _poll(slack)]
