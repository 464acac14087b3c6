"""Addresses that must not be reached are refused, whatever they look like and wherever they come from."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.errors import AddressRefused
from vigie.runs.watching.addresses import Guard, not_public, taken_apart
from vigie.runs.watching.plan import Allowed

PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "100.128.0.1",
    "172.32.0.1",
    "2606:2800:220:1:248:1893:25c8:1946",
    "64:ff9b::5db8:d822",
]
NOT_PUBLIC = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::ffff:93.184.216.34", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1",
    "fd00:ec2::254", "fdff::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", "127.1", "",
]  # fmt: skip


def guard(*addresses: str, allowed: Allowed | None = None) -> Guard:
    """A guard in whose world every name leads to some addresses."""
    return Guard([allowed] if allowed else [], lambda host, port: list(addresses))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert not_public(address) is None


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not_public(address) is not None


@given(st.ip_addresses())
@settings(max_examples=300, deadline=None)
def test_nothing_that_the_standard_library_knows_to_be_private_counts_as_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not_public(str(address)) is None and address not in ipaddress.ip_network(
        "64:ff9b::/96" if address.version == 6 else "0.0.0.0/32"
    ):
        assert not address.is_private
        assert not address.is_loopback
        assert not address.is_link_local
        assert not address.is_multicast
        assert not address.is_reserved
        assert not address.is_unspecified


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://courier.example/feed", "ftp is not http or https"),
        ("file:///etc/passwd", "file is not http or https"),
        ("gopher://courier.example/", "gopher is not http"),
        ("//courier.example/feed", "nothing is not http"),
        ("courier.example/feed", "nothing is not http"),
        ("https://user:password@courier.example/feed", "a name or password in the address"),
        ("https://user@courier.example/feed", "a name or password in the address"),
        ("https:///feed", "no host in the address"),
        ("http://[fe80::1%25eth0]/", "no host in the address"),
        ("http://%31%32%37.0.0.1/", "no host in the address"),
        ("http://courier.example/a b", "blanks in it"),
        ("http://courier.example/\r\nHost: inner", "blanks in it"),
        ("http://[::1/", "no web address"),
        ("http://courier.example:notaport/", "no web address"),
        (f"http://courier.example/{'a' * 5000}", "too long"),
        ("https://courier.example:22/feed", "port 22 is not one of 80, 443"),
        ("https://courier.example:8443/feed", "port 8443"),
        ("http://courier.example:0/", "port 0"),
        ("http://0177.0.0.1/", "no web address"),
        ("http://127.0.0.1/", "this machine"),
        ("http://[::1]/", "this machine"),
        ("http://169.254.169.254/latest/meta-data", "link-local"),
    ],
)
def test_addresses_whose_form_is_enough_to_refuse_them(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason) as refused:
        guard("93.184.216.34").web(url)
    assert "password" not in str(refused.value).replace("a name or password", "")


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "127.1", "localhost", "LOCALHOST.", "inner.courier.example"]
)
def test_a_name_is_judged_by_where_it_leads(host: str) -> None:
    inner = guard("127.0.0.1")
    with pytest.raises(AddressRefused, match=r"leads to 127\.0\.0\.1, this machine \(if that is meant"):
        inner.destination(inner.web(f"http://{host}/"))


def test_one_inner_address_among_public_ones_is_enough() -> None:
    mixed = guard("93.184.216.34", "10.0.0.1")
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1, a private network"):
        mixed.destination(mixed.web("https://courier.example/"))


def test_a_host_that_is_allowed_is_allowed_as_far_as_the_file_says() -> None:
    inner = guard("10.0.0.1", allowed=Allowed("Inner.Courier.example.", private=True, ports=frozenset((8443,))))
    found = inner.destination(inner.web("https://inner.courier.example:8443/feed"))
    assert (found.host, found.port, found.addresses) == ("inner.courier.example", 8443, ("10.0.0.1",))
    with pytest.raises(AddressRefused, match="port 9443"):
        inner.web("https://inner.courier.example:9443/")
    with pytest.raises(AddressRefused, match="port 8443"):
        inner.web("https://other.courier.example:8443/")
    with pytest.raises(AddressRefused, match="a private network"):
        inner.destination(inner.web("https://other.courier.example/"))


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.1", "fe80::1", "100.100.100.200"]
)
def test_what_is_no_network_of_ones_own_cannot_be_allowed(address: str) -> None:
    inner = guard(address, allowed=Allowed("inner.courier.example", private=True))
    with pytest.raises(AddressRefused) as refused:
        inner.destination(inner.web("http://inner.courier.example/"))
    assert "[[allowed]]" not in str(refused.value)


def test_a_port_that_is_allowed_does_not_open_inner_addresses() -> None:
    inner = guard("10.0.0.1", allowed=Allowed("inner.courier.example", ports=frozenset((8443,))))
    with pytest.raises(AddressRefused, match="private = true"):
        inner.destination(inner.web("https://inner.courier.example:8443/"))


def test_mail_servers_are_looked_at_too() -> None:
    with pytest.raises(AddressRefused, match="this machine"):
        guard("127.0.0.1").mail("mail.courier.example", 587)
    with pytest.raises(AddressRefused, match="port 80 is not one of 25, 465, 587"):
        guard("93.184.216.34").mail("mail.courier.example", 80)
    assert guard("93.184.216.34").mail("mail.courier.example", 465).addresses == ("93.184.216.34",)


def test_what_is_shown_of_an_address_holds_no_key() -> None:
    assert taken_apart("https://courier.example/feed?key=s3cret#part").shown == "https://courier.example/feed"


def test_a_name_that_is_not_known_is_no_refusal() -> None:
    with pytest.raises(OSError, match="has no address"):
        guard().destination(guard().web("https://courier.example/"))
