"""People of this server who follow others elsewhere, and read what they write."""

from typing import Any

from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.api.caller import Caller
from tests.peer import Somebody


async def follow(sending: Sending, caller: Caller, who: Somebody) -> str:
    """Let one of ours follow somebody elsewhere, who accepts. Gives the id of their account here."""
    found = await caller.get("/api/v2/search", params={"q": f"@{who.handle}", "resolve": "true"})
    account = found["accounts"][0]["id"]
    await caller.post(f"/api/v1/accounts/{account}/follow")
    await sending.work()
    (asked,) = [one for one in who.server.received("Follow") if one["object"] == who.uri][-1:]
    assert await sending.tell(who, who.activity("Accept", asked)) == ("accepted", None)
    return account


async def home(caller: Caller) -> list[dict[str, Any]]:
    """The home feed, newest first."""
    return await caller.get("/api/v1/timelines/home")
