"""The types of the web app: made from the description of the API, and sound."""

from web import api_types
from web.node import node


def test_the_types_of_the_web_app_come_from_the_description() -> None:
    api_types.write()
    assert '"/api/v1/statuses": {' in api_types.TYPES.read_text()
    node("node_modules/typescript/bin/tsc", "--noEmit")
