"""Each kind of notification in one sentence."""

from marula.base.text.sentences import Sentence

SENTENCES = {
    "mention": Sentence("{name} mentioned you"),
    "status": Sentence("{name} wrote something"),
    "reblog": Sentence("{name} boosted your post"),
    "follow": Sentence("{name} follows you now"),
    "follow_request": Sentence("{name} would like to follow you"),
    "favourite": Sentence("{name} favourited your post"),
    "poll": Sentence("A poll you voted in has ended"),
    "update": Sentence("{name} edited a post you boosted"),
    "quote": Sentence("{name} quoted your post"),
    "quoted_update": Sentence("{name} edited a post you quoted"),
    "added_to_collection": Sentence("{name} put you into a collection"),
    "collection_update": Sentence("{name} changed a collection you are in"),
    "severed_relationships": Sentence("Some of your connections were cut"),
    "moderation_warning": Sentence("The moderators wrote to you"),
    "annual_report": Sentence("Your year can be looked back on"),
    "admin.sign_up": Sentence("{name} signed up"),
    "admin.report": Sentence("{name} reported somebody"),
}
OWN_POLL = Sentence("Your poll has ended")


def sentence(kind: str, *, own: bool) -> Sentence:
    """What somebody is told, with the `name` of who did it. `own`: they did it themselves, as when their poll ends."""
    return OWN_POLL if own and kind == "poll" else SENTENCES[kind]
