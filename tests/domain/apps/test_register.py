"""Programs make themselves known."""

import pytest

from marula.base.kernel.errors import Invalid
from marula.domain import apps
from marula.domain.apps import OAuthError
from tests.domain.apps.programs import BACK, program
from tests.world import World


async def test_a_program_gets_its_secret_once_and_proves_itself_with_it(world: World) -> None:
    made = await program(world, website="https://app.example")
    assert (made.app.name, made.app.website, made.app.scopes) == ("Probe", "https://app.example", ("read", "write"))
    assert made.app.redirect_uris == (BACK, apps.OUT_OF_BAND)
    assert made.client_secret not in str(await world.rows("select * from apps"))
    async with world.ctx.db.reading() as db:
        assert await apps.authenticate(db, made.app.client_id, made.client_secret) == made.app
        for client, secret in ((made.app.client_id, "wrong"), ("nobody", made.client_secret), ("", "")):
            with pytest.raises(OAuthError) as refusal:
                await apps.authenticate(db, client, secret)
            assert refusal.value.code == "invalid_client"
    assert len(await world.facts("AppRegistered")) == 1


async def test_a_program_that_says_no_scopes_may_read(world: World) -> None:
    assert (await program(world, scopes=None)).app.scopes == ("read",)
    assert (await program(world, scopes="")).app.scopes == ("read",)


async def test_redirect_uris_may_be_several_and_of_a_program_on_a_device(world: World) -> None:
    uris = (BACK, "myapp://oauth", "com.example.app:/oauth", "http://localhost:8080/cb")
    assert (await program(world, redirect_uris=uris)).app.redirect_uris == uris


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Application name can't be blank"),
        ({"name": "x" * 61}, "Application name is too long (maximum is 60 characters)"),
        (
            {"website": "https://x/" + "y" * 2000},
            "Application website is too long (maximum is 2000 characters)",
        ),
        ({"website": "javascript:alert(1)"}, "Application website must be a valid URL"),
        ({"redirect_uris": ""}, "Redirect URI can't be blank"),
        ({"redirect_uris": "nowhere"}, "Redirect URI must be an absolute URI."),
        ({"redirect_uris": "https:/nowhere"}, "Redirect URI must be an absolute URI."),
        ({"redirect_uris": "http://[broken"}, "Redirect URI must be an absolute URI."),
        ({"redirect_uris": "JavaScript:alert(1)"}, "Redirect URI is forbidden by the server."),
        ({"redirect_uris": "data:text/html,x"}, "Redirect URI is forbidden by the server."),
        ({"redirect_uris": "https://a.example/#x"}, "Redirect URI cannot contain a fragment."),
        (
            {"redirect_uris": "https://a.example/" + "x" * 2000},
            "Redirect URI is too long (maximum is 2000 characters)",
        ),
        ({"scopes": "read everything"}, "Scopes doesn't match configured on the server."),
    ],
)
async def test_a_program_that_cannot_be_is_refused(world: World, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await program(world, **changes)
    assert refusal.value.why == sentence
    assert await world.rows("select from apps") == []
