"""A sink for deliveries: hundreds of servers of others in one process, which take everything and keep nothing.

`python -m bench.sink PORT HOSTS [FOLDER]` listens at that port of so many addresses of 127.0.0.0/8 and says so on
standard output. With a folder each has its own certificate, signed by the authority that is written to `FOLDER/ca.pem`.
"""

import asyncio
import datetime
import ipaddress
import ssl
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ANSWER = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"


def address(number: int) -> str:
    """The address of a host, of 64,000."""
    return f"127.1.{number // 250}.{1 + number % 250}"


class Inbox(asyncio.Protocol):
    """One connection: every request is answered as soon as it is there."""

    def __init__(self) -> None:
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            head = self._pending[:end].lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            if len(self._pending) < end + 4 + length:
                return
            self._pending = self._pending[end + 4 + length :]
            self._transport.write(ANSWER)


class Authority:
    """Makes certificates for addresses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bench")])
        basic = x509.BasicConstraints(ca=True, path_length=0)
        made = self._begun(self._name, self._key).add_extension(basic, critical=True).sign(self._key, SHA256())
        (folder / "ca.pem").write_bytes(made.public_bytes(Encoding.PEM))

    def context(self, host: str) -> ssl.SSLContext:
        """What a server at this address shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        made = self._begun(name, key).add_extension(names, critical=False).sign(self._key, SHA256())
        file = self._folder / "host.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(made.public_bytes(Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _begun(self, name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
        )


async def serve(port: int, hosts: int, folder: Path | None) -> None:
    """Listen until the process is ended."""
    loop = asyncio.get_running_loop()
    authority = None if folder is None else Authority(folder)
    for number in range(hosts):
        host = address(number)
        await loop.create_server(
            Inbox, host, port, ssl=None if authority is None else authority.context(host), backlog=256
        )
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
