"""The SQL of hashtags."""
