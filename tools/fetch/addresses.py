"""Addresses that may be fetched for a visitor: public ones, and nothing behind our own walls."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings

from tools.errors import BadAddressError, PrivateAddressError, TimedOutError, UnreachableError

DEFAULT_PORTS = {"http": 80, "https": 443}
MOST_CHARACTERS = 2000
# What a path or a query may hold as it is.
PLAIN = "/%:@!$&'()*+,;=~-._?"

# Of IPv6 only what is given out for use; so mapped and NAT64 addresses are out as well.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Within it: special uses, Teredo, 6to4 and examples; they may lead to any IPv4 address.
NOT_GLOBAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# Of IPv4, what some versions of Python take for global: protocols' own, and relays to 6to4.
SPECIAL = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))


@dataclass(frozen=True, kw_only=True)
class Place:
    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.target}"

    @property
    def file(self) -> str:
        """What a file from there is called."""
        return PurePosixPath(unquote(self.target.partition("?")[0])).name[-200:] or self.host

    @property
    def is_allowed(self) -> bool:
        """Whether the operator has named this very host and port."""
        return f"{self.host}:{self.port}" in settings.FETCH_ALLOWED


def parse_address(address: str) -> Place:
    """Raises BadAddressError, and PrivateAddressError when the host is a number that shows it."""
    address = address.strip()
    if len(address) > MOST_CHARACTERS or any(sign <= " " or sign in "\x7f\\" for sign in address):
        raise BadAddressError
    try:
        parts = urlsplit(address)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        raise BadAddressError from None
    if parts.scheme not in DEFAULT_PORTS or not host or parts.username or parts.password:
        raise BadAddressError
    target = quote(parts.path or "/", safe=PLAIN)
    if parts.query:
        target += "?" + quote(parts.query, safe=PLAIN)
    default = DEFAULT_PORTS[parts.scheme]
    place = Place(scheme=parts.scheme, host=host, port=port or default, target=target)
    if place.port != default and not place.is_allowed:
        raise BadAddressError
    if is_number(host) and not (place.is_allowed or is_public(host)):
        raise PrivateAddressError
    return place


def ascii_host(host: str) -> str:
    """The host as the resolver and the certificate name it. Raises ValueError."""
    return host if ":" in host else host.encode("idna").decode("ascii").rstrip(".").lower()


def is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def resolved(place: Place, seconds: float) -> list[str]:
    """The host's addresses, every one of them public; connect to these and ask no resolver again.

    Raises UnreachableError, TimedOutError, or PrivateAddressError when one of them is not public.
    """
    found = looked_up(place, seconds)
    if not place.is_allowed and not all(is_public(address) for address in found):
        raise PrivateAddressError
    return found


def looked_up(place: Place, seconds: float) -> list[str]:
    # The resolver has no time limit of its own that we could set.
    pool = ThreadPoolExecutor(1, thread_name_prefix="resolver")
    try:
        asked = pool.submit(socket.getaddrinfo, place.host, place.port, type=socket.SOCK_STREAM)
        rows = asked.result(timeout=seconds)
    except TimeoutError:
        raise TimedOutError from None
    except (OSError, UnicodeError):
        raise UnreachableError from None
    finally:
        pool.shutdown(wait=False)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def is_public(address: str) -> bool:
    """Whether it is somebody's on the open Internet: no private, loopback, link-local, shared,
    multicast or reserved one, and none that only stands for another.
    """
    # A zone, as in fe80::1%eth0, is of a link.
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        special = ip.is_multicast or ip.is_reserved or any(ip in network for network in SPECIAL)
        return ip.is_global and not special
    return ip in GLOBAL_UNICAST and not any(ip in network for network in NOT_GLOBAL)
