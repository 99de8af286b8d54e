"""To which inboxes of other servers something goes: whose followers, which people, who got the like before.

Spec: ActivityPub 7.1; federation practice, delivery
"""

from marula.views.reach.reading import Reach, inboxes, passing, reach_of

__all__ = ["Reach", "inboxes", "passing", "reach_of"]
