"""The bits of roles, and the roles a server starts with."""

import pytest

from marula.domain.users import permissions
from marula.domain.users.permissions import EVERYTHING, NOTHING, DefaultRole, Permission
from tests.contract import reference


@reference.needs_reference
def test_the_bits_are_those_of_the_reference() -> None:
    flags = reference.load("permissions.json")["permission_flags"]
    assert {flag["name"].upper(): flag["value"] for flag in flags} == {bit.name: bit.value for bit in Permission}


@reference.needs_reference
@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("everyone", permissions.EVERYONE),
        ("moderator", permissions.MODERATOR),
        ("admin", permissions.ADMIN),
        ("owner", permissions.OWNER),
    ],
)
def test_the_first_roles_are_those_of_the_reference(key: str, role: DefaultRole) -> None:
    (expected,) = [one for one in reference.load("permissions.json")["default_roles"] if one["key"] == key]
    assert (role.name, role.position, role.permissions) == (expected["name"], expected["position"], expected["value"])
    assert expected.get("id", permissions.EVERYONE_ID) == permissions.EVERYONE_ID


def test_a_role_adds_to_what_everyone_may() -> None:
    may = permissions.effective(Permission.MANAGE_REPORTS, Permission.INVITE_USERS)
    assert may == Permission.MANAGE_REPORTS | Permission.INVITE_USERS
    assert permissions.effective(NOTHING, NOTHING) == NOTHING


def test_an_administrator_may_do_everything() -> None:
    assert permissions.effective(permissions.OWNER.permissions, NOTHING) == EVERYTHING
    assert all(bit in EVERYTHING for bit in Permission)
    assert permissions.effective(permissions.ADMIN.permissions, NOTHING) != EVERYTHING


def test_everyone_starts_within_what_everyone_may_be_given() -> None:
    assert permissions.EVERYONE.permissions in permissions.FOR_EVERYONE
