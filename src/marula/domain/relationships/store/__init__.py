"""The SQL of relationships."""
