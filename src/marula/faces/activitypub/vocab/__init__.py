"""What goes on the wire, as plain trees of JSON. Everything that we send is composed here, and nowhere else.

Spec: ActivityStreams 2.0; Mastodon documentation, spec/activitypub
"""
