"""Files of posts.

Spec: ActivityStreams vocabulary, Document; Mastodon documentation, spec/activitypub (properties of attachments)
"""

from marula.faces.activitypub.vocab.context import Document
from marula.views.written import WrittenFile

CENTRE = (0.0, 0.0)


def attached(file: WrittenFile) -> Document:
    """A file as it stands in a post. `name` is what it shows in words, null when nobody has said it."""
    document: Document = {
        "type": "Document",
        "mediaType": file.content_type,
        "url": file.url,
        "name": file.description,
        "focalPoint": list(file.focus or CENTRE),
    }
    known = {"blurhash": file.blurhash, "width": file.width, "height": file.height}
    document |= {name: value for name, value in known.items() if value is not None}
    if file.duration is not None:
        document["duration"] = f"PT{file.duration:.3f}S"
    if file.still is not None:
        document["icon"] = {"type": "Image", "url": file.still}
    return document
