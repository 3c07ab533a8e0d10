"""The registered channels: whether the app that is to speak in each of them can."""

from collections.abc import Iterator, Mapping, Sequence

from bot.agreement.channels import Channel
from bot.doctor.asking import Answer, Asker
from bot.doctor.checks import Check, finding, fine, unknown


def examine_channels(channels: Sequence[Channel], askers: Mapping[str, Asker]) -> Iterator[Check]:
    """One line for each channel that nothing can be said in, and one for all the others."""
    if not channels:
        yield finding("no_channels")
        return
    checks = [_channel(channel, askers.get(channel.posting_party)) for channel in channels]
    yield from (check for check in checks if check)
    well = sum(check is None for check in checks)
    if well:
        yield fine("channels", count=well)


def _channel(channel: Channel, asker: Asker | None) -> Check | None:
    facts = {"channel": channel.channel_id, "party": channel.posting_party.upper()}
    if asker is None:
        return finding("channel_without_voice", **facts)
    answer = asker.ask("conversations.info", channel=channel.channel_id)
    if answer.word:
        return _refused(answer, facts)
    found = answer.body.get("channel", {})
    facts["name"] = str(found.get("name", ""))
    if found.get("is_im") or found.get("is_mpim"):
        return finding("channel_wrong", **facts)
    if found.get("is_archived"):
        return finding("channel_archived", **facts)
    if not found.get("is_member"):
        return finding("channel_not_member", **facts)
    return None


def _refused(answer: Answer, facts: dict[str, str]) -> Check:
    if answer.word == "channel_not_found":
        return finding("channel_not_found", **facts)
    return unknown("channel_not_asked", **facts, word=answer.word)
