"""The file of feeds (TOML) and the plan that it makes; every fault is named with its key and the way out.

Nothing is read from the environment but what the file names (`…_env`): secrets are never in the file, and nothing else
about it depends on where it is read. That is why it does not go through pydantic-settings.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from vigie.errors import AddressRefused, FeedsFileError
from vigie.runs.watching import plan as p
from vigie.runs.watching.addresses import Guard, host_key
from vigie.runs.watching.config_filters import FilterTable, wanted
from vigie.runs.watching.telling import WATCHED
from vigie.store.watch_notices import Existing, NoticeKind

_MOST = 1_000_000  # bytes of a file of feeds
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d{1,6})\s*([smhd])")
_SIZE = re.compile(r"(\d{1,9})\s*(B|kB|MB)")
_SIZES = {"B": 1, "kB": 1000, "MB": 1_000_000}
_MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"]{1,200}@[^\s@<>,;:\"]{1,200}")
_CONTACT = re.compile(r"(?:mailto:)?[^\s@()]{1,200}@[^\s@()]{1,200}|https?://[^\s()]{3,500}")
_PRINTING = "terminal"
_PORTS: Mapping[p.Security, int] = {"starttls": 587, "tls": 465, "none": 25}


def _duration(value: Any) -> Any:
    if isinstance(value, dt.timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'{value!r} is no length of time: give a number with s, m, h or d in quotation marks ("15m")')
    return dt.timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _size(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'{value!r} is no size: give a number of bytes, or one with kB or MB ("10MB")')
    return int(found[1]) * _SIZES[found[2]]


def _one_line(value: str) -> str:
    if value != value.strip() or not value or not value.isprintable():
        raise ValueError("give a name of letters and signs on one line, without blanks at its ends")
    return value


Duration = Annotated[dt.timedelta, BeforeValidator(_duration)]
Size = Annotated[int, BeforeValidator(_size)]
Name = Annotated[str, Field(max_length=120), AfterValidator(_one_line)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _secret(variable: str | None, info: ValidationInfo) -> SecretStr | None:
    """The value of the environment variable that a key names."""
    if variable is None:
        return None
    environment: Mapping[str, str] | None = (info.context or {}).get("environment")
    if environment is None:
        return SecretStr("")
    value = environment.get(variable, "")
    if not value:
        raise ValueError(f"the environment variable {variable} is not set: set it where vigie is started")
    if "\n" in value or "\r" in value:
        raise ValueError(f"the environment variable {variable} holds a line end: set it without")
    return SecretStr(value)


FromEnvironment = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class _Polling(_Table):
    interval: Duration = p.Polling().interval
    host_interval: Duration = p.Polling().host_interval
    longest_backoff: Duration = p.Polling().longest
    jitter: Annotated[float, Field(ge=0, le=1)] = p.Polling().jitter
    at_once: Annotated[int, Field(ge=1, le=64)] = p.Polling().at_once

    @field_validator("interval")
    @classmethod
    def _not_too_often(cls, value: dt.timedelta) -> dt.timedelta:
        return _polite(value)

    def made(self) -> p.Polling:
        return p.Polling(self.interval, self.host_interval, self.longest_backoff, self.jitter, self.at_once)


class _Limits(_Table):
    bytes: Annotated[Size, Field(ge=1000, le=32_000_000)] = p.Limits().bytes
    time: Duration = dt.timedelta(seconds=p.Limits().seconds)
    connect_time: Duration = dt.timedelta(seconds=p.Limits().connect_seconds)
    redirects: Annotated[int, Field(ge=0, le=20)] = p.Limits().redirects

    @field_validator("time", "connect_time")
    @classmethod
    def _some(cls, value: dt.timedelta) -> dt.timedelta:
        if not value:
            raise ValueError('give a second at least ("1s")')
        return value

    def made(self) -> p.Limits:
        return p.Limits(self.bytes, self.time.total_seconds(), self.connect_time.total_seconds(), self.redirects)


class _Allowed(_Table):
    host: Name
    private: bool = False
    ports: list[Annotated[int, Field(ge=1, le=65535)]] = []

    @field_validator("host")
    @classmethod
    def _a_host(cls, value: str) -> str:
        if "/" in value or "@" in value or "*" in value:
            raise ValueError(f"{value!r} is no name of a host: give it without scheme, port, path or stars")
        try:
            return host_key(value)
        except AddressRefused as error:
            raise ValueError(str(error)) from error

    def made(self) -> p.Allowed:
        return p.Allowed(self.host, self.private, frozenset(self.ports))


class _Credentials(_Table):
    kind: Literal["basic", "bearer", "query"]
    secret_env: FromEnvironment
    user: Annotated[str, Field(pattern=r"^[^:\r\n]{1,200}$")] | None = None
    parameter: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.~-]{1,100}$")] | None = None
    secret: SecretStr | None = None

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> _Credentials:
        if self.secret is not None:
            raise ValueError(
                "a secret does not belong in the file: give the name of an environment variable, secret_env"
            )
        if (self.kind == "basic") != (self.user is not None):
            raise ValueError('give user with kind = "basic", and only with that')
        if (self.kind == "query") != (self.parameter is not None):
            raise ValueError('give parameter with kind = "query", and only with that')
        object.__setattr__(self, "secret", _secret(self.secret_env, info))
        return self

    def made(self) -> p.Credentials:
        assert self.secret is not None
        return p.Credentials(self.kind, self.user or self.parameter or "", self.secret)


class _Feed(_Table):
    name: Name
    url: str
    interval: Duration | None = None
    outlet: Name | None = None
    language: str | None = None
    follow: p.Follow = "never"
    credentials: _Credentials | None = None

    @field_validator("interval")
    @classmethod
    def _not_too_often(cls, value: dt.timedelta | None) -> dt.timedelta | None:
        return _polite(value) if value is not None else None

    @field_validator("language")
    @classmethod
    def _a_language(cls, value: str | None) -> str | None:
        from vigie.language.pack import languages

        if value is not None and value not in languages():
            raise ValueError(f"there is no language pack for {value!r}; there is one for: {', '.join(languages())}")
        return value

    def made(self, usual: dt.timedelta) -> p.Feed:
        credentials = self.credentials.made() if self.credentials is not None else None
        interval = self.interval or usual
        return p.Feed(self.name, self.url, interval, self.outlet, self.language, self.follow, credentials)


class _SavedFilter(_Table):
    name: Name
    wanted: FilterTable = FilterTable()
    channels: list[str] | None = None
    tell: Annotated[list[NoticeKind], Field(min_length=1)] = ["new", "changed", "withdrawn", "left"]
    fields: Annotated[list[str], Field(min_length=1)] = list(WATCHED)
    existing: Existing = "skip"
    within: Duration | None = None

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, value: list[str]) -> list[str]:
        for each in value:
            if each not in WATCHED:
                raise ValueError(f"{each!r} is no field that can change{_meant(each, WATCHED)}")
        return value

    def made(self, channels: Sequence[str]) -> p.SavedFilter:
        return p.SavedFilter(
            name=self.name,
            wanted=wanted(self.wanted),
            channels=tuple(dict.fromkeys(self.channels if self.channels is not None else channels)),
            kinds=frozenset(self.tell),
            fields=frozenset(self.fields),
            existing=self.existing,
            within=self.within,
        )


class _Printing(_Table):
    kind: Literal["print"]
    name: Name
    language: p.Language | None = None

    def made(self, language: p.Language) -> p.Channel:
        return p.Printing(self.name, self.language or language)


class _Webhook(_Table):
    kind: Literal["webhook"]
    name: Name
    language: p.Language | None = None
    url: str | None = None
    url_env: FromEnvironment | None = None
    secret_env: FromEnvironment | None = None
    attempts: Annotated[int, Field(ge=1, le=100)] = 20
    _address: SecretStr = SecretStr("")
    _secret: SecretStr | None = None

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> _Webhook:
        if (self.url is None) == (self.url_env is None):
            raise ValueError("give either url, or url_env where the address holds a key")
        self._address = SecretStr(self.url) if self.url is not None else _secret(self.url_env, info) or SecretStr("")
        self._secret = _secret(self.secret_env, info)
        return self

    @property
    def address(self) -> str:
        return self._address.get_secret_value()

    def made(self, language: p.Language) -> p.Channel:
        return p.Webhook(self.name, self.language or language, self._address, self._secret, self.attempts)


class _Mail(_Table):
    kind: Literal["mail"]
    name: Name
    language: p.Language | None = None
    host: Name
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: p.Security = "starttls"
    sender: str
    to: Annotated[list[str], Field(min_length=1, max_length=50)]
    user: Name | None = None
    password_env: FromEnvironment | None = None
    every: Duration = dt.timedelta(0)
    attempts: Annotated[int, Field(ge=1, le=100)] = 20
    _password: SecretStr | None = None

    @field_validator("sender", "to")
    @classmethod
    def _addresses(cls, value: str | list[str]) -> str | list[str]:
        for each in [value] if isinstance(value, str) else value:
            if not _MAIL_ADDRESS.fullmatch(each):
                raise ValueError(f"{each!r} is no mail address: give name@host")
        return value

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> _Mail:
        if (self.user is None) != (self.password_env is None):
            raise ValueError("give both user and password_env, or neither")
        if self.user is not None and self.security == "none":
            raise ValueError('a password is not sent in the clear: give security = "starttls" or "tls"')
        self._password = _secret(self.password_env, info)
        return self

    def made(self, language: p.Language) -> p.Channel:
        return p.Mail(
            name=self.name,
            language=self.language or language,
            host=self.host,
            port=self.port or _PORTS[self.security],
            security=self.security,
            sender=self.sender,
            recipients=tuple(self.to),
            user=self.user,
            password=self._password,
            every=self.every,
            attempts=self.attempts,
        )


_Channel = Annotated[_Printing | _Webhook | _Mail, Field(discriminator="kind")]


class _File(_Table):
    contact: str
    language: p.Language = "en"
    seed: int | None = None
    polling: _Polling = _Polling()
    limits: _Limits = _Limits()
    allowed: list[_Allowed] = []
    feeds: Annotated[list[_Feed], Field(min_length=1)]
    filters: list[_SavedFilter] = []
    channels: list[_Channel] = []

    @field_validator("contact")
    @classmethod
    def _somebody(cls, value: str) -> str:
        if not _CONTACT.fullmatch(value):
            raise ValueError("give a mail address or a web page that says who is watching: servers are told")
        return value

    def made(self) -> p.Plan:
        channels = tuple(each.made(self.language) for each in self.channels)
        if not channels:
            channels = (p.Printing(_PRINTING, self.language),)
        names = [each.name for each in channels]
        polling = self.polling.made()
        return p.Plan(
            contact=self.contact.removeprefix("mailto:"),
            feeds=tuple(each.made(polling.interval) for each in self.feeds),
            filters=tuple(each.made(names) for each in self.filters),
            channels=channels,
            polling=polling,
            limits=self.limits.made(),
            allowed=tuple(each.made() for each in self.allowed),
            seed=self.seed,
        )


def load(path: Path, environment: Mapping[str, str] | None) -> p.Plan:
    """The plan in a file of feeds; `environment` holds the secrets that it names (None: the plan is only looked at, and
    its secrets are empty). Raises FeedsFileError with everything that is wrong."""
    where = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        raise FeedsFileError(where, [f"cannot be read: {error.strerror or error}"]) from error
    if len(data) > _MOST:
        raise FeedsFileError(
            where, [f"more than {_MOST:,} bytes: split it, and watch each file with a store of its own"]
        )
    return parsed(data, where, environment)


def parsed(data: bytes, where: str, environment: Mapping[str, str] | None) -> p.Plan:
    """The same for the bytes of a file; `where` names it."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FeedsFileError(where, [f"not UTF-8 (byte {error.start}): save it as UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise FeedsFileError(where, [f"no TOML: {error}"]) from error
    try:
        file = _File.model_validate(table, context={"environment": environment})
    except ValidationError as error:
        raise FeedsFileError(where, [_problem(each, table) for each in error.errors()]) from error
    problems = list(_across(file))
    if problems:
        raise FeedsFileError(where, problems)
    return file.made()


