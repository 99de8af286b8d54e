"""The SQL of notifications: `audiences` (who is told), `telling` (the writes) and `reading`."""
