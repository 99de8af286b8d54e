"""What other servers send here, as tests do it: signed, to the whole application, and then worked on."""

import httpx
import msgspec

from marula.base.crypto.signatures import Form
from marula.domain.intake import Concluded, Waiting
from marula.faces.activitypub.delivery import Courier
from marula.faces.activitypub.inbox import IntakeWorker
from tests.faces.api.caller import HOME, Caller, Crowd
from tests.peer import Document, Somebody
from tests.world import World


class TwiceWorker(IntakeWorker):
    """A worker that does everything twice, as one does that is killed before it could say that it was done."""

    async def _attempt(self, arrival: Waiting) -> Concluded:
        first = await super()._attempt(arrival)
        second = await super()._attempt(arrival)
        assert (first.state in ("waiting", "dead")) == (second.state in ("waiting", "dead")), second
        return first


class Sending:
    """The mail of other servers to this one."""

    def __init__(self, world: World, crowd: Crowd) -> None:
        self.world = world
        self.crowd = crowd

    async def post(
        self,
        who: Somebody,
        what: Document | bytes,
        path: str = "/inbox",
        *,
        form: Form = "cavage",
        expect: int = 202,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send a document, or other bytes, signed by somebody. `headers` take the place of those that were signed."""
        body = what if isinstance(what, bytes) else msgspec.json.encode(what)
        signed = who.signed("POST", f"{HOME}{path}", body, self.world.clock.now(), form)
        answer = await self.crowd.client.post(path, content=body, headers=signed | (headers or {}))
        assert answer.status_code == expect, answer.text
        return answer

    async def work(self) -> int:
        """Work on everything that came, twice, and on what follows from it; deliver what is owed."""
        worked = await TwiceWorker(self.world.ctx).run_due()
        await self.world.settle()
        await Courier(self.world.ctx).run_due()
        return worked

    async def tell(self, who: Somebody, *what: Document) -> tuple[str, str | None]:
        """Send these and work on each; what became of the last one, and why."""
        for one in what:
            await self.post(who, one)
            await self.work()
        return (await self.outcomes())[-1]

    async def outcomes(self) -> list[tuple[str, str | None]]:
        """What became of everything, in the order in which it came."""
        return [(row["state"], row["why"]) for row in await self.world.rows("select * from arrivals order by id")]


def uri(caller: Caller) -> str:
    """The actor id of one of ours."""
    return f"{HOME}/ap/users/{caller.account}"
