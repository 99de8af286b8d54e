"""Which addresses may be called. Asked of the final address of every connection, after all names are resolved.

Spec: RFC 6890 (special-purpose addresses); RFC 6052, RFC 3056, RFC 4380 (IPv4 inside IPv6)
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

NEVER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"),
        *("2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)


class Refused(ValueError):
    """The name leads to an address that must not be called."""


def forbidden(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Whether an address must not be called. `allowed`: networks that may be, although they are private."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in network for network in allowed):
        return False
    return any(plain in network for network in NEVER) or not plain.is_global


def guarded_socket(allowed: Sequence[Network]) -> Callable[[Any], socket.socket]:
    """Makes the sockets of connections, and none to an address that is forbidden."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, where = info
        if forbidden(ipaddress.ip_address(where[0].partition("%")[0]), allowed):
            raise Refused(f"{where[0]} is an address that must not be called")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make
