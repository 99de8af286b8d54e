"""The web app and how it is built. Only building needs this package; the server does not."""
