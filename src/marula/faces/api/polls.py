"""Polls.

Spec: Mastodon documentation, methods/polls
"""

from marula.base.kernel.ids import PollId
from marula.domain import posts
from marula.entities import Poll
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered
from marula.views.poll import poll as render_poll


class VoteForm(Form, frozen=True, kw_only=True):
    """The positions of the chosen options, from 0."""

    choices: tuple[int, ...]


@route("GET", "/api/v1/polls/{id}", auth="optional", scopes=("read", "read:statuses"))
async def show(call: Call, id: PollId) -> Rendered[Poll]:
    """A poll and where it stands."""
    async with call.ctx.db.reading() as db:
        poll = await posts.readable_poll(db, call.viewer, id)
        return await render_poll(call.ctx, db, call.viewer, poll.post_id)


@route("POST", "/api/v1/polls/{id}/votes", scopes=("write", "write:statuses"))
async def vote(call: Call, id: PollId, form: VoteForm) -> Rendered[Poll]:
    """Choose, once."""
    async with call.ctx.db.reading() as db:
        poll = await posts.readable_poll(db, call.viewer, id)
        await posts.approachable(db, call.me, poll.post_id)
    async with call.ctx.db.transaction() as tx:
        await posts.vote(tx, call.me, poll, form.choices)
    async with call.ctx.db.reading() as db:
        return await render_poll(call.ctx, db, call.viewer, poll.post_id)
