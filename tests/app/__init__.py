"""Tests of the web app in a browser, against a real server."""
