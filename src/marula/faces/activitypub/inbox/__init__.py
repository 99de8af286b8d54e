"""What other servers send to our inboxes: the endpoint, which keeps it, and the worker, which does what it says.

Spec: ActivityPub, 5.2 and 7; federation practice, inbox pipeline
"""

from marula.faces.activitypub.inbox.endpoint import PATHS, Inboxes
from marula.faces.activitypub.inbox.worker import IntakeWorker

__all__ = ["PATHS", "Inboxes", "IntakeWorker"]
