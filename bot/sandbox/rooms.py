"""Who sees which channel: membership, shared channels, and direct conversations."""

from bot.sandbox.persistence import JSON
from bot.sandbox.state import SlackError, State
from bot.sandbox.world import App, Channel, Person


def room(state: State, app: App, channel: str) -> Channel:
    """A channel as this app sees it; raises channel_not_found, as Slack does for what one may not know."""
    found = state.channels.get(channel)
    if found is None or app.team_id not in found.teams:
        raise SlackError("channel_not_found")
    if (found.private or found.dm) and app.bot_user not in found.members:
        raise SlackError("channel_not_found")
    return found


def writable(state: State, app: App, channel: str) -> Channel:
    """A channel this app may write to; a user id stands for the direct conversation with that person."""
    if channel in state.people:
        return open_dm(state, app, channel, unknown="channel_not_found")
    found = room(state, app, channel)
    if app.bot_user not in found.members:
        raise SlackError("not_in_channel")
    if found.archived or _gone(state, found):
        raise SlackError("is_archived")
    return found


def _gone(state: State, channel: Channel) -> bool:
    people = [state.people[member] for member in channel.members if member in state.people]
    return channel.dm and any(person.deactivated for person in people)


def acquainted(state: State, app: App, person: Person) -> bool:
    """Whether the bot may know this person: same workspace, or a channel that both are in."""
    if person.team_id == app.team_id:
        return True
    pair = {app.bot_user, person.id}
    return any(pair <= set(channel.members) for channel in state.channels.values() if not channel.dm)


def dm_id(app: App, user: str) -> str:
    """The id of the direct conversation of an app's bot and a person."""
    return f"D{app.bot_user[1:]}{user[1:]}"


def open_dm(state: State, app: App, user: str, unknown: str = "user_not_found") -> Channel:
    """The direct conversation with a person, made at first use."""
    person = state.people.get(user)
    if person is None or not acquainted(state, app, person):
        raise SlackError(unknown)
    if person.deactivated:
        raise SlackError("user_disabled")
    return ensure_dm(state, app, person)


def ensure_dm(state: State, app: App, person: Person) -> Channel:
    """The direct conversation of this pair, whether or not it existed."""
    channel = dm_id(app, person.id)
    if channel not in state.channels:
        elsewhere = () if person.team_id == app.team_id else (person.team_id,)
        members = (app.bot_user, person.id)
        state.put_channel(Channel(channel, "", app.team_id, members, elsewhere, dm=True))
    return state.channels[channel]


def channel_json(state: State, app: App, channel: Channel, members: bool = False) -> JSON:
    """A channel in the Web API's shape, as this app's workspace sees it."""
    if channel.dm:
        return _dm_json(app, channel)
    body: JSON = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": app.bot_user in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": app.team_id,
        "conversation_host_id": channel.team_id,
        "shared_team_ids": list(channel.teams),
        "created": 1603411200,
        "creator": next((member for member in channel.members if member in state.people), ""),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
    if channel.shared:
        body["connected_team_ids"] = [team for team in channel.teams if team != app.team_id]
    if members:
        body["num_members"] = len(channel.members)
    return body


def _dm_json(app: App, channel: Channel) -> JSON:
    other = next((member for member in channel.members if member != app.bot_user), "")
    return {
        "id": channel.id,
        "is_im": True,
        "is_channel": False,
        "is_group": False,
        "is_mpim": False,
        "is_private": True,
        "is_archived": channel.archived,
        "is_ext_shared": channel.shared,
        "is_shared": channel.shared,
        "context_team_id": app.team_id,
        "user": other,
        "created": 1603411200,
        "is_user_deleted": False,
    }


def seen_by(state: State, user: str) -> list[Channel]:
    """The channels a person has in the side bar, direct conversations last."""
    mine = [channel for channel in state.channels.values() if user in channel.members]
    return sorted(mine, key=lambda channel: (channel.dm, channel.name, channel.id))
