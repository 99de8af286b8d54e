"""The SQL of notifications: `audiences` (who is told), `telling` (the writes), `reading`, `grouping`, `policies`
and `requests`."""
