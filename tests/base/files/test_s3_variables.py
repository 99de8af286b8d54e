"""The variables of a bucket: as in Mastodon, or refused with what is wrong."""

import pytest

from marula.base.files import Disk
from marula.base.files.s3 import S3
from marula.base.kernel.config import Config, ConfigError, load
from marula.main.context import files_for

NEEDED = {"LOCAL_DOMAIN": "marula.example", "S3_ENABLED": "true", "S3_BUCKET": "files"}


def given(**variables: str) -> Config:
    return load(NEEDED | variables, None)


def public(**variables: str) -> str:
    return files_for(given(**variables)).public


def test_without_a_bucket_files_are_in_a_folder() -> None:
    assert isinstance(files_for(given(S3_ENABLED="false")), Disk)
    assert isinstance(files_for(given()), S3)


def test_a_bucket_needs_a_name() -> None:
    with pytest.raises(ConfigError, match="S3_BUCKET is not"):
        load(NEEDED | {"S3_BUCKET": ""}, None)


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "https://s3.us-east-1.amazonaws.com/files/"),
        ({"S3_REGION": "eu-west-1"}, "https://s3.eu-west-1.amazonaws.com/files/"),
        ({"S3_HOSTNAME": "objects.example"}, "https://objects.example/files/"),
        ({"S3_HOSTNAME": "objects.example", "S3_PROTOCOL": "http"}, "http://objects.example/files/"),
        ({"S3_ALIAS_HOST": "files.example"}, "https://files.example/"),
        ({"S3_ALIAS_HOST": "files.example/here/", "S3_KEY_PREFIX": "/a/"}, "https://files.example/here/a/"),
        ({"S3_CLOUDFRONT_HOST": "cdn.example", "S3_HOSTNAME": "objects.example"}, "https://cdn.example/"),
        ({"S3_ENDPOINT": "https://s3.example/"}, "https://s3.example/files/"),
        ({"S3_ENDPOINT": "https://files.s3.example", "S3_OVERRIDE_PATH_STYLE": "true"}, "https://files.s3.example/"),
        ({"S3_ALIAS_HOST": "files.example", "MARULA_S3_SERVED": "proxy"}, "https://marula.example/media/"),
    ],
)
def test_browsers_are_sent_to(variables: dict[str, str], address: str) -> None:
    assert public(**variables) == address


def test_a_host_is_named_without_https() -> None:
    with pytest.raises(ConfigError, match="S3_ALIAS_HOST must be a domain"):
        given(S3_ALIAS_HOST="https://files.example")


def test_what_is_said_of_requests_counts() -> None:
    s3 = given(S3_OPEN_TIMEOUT="7", S3_READ_TIMEOUT="9", S3_RETRY_LIMIT="0", S3_FORCE_SINGLE_REQUEST="true").s3
    assert s3 is not None
    assert (s3.open_timeout, s3.read_timeout, s3.retries, s3.parts_above) == (7, 9, 0, None)


def test_the_key_is_not_shown() -> None:
    shown = {one.name: one.value for one in given(AWS_SECRET_ACCESS_KEY="very secret").shown}
    assert "very secret" not in shown.values()
