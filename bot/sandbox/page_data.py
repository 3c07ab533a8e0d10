"""What the page shows, in the page's own shapes: names resolved, days and hours in the world's zone."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.letters import day
from bot.sandbox import messages, modals, rooms
from bot.sandbox.people import display_name
from bot.sandbox.persistence import JSON
from bot.sandbox.slack import LocalSlack
from bot.sandbox.state import State
from bot.sandbox.world import App, Channel, Person


def today(slack: LocalSlack) -> datetime:
    """Now, in the zone of the world."""
    return slack.state.clock.now().astimezone(ZoneInfo(slack.state.world.zone))


def world(slack: LocalSlack) -> JSON:
    """Everything the page needs once, and again after the clock moved."""
    state, now, due = slack.state, today(slack), slack.next_due()
    names = {user: display_name(state, user) for user in (*state.people, *state.bots)}
    names |= {channel.id: channel.name for channel in state.channels.values() if channel.name}
    return {
        "today": now.date().isoformat(),
        "day": day(now.date()),
        "now": now.isoformat(timespec="seconds"),
        "zone": state.world.zone,
        "workspaces": [_workspace(state, team) for team in state.workspaces],
        "bots": [
            {"id": app.bot_user, "name": app.name, "team_id": app.team_id} for app in state.apps.values()
        ],
        "apps": [_app(app) for app in state.apps.values()],
        "faults": slack.faults.switches(),
        "next_due": {"label": due[0], "date": due[1].isoformat()} if due else None,
        "names": names,
    }


def _workspace(state: State, team: str) -> JSON:
    workspace = state.workspaces[team]
    people = [_person(person) for person in state.people.values() if person.team_id == team]
    return {"id": team, "name": workspace.name, "colour": workspace.colour, "people": people}


def _person(person: Person) -> JSON:
    return {
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "avatar": person.initials,
        "guest": person.guest,
        "deactivated": person.deactivated,
        "team_id": person.team_id,
    }


def _app(app: App) -> JSON:
    commands = [
        {
            "command": one.command,
            "description": one.description,
            "usage_hint": one.usage_hint,
            "subcommands": list(one.subcommands),
        }
        for one in app.commands
    ]
    return {"team_id": app.team_id, "bot_user": app.bot_user, "commands": commands}


def me(slack: LocalSlack, user: str) -> JSON:
    """A person's side bar; the conversation with their own workspace's bot is always there."""
    app = slack.app_of(slack.state.people[user].team_id)
    if app is not None:
        slack.dm(app.bot_user, user)
    return {"channels": [_channel(slack.state, user, one) for one in rooms.seen_by(slack.state, user)]}


def _channel(state: State, user: str, channel: Channel) -> JSON:
    others = [display_name(state, member) for member in channel.members if member != user]
    bots = [state.bots[member] for member in channel.members if member in state.bots]
    return {
        "id": channel.id,
        "name": ", ".join(others) if channel.dm else channel.name,
        "kind": channel.kind,
        "shared": list(channel.teams) if channel.shared else [],
        "unread": _unread(state, user, channel.id),
        "members": len(channel.members),
        "topic": channel.topic,
        "archived": channel.archived,
        "team_id": bots[0].team_id if channel.dm and bots else channel.team_id,
    }


def _unread(state: State, user: str, channel: str) -> int:
    since = state.reads.get((user, channel), "0")
    found = messages.in_channel(state, channel)
    found = found + [one for one in state.ephemerals if one["to"] == user and one["channel"] == channel]
    return sum(one["ts"] > since and one.get("user") != user for one in found)


def conversation(slack: LocalSlack, channel: str, user: str, thread: str | None) -> JSON:
    """The messages of a channel, or of one thread, as one member sees them; ephemerals among them."""
    state = slack.state
    if user not in state.channels[channel].members:
        return {"messages": []}
    own = [one for one in state.ephemerals if one["to"] == user and one["channel"] == channel]
    if thread:
        found = messages.thread(state, channel, thread) + [
            one for one in own if one.get("thread_ts") == thread
        ]
    else:
        found = messages.roots(state, channel) + [one for one in own if "thread_ts" not in one]
    return {"messages": [_message(slack, one, user) for one in sorted(found, key=lambda one: str(one["ts"]))]}


def _message(slack: LocalSlack, message: JSON, user: str) -> JSON:
    state, author = slack.state, message.get("user", "")
    at = datetime.fromtimestamp(float(message["ts"]), UTC).astimezone(ZoneInfo(state.world.zone))
    team = state.workspaces.get(message.get("team", ""))
    person = state.people.get(author)
    name = display_name(state, author)
    return {
        "ts": message["ts"],
        "thread_ts": message.get("thread_ts"),
        "user": author,
        "username": name,
        "avatar": person.initials if person else name[:1].upper(),
        "is_bot": author in state.bots,
        "team_id": message.get("team"),
        "team_name": team.name if team else "",
        "text": message.get("text", ""),
        "blocks": message.get("blocks") or [],
        "files": [_file(slack, one, user) for one in message.get("files", [])],
        "edited": "edited" in message,
        "deleted": message.get("subtype") == "tombstone",
        "reply_count": message.get("reply_count", 0),
        "reactions": message.get("reactions", []),
        "ephemeral": bool(message.get("is_ephemeral")),
        "day": day(at.date()),
        "time": at.strftime("%H:%M"),
    }


def _file(slack: LocalSlack, file: JSON, user: str) -> JSON:
    url = f"/_files/{file['id']}/{quote(file['name'])}?user={user}&key={slack.page_key}"
    return {
        "id": file["id"],
        "name": file["name"],
        "title": file.get("title", file["name"]),
        "size": len(slack.contents(file["id"])),
        "url": url,
    }


def modal(slack: LocalSlack, user: str) -> JSON:
    """The open modal of a person with what is typed, and how many lie in the stack."""
    state = slack.state
    view = modals.top(state, user)
    shown: dict[str, Any] | None = modals.view_json(state, view) if view else None
    return {"view": shown, "depth": len(state.stacks.get(user, []))}


def may_download(slack: LocalSlack, user: str, file: JSON) -> bool:
    """Whether a person sees a file: their own, or shared in a channel they are in."""
    if file["user"] == user:
        return True
    shared = {channel for places in file["shares"].values() for channel in places}
    return any(user in slack.state.channels[channel].members for channel in shared)
