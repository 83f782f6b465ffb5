import socket
import time

import pytest

from tools.errors import BadAddressError, PrivateAddressError, TimedOutError, UnreachableError
from tools.fetch import addresses


@pytest.fixture
def names(monkeypatch):
    """A resolver that knows these names only, and how often it was asked."""
    known, asked = {}, []

    def getaddrinfo(host, port, **options):
        asked.append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    known["asked"] = asked
    return known


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mug.png",
        "//shop.example/mug.png",
        "ftp://shop.example/mug.png",
        "file:///etc/passwd",
        "gopher://shop.example/",
        "data:image/png;base64,AAAA",
        "https://",
        "https:///mug.png",
        "https://user@shop.example/mug.png",
        "https://user:pass@shop.example/mug.png",
        "https://shop.example:8443/mug.png",
        "http://shop.example:22/",
        "https://shop.example:http/",
        "http://shop.example:443/",
        "https://shop.example/a b.png",
        "https://shop.example\\@10.0.0.1/",
        "https://shop.example/\r\nX-Evil: 1",
        "https://[::1/",
        "https://" + "a" * 64 + ".example/",
        "https://shop.example/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(address):
    with pytest.raises(BadAddressError):
        addresses.parse_address(address)


def test_an_address_is_written_as_servers_read_it():
    place = addresses.parse_address(
        " https://Mücke.example/fotos/Tasse ö.png?größe=1#top ".replace(" ö", "%20ö")
    )
    assert (place.scheme, place.host, place.port) == ("https", "xn--mcke-0ra.example", 443)
    assert place.target == "/fotos/Tasse%20%C3%B6.png?gr%C3%B6%C3%9Fe=1"
    assert place.file == "Tasse ö.png"


def test_a_place_without_a_file_name_is_called_by_its_host():
    assert addresses.parse_address("https://shop.example").file == "shop.example"


PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:93.184.216.34",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001:0:a00:1::",
    "2001:db8::1",
    "2002:a00:1::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_insiders_is_not_public(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_public(address):
    assert addresses.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]"])
def test_a_number_that_leads_inside_is_refused_before_anybody_is_asked(host, names):
    with pytest.raises(PrivateAddressError):
        addresses.parse_address(f"http://{host}/")
    assert not names["asked"]


@pytest.mark.parametrize(
    "found", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["169.254.169.254"]]
)
def test_a_name_with_one_private_address_is_refused(names, found):
    names["shop.example"] = found
    with pytest.raises(PrivateAddressError):
        addresses.resolved(addresses.parse_address("https://shop.example/"), 1)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
def test_other_spellings_of_a_number_are_judged_by_where_they_lead(names, host):
    names[host] = ["127.0.0.1"]
    with pytest.raises(PrivateAddressError):
        addresses.resolved(addresses.parse_address(f"http://{host}/"), 1)


def test_a_name_is_asked_for_once(names):
    names["shop.example"] = ["93.184.216.34"]
    found = addresses.resolved(addresses.parse_address("https://shop.example/"), 1)
    assert (found, names["asked"]) == (["93.184.216.34"], ["shop.example"])


def test_a_name_that_nobody_knows_is_unreachable(names):
    with pytest.raises(UnreachableError):
        addresses.resolved(addresses.parse_address("https://nobody.example/"), 1)


def test_a_resolver_that_sleeps_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(0.5))
    with pytest.raises(TimedOutError):
        addresses.resolved(addresses.parse_address("https://slow.example/"), 0.05)
