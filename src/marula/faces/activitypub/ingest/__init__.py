"""From what other servers say to what is kept here: their posts, with everything that these name.

Whoever calls has a document that is believed: it came from where its id belongs, or from its author's own hands.
"""

from marula.faces.activitypub.ingest.believing import checked
from marula.faces.activitypub.ingest.drafting import Sent
from marula.faces.activitypub.ingest.keeping import document_kept
from marula.faces.activitypub.ingest.knowing import known
from marula.faces.activitypub.ingest.rereading import reread_all
from marula.faces.activitypub.ingest.taking import fetched, name_later, revise, take

__all__ = ["Sent", "checked", "document_kept", "fetched", "known", "name_later", "reread_all", "revise", "take"]
