"""How servers are told apart."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The server of an address: its host in lower case, and the port unless it is the usual one. "" when it has none.

    `https://Other.example:443/inbox` is at `other.example`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if port is None or port == usual else f"{host}:{port}"
