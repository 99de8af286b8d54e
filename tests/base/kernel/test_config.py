"""The settings of the process: what is read, what is derived, what is refused and what is shown."""

import stat
from pathlib import Path

import pytest

from marula.base.kernel import vapid
from marula.base.kernel.config import MASKED, Config, ConfigError, load
from marula.base.kernel.variables import SETTINGS, Setting


def loaded(env_file: Path | None = None, **environ: str) -> Config:
    return load(environ, env_file)


def shown(config: Config, name: str) -> tuple[str, str]:
    """The value and the origin of a setting, as people read them."""
    return next((row.value, row.origin) for row in config.shown if row.name == name)


def test_nothing_set_serves_this_machine():
    config = loaded()
    assert config.web_url == "http://localhost:3000"
    assert (config.local_domain, config.web_domain, config.https) == ("localhost:3000", "localhost:3000", False)
    assert (config.bind, config.port, config.db_pool, config.rate_limits) == ("127.0.0.1", 3000, 5, True)
    assert (config.database_dsn, config.mail) == (None, None)
    assert config.data_dir == Path.cwd() / "data"


def test_the_domain_follows_the_port():
    assert loaded(PORT="3001").web_url == "http://localhost:3001"


@pytest.mark.parametrize(
    ("domain", "https"),
    [
        ("social.example.org", True),
        ("social.example.org:8443", True),
        ("localhost", False),
        ("marula.localhost:3000", False),
        ("127.0.0.1:3000", False),
        ("127.8.8.8", False),
        ("10.0.0.1", True),
        ("localhost.example.org", True),
    ],
)
def test_https_unless_the_domain_is_this_machine(domain: str, https: bool):
    assert loaded(LOCAL_DOMAIN=domain).https is https


def test_local_https_decides():
    assert loaded(LOCAL_HTTPS="true").web_url == "https://localhost:3000"
    assert loaded(LOCAL_HTTPS="false", LOCAL_DOMAIN="a.example").web_url == "http://a.example"


def test_pages_may_live_on_another_domain_than_handles():
    config = loaded(LOCAL_DOMAIN="Example.org", WEB_DOMAIN="social.example.org")
    assert (config.local_domain, config.web_url) == ("example.org", "https://social.example.org")


def test_the_environment_wins_over_the_file_and_an_empty_variable_is_none(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text('PORT=4000\nexport BIND="0.0.0.0" # all\nDB_POOL=20\n')
    config = loaded(file, PORT="5000", BIND="")
    assert (config.port, config.bind, config.db_pool) == (5000, "0.0.0.0", 20)
    assert shown(config, "PORT") == ("5000", "environment")
    assert shown(config, "BIND") == ("0.0.0.0", ".env file")
    assert shown(config, "MARULA_RATE_LIMITS")[1] == "default"


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path):
    assert loaded(tmp_path / ".env").port == 3000


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_bytes(b"LOCAL_DOMAIN=\xff\xfe\n")
    with pytest.raises(ConfigError, match=r"\.env .*UTF-8"):
        loaded(file)