def _across(file: _File) -> Iterator[str]:
    """What is wrong between the tables of a file."""
    for kind, named in (("feeds", file.feeds), ("filters", file.filters), ("channels", file.channels)):
        names = [each.name for each in named]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{kind}: {names.count(name)} have the name {name!r}: give each a name of its own"
    channels = [each.name for each in file.channels] or [_PRINTING]
    for number, each in enumerate(file.filters, 1):
        for name in each.channels or ():
            if name not in channels:
                place = f"filters[{number}] {each.name!r}: channels"
                yield f"{place}: no channel is called {name!r}{_meant(name, channels)}"
    if file.channels and not file.filters:
        yield "channels: there is no filter that would tell them anything: add [[filters]]"
    guard = Guard(each.made() for each in file.allowed)
    for number, feed in enumerate(file.feeds, 1):
        try:
            guard.web(feed.url)
        except AddressRefused as error:
            yield f"feeds[{number}] {feed.name!r}: url: {error}"
    for number, channel in enumerate(file.channels, 1):
        try:
            if isinstance(channel, _Webhook):
                if channel.address:
                    guard.web(channel.address)
            elif isinstance(channel, _Mail):
                guard.mail_port(channel.host, channel.port or _PORTS[channel.security])
        except AddressRefused as error:  # without the address: it may be a secret
            key = "host" if isinstance(channel, _Mail) else "url"
            way_out = f" ({error.way_out})" if error.way_out else ""
            yield f"channels[{number}] {channel.name!r}: {key}: {error.reason}{way_out}"


