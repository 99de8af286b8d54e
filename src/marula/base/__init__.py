"""Tools that know nothing of social networks."""
