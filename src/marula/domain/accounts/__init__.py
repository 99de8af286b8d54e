"""Who: people and other actors, ours and theirs, what their profiles say, and their counters.

Tables owned: accounts, account_stats.
"""

from marula.domain import storage
from marula.domain.accounts import copies, rules
from marula.domain.accounts.actions import create, delete, ensure_instance, revise_profile, set_aside
from marula.domain.accounts.callers import CALLERS, callers_changed
from marula.domain.accounts.copies import address as picture_address
from marula.domain.accounts.drafting import draft_profile
from marula.domain.accounts.events import AccountCreated, AccountDeleted, ProfileRevised
from marula.domain.accounts.names import username_problem
from marula.domain.accounts.picturing import make_avatar, make_header
from marula.domain.accounts.reading import acquaint, look_up, mention_link, named
from marula.domain.accounts.store import (
    bump,
    by_handle,
    by_handles,
    by_id,
    count_follow,
    count_post,
    domains,
    give_up_portraits,
    hint,
    locked,
    many,
    pictures,
    restrict_server,
    silence,
    stats,
    suspend,
    uncount_follows,
)
from marula.domain.accounts.types import (
    INSTANCE,
    Account,
    ActorType,
    NewAccount,
    Picture,
    Pictures,
    ProfileChanges,
    ProfileDraft,
    ProfileField,
    Stats,
)
from marula.domain.storage import Purpose

__all__ = [
    "CALLERS",
    "INSTANCE",
    "Account",
    "AccountCreated",
    "AccountDeleted",
    "ActorType",
    "NewAccount",
    "Picture",
    "Pictures",
    "ProfileChanges",
    "ProfileDraft",
    "ProfileField",
    "ProfileRevised",
    "Stats",
    "acquaint",
    "bump",
    "by_handle",
    "by_handles",
    "by_id",
    "callers_changed",
    "copies",
    "count_follow",
    "count_post",
    "create",
    "delete",
    "domains",
    "draft_profile",
    "ensure_instance",
    "hint",
    "locked",
    "look_up",
    "make_avatar",
    "make_header",
    "many",
    "mention_link",
    "named",
    "picture_address",
    "pictures",
    "restrict_server",
    "revise_profile",
    "rules",
    "set_aside",
    "silence",
    "stats",
    "suspend",
    "uncount_follows",
    "username_problem",
]

storage.refers("accounts", "avatar_id", "avatar_still_id", "header_id", "header_still_id")
storage.yields(Purpose.AVATAR, give_up_portraits)
storage.yields(Purpose.HEADER, give_up_portraits)
