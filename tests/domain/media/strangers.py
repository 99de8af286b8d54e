"""Posts of other servers, with their files."""

from marula.base.kernel.ids import AccountId, PostId
from marula.domain import posts
from marula.domain.media import RemoteFile
from marula.domain.posts import Draft, Post
from tests.domain.posts.writing import seen
from tests.world import World

PICTURE = RemoteFile(
    url="https://files.example/1.png",
    content_type="image/png",
    description="a tree",
    blurhash="UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
    width=640,
    height=480,
    focus=(-0.5, 0.25),
)
FILM = RemoteFile(
    url="https://files.example/2.mp4",
    content_type="video/mp4",
    duration=12.5,
    preview_url="https://files.example/2.jpg",
)


async def published(world: World, author: AccountId, *files: RemoteFile, text: str = "look") -> PostId:
    """A post that came from another server."""
    async with world.ctx.db.transaction() as tx:
        return await posts.publish(tx, author, drafted(*files, text=text), local=False)


async def revised(world: World, post: PostId, *files: RemoteFile, text: str = "look") -> Post:
    """The same post after its server sent another state of it."""
    before = await seen(world, post)
    async with world.ctx.db.transaction() as tx:
        await posts.revise(tx, before, drafted(*files, text=text))
    return await seen(world, post)


def drafted(*files: RemoteFile, text: str = "look") -> Draft:
    return Draft(text=text, html=f"<p>{text}</p>", media=files, uri="https://beta.example/posts/1")
