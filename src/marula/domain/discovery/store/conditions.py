"""What several searches and lists ask of an account `a`."""

from marula.domain.accounts import INSTANCE

PRESENT = f"""
    a.id <> {INSTANCE} and a.suspended_at is null and a.moved_to_id is null and not exists (
        select from users u where u.account_id = a.id and (u.confirmed_at is null or not u.approved))
"""
"""Neither suspended nor moved away, on this server let in, and not the server itself."""

SHOWN = f"coalesce(a.discoverable, false) and a.silenced_at is null and {PRESENT}"
"""Wants to be found by strangers, and may be."""

APART = """
    exists (select from blocks b where b.account_id = {viewer} and b.target_id = {other}
            union all select from blocks b where b.account_id = {other} and b.target_id = {viewer}
            union all select from mutes m where m.account_id = {viewer} and m.target_id = {other}
            union all select from account_domain_blocks d join accounts o on o.domain = d.domain
                      where d.account_id = {viewer} and o.id = {other})
"""
"""A block, in either direction, a mute, or a block of the other's server stands between viewer and other."""
