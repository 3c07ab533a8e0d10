"""VI.1: a decision that the owner gave in a letter or an e-mail is told like any other, with the file itself."""

from bot.agreement.emblem_letters import EmblemDecidedByLetter, letter_of
from bot.agreement.emblems import get_request
from bot.announcements.audiences import Reactions
from bot.announcements.emblems import emblem_answer_to_asker, emblem_record, emblem_thread
from bot.post import Post


def letter_enclosed(post: Post, event: EmblemDecidedByLetter) -> None:
    """The letter itself goes to the thread of the request: both sides see what was signed."""
    row = letter_of(post.desk.session, get_request(post.desk.session, event.request_id))
    if row:
        post.enclose(row.file_id, event.subject, "emblem_letters/letter_enclosed", event.facts())


REACTIONS: Reactions = {
    EmblemDecidedByLetter: (
        emblem_thread("emblem_letters/emblem_decided_by_letter"),
        letter_enclosed,
        emblem_record,
        emblem_answer_to_asker,
    )
}
