"""How what is owed goes out: couriers, one in each worker process, lease lines and send what waits in them."""

from marula.faces.activitypub.delivery.courier import Courier

__all__ = ["Courier"]
