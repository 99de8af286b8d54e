"""Words everyone shares: errors, ids, clock, config, paging."""
