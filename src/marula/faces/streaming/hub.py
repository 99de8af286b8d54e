"""The connections that one process holds, by what they listen to."""

from collections.abc import Callable, Iterable
from typing import Any

from marula.base.kernel.ids import AccountId
from marula.faces.streaming.outlet import COME_BACK, Outlet
from marula.faces.streaming.streams import Stream


class Hub:
    """The outlets of this process."""

    def __init__(self, on_open: Callable[[], None]) -> None:
        """`on_open`: called whenever somebody comes to listen."""
        self._on_open = on_open
        self.outlets: set[Outlet] = set()
        self._by_stream: dict[Stream, set[Outlet]] = {}
        self._by_account: dict[AccountId, set[Outlet]] = {}

    def open(self, outlet: Outlet) -> None:
        """Hold an outlet from now on."""
        self.outlets.add(outlet)
        self._by_account.setdefault(outlet.account, set()).add(outlet)
        self._on_open()

    def close(self, outlet: Outlet) -> None:
        """Let an outlet go."""
        for stream in list(outlet.streams):
            self.remove(outlet, stream)
        self.outlets.discard(outlet)
        _drop(self._by_account, outlet.account, outlet)
        outlet.close()

    def add(self, outlet: Outlet, stream: Stream) -> None:
        """Let a stream come out of an outlet."""
        outlet.streams.add(stream)
        self._by_stream.setdefault(stream, set()).add(outlet)

    def remove(self, outlet: Outlet, stream: Stream) -> None:
        """Let it come out no longer."""
        outlet.streams.discard(stream)
        _drop(self._by_stream, stream, outlet)

    def send_away(self) -> None:
        """Close all, because something may be missing: whoever comes back asks the API for what is newer."""
        for outlet in list(self.outlets):
            outlet.close(COME_BACK)

    def of_account(self, account: AccountId) -> list[Outlet]:
        """The outlets of somebody."""
        return list(self._by_account.get(account, ()))

    def listeners(self, name: str) -> list[AccountId]:
        """Who listens to the stream of this name, of those that are everybody's own."""
        return list({outlet.account for outlet in self._by_stream.get(Stream(name), ())})

    def streams(self, name: str) -> list[Stream]:
        """The streams of this name that somebody listens to: one for each list or hashtag."""
        return [stream for stream in self._by_stream if stream.name == name]

    def on(self, stream: Stream) -> list[tuple[Outlet, Stream]]:
        """The outlets that have this stream."""
        return [(outlet, stream) for outlet in self._by_stream.get(stream, ())]

    def of(self, account: AccountId, *names: str) -> list[tuple[Outlet, Stream]]:
        """The outlets of somebody with their streams of these names."""
        return [
            (outlet, stream) for outlet in self.of_account(account) for stream in outlet.streams if stream.name in names
        ]


def send(targets: Iterable[tuple[Outlet, Stream]], event: str, data: bytes | None) -> None:
    """Offer a message to outlets; it is written once for each stream and kind of connection."""
    written: dict[tuple[Any, Stream], bytes] = {}
    for outlet, stream in targets:
        key = (outlet.write, stream)
        if key not in written:
            written[key] = outlet.write(stream, event, data)
        outlet.offer(written[key])


def _drop(held: dict[Any, set[Outlet]], key: Any, outlet: Outlet) -> None:
    found = held.get(key)
    if found is not None:
        found.discard(outlet)
        if not found:
            del held[key]
