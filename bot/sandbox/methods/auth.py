"""Who am I: auth.test and team.info."""

from bot.sandbox.persistence import JSON
from bot.sandbox.state import SlackError
from bot.sandbox.web_api import Request, method


@method("api.test")
def api_test(request: Request) -> JSON:
    """Echo."""
    return {"args": request.args}


@method("auth.test")
def auth_test(request: Request) -> JSON:
    """The workspace and bot a token belongs to."""
    app, workspace = request.app, request.state.workspaces[request.app.team_id]
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": app.name.lower(),
        "team_id": app.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("team.info", scopes=("team:read",))
def team_info(request: Request) -> JSON:
    """The app's own workspace, or one it shares a channel with."""
    team = request.word("team") or request.app.team_id
    workspace = request.state.workspaces.get(team)
    if workspace is None or team not in _known_teams(request):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "domain": workspace.domain,
            "url": f"https://{workspace.domain}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


def _known_teams(request: Request) -> set[str]:
    own = request.app.team_id
    channels = request.state.channels.values()
    return {own, *(team for channel in channels if own in channel.teams for team in channel.teams)}
