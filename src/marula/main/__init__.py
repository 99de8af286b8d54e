"""Puts the program together: `context` for every process, `web` for those that serve HTTP."""
