"""The facts of other servers."""

from marula.base.events import Fact


class ServerUnavailable(Fact, frozen=True, kw_only=True):
    """A server has failed on so many days that nothing is sent to it but a probe now and then."""

    host: str


class ServerRevived(Fact, frozen=True, kw_only=True):
    """A server that was unavailable was reached, or was heard of."""

    host: str
