"""Reports go to the server of whom they are about, and where the reporter wants it to those who were answered."""

import pytest

from tests.faces.activitypub.inbox.conftest import crowd, sending
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow
from tests.faces.api.caller import Caller, Crowd
from tests.peer import Server
from tests.world import World

__all__ = ["crowd", "sending"]


class Quarrel:
    """Eve of another server, whom Ann follows, was rude to Dan of a third one; Fay is on a fourth."""

    def __init__(self, ann: Caller, eve: str, post: str, servers: dict[str, Server]) -> None:
        self.ann, self.eve, self.post, self.servers = ann, eve, post, servers

    async def report(self, sending: Sending, *domains: str) -> set[str]:
        """Report what Eve wrote. Gives the servers that hear of it."""
        chosen = {"forward_to_domains": list(domains)} if domains else {}
        said = {"account_id": self.eve, "status_ids": [self.post], "forward": True} | chosen
        made = await self.ann.post("/api/v1/reports", json=said)
        assert made["forwarded"] is True
        await sending.work()
        return {name for name, server in self.servers.items() if server.received("Flag")}


@pytest.fixture
async def quarrel(world: World, crowd: Crowd, sending: Sending) -> Quarrel:
    servers = {name: world.internet.server(f"{name}.example") for name in ("eve", "dan", "fay")}
    eve, dan, fay = [server.person(name) for name, server in servers.items()]
    ann = await crowd.join("ann")
    account = await follow(sending, ann, eve)
    await follow(sending, ann, fay)
    asked = dan.note()
    rude = eve.note("<p>Rude</p>", inReplyTo=asked["id"])
    await sending.tell(eve, eve.activity("Create", rude))
    (post,) = await world.rows("select id from posts where uri = $1", rude["id"])
    return Quarrel(ann, account, str(post["id"]), servers)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ((), {"eve"}),
        (("EVE.example", "dan.example"), {"eve", "dan"}),
        (("dan.example",), {"dan"}),
        (("fay.example", "no domain"), set[str]()),
    ],
)
async def test_it_goes_where_the_reporter_wants_as_far_as_that_has_to_do_with_it(
    quarrel: Quarrel, sending: Sending, chosen: tuple[str, ...], told: set[str]
) -> None:
    assert await quarrel.report(sending, *chosen) == told
