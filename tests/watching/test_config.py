"""The file of feeds: what is right makes a plan, what is wrong is named with its key and the way out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from vigie.errors import FeedsFileError
from vigie.record.sources import seeded
from vigie.runs.watching import plan as p
from vigie.runs.watching.config import load, parsed
from vigie.runs.watching.config_filters import FilterTable, lately, meant
from vigie.runs.watching.telling import WATCHED
from vigie.store.filters import Box, Filter, Named

DOC = (Path(__file__).parents[2] / "docs" / "watching.md").read_text("utf-8")
SECRETS = {
    "FIL_TOKEN": "t",
    "EQUIPE_WEBHOOK": "https://chat.example/s3cret",
    "EQUIPE_SECRET": "s",
    "SMTP_PASSWORD": "p",
}
HEAD = 'contact = "desk@courier.example"\n[[feeds]]\nname = "courier"\nurl = "https://courier.example/rss"\n'


def example() -> str:
    found = re.search(r"<!-- example -->\s*```toml\n(.*?)```", DOC, re.DOTALL)
    assert found is not None
    return found[1]


def made(text: str, environment: dict[str, str] | None = None) -> p.Plan:
    return parsed(text.encode(), "feeds.toml", SECRETS if environment is None else environment)


def problems(text: str, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(FeedsFileError) as refused:
        made(text, environment)
    return refused.value.problems


def test_the_example_of_the_documentation_is_in_order() -> None:
    plan = made(example())
    assert [feed.name for feed in plan.feeds] == ["La Dépêche inventée", "Fil de l'agence", "Ministry, daily bulletin"]
    assert [feed.interval for feed in plan.feeds] == [dt.timedelta(minutes=m) for m in (10, 2, 60)]
    assert plan.contact == "veille@redaction.example"
    assert plan.filters[0].wanted.countries == ("IQ", "SY")
    assert plan.filters[1].channels == ("courriel",)
    assert plan.allowed == (p.Allowed("fil.interne.example", private=True, ports=frozenset((8443,))),)
    terminal, webhook, mail = plan.channels
    assert isinstance(terminal, p.Printing)
    assert isinstance(webhook, p.Webhook)
    assert webhook.url.get_secret_value() == "https://chat.example/s3cret"
    assert isinstance(mail, p.Mail)
    assert (mail.port, mail.every) == (587, dt.timedelta(minutes=30))


def test_the_values_that_the_example_shows_are_those_of_a_file_without_them() -> None:
    plan, bare = made(example()), made(HEAD)
    assert plan.polling == bare.polling == p.Polling()
    assert plan.limits == bare.limits == p.Limits()


def test_the_documentation_has_every_field_of_filters_and_every_field_that_can_change() -> None:
    found = re.search(r"<!-- list: filter fields -->(.*?)<!-- end -->", DOC, re.DOTALL)
    assert found is not None
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", found[1], re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == set(FilterTable.model_fields)
    assert all(f"`{field}`" in DOC for field in WATCHED)


def test_filters_have_the_vocabulary_of_the_store() -> None:
    own = {field.name for field in dataclasses.fields(Filter)} - {"within", "without"}
    assert set(FilterTable.model_fields) == own


def test_a_short_file_is_enough() -> None:
    plan = made(HEAD)
    assert plan.channels == (p.Printing("terminal", "en"),)
    assert plan.feeds[0].interval == dt.timedelta(minutes=15)
    assert plan.filters == ()


def test_a_filter_of_every_field() -> None:
    text = HEAD + (
        '[[filters]]\nname = "f"\n[filters.wanted]\ntext = "voiture piégée"\nfirst_day = 2024-01-01\nlast_day = 2024-02-01\n'
        'countries = ["iraq"]\nadmin1 = "Anbar"\nplace = "Rutba"\nbox = { west = 38, south = 33, east = 46.5, north = 38 }\n'
        'types = ["attack"]\nweapons = ["rocket"]\nactor = "Daech"\ntarget = "base"\ntarget_kinds = ["military"]\n'
        'source = "SOHR"\noutlet = "AFP"\nlanguages = ["fr"]\nkilled_at_least = 1\ndisputed = true\nsingle_source = false\n'
        'reviewed = false\non_map = true\nperiod = "current"\nstanding = ["counts", "withdrawn"]'
    )
    wanted = made(text).filters[0].wanted
    assert wanted.countries == ("IQ",)
    assert wanted.box == Box(38.0, 33.0, 46.5, 38.0)
    assert (wanted.first_day, wanted.standing) == (dt.date(2024, 1, 1), ("counts", "withdrawn"))
    assert all(getattr(wanted, name) not in (None, ()) for name in FilterTable.model_fields)


def test_names_are_asked_by_what_they_mean() -> None:
    found = meant(Filter(place="Irak", actor="Daech"), seeded)
    assert isinstance(found.place, Named)
    assert found.place.country == "IQ"
    assert isinstance(found.actor, Named)
    now = dt.datetime(2024, 8, 1, tzinfo=dt.UTC)
    assert lately(Filter(), dt.timedelta(days=30), now).first_day == dt.date(2024, 7, 2)
    assert lately(Filter(first_day=dt.date(2024, 7, 20)), dt.timedelta(days=30), now).first_day == dt.date(2024, 7, 20)
    assert lately(Filter(), None, now) == Filter()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "contact: this is needed"),
        ('contact = "desk@courier.example"', "feeds: this is needed"),
        ('contact = "nobody"\n[[feeds]]\nname = "a"\nurl = "https://a.example/"', "contact: give a mail address or a web page"),
        ("contact = [", "no TOML: "),
        ("seed = 1", "contact: this is needed"),
        (HEAD + 'intervall = "5m"', "feeds[1] 'courier': intervall: no such key: did you mean 'interval'?"),
        (HEAD + 'interval = "5 minutes"', "feeds[1] 'courier': interval: '5 minutes' is no length of time: give a number"),
        (HEAD + "interval = 300", "feeds[1] 'courier': interval: 300 is no length of time"),
        (HEAD + 'interval = "1s"', "feeds[1] 'courier': interval: more often than any server likes: give \"30s\" at least"),
        (HEAD + 'follow = "all"', "feeds[1] 'courier': follow: Input should be 'never', 'short' or 'always'"),
        (HEAD + 'language = "xx"', "feeds[1] 'courier': language: there is no language pack for 'xx'; there is one for: "),
        (HEAD + '[[feeds]]\nname = "courier"\nurl = "https://b.example/"', "feeds: 2 have the name 'courier'"),
        (HEAD.replace("https", "ftp"), "feeds[1] 'courier': url: ftp://courier.example/rss: ftp is not http or https"),
        (HEAD.replace("courier.example/rss", "127.0.0.1/rss"), "127.0.0.1 is this machine (if that is meant"),
        (HEAD.replace("courier.example/rss", "u:p@courier.example"), "a name or password in the address"),
        (HEAD + '[feeds.credentials]\nkind = "basic"\nsecret_env = "KEY"', 'credentials: give user with kind = "basic"'),
        (HEAD + '[feeds.credentials]\nkind = "bearer"\nsecret_env = "KEY"', "the environment variable KEY is not set"),
        (HEAD + '[feeds.credentials]\nkind = "bearer"\nsecret_env = "FIL_TOKEN"\nsecret = "s"', "credentials: a secret does not belong in the file"),
        (HEAD + "[polling]\njitter = 2", "polling: jitter: Input should be less than or equal to 1"),
        (HEAD + '[limits]\nbytes = "1GB"', "limits: bytes: '1GB' is no size: give a number of bytes"),
        (HEAD + "[limits]\nbytes = 1", "limits: bytes: Input should be greater than or equal to 1000"),
        (HEAD + '[limits]\ntime = "0s"', "limits: time: give a second at least"),
        (HEAD + '[[allowed]]\nhost = "*.example"', "allowed[1]: host: '*.example' is no name of a host"),
        (HEAD + '[[allowed]]\nhost = "a.example"\nports = [0]', "allowed[1]: ports[1]: Input should be greater than"),
        (HEAD + '[[filters]]\nname = "f"\nchannels = ["trminal"]', "no channel is called 'trminal': did you mean 'terminal'?"),
        (HEAD + '[[filters]]\nname = "f"\nfields = ["dead"]', "fields: 'dead' is no field that can change; there are: type,"),
        (HEAD + '[[filters]]\nname = "f"\ntell = ["news"]', "filters[1] 'f': tell[1]: Input should be 'new', 'changed'"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { country = ["IQ"] }', "wanted: country: no such key: did you mean 'countries'?"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { within = ["I1"] }', "wanted: within: no such key"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { countries = ["Atlantis"] }', "countries: 'Atlantis' is no country"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { types = ["atack"] }', "types: 'atack' is none: did you mean 'attack'?"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { text = "-not" }', "text: no word to look for in '-not'"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { box = { west = 1 } }', "box: give west, south, east, north in degrees"),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { box = { west = 1, east = 2, south = 9, north = 3 } }', "box: Box("),
        (HEAD + '[[filters]]\nname = "f"\nwanted = { first_day = 2024-02-01, last_day = 2024-01-01 }', "is after last_day"),
        (HEAD + '[[filters]]\nname = " f"', "name: give a name of letters and signs on one line"),
        (HEAD + '[[filters]]\nname = "f\\u0007"', "name: give a name of letters and signs on one line"),
        (HEAD + '[[channels]]\nkind = "fax"\nname = "c"', "channels[1] 'c': kind: give print, webhook or mail"),
        (HEAD + '[[channels]]\nname = "c"', "channels[1] 'c': kind: give print, webhook or mail"),
        (HEAD + '[[channels]]\nkind = "print"\nname = "c"', "channels: there is no filter that would tell them anything"),
        (HEAD + '[[channels]]\nkind = "webhook"\nname = "c"', "give either url, or url_env"),
        (HEAD + '[[filters]]\nname = "f"\n[[channels]]\nkind = "webhook"\nname = "c"\nurl = "http://10.0.0.1/key"', "url: 10.0.0.1 is a private network"),
        (HEAD + '[[filters]]\nname = "f"\n[[channels]]\nkind = "mail"\nname = "c"\nhost = "m.example"\nport = 2525\nsender = "a@b.example"\nto = ["a@b.example"]', "host: port 2525 is not one of 25, 465, 587"),
        (HEAD + '[[channels]]\nkind = "mail"\nname = "c"\nhost = "m.example"\nsender = "a"\nto = []', "sender: 'a' is no mail address"),
        (HEAD + '[[channels]]\nkind = "mail"\nname = "c"\nhost = "m.example"\nsender = "a@b.example"\nto = ["a@b.example\\nBcc: x@y.example"]', "is no mail address: give name@host"),
        (HEAD + '[[channels]]\nkind = "mail"\nname = "c"\nhost = "m.example"\nsender = "a@b.example"\nto = ["a@b.example"]\nuser = "u"', "give both user and password_env"),
        (HEAD + '[[channels]]\nkind = "mail"\nname = "c"\nhost = "m.example"\nsender = "a@b.example"\nto = ["a@b.example"]\nsecurity = "none"\nuser = "u"\npassword_env = "SMTP_PASSWORD"', "a password is not sent in the clear"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_the_way_out(text: str, problem: str) -> None:
    found = problems(text)
    assert any(problem in each for each in found), found
    assert "s3cret" not in "".join(found)


def test_all_faults_are_named_at_once() -> None:
    found = problems(
        HEAD + 'follow = "all"\ninterval = "x"\n[polling]\njitter = 2\n[[filters]]\nname = "f"\nfields = ["dead"]'
    )
    assert len(found) == 4


def test_a_secret_with_a_line_end_is_refused_without_being_shown() -> None:
    (found,) = problems(HEAD + '[feeds.credentials]\nkind = "bearer"\nsecret_env = "KEY"', {"KEY": "s3cret\nX: y"})
    assert "holds a line end" in found
    assert "s3cret" not in found


def test_a_plan_that_is_only_looked_at_needs_no_secrets() -> None:
    plan = parsed(example().encode(), "feeds.toml", None)
    assert len(plan.channels) == 3


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FeedsFileError, match=r"nowhere\.toml: cannot be read: No such file"):
        load(tmp_path / "nowhere.toml", {})
    (tmp_path / "latin.toml").write_bytes('contact = "é"'.encode("latin-1"))
    with pytest.raises(FeedsFileError, match="not UTF-8"):
        load(tmp_path / "latin.toml", {})
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(FeedsFileError, match="more than 1,000,000 bytes"):
        load(tmp_path / "big.toml", {})
