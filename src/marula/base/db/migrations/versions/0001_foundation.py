"""The tables of the foundation: people, posts, feeds, notifications, jobs, facts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


IDS = """
create function marula_id(at timestamptz default clock_timestamp()) returns bigint
language sql volatile parallel restricted
as $$ select (floor(extract(epoch from at) * 1000)::bigint << 16) | nextval('marula_ids') $$
"""


def upgrade() -> None:
    op.execute("create sequence marula_ids as bigint minvalue 0 maxvalue 65535 cycle")
    op.execute(IDS)
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("actor_type", sa.Text(), server_default="Person", nullable=False),
        sa.Column("display_name", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("note_html", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("avatar_description", sa.Text(), server_default="", nullable=False),
        sa.Column("header_description", sa.Text(), server_default="", nullable=False),
        sa.Column("locked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("discoverable", sa.Boolean(), nullable=True),
        sa.Column("indexable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("hide_collections", sa.Boolean(), nullable=True),
        sa.Column("show_media", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_media_replies", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_featured", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("attribution_domains", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("also_known_as", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("moved_to_id", sa.BigInteger(), nullable=True),
        sa.Column("memorial", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("silenced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sensitized_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("username <> ''", name=op.f("accounts_username_check")),
        sa.ForeignKeyConstraint(
            ["moved_to_id"], ["accounts.id"], name=op.f("accounts_moved_to_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("accounts_pkey")),
    )
    op.create_index(
        "accounts_display_name_prefix_idx",
        "accounts",
        [sa.literal_column("lower(display_name) text_pattern_ops")],
        unique=False,
    )
    op.create_index(
        "accounts_handle_idx",
        "accounts",
        [sa.literal_column("lower(username)"), sa.literal_column("coalesce(domain, '')")],
        unique=True,
    )
    op.create_index(
        "accounts_moved_to_id_idx",
        "accounts",
        ["moved_to_id"],
        unique=False,
        postgresql_where=sa.text("moved_to_id is not null"),
    )
    op.create_index("accounts_uri_idx", "accounts", ["uri"], unique=True, postgresql_where=sa.text("uri is not null"))
    op.create_index(
        "accounts_username_prefix_idx",
        "accounts",
        [sa.literal_column("lower(username) text_pattern_ops")],
        unique=False,
    )
    op.create_table(
        "apps",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("redirect_uris", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("apps_pkey")),
        sa.UniqueConstraint("client_id", name=op.f("apps_client_id_key")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("conversations_pkey")),
    )
    op.create_table(
        "custom_emojis",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("shortcode", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("static_url", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("visible_in_picker", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("custom_emojis_pkey")),
    )
    op.create_index(
        "custom_emojis_shortcode_idx",
        "custom_emojis",
        ["shortcode", sa.literal_column("coalesce(domain, '')")],
        unique=True,
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("facts_pkey")),
    )
    op.create_index("facts_happened_at_idx", "facts", ["happened_at"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("jobs_pkey")),
    )
    op.create_index("jobs_dead_idx", "jobs", ["dead_at"], unique=False, postgresql_where=sa.text("dead_at is not null"))
    op.create_index(
        "jobs_leased_idx", "jobs", ["leased_by"], unique=False, postgresql_where=sa.text("leased_by is not null")
    )
    op.create_index(
        "jobs_once_idx",
        "jobs",
        ["once"],
        unique=True,
        postgresql_where=sa.text("dead_at is null and leased_by is null"),
    )
    op.create_index(
        "jobs_waiting_idx",
        "jobs",
        ["lane", "priority", "run_at", "id"],
        unique=False,
        postgresql_where=sa.text("dead_at is null and leased_by is null"),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("mails_pkey")),
        sa.UniqueConstraint("once", name=op.f("mails_once_key")),
    )
    op.create_index("mails_unsent_idx", "mails", ["id"], unique=False, postgresql_where=sa.text("sent_at is null"))
    op.create_table(
        "roles",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("permissions", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("highlighted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("collection_limit", sa.Integer(), server_default="10", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("roles_pkey")),
    )
    op.create_table(
        "rules",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("rules_pkey")),
    )
    op.create_table(
        "site_settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("site_settings_pkey")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("tags_pkey")),
        sa.UniqueConstraint("name", name=op.f("tags_name_key")),
    )
    op.create_index("tags_name_prefix_idx", "tags", [sa.literal_column("name text_pattern_ops")], unique=False)
    op.create_table(
        "timers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("timers_pkey")),
    )
    op.create_table(
        "account_notes",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("account_notes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("account_notes_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "target_id", name=op.f("account_notes_pkey")),
    )
    op.create_index(op.f("account_notes_target_id_idx"), "account_notes", ["target_id"], unique=False)
    op.create_table(
        "account_stats",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("followers_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("following_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("statuses_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_status_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("account_stats_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("account_stats_pkey")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_table(
        "blocks",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("blocks_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["accounts.id"], name=op.f("blocks_target_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("blocks_pkey")),
        sa.UniqueConstraint("account_id", "target_id", name=op.f("blocks_account_id_target_id_key")),
    )
    op.create_index("blocks_account_id_id_idx", "blocks", ["account_id", "id"], unique=False)
    op.create_index("blocks_target_id_idx", "blocks", ["target_id", "account_id"], unique=False)
    op.create_table(
        "follow_requests",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("show_reblogs", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("notify", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("follow_requests_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("follow_requests_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("follow_requests_pkey")),
        sa.UniqueConstraint("account_id", "target_id", name=op.f("follow_requests_account_id_target_id_key")),
    )
    op.create_index("follow_requests_target_id_id_idx", "follow_requests", ["target_id", "id"], unique=False)
    op.create_table(
        "follows",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("show_reblogs", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("notify", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("follows_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["accounts.id"], name=op.f("follows_target_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("follows_pkey")),
        sa.UniqueConstraint("account_id", "target_id", name=op.f("follows_account_id_target_id_key")),
    )
    op.create_index("follows_account_id_id_idx", "follows", ["account_id", "id"], unique=False)
    op.create_index(
        "follows_notify_idx", "follows", ["target_id", "account_id"], unique=False, postgresql_where=sa.text("notify")
    )
    op.create_index("follows_target_id_id_idx", "follows", ["target_id", "id"], unique=False)
    op.create_table(
        "home_feeds",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("home_feeds_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("home_feeds_pkey")),
    )
    op.create_table(
        "markers",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("timeline", sa.Text(), nullable=False),
        sa.Column("last_read_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("markers_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "timeline", name=op.f("markers_pkey")),
    )
    op.create_table(
        "mutes",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("hide_notifications", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("mutes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["accounts.id"], name=op.f("mutes_target_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("mutes_pkey")),
        sa.UniqueConstraint("account_id", "target_id", name=op.f("mutes_account_id_target_id_key")),
    )
    op.create_index("mutes_account_id_id_idx", "mutes", ["account_id", "id"], unique=False)
    op.create_index(
        "mutes_expires_at_idx",
        "mutes",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("expires_at is not null"),
    )
    op.create_index("mutes_target_id_idx", "mutes", ["target_id"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("html", sa.Text(), server_default="", nullable=False),
        sa.Column("spoiler_text", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("visibility", sa.SmallInteger(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("in_reply_to_id", sa.BigInteger(), nullable=True),
        sa.Column("in_reply_to_account_id", sa.BigInteger(), nullable=True),
        sa.Column("reblog_of_id", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("app_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("posts_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("posts_app_id_fkey"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("posts_conversation_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["in_reply_to_account_id"],
            ["accounts.id"],
            name=op.f("posts_in_reply_to_account_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["in_reply_to_id"], ["posts.id"], name=op.f("posts_in_reply_to_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reblog_of_id"], ["posts.id"], name=op.f("posts_reblog_of_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("posts_pkey")),
    )
    op.create_index("posts_account_id_id_idx", "posts", ["account_id", "id"], unique=False)
    op.create_index(
        "posts_app_id_idx", "posts", ["app_id"], unique=False, postgresql_where=sa.text("app_id is not null")
    )
    op.create_index(
        "posts_conversation_id_idx",
        "posts",
        ["conversation_id"],
        unique=False,
        postgresql_where=sa.text("conversation_id is not null"),
    )
    op.create_index(
        "posts_in_reply_to_account_id_idx",
        "posts",
        ["in_reply_to_account_id"],
        unique=False,
        postgresql_where=sa.text("in_reply_to_account_id is not null"),
    )
    op.create_index(
        "posts_in_reply_to_id_idx",
        "posts",
        ["in_reply_to_id"],
        unique=False,
        postgresql_where=sa.text("in_reply_to_id is not null"),
    )
    op.create_index(
        "posts_public_idx",
        "posts",
        ["id"],
        unique=False,
        postgresql_where=sa.text(
            "visibility = 0 and reblog_of_id is null and (in_reply_to_account_id is null or in_reply_to_account_id = account_id)"
        ),
    )
    op.create_index(
        "posts_public_local_idx",
        "posts",
        ["id"],
        unique=False,
        postgresql_where=sa.text(
            "local and visibility = 0 and reblog_of_id is null and (in_reply_to_account_id is null or in_reply_to_account_id = account_id)"
        ),
    )
    op.create_index(
        "posts_reblog_of_id_account_id_idx",
        "posts",
        ["reblog_of_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("reblog_of_id is not null"),
    )
    op.create_index("posts_uri_idx", "posts", ["uri"], unique=True, postgresql_where=sa.text("uri is not null"))
    op.create_table(
        "thread_mutes",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("thread_mutes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("thread_mutes_conversation_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", name=op.f("thread_mutes_pkey")),
    )
    op.create_index("thread_mutes_conversation_id_idx", "thread_mutes", ["conversation_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("unconfirmed_email", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("chosen_languages", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("preferences", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmation_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sign_up_ip", postgresql.INET(), nullable=True),
        sa.Column("created_by_app_id", sa.BigInteger(), nullable=True),
        sa.Column("last_active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("users_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("users_role_id_fkey"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("account_id", name=op.f("users_account_id_key")),
    )
    op.create_index("users_email_idx", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_index("users_last_active_at_idx", "users", ["last_active_at"], unique=False)
    op.create_index(
        "users_role_id_idx", "users", ["role_id"], unique=False, postgresql_where=sa.text("role_id is not null")
    )
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("bookmarks_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("bookmarks_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("bookmarks_pkey")),
        sa.UniqueConstraint("account_id", "post_id", name=op.f("bookmarks_account_id_post_id_key")),
    )
    op.create_index("bookmarks_account_id_id_idx", "bookmarks", ["account_id", "id"], unique=False)
    op.create_index("bookmarks_post_id_id_idx", "bookmarks", ["post_id", "id"], unique=False)
    op.create_table(
        "favourites",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("favourites_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("favourites_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("favourites_pkey")),
        sa.UniqueConstraint("account_id", "post_id", name=op.f("favourites_account_id_post_id_key")),
    )
    op.create_index("favourites_account_id_id_idx", "favourites", ["account_id", "id"], unique=False)
    op.create_index("favourites_post_id_id_idx", "favourites", ["post_id", "id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("app_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("code_challenge", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("grants_app_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("grants_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("grants_pkey")),
    )
    op.create_index(op.f("grants_app_id_idx"), "grants", ["app_id"], unique=False)
    op.create_index(op.f("grants_expires_at_idx"), "grants", ["expires_at"], unique=False)
    op.create_index(op.f("grants_user_id_idx"), "grants", ["user_id"], unique=False)
    op.create_table(
        "home_entries",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("home_entries_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("home_entries_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "post_id", name=op.f("home_entries_pkey")),
    )
    op.create_index("home_entries_account_id_origin_id_idx", "home_entries", ["account_id", "origin_id"], unique=False)
    op.create_index("home_entries_post_id_idx", "home_entries", ["post_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("idempotency_keys_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("idempotency_keys_post_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("idempotency_keys_pkey")),
    )
    op.create_index(op.f("idempotency_keys_created_at_idx"), "idempotency_keys", ["created_at"], unique=False)
    op.create_index(op.f("idempotency_keys_post_id_idx"), "idempotency_keys", ["post_id"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("silent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("mentions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("mentions_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "account_id", name=op.f("mentions_pkey")),
    )
    op.create_index("mentions_account_id_post_id_idx", "mentions", ["account_id", "post_id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.BigInteger(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=True),
        sa.Column("filtered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("notifications_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["accounts.id"], name=op.f("notifications_from_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("notifications_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("notifications_pkey")),
        sa.UniqueConstraint("account_id", "kind", "cause", name=op.f("notifications_account_id_kind_cause_key")),
    )
    op.create_index(
        "notifications_account_id_group_key_idx",
        "notifications",
        ["account_id", "group_key"],
        unique=False,
        postgresql_where=sa.text("group_key is not null"),
    )
    op.create_index("notifications_account_id_id_idx", "notifications", ["account_id", "id"], unique=False)
    op.create_index("notifications_from_id_idx", "notifications", ["from_id"], unique=False)
    op.create_index(
        "notifications_post_id_idx",
        "notifications",
        ["post_id"],
        unique=False,
        postgresql_where=sa.text("post_id is not null"),
    )
    op.create_table(
        "pins",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("pins_account_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("pins_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pins_pkey")),
        sa.UniqueConstraint("account_id", "post_id", name=op.f("pins_account_id_post_id_key")),
    )
    op.create_index("pins_account_id_id_idx", "pins", ["account_id", "id"], unique=False)
    op.create_index("pins_post_id_id_idx", "pins", ["post_id", "id"], unique=False)
    op.create_table(
        "polls",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("options", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("tallies", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("voters_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("multiple", sa.Boolean(), nullable=False),
        sa.Column("hide_totals", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("polls_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("polls_pkey")),
        sa.UniqueConstraint("post_id", name=op.f("polls_post_id_key")),
    )
    op.create_table(
        "post_edits",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("spoiler_text", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("poll_options", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_edits_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("post_edits_pkey")),
    )
    op.create_index(op.f("post_edits_post_id_idx"), "post_edits", ["post_id"], unique=False)
    op.create_table(
        "post_stats",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("replies_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reblogs_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("favourites_count", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_stats_post_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", name=op.f("post_stats_pkey")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_table(
        "post_tags",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("post_tags_post_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("post_tags_tag_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name=op.f("post_tags_pkey")),
    )
    op.create_index("post_tags_tag_id_post_id_idx", "post_tags", ["tag_id", "post_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column("ip", postgresql.INET(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("sessions_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
        sa.UniqueConstraint("digest", name=op.f("sessions_digest_key")),
    )
    op.create_index(op.f("sessions_user_id_idx"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger(), server_default=sa.text("marula_id()"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("app_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["apps.id"], name=op.f("tokens_app_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("tokens_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("tokens_pkey")),
        sa.UniqueConstraint("digest", name=op.f("tokens_digest_key")),
    )
    op.create_index(op.f("tokens_app_id_idx"), "tokens", ["app_id"], unique=False)
    op.create_index(
        "tokens_user_id_idx", "tokens", ["user_id"], unique=False, postgresql_where=sa.text("user_id is not null")
    )
    op.create_table(
        "poll_votes",
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("poll_votes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("poll_votes_poll_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "account_id", "choice", name=op.f("poll_votes_pkey")),
    )
    op.create_index("poll_votes_account_id_idx", "poll_votes", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_index("poll_votes_account_id_idx", table_name="poll_votes")
    op.drop_table("poll_votes")
    op.drop_index("tokens_user_id_idx", table_name="tokens", postgresql_where=sa.text("user_id is not null"))
    op.drop_index(op.f("tokens_app_id_idx"), table_name="tokens")
    op.drop_table("tokens")
    op.drop_index(op.f("sessions_user_id_idx"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("post_tags_tag_id_post_id_idx", table_name="post_tags")
    op.drop_table("post_tags")
    op.drop_table("post_stats")
    op.drop_index(op.f("post_edits_post_id_idx"), table_name="post_edits")
    op.drop_table("post_edits")
    op.drop_table("polls")
    op.drop_index("pins_post_id_id_idx", table_name="pins")
    op.drop_index("pins_account_id_id_idx", table_name="pins")
    op.drop_table("pins")
    op.drop_index(
        "notifications_post_id_idx", table_name="notifications", postgresql_where=sa.text("post_id is not null")
    )
    op.drop_index("notifications_from_id_idx", table_name="notifications")
    op.drop_index("notifications_account_id_id_idx", table_name="notifications")
    op.drop_index(
        "notifications_account_id_group_key_idx",
        table_name="notifications",
        postgresql_where=sa.text("group_key is not null"),
    )
    op.drop_table("notifications")
    op.drop_index("mentions_account_id_post_id_idx", table_name="mentions")
    op.drop_table("mentions")
    op.drop_index(op.f("idempotency_keys_post_id_idx"), table_name="idempotency_keys")
    op.drop_index(op.f("idempotency_keys_created_at_idx"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index("home_entries_post_id_idx", table_name="home_entries")
    op.drop_index("home_entries_account_id_origin_id_idx", table_name="home_entries")
    op.drop_table("home_entries")
    op.drop_index(op.f("grants_user_id_idx"), table_name="grants")
    op.drop_index(op.f("grants_expires_at_idx"), table_name="grants")
    op.drop_index(op.f("grants_app_id_idx"), table_name="grants")
    op.drop_table("grants")
    op.drop_index("favourites_post_id_id_idx", table_name="favourites")
    op.drop_index("favourites_account_id_id_idx", table_name="favourites")
    op.drop_table("favourites")
    op.drop_index("bookmarks_post_id_id_idx", table_name="bookmarks")
    op.drop_index("bookmarks_account_id_id_idx", table_name="bookmarks")
    op.drop_table("bookmarks")
    op.drop_index("users_role_id_idx", table_name="users", postgresql_where=sa.text("role_id is not null"))
    op.drop_index("users_last_active_at_idx", table_name="users")
    op.drop_index("users_email_idx", table_name="users")
    op.drop_table("users")
    op.drop_index("thread_mutes_conversation_id_idx", table_name="thread_mutes")
    op.drop_table("thread_mutes")
    op.drop_index("posts_uri_idx", table_name="posts", postgresql_where=sa.text("uri is not null"))
    op.drop_index(
        "posts_reblog_of_id_account_id_idx", table_name="posts", postgresql_where=sa.text("reblog_of_id is not null")
    )
    op.drop_index(
        "posts_public_local_idx",
        table_name="posts",
        postgresql_where=sa.text(
            "local and visibility = 0 and reblog_of_id is null and (in_reply_to_account_id is null or in_reply_to_account_id = account_id)"
        ),
    )
    op.drop_index(
        "posts_public_idx",
        table_name="posts",
        postgresql_where=sa.text(
            "visibility = 0 and reblog_of_id is null and (in_reply_to_account_id is null or in_reply_to_account_id = account_id)"
        ),
    )
    op.drop_index(
        "posts_in_reply_to_id_idx", table_name="posts", postgresql_where=sa.text("in_reply_to_id is not null")
    )
    op.drop_index(
        "posts_in_reply_to_account_id_idx",
        table_name="posts",
        postgresql_where=sa.text("in_reply_to_account_id is not null"),
    )
    op.drop_index(
        "posts_conversation_id_idx", table_name="posts", postgresql_where=sa.text("conversation_id is not null")
    )
    op.drop_index("posts_app_id_idx", table_name="posts", postgresql_where=sa.text("app_id is not null"))
    op.drop_index("posts_account_id_id_idx", table_name="posts")
    op.drop_table("posts")
    op.drop_index("mutes_target_id_idx", table_name="mutes")
    op.drop_index("mutes_expires_at_idx", table_name="mutes", postgresql_where=sa.text("expires_at is not null"))
    op.drop_index("mutes_account_id_id_idx", table_name="mutes")
    op.drop_table("mutes")
    op.drop_table("markers")
    op.drop_table("home_feeds")
    op.drop_index("follows_target_id_id_idx", table_name="follows")
    op.drop_index("follows_notify_idx", table_name="follows", postgresql_where=sa.text("notify"))
    op.drop_index("follows_account_id_id_idx", table_name="follows")
    op.drop_table("follows")
    op.drop_index("follow_requests_target_id_id_idx", table_name="follow_requests")
    op.drop_table("follow_requests")
    op.drop_index("blocks_target_id_idx", table_name="blocks")
    op.drop_index("blocks_account_id_id_idx", table_name="blocks")
    op.drop_table("blocks")
    op.drop_table("account_stats")
    op.drop_index(op.f("account_notes_target_id_idx"), table_name="account_notes")
    op.drop_table("account_notes")
    op.drop_table("timers")
    op.drop_index("tags_name_prefix_idx", table_name="tags")
    op.drop_table("tags")
    op.drop_table("site_settings")
    op.drop_table("rules")
    op.drop_table("roles")
    op.drop_index("mails_unsent_idx", table_name="mails", postgresql_where=sa.text("sent_at is null"))
    op.drop_table("mails")
    op.drop_index(
        "jobs_waiting_idx", table_name="jobs", postgresql_where=sa.text("dead_at is null and leased_by is null")
    )
    op.drop_index("jobs_once_idx", table_name="jobs", postgresql_where=sa.text("dead_at is null and leased_by is null"))
    op.drop_index("jobs_leased_idx", table_name="jobs", postgresql_where=sa.text("leased_by is not null"))
    op.drop_index("jobs_dead_idx", table_name="jobs", postgresql_where=sa.text("dead_at is not null"))
    op.drop_table("jobs")
    op.drop_index("facts_happened_at_idx", table_name="facts")
    op.drop_table("facts")
    op.drop_index("custom_emojis_shortcode_idx", table_name="custom_emojis")
    op.drop_table("custom_emojis")
    op.drop_table("conversations")
    op.drop_table("apps")
    op.drop_index("accounts_username_prefix_idx", table_name="accounts")
    op.drop_index("accounts_uri_idx", table_name="accounts", postgresql_where=sa.text("uri is not null"))
    op.drop_index(
        "accounts_moved_to_id_idx", table_name="accounts", postgresql_where=sa.text("moved_to_id is not null")
    )
    op.drop_index("accounts_handle_idx", table_name="accounts")
    op.drop_index("accounts_display_name_prefix_idx", table_name="accounts")
    op.drop_table("accounts")
    op.execute("drop function marula_id(timestamptz)")
    op.execute("drop sequence marula_ids")
