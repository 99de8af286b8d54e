"""Servers of other makers, run beside ours on loopback."""
