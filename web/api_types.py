"""`python -m web.api_types`: write the types of the API for the web app, from the API's own description."""

import msgspec

import marula.main.web as every_route
from marula.faces.api.openapi import description
from web.node import WEB, node, packages

assert every_route

TYPES = WEB / "src" / "client" / "schema.ts"


def write() -> None:
    """Write src/client/schema.ts."""
    packages()
    node("tools/types.mjs", given=msgspec.json.encode(description()))


if __name__ == "__main__":
    write()
