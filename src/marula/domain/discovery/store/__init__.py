"""The SQL of discovery: which accounts, posts, hashtags and links, in which order. `views` decide who sees them."""
