"""Activities of people of other servers, one file for each type: what it does here.

Spec: ActivityPub, 7; federation practice, inbox rules for each type
"""

from marula.faces.activitypub.activities import (
    accept,
    announce,
    block,
    create,
    delete,
    feature,
    flag,
    follow,
    like,
    move,
    quote,
    undo,
    update,
)
from marula.faces.activitypub.activities.registry import received, undone

HANDLERS = (accept, announce, block, create, delete, feature, flag, follow, like, move, quote, undo, update)
"""Imported for what they receive."""

__all__ = ["HANDLERS", "received", "undone"]
