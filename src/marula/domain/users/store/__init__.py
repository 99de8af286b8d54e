"""The SQL of users, by table: people, sessions, roles, outbox."""
