"""The slash commands and the words each understands; the doors behind them are in `handlers.doors`."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    "/agreement": (
        "status",
        "due",
        "clause",
        "activities",
        "report",
        "acknowledgement",
        "costs",
        "help",
    ),
    "/exchange": (
        "share",
        "matter",
        "project",
        "consult",
        "documents",
        "restricted",
        "confidentiality",
        "list",
        "show",
        "help",
    ),
    "/emblem": (
        "request",
        "mention",
        "list",
        "show",
        "instructions",
        "absence",
        "delegate",
        "revoke",
        "help",
    ),
    "/contacts": (
        "list",
        "who",
        "designate",
        "office",
        "handover",
        "help",
    ),
    "/communication": (
        "draft",
        "list",
        "show",
        "event",
        "funding",
        "help",
    ),
    "/workplan": (
        "show",
        "add",
        "update",
        "propose",
        "adopt",
        "compare",
        "import",
        "export",
        "help",
    ),
    "/meeting": (
        "propose",
        "list",
        "show",
        "minutes",
        "announce",
        "invitations",
        "invitation",
        "help",
    ),
    "/termination": (
        "status",
        "notice",
        "receipt",
        "withdraw",
        "renewal",
        "help",
    ),
    "/instrument": (
        "list",
        "add",
        "show",
        "dispute",
        "amendment",
        "help",
    ),
}


def unprefixed(command: str) -> str:
    """The command of ours that is meant, where an app's manifest gave it a prefix: /x-meeting is /meeting."""
    bare = f"/{command.rpartition('-')[2]}"
    return command if command in WORDS or bare not in WORDS else bare


def understood(line: str) -> bool:
    """Whether a line such as `/emblem request` can be typed today."""
    command, _, rest = line.partition(" ")
    return rest.split(" ")[0] in ("", *WORDS[command]) if command in WORDS else False
