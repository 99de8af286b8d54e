"""What is looked for when somebody looks: the posts and pins of an account, the answers in a thread.

Everything is asked for by jobs, of one thing at a time, within limits, and not again for a while.

Spec: federation practice, fetching (backfill); FEP-7888 and FEP-f228 (conversations)
"""

from marula.faces.activitypub.completing.profile import complete_profile, visit
from marula.faces.activitypub.completing.thread import complete_thread, open_thread

__all__ = ["complete_profile", "complete_thread", "open_thread", "visit"]
