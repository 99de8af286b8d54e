"""The privacy policy of a server whose owner has not written one: what the program does, and nothing more."""

from datetime import UTC, datetime

WRITTEN_AT = datetime(2026, 11, 23, tzinfo=UTC)
"""When the text below was last changed."""

DEFAULT = """
This server runs Marula. Its owner has not written a privacy policy yet. Until they do, this is what the program does.

## What is kept

- **Your account**: username, e-mail address, password (only as a hash, from which it cannot be read), and the profile
  you write.
- **What you do here**: your posts, polls, favourites, bookmarks, lists, filters, follows, blocks and mutes.
- **Your sign-ins**: the browsers and programs that you use, with the time and the network address of their last use.
  Network addresses are removed after some time.

## Who can see it

- Public posts and your profile can be seen by everybody, and are given to other servers whose people follow you.
- Posts for followers are given to your followers, also on other servers. Direct posts are given to those they name.
  They are not encrypted: those who run this server, or another that receives them, could read them.
- Your e-mail address and network addresses can be seen by those who run this server, and by nobody else.

## What is not done

Nothing is sold, there is no advertising, and nobody follows what you do on other sites.

## What you can do

You can change and delete what you write. Ask those who run this server to delete your account, or to tell you what
they know about you.
""".strip()
