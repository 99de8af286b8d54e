"""One running server for the walks that do not harm it."""

from collections.abc import Iterator

import pytest

from tests.flows.server import Server, server
from tests.folders import open_folder


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Server]:
    """A server with open sign-up."""
    with open_folder() as folder, server(folder) as made:
        made.run("settings", "set", "registrations", "open")
        yield made
