"""Channels: webhooks are signed and tried again, mails are gathered; nothing is lost, and what is sent twice can be
told."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import mail_sink
from feed_server import Asked, Reply, Server, entry, rss
from invented_watch import Watched
from mail_sink import Sink
from vigie.runs.watching.plan import Plan

PlanOf = Callable[..., Plan]
PLACES = ("Rutba", "Qaim", "Tikrit", "Hit", "Samarra")
TEXTS = [f"{place} IQ 2024-07-28 attack: {n} killed, says army spokesman." for n, place in enumerate(PLACES, 1)]
FILTER = '[[filters]]\nname = "everything"\n'


def entries(count: int) -> str:
    return rss(*(entry(str(n), text) for n, text in enumerate(TEXTS[:count], 1)))


def hook(server: Server, more: str = 'secret_env = "HOOK_SECRET"') -> str:
    return f'{FILTER}[[channels]]\nkind = "webhook"\nname = "hook"\nurl = "{server.url("/hook")}"\n{more}'


def posts(server: Server) -> list[Asked]:
    return [asked for asked in server.asked if asked.path == "/hook"]


SECRETS = {"HOOK_SECRET": "between us", "MAIL_PASSWORD": "p4ss"}


# --- webhooks ---


def test_a_notice_is_posted_with_a_signature_that_its_receiver_can_check(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", entries(1))
    server.gives("/hook", b"ok")
    watched.once(plan_of(hook(server), environment=SECRETS))
    (asked,) = posts(server)
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/json; charset=utf-8"
    timestamp = asked.headers["vigie-timestamp"]
    assert int(timestamp) == int(watched.clock().timestamp())
    expected = hmac.new(b"between us", f"{timestamp}.".encode() + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["vigie-signature"] == f"sha256={expected}"
    body = json.loads(asked.body)
    assert asked.headers["idempotency-key"] == body["key"]
    assert (body["schema"], body["kind"], body["incident"]["killed"]) == (
        "vigie/notice/1",
        "new",
        {"lower": 1, "upper": 1},
    )
    assert body["text"].startswith("NEW  Attack, Rutba, Iraq, 28 July 2024")


def test_the_check_that_the_documentation_shows_works(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    page = (Path(__file__).parents[2] / "docs" / "watching.md").read_text("utf-8")
    code = next(block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "def genuine" in block)
    names: dict[str, Callable[..., bool]] = {}
    exec(compile(code, "docs/watching.md", "exec"), names)
    server.gives("/feed", entries(1))
    server.gives("/hook", b"ok")
    watched.once(plan_of(hook(server), environment=SECRETS))
    (asked,) = posts(server)
    now = watched.clock().timestamp()
    genuine = names["genuine"]
    assert genuine(asked.headers, asked.body, b"between us", now)
    assert not genuine(asked.headers, asked.body + b" ", b"between us", now)
    assert not genuine(asked.headers, asked.body, b"guessed", now)
    assert not genuine(asked.headers, asked.body, b"between us", now + 3600)


def test_without_a_secret_nothing_is_signed(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", entries(1))
    server.gives("/hook", b"ok")
    watched.once(plan_of(hook(server, "")))
    assert "vigie-signature" not in posts(server)[0].headers


def test_a_receiver_that_is_down_gets_everything_in_order_under_the_same_keys_when_it_is_back(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of(hook(server), environment=SECRETS)
    server.gives("/feed", entries(2))
    server.on["/hook"] = lambda asked: Reply(503)
    assert watched.once(plan).channels_failed == ("hook",)
    assert len(posts(server)) == 1  # one is enough to see that it is down
    waits = []
    for _ in range(4):
        due = watched.store.notices.next_due("hook")
        assert due is not None
        waits.append((due - watched.clock()).total_seconds())
        watched.clock.time = due
        watched.once(plan)
    for wait, usual in zip(waits, (30, 60, 120, 240), strict=True):
        assert usual <= wait <= usual * 1.1
    assert len(posts(server)) == 5
    server.gives("/feed", entries(3))
    server.gives("/hook", b"ok")
    watched.clock.forward(hours=1)
    assert watched.once(plan).channels_failed == ()
    taken = posts(server)[5:]
    assert [json.loads(a.body)["incident"]["place"]["name"] for a in taken] == [
        *_by_id(watched, "Rutba", "Qaim"),
        "Tikrit",
    ]
    assert len({a.headers["idempotency-key"] for a in posts(server)[:6]}) == 1
    assert len({a.headers["vigie-timestamp"] for a in posts(server)[:6]}) == 6
    state = watched.store.notices.channels()["hook"]
    assert (state.waiting, state.delivered, state.given_up, state.problem) == (0, 3, 0, None)


def _by_id(watched: Watched, *places: str) -> list[str]:
    """Places in the order of the ids of their incidents, which is that of the notices of one moment."""
    with watched.store.inquiry() as inquiry:
        from vigie.store.filters import Filter

        lines = {line.place: line.id for line in inquiry.incidents(Filter()).lines}
    return sorted(places, key=lambda place: lines[place])


def test_a_receiver_can_ask_for_more_time(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", entries(1))
    server.on["/hook"] = lambda asked: Reply(429, headers={"Retry-After": "5000"})
    watched.once(plan_of(hook(server), environment=SECRETS))
    assert watched.store.notices.next_due("hook") == watched.clock() + dt.timedelta(seconds=5000)


def test_a_notice_that_is_refused_does_not_hold_up_the_others(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", entries(3))
    server.on["/hook"] = lambda asked: Reply(422 if b"Qaim" in asked.body else 200)
    assert watched.once(plan_of(hook(server), environment=SECRETS)).channels_failed == ("hook",)
    state = watched.store.notices.channels()["hook"]
    assert (state.waiting, state.delivered, state.given_up) == (0, 2, 1)
    assert state.problem == "HTTP 422 Unprocessable Entity"
    assert any("given up" in words for words in watched.said)


def test_in_the_end_a_notice_is_given_up_and_said_to_be(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of(hook(server, "attempts = 2"))
    server.gives("/feed", entries(1))
    server.on["/hook"] = lambda asked: Reply(500)
    watched.once(plan)
    watched.clock.forward(minutes=1)
    watched.once(plan)
    state = watched.store.notices.channels()["hook"]
    assert (state.waiting, state.given_up) == (0, 1)
    assert "1 notices given up after 2 attempts" in watched.said[-1]


def test_a_redirection_of_a_webhook_is_not_followed(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", entries(1))
    server.on["/hook"] = lambda asked: Reply(307, headers={"Location": "/elsewhere"})
    assert watched.once(plan_of(hook(server, ""))).channels_failed == ("hook",)
    assert "/elsewhere" not in server.paths()


def test_a_webhook_at_an_inner_address_is_refused_and_its_address_not_said(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    watched._resolve = lambda host, port: ["10.1.2.3"]
    server.gives("/feed", entries(1))
    channel = f'{FILTER}[[channels]]\nkind = "webhook"\nname = "hook"\nurl_env = "HOOK_URL"'
    plan = plan_of(channel, environment={"HOOK_URL": "https://chat.example/services/T0/s3cret"})
    assert watched.once(plan).channels_failed == ("hook",)
    problem = watched.store.notices.channels()["hook"].problem or ""
    assert "chat.example leads to 10.1.2.3, a private network" in problem
    assert "s3cret" not in problem + "".join(watched.said) + repr(plan)


def test_a_channel_that_is_down_does_not_stop_the_others(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", entries(1))
    server.on["/hook"] = lambda asked: Reply(500)
    plan = plan_of(hook(server, "") + '\n[[channels]]\nkind = "print"\nname = "here"\nlanguage = "fr"')
    watched.once(plan)
    assert watched.told() == [("new", "Rutba")]


# --- mail ---


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink.sinking() as sink:
        yield sink


def mail(sink: Sink, more: str = 'security = "none"', host: str = "127.0.0.1") -> str:
    # The port of the sink is opened beside that of the feeds: the file allows a host once.
    return (
        f'{FILTER}[[channels]]\nkind = "mail"\nname = "desk"\nhost = "{host}"\nport = {sink.port}\n'
        f'sender = "vigie@courier.example"\nto = ["desk@courier.example", "night@courier.example"]\n{more}'
    )


def plan_for(plan_of: PlanOf, sink: Sink, *args: str, host: str = "mail.test", **more: str) -> Plan:
    allowed = f'[[allowed]]\nhost = "{host}"\nprivate = true\nports = [{sink.port}]'
    return plan_of(mail(sink, *args, host=host, **more), head="", environment=SECRETS, feed=f"{allowed}")


def test_one_mail_tells_all_that_came_up_in_plain_text_and_html(
    server: Server, watched: Watched, plan_of: PlanOf, sink: Sink
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    server.gives(
        "/feed",
        rss(
            *(
                entry(str(n), t, title="<b>Attack</b> & more", link=f"https://courier.example/{n}")
                for n, t in enumerate(TEXTS[:2])
            )
        ),
    )
    assert watched.once(plan_for(plan_of, sink)).channels_failed == ()
    (message,) = sink.messages
    assert message["Subject"] == "Vigie: 2 new"
    assert message["From"] == "Vigie <vigie@courier.example>"
    assert message["To"] == "desk@courier.example, night@courier.example"
    assert sink.recipients == [["desk@courier.example", "night@courier.example"]]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == watched.clock()
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert "NEW  Attack, Rutba, Iraq, 28 July 2024" in plain.get_content()
    html = page.get_content()
    assert "Rutba" in html
    assert "&lt;b&gt;Attack&lt;/b&gt; &amp; more" in html or "Attack &amp; more" in html
    assert "<b>Attack" not in html
    assert 'href="https://courier.example/0"' in html
    assert "<script" not in html
    assert watched.once(plan_for(plan_of, sink)).told == 0
    assert len(sink.messages) == 1


def test_a_mail_in_french(server: Server, watched: Watched, plan_of: PlanOf, sink: Sink) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    server.gives("/feed", entries(1))
    watched.once(plan_for(plan_of, sink, 'security = "none"\nlanguage = "fr"'))
    (message,) = sink.messages
    assert message["Subject"] == "Vigie : nouveau : Attaque, Rutba, Irak, 28 juillet 2024"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert "1 récit indépendant" in plain.get_content()


def test_a_channel_that_gathers_sends_one_mail_in_a_while(
    server: Server, watched: Watched, plan_of: PlanOf, sink: Sink
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    plan = plan_for(plan_of, sink, 'security = "none"\nevery = "2h"')
    for count in (1, 2, 3):  # at once, after 30 minutes, after an hour
        server.gives("/feed", entries(count))
        watched.once(plan)
        assert len(sink.messages) == 1
        watched.clock.forward(minutes=30)
    watched.clock.forward(minutes=31)
    watched.once(plan)
    assert [message["Subject"] for message in sink.messages][1] == "Vigie: 2 new"


def test_a_mail_whose_answer_is_lost_is_sent_again_as_the_same_message(
    server: Server, watched: Watched, plan_of: PlanOf, sink: Sink
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    plan = plan_for(plan_of, sink)
    server.gives("/feed", entries(2))
    sink.answers["END"] = ""
    assert watched.once(plan).channels_failed == ("desk",)
    server.gives("/feed", entries(3))  # what comes up since does not get into the same message
    sink.answers.clear()
    watched.clock.forward(minutes=30)
    watched.once(plan)
    first, again, other = sink.messages
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    bodies = [m.get_body(("plain",)) for m in (first, again)]
    assert bodies[0] is not None
    assert bodies[1] is not None
    assert bodies[0].get_content() == bodies[1].get_content()


@pytest.mark.parametrize(
    ("command", "answer", "state", "problem"),
    [
        ("RCPT", "550 no such user", (1, 0), "no recipient taken"),
        ("DATA", "451 later", (1, 0), "message not taken: 451 later"),
        ("END", "554 too long", (0, 1), "message not taken: 554 too long"),
        ("QUIT", "500 what", (0, 0), None),
    ],
)
def test_what_a_mail_server_refuses(
    server: Server,
    watched: Watched,
    plan_of: PlanOf,
    sink: Sink,
    command: str,
    answer: str,
    state: tuple[int, int],
    problem: str | None,
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    server.gives("/feed", entries(1))
    sink.answers[command] = answer
    watched.once(plan_for(plan_of, sink))
    found = watched.store.notices.channels()["desk"]
    assert (found.waiting, found.given_up) == state
    assert (found.problem is None) if problem is None else (problem in (found.problem or ""))


@pytest.mark.parametrize("at_once", [False, True])
def test_mail_over_tls_with_a_password(
    server: Server, watched: Watched, plan_of: PlanOf, certificate: Path, at_once: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    watched._resolve = lambda host, port: ["127.0.0.1"]
    watched.tls = ssl.create_default_context(cafile=str(certificate))
    server.gives("/feed", entries(1))
    security = "tls" if at_once else "starttls"
    more = f'security = "{security}"\nuser = "vigie"\npassword_env = "MAIL_PASSWORD"'
    with mail_sink.sinking(context, at_once=at_once) as sink:
        assert watched.once(plan_for(plan_of, sink, more, host="feeds.test")).channels_failed == ()
        assert sink.secured == 1
        assert sink.logins == ["vigie p4ss"]
        assert len(sink.messages) == 1
        # Another name than that of the certificate.
        server.gives("/feed", entries(2))
        watched.clock.forward(minutes=12)
        assert watched.once(plan_for(plan_of, sink, more, host="mail.test")).channels_failed == ("desk",)
        assert len(sink.messages) == 1
        problem = watched.store.notices.channels()["desk"].problem or ""
        assert "certificate" in problem.lower()
        assert "p4ss" not in problem


def test_no_mail_goes_out_in_the_clear_where_tls_is_asked_for(
    server: Server, watched: Watched, plan_of: PlanOf, sink: Sink
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    server.gives("/feed", entries(1))
    watched.once(plan_for(plan_of, sink, 'security = "starttls"'))
    assert not sink.messages
    assert "STARTTLS" in (watched.store.notices.channels()["desk"].problem or "")


def test_a_mail_server_at_an_inner_address_is_refused(
    server: Server, watched: Watched, plan_of: PlanOf, sink: Sink
) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1" if host == "127.0.0.1" else "192.168.0.9"]
    server.gives("/feed", entries(1))
    more = f'[[allowed]]\nhost = "mail.test"\nports = [{sink.port}]'
    watched.once(plan_of(mail(sink, host="mail.test") + "\n" + more))
    assert "mail.test leads to 192.168.0.9, a private network" in (
        watched.store.notices.channels()["desk"].problem or ""
    )
    assert not sink.messages
