"""People, seen from one workspace."""

from bot.sandbox.people import email_of, user_json
from bot.sandbox.persistence import JSON
from bot.sandbox.state import SlackError
from bot.sandbox.web_api import Request, method, page


@method("users.info", "user", scopes=("users:read",))
def info(request: Request) -> JSON:
    """One person or bot; the locale of own members only."""
    user = request.word("user")
    return {"user": user_json(request.state, request.app, user, request.flag("include_locale"))}


@method("users.list", scopes=("users:read",))
def list_own(request: Request) -> JSON:
    """The members of the app's own workspace."""
    state, team = request.state, request.app.team_id
    ids = [person.id for person in state.people.values() if person.team_id == team]
    ids += [bot.bot_user for bot in state.apps.values() if bot.team_id == team]
    locale = request.flag("include_locale")
    listed, cursor = page([user_json(state, request.app, user, locale) for user in ids], request)
    serial = int(state.clock.now().timestamp())
    return {"members": listed, "cache_ts": serial, "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail", "email", scopes=("users:read.email",))
def by_email(request: Request) -> JSON:
    """The own member with this address."""
    state, wanted = request.state, request.word("email").lower()
    for person in state.people.values():
        own = person.team_id == request.app.team_id and not person.deactivated
        if own and email_of(state, person).lower() == wanted:
            return {"user": user_json(state, request.app, person.id)}
    raise SlackError("users_not_found")
