"""Where the desk may listen, how passwords are judged, how requests are counted, tokens against forged requests."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from vigie.desk import csrf
from vigie.desk.config import DeskConfig, Rate, configured, is_loopback
from vigie.desk.limits import Limiter, TooMany
from vigie.desk.passwords import Passwords, faults
from vigie.errors import DeskError


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_on_this_machine_nothing_is_needed(host: str) -> None:
    config = configured(host, 8000)
    assert is_loopback(host)
    assert "127.0.0.1" in config.hosts
    assert not config.accounts_needed
    assert not config.secure


@pytest.mark.parametrize(
    ("host", "options", "words"),
    [
        ("0.0.0.0", {}, "no accounts"),
        ("192.0.2.1", {}, "no accounts"),
        ("127.0.0.1", {"public_url": "https://vigie.example.org"}, "no accounts"),
        ("0.0.0.0", {"accounts": True}, "under which name"),
        ("::", {"accounts": True, "encrypted": True}, "under which name"),
        ("192.0.2.1", {"accounts": True}, "in the clear"),
        ("127.0.0.1", {"accounts": True, "public_url": "http://vigie.example.org"}, "in the clear"),
        ("127.0.0.1", {"accounts": True, "public_url": "https://vigie.example.org/desk"}, "no address of a host"),
        ("127.0.0.1", {"accounts": True, "public_url": "https://vigie.example.org:x"}, "no address"),
        ("127.0.0.1", {"accounts": True, "public_url": "vigie.example.org"}, "no address of a host"),
    ],
)
def test_what_would_leave_the_desk_open_is_refused(host: str, options: dict[str, object], words: str) -> None:
    with pytest.raises(DeskError, match=words):
        configured(host, 8000, **options)


def test_behind_a_proxy() -> None:
    config = configured("127.0.0.1", 8000, public_url="https://Vigie.example.org:8443/", accounts=True)
    assert config.hosts == ("vigie.example.org",)
    assert config.origin == "https://vigie.example.org:8443"
    assert config.secure
    assert config.behind_proxy
    assert config.accounts_needed


def test_with_a_certificate_of_its_own() -> None:
    config = configured("192.0.2.1", 443, encrypted=True, accounts=True)
    assert config.origin == "https://192.0.2.1"
    assert not config.behind_proxy


def test_two_desks_of_one_machine_keep_their_cookies_apart() -> None:
    assert DeskConfig(port=8000).cookie("session") != DeskConfig(port=8001).cookie("session")


@pytest.mark.parametrize(
    ("password", "name", "found"),
    [
        ("seven grey herons waiting", "amina", ()),
        ("короткая тропа в лесу", "amina", ()),
        ("short", "amina", ("short",)),
        ("x" * 300, "amina", ("long", "monotonous")),
        ("abcdefghijklmnop", "amina", ("monotonous",)),
        ("9876543210987", "amina", ("monotonous",)),
        ("Password2024", "amina", ("common",)),
        ("azerty-azerty", "amina", ("common",)),
        ("motdepasse!!!", "amina", ("common",)),
        ("amina.diallo.1", "amina.diallo", ("name",)),
    ],
)
def test_which_passwords_will_do(password: str, name: str, found: tuple[str, ...]) -> None:
    assert faults(password, name) == found


def test_passwords_are_hashed_with_argon2id_and_told_apart() -> None:
    full = Passwords()
    kept = full.hash("seven grey herons waiting")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,")
    assert full.fits(kept, "seven grey herons waiting")
    assert not full.fits(kept, "seven grey herons waitin")
    assert not full.fits(None, "nobody's password")
    assert not full.fits("no hash", "seven grey herons waiting")
    assert not full.fits(kept, "x" * 100_000)


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    assert quick.fits(quick.hash("ve\u0301ritable secret d'e\u0301tat"), "v\u00e9ritable secret d'\u00e9tat")


def test_requests_come_back_evenly() -> None:
    time = 0.0
    limiter = Limiter({"login": Rate(2, 60)}, lambda: time)
    limiter.take("login", "a")
    limiter.take("login", "a")
    with pytest.raises(TooMany) as caught:
        limiter.take("login", "a")
    assert caught.value.wait == 30
    limiter.take("login", "b")  # another asker
    time = 30.0
    limiter.take("login", "a")
    with pytest.raises(TooMany):
        limiter.take("login", "a")
    limiter.forget("login", "a")
    limiter.take("login", "a")


def test_many_askers_do_not_fill_the_memory() -> None:
    limiter = Limiter({"login": Rate(1, 60)}, lambda: 0.0)
    for number in range(20_000):
        limiter.take("login", str(number))
    assert len(limiter._left) <= 10_000


@pytest.mark.parametrize("given", ["", "00", "g" * 128, "0" * 127, "0" * 128])
def test_a_made_up_token_does_not_fit(given: str) -> None:
    assert not csrf.fits(given, csrf.secret_of("session"))


def test_a_token_fits_its_own_secret_only() -> None:
    secret, other = csrf.secret_of("session"), csrf.secret_of("another")
    assert csrf.fits(csrf.token(secret), secret)
    assert not csrf.fits(csrf.token(other), secret)
    assert not csrf.fits(csrf.token("0" * 64), "")
