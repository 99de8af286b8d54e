"""What our server says to others: every fact that concerns them becomes an activity, owed to whom it is for.

A composer reads a fact and gives activities (`federating.Outgoing`); which inboxes that is, `views.reach` decides; that
they arrive is the work of `delivery`. Spec: ActivityPub 6 and 7
"""

from marula.faces.activitypub.composing import marks, moves, people, polls, posts, profiles, quotes, reports
from marula.faces.activitypub.composing.federating import Outgoing, federated, federates, send

COMPOSERS = (marks, moves, people, polls, posts, profiles, quotes, reports)
"""Imported for what they compose."""

__all__ = ["COMPOSERS", "Outgoing", "federated", "federates", "send"]
