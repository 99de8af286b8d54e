"""What the feeds of home and of lists have in common: the SQL of a new post, and of what keeps it out of a feed.

`s` is the post, as SUBJECT gives it; `f` is a feed: `account_id`, whose it is.
"""

SUBJECT = """
    select p.id, p.account_id, p.visibility, p.language, p.in_reply_to_account_id, p.reblog_of_id,
           coalesce(p.reblog_of_id, p.id) as origin_id, origin.account_id as origin_author
    from posts p join posts origin on origin.id = coalesce(p.reblog_of_id, p.id) where p.id = $1
"""

WELCOME = """
    not exists (select from mutes m where m.account_id = f.account_id
                and m.target_id in (s.account_id, s.origin_author)
                and (m.expires_at is null or m.expires_at > {now}))
    and not exists (select from blocks b where b.account_id = f.account_id
                    and b.target_id in (s.account_id, s.origin_author))
    and not exists (select from blocks b where b.account_id = s.origin_author and b.target_id = f.account_id)
"""
"""Neither a mute nor a block stands between the owner of the feed and the author, or the author of what was boosted."""

EXCLUSIVE = """
    exists (select from list_members m join lists l on l.id = m.list_id
            where m.account_id = {author} and l.account_id = {reader} and l.exclusive)
"""
"""The reader has the author on an exclusive list."""

TAGGED = "p.visibility = 0 and p.reblog_of_id is null and a.silenced_at is null and a.suspended_at is null"
"""A post p of an account a may be shown to strangers who follow one of its hashtags."""
