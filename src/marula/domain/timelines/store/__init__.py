"""The SQL of timelines: which posts, in which order. What of them a viewer sees is decided by `views`."""