def test_the_file_is_taken_literally(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("SMTP_SERVER=mail.example\nSMTP_PASSWORD=a${HOME}b\n")
    mail = loaded(file, HOME="/root").mail
    assert mail is not None
    assert mail.password == "a${HOME}b"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "http"),
        ("PORT", "²"),
        ("PORT", "٣٠٠٠"),
        ("DB_POOL", "-1"),
        ("LOCAL_DOMAIN", "https://example.org"),
        ("LOCAL_DOMAIN", "example.org:port"),
        ("WEB_DOMAIN", "example.org/path"),
        ("LOCAL_HTTPS", "maybe"),
        ("MARULA_RATE_LIMITS", "none"),
        ("MARULA_PG_SHARED_BUFFERS", "lots"),
        ("MARULA_DATA_DIR", __file__),
        ("DATABASE_URL", "mysql://localhost/marula"),
        ("DB_SSLMODE", "on"),
        ("TRUSTED_PROXY_IP", "10.0.0.0/8,everyone"),
        ("SMTP_FROM_ADDRESS", "nobody"),
        ("SMTP_ENABLE_STARTTLS", "sometimes"),
        ("RAILS_LOG_LEVEL", "loud"),
        ("WEB_CONCURRENCY", "0"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_its_problem_and_an_example(name: str, value: str):
    setting = next(setting for setting in SETTINGS if name in setting.names)
    with pytest.raises(ConfigError) as refused:
        load({name: value}, None)
    sentence = refused.value.why
    assert sentence.startswith(f"{name} ")
    assert "invalid literal" not in sentence
    assert sentence.endswith(f"For example: {name}={setting.example}")


NEEDED_BY = {
    "DB": {"DB_HOST": "localhost"},
    "S3": {"S3_BUCKET": "files"},
    "VAPID": {one.names[0]: one.example for one in SETTINGS if one.field == "given_vapid_key"},
}
"""Settings that others make no sense without, by how the names of the others begin."""


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.field)
def test_every_example_can_be_used(setting: Setting):
    for name in setting.names:
        load(NEEDED_BY.get(name.partition("_")[0], {}) | {name: setting.example}, None)


def test_a_wrong_secret_is_not_repeated():
    with pytest.raises(ConfigError) as refused:
        loaded(DATABASE_URL="mysql://marula:hunter2@localhost/marula")
    assert "hunter2" not in refused.value.why


def test_the_database_is_described_by_its_parts():
    config = loaded(DB_HOST="db.example", DB_USER="m@r", DB_PASS="p:/?#", DB_NAME="social", DB_SSLMODE="require")
    assert config.database_dsn == "postgresql://m%40r:p%3A%2F%3F%23@db.example:5432/social?sslmode=require"
    assert loaded(DB_HOST="::1").database_dsn == "postgresql://marula@[::1]:5432/marula"
    socket = loaded(DB_HOST="/var/run/postgresql", DB_PORT="5433").database_dsn
    assert socket == "postgresql://marula@/marula?host=/var/run/postgresql&port=5433"


def test_the_address_of_the_database_wins_over_its_parts():
    dsn = "postgresql://marula@one.example/marula"
    assert loaded(DATABASE_URL=dsn, DB_HOST="two.example").database_dsn == dsn


@pytest.mark.parametrize("name", ["DB_NAME", "DB_USER", "DB_PASS", "DB_PORT", "DB_SSLMODE"])
def test_parts_of_a_database_without_its_host_are_refused(name: str):
    value = {"DB_PORT": "5432", "DB_SSLMODE": "require"}.get(name, "word")
    with pytest.raises(ConfigError, match=rf"{name} is set, but DB_HOST is not.*DB_HOST=localhost"):
        load({name: value}, None)


def test_mail_is_described_as_mastodon_describes_it():
    assert loaded(SMTP_PORT="25").mail is None
    mail = loaded(SMTP_SERVER="mail.example", LOCAL_DOMAIN="a.example", SMTP_SSL="true", SMTP_LOGIN="m").mail
    assert mail is not None
    assert (mail.server, mail.port, mail.login, mail.tls) == ("mail.example", 587, "m", True)
    assert (mail.sender, mail.starttls, mail.verify) == ("notifications@a.example", "auto", True)
    unchecked = loaded(SMTP_SERVER="mail.example", SMTP_OPENSSL_VERIFY_MODE="none").mail
    assert unchecked is not None
    assert not unchecked.verify


def test_the_proxies_are_those_that_are_named():
    assert loaded().trusted_proxies == ("127.0.0.0/8", "::1/128")
    assert loaded(TRUSTED_PROXY_IP="10.0.0.0/8, 192.168.1.1").trusted_proxies == ("10.0.0.0/8", "192.168.1.1")


def test_mastodons_names_count_and_ours_come_first():
    assert loaded(RAILS_LOG_LEVEL="warn").log_level == "warning"
    assert loaded(RAILS_LOG_LEVEL="warn", MARULA_LOG_LEVEL="debug").log_level == "debug"
    assert loaded(WEB_CONCURRENCY="3").web_workers == 3


