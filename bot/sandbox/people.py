"""People and bots in the Web API's shapes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.persistence import JSON
from bot.sandbox.rooms import acquainted
from bot.sandbox.state import SlackError, State
from bot.sandbox.world import App, Person


def user_json(state: State, app: App, user: str, include_locale: bool = False) -> JSON:
    """One user as this app's workspace sees them; raises user_not_found."""
    if user in state.bots:
        return _bot_json(state, state.bots[user])
    if user not in state.people:
        raise SlackError("user_not_found")
    person = state.people[user]
    body = _person_json(state, person, email=not app.scopes or "users:read.email" in app.scopes)
    if person.team_id != app.team_id:
        body["is_stranger"] = not acquainted(state, app, person)
    elif include_locale:
        body["locale"] = person.locale
    return body


def _person_json(state: State, person: Person, email: bool) -> JSON:
    offset = datetime.astimezone(state.clock.now(), ZoneInfo(person.tz)).utcoffset()
    profile = {
        "title": person.title,
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": person.name.split()[0],
        "last_name": person.name.split()[-1],
        "team": person.team_id,
        "avatar_hash": "",
        "image_72": "",
    }
    if email:
        profile["email"] = email_of(state, person)
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "real_name": person.name,
        "deleted": person.deactivated,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": person.guest,
        "is_bot": False,
        "is_app_user": False,
        "updated": 1603411200,
    }


def email_of(state: State, person: Person) -> str:
    """The address a person has in their workspace."""
    domain = state.workspaces[person.team_id].domain.removesuffix("-local")
    return f"{person.handle}@{domain}.example"


def _bot_json(state: State, bot: App) -> JSON:
    return {
        "id": bot.bot_user,
        "team_id": bot.team_id,
        "name": bot.name.lower(),
        "real_name": bot.name,
        "deleted": bot.token in state.revoked,
        "is_bot": True,
        "is_app_user": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "profile": {
            "real_name": bot.name,
            "display_name": bot.name,
            "bot_id": bot.bot_id,
            "api_app_id": bot.id,
            "team": bot.team_id,
        },
        "updated": 1603411200,
    }


def display_name(state: State, user: str) -> str:
    """What the page writes for a user id."""
    if user in state.bots:
        return state.bots[user].name
    return state.people[user].name if user in state.people else user
