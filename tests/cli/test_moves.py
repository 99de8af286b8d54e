"""`marula moves`."""

from tests.cli.conftest import Call


def test_an_account_names_an_alias_and_the_other_moves_to_it(call: Call) -> None:
    for name in ("mover", "goal"):
        assert call("accounts", "create", name, "--email", f"{name}@mail.example", "--confirmed", "--approve").code == 0
    assert "not back-referenced" in call("moves", "start", "mover", "goal").err
    assert "is now an alias of @goal" in call("moves", "alias", "goal", "mover").out
    assert call("moves", "start", "mover", "@goal").out == ("@mover goes on as @goal. Jobs take the followers along.\n")
    assert "moved to @goal on" in call("moves", "show", "mover").out
    assert "alias: " in call("moves", "show", "goal").out
    assert "is no longer an alias" in call("moves", "alias", "goal", "mover", "--remove").out
    assert call("moves", "alias", "goal", "mover", "--remove").code == 1
    assert call("moves", "alias", "nobody", "mover").code == 1
