"""Documents of other servers, read with patience: every property may be missing, null, one value or a list of them.

Nothing here fetches, writes or decides; what cannot be used is left out, and only what a thing cannot be without makes
it `Unreadable`, with the reason.

Spec: ActivityStreams 2.0; federation practice of the software in the field
"""

from marula.faces.activitypub.reading.actor import Person, named_keys, read_actor, read_key
from marula.faces.activitypub.reading.attached import Attached
from marula.faces.activitypub.reading.emojis import read_emojis
from marula.faces.activitypub.reading.post import Said, read_post, stamp_in, total_in
from marula.faces.activitypub.reading.question import Asked
from marula.faces.activitypub.reading.reaction import read_reaction
from marula.faces.activitypub.reading.values import Document, Unreadable, id_of, ids_of, kind_of, load, same_origin

__all__ = [
    "Asked",
    "Attached",
    "Document",
    "Person",
    "Said",
    "Unreadable",
    "id_of",
    "ids_of",
    "kind_of",
    "load",
    "named_keys",
    "read_actor",
    "read_emojis",
    "read_key",
    "read_post",
    "read_reaction",
    "same_origin",
    "stamp_in",
    "total_in",
]
