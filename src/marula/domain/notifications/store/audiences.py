"""Who is told of what: for each audience the SQL that finds it.

Each gives the columns account_id (who is told), from_id (who did it), post_id and cause (what makes the notification
the only one of its kind), for the subject $1. What is gone by now tells nobody. `for key share` waits for what is being
removed at this moment: the reaction to its removal comes after.
"""

from typing import Literal, TypeAlias

from marula.domain.users import permissions

Audience: TypeAlias = Literal[
    "mentioned",
    "watching followers",
    "author of the boosted post",
    "followed",
    "asked",
    "author of the favourite",
    "voters and author",
    "author of the quoted post",
    "authors of quotes",
    "boosters",
    "severed",
    "staff",
    "staff for reports",
    "featured account",
    "accounts in the collection",
]

_STAFF = int(permissions.Permission.ADMINISTRATOR | permissions.Permission.MANAGE_USERS)
_MODERATORS = int(permissions.Permission.ADMINISTRATOR | permissions.Permission.MANAGE_REPORTS)

AUDIENCES: dict[Audience, str] = {
    "mentioned": """
        select m.account_id, p.account_id as from_id, p.id as post_id, p.id as cause
        from posts p join mentions m on m.post_id = p.id where p.id = $1 and not m.silent
    """,
    # Those who are named hear of it by that; replies to others are not what one watches somebody for.
    "watching followers": """
        select f.account_id, p.account_id as from_id, p.id as post_id, p.id as cause
        from posts p join follows f on f.target_id = p.account_id and f.notify
        where p.id = $1 and p.visibility < 3
          and not p.answers_others
          and (f.languages is null or p.language is null or p.language = any(f.languages))
          and not exists (select from mentions m where m.post_id = p.id and m.account_id = f.account_id)
    """,
    "author of the boosted post": """
        select o.account_id, b.account_id as from_id, o.id as post_id, b.id as cause
        from posts b join posts o on o.id = b.reblog_of_id where b.id = $1 for key share of b
    """,
    "followed": """
        select target_id as account_id, account_id as from_id, null::bigint as post_id, id as cause
        from follows where id = $1 for key share
    """,
    "asked": """
        select target_id as account_id, account_id as from_id, null::bigint as post_id, id as cause
        from follow_requests where id = $1 for key share
    """,
    "author of the favourite": """
        select p.account_id, f.account_id as from_id, p.id as post_id, f.id as cause
        from favourites f join posts p on p.id = f.post_id where f.id = $1 for key share of f
    """,
    "voters and author": """
        select v.account_id, p.account_id as from_id, p.id as post_id, polls.id as cause
        from polls join posts p on p.id = polls.post_id
        cross join lateral (
            select account_id from poll_votes where poll_id = polls.id union select p.account_id
        ) v
        where polls.id = $1
    """,
    "author of the quoted post": """
        select q.quoted_account_id as account_id, q.account_id as from_id, q.post_id, q.id as cause
        from quotes q where q.id = $1 and q.state = 1 for key share
    """,
    "authors of quotes": """
        select q.account_id, p.account_id as from_id, p.id as post_id, e.id as cause
        from posts p
        cross join lateral (select distinct account_id from quotes where quoted_id = p.id and state = 1) q
        cross join lateral (select max(id) as id from post_edits where post_id = p.id) e
        where p.id = $1 and e.id is not null
    """,
    "boosters": """
        select b.account_id, p.account_id as from_id, p.id as post_id, e.id as cause
        from posts p join posts b on b.reblog_of_id = p.id
        cross join lateral (select max(id) as id from post_edits where post_id = p.id) e
        where p.id = $1 and e.id is not null
    """,
    "severed": """
        select account_id, account_id as from_id, null::bigint as post_id, id as cause from severances where id = $1
    """,
    "staff": f"""
        select s.account_id, n.account_id as from_id, null::bigint as post_id, n.id as cause
        from users n cross join users s join roles r on r.id = s.role_id
        where n.id = $1 and n.confirmed_at is not null and n.approved and r.permissions & {_STAFF} <> 0
    """,
    "staff for reports": f"""
        select s.account_id, n.account_id as from_id, null::bigint as post_id, n.id as cause
        from reports n cross join users s join roles r on r.id = s.role_id
        where n.id = $1 and r.permissions & {_MODERATORS} <> 0
    """,
    "featured account": """
        select i.account_id, c.account_id as from_id, null::bigint as post_id, i.id as cause
        from collection_items i join collections c on c.id = i.collection_id
        where i.id = $1 and i.state = 1 for key share of i
    """,
    "accounts in the collection": """
        select i.account_id, c.account_id as from_id, null::bigint as post_id, i.id as cause
        from collection_items i join collections c on c.id = i.collection_id
        where c.id = $1 and i.state = 1 for key share of i
    """,
}