def _problem(error: Any, table: Mapping[str, Any]) -> str:
    """One fault in words: the key as a person finds it in the file, what is wrong, the way out."""
    place, keys = _place(error["loc"], table)
    kind, message = error["type"], str(error["msg"])
    if kind == "extra_forbidden":
        return f"{place}: no such key{_meant(keys[-1], _known(keys[:-1]))}"
    if kind == "missing":
        return f"{place}: this is needed"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return f"{place}: kind: give print, webhook or mail"
    return f"{place}: {message.removeprefix('Value error, ')}"


def _place(loc: Sequence[int | str], table: Mapping[str, Any]) -> tuple[str, list[str]]:
    words: list[str] = []
    keys: list[str] = []
    at: Any = table
    for step in loc:
        if isinstance(step, int):
            at = at[step] if isinstance(at, list) and step < len(at) else None
            name = at.get("name") if isinstance(at, dict) else None
            words[-1] += f"[{step + 1}]" + (f" {name!r}" if isinstance(name, str) else "")
        elif isinstance(at, dict) and step in ("print", "webhook", "mail") and at.get("kind") == step:
            continue  # the kind of a channel, which is no key
        else:
            at = at.get(step) if isinstance(at, dict) else None
            words.append(step)
            keys.append(step)
    return ": ".join(words) or "the file", keys or [""]


_TABLES: Mapping[tuple[str, ...], tuple[type[BaseModel], ...]] = {
    (): (_File,),
    ("polling",): (_Polling,),
    ("limits",): (_Limits,),
    ("allowed",): (_Allowed,),
    ("feeds",): (_Feed,),
    ("feeds", "credentials"): (_Credentials,),
    ("filters",): (_SavedFilter,),
    ("filters", "wanted"): (FilterTable,),
    ("channels",): (_Printing, _Webhook, _Mail),
}


def _known(keys: Sequence[str]) -> list[str]:
    return [name for model in _TABLES.get(tuple(keys), ()) for name in model.model_fields]


def _meant(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    if close:
        return f": did you mean {close[0]!r}?"
    return f"; there are: {', '.join(dict.fromkeys(known))}" if known else ""


def _polite(value: dt.timedelta) -> dt.timedelta:
    if value < dt.timedelta(seconds=30):
        raise ValueError('more often than any server likes: give "30s" at least')
    return value
