"""What the feeds of home and of lists have in common: the SQL of a new post, and of what keeps it out of a feed.

`s` is the post, as SUBJECT gives it; `f` is a feed: `account_id`, whose it is.
"""

SUBJECT = """
    select p.id, p.account_id, p.visibility, p.language, p.in_reply_to_account_id, p.answers_others, p.reblog_of_id,
           coalesce(p.reblog_of_id, p.id) as origin_id, origin.account_id as origin_author,
           array[p.account_id, origin.account_id]
               || array(select account_id from mentions where post_id = origin.id and not silent) as concerned,
           array_remove(array[author.domain, origin_author.domain], null) as domains
    from posts p join posts origin on origin.id = coalesce(p.reblog_of_id, p.id)
    join accounts author on author.id = p.account_id join accounts origin_author on origin_author.id = origin.account_id
    where p.id = $1
"""

WELCOME = """
    (f.account_id = s.account_id or (
        not exists (select from mutes m where m.account_id = f.account_id and m.target_id = any(s.concerned)
                    and (m.expires_at is null or m.expires_at > {now}))
        and not exists (select from blocks b where b.account_id = f.account_id and b.target_id = any(s.concerned))
        and not exists (select from blocks b where b.account_id = s.origin_author and b.target_id = f.account_id)
        and (s.domains = '{{}}' or not exists (
                select from account_domain_blocks d where d.account_id = f.account_id and d.domain = any(s.domains)))))
"""
"""It is one's own; or no mute, block or hidden server stands between the owner of the feed and the author, or whom the
author boosted, and the owner neither mutes nor blocks anybody named in it."""

NAMES_NONE_SHUNNED = """
    ({author} = {reader} or not exists (
        select from mentions x where x.post_id = {origin} and not x.silent and (
            exists (select from blocks b where b.account_id = {reader} and b.target_id = x.account_id)
            or exists (select from mutes m where m.account_id = {reader} and m.target_id = x.account_id
                       and (m.expires_at is null or m.expires_at > {now})))))
"""
"""It is the reader's own, or names nobody whom they mute or block."""

EXCLUSIVE = """
    exists (select from lists l join list_members m on m.list_id = l.id
            where l.account_id = {reader} and l.exclusive and m.account_id = {author})
"""
"""The reader has the author on an exclusive list."""

TAGGED = "p.visibility = 0 and p.reblog_of_id is null and a.silenced_at is null and a.suspended_at is null"
"""A post p of an account a may be shown to strangers who follow one of its hashtags."""

APART = """
    (exists (select from mutes m where m.account_id = $1 and m.target_id = $2)
     or exists (select from blocks b where (b.account_id, b.target_id) in (($1, $2), ($2, $1))))
"""
"""The reader $1 mutes the author $2, or one of them blocks the other: still so when the job that asks is late."""
