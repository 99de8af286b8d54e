"""Why another server is not reached, or does not reach us: tried step by step, and told in words."""

from marula.faces.activitypub.doctor.examining import Step, examine

__all__ = ["Step", "examine"]