def test_what_is_shown_is_what_is_in_force():
    config = loaded(PORT="3001", SMTP_SERVER="mail.example", MARULA_DATA_DIR="somewhere")
    assert shown(config, "LOCAL_DOMAIN") == ("localhost:3001", "default")
    assert shown(config, "WEB_DOMAIN") == ("localhost:3001", "default")
    assert shown(config, "LOCAL_HTTPS") == ("off", "default")
    assert shown(config, "MARULA_RATE_LIMITS") == ("on", "default")
    assert shown(config, "MARULA_DATA_DIR") == (str(Path.cwd() / "somewhere"), "environment")
    assert shown(config, "SMTP_FROM_ADDRESS") == ("notifications@localhost", "default")
    assert shown(config, "TRUSTED_PROXY_IP") == ("127.0.0.0/8 ::1/128", "default")


def test_secrets_are_masked():
    secrets = {"DATABASE_URL": "postgresql://u:hunter2@h/d", "SECRET_KEY_BASE": "hunter2"}
    secrets |= {"DB_PASS": "hunter2", "SMTP_PASSWORD": "hunter2", "DB_HOST": "h"}
    config = load(secrets, None)
    assert not any("hunter2" in row.value for row in config.shown)
    assert shown(config, "SECRET_KEY_BASE") == (MASKED, "environment")


def test_the_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path):
    folder = tmp_path / "data"
    made = loaded(MARULA_DATA_DIR=str(folder)).secret
    assert len(made) >= 64
    assert loaded(MARULA_DATA_DIR=str(folder)).secret == made
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret"]


def test_a_given_secret_is_used_and_none_is_made(tmp_path: Path):
    assert loaded(MARULA_DATA_DIR=str(tmp_path), SECRET_KEY_BASE="given").secret == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_key_for_pushes_is_made_once_and_kept_for_its_owner_only(tmp_path: Path):
    made = loaded(MARULA_DATA_DIR=str(tmp_path))
    assert made.vapid_public_key == vapid.public_text(made.vapid_private_key)
    assert loaded(MARULA_DATA_DIR=str(tmp_path)).vapid_private_key == made.vapid_private_key
    assert stat.S_IMODE((tmp_path / "vapid-key").stat().st_mode) == 0o600


def test_a_given_key_for_pushes_is_used_and_none_is_made(tmp_path: Path):
    private = vapid.new_private_key()
    given = loaded(MARULA_DATA_DIR=str(tmp_path), VAPID_PRIVATE_KEY=private + "=")
    assert given.vapid_public_key == vapid.public_text(private)
    assert loaded(VAPID_PRIVATE_KEY=private, VAPID_PUBLIC_KEY=vapid.public_text(private) + "=")
    assert list(tmp_path.iterdir()) == []
    assert shown(given, "VAPID_PRIVATE_KEY") == (MASKED, "environment")


@pytest.mark.parametrize(
    "wrong",
    [
        {"VAPID_PRIVATE_KEY": "short"},
        {"VAPID_PRIVATE_KEY": vapid.text_of(b"\xff" * 32)},
        {"VAPID_PUBLIC_KEY": vapid.public_text(vapid.new_private_key())},
        {"VAPID_PRIVATE_KEY": "A" * 42 + "E", "VAPID_PUBLIC_KEY": vapid.public_text(vapid.new_private_key())},
    ],
)
def test_keys_for_pushes_that_cannot_be_used_are_refused(wrong: dict[str, str]):
    with pytest.raises(ConfigError):
        load(wrong, None)


@pytest.mark.parametrize(
    ("domain", "switch", "origin"),
    [
        ("localhost:3002", "on", "http://localhost:3002"),
        ("localhost:3002", "off", "https://localhost:3002"),
        ("far.example", "on", "https://far.example"),
        ("127.0.0.1.far.example", "on", "https://127.0.0.1.far.example"),
    ],
)
def test_only_servers_on_this_machine_are_called_without_tls_and_only_when_told(
    domain: str, switch: str, origin: str
) -> None:
    assert load({"MARULA_FEDERATE_OVER_HTTP": switch}, None).origin_of(domain) == origin
