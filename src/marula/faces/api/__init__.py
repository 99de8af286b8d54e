"""The Mastodon client API: one file for each page of its documentation's methods.

A handler is declared with `@route` (route.py) and is all there is to an endpoint: its parameters say what is read
from the path, the form and the page cursor, its return type says which entity is answered, and the same
declaration drives dispatch, the scope check, input checks, rate limits, OpenAPI and `marula show routes`.
"""
