"""Polling: what is new is taken in once, servers are treated as they ask, and a dead one stops nobody."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
from collections.abc import Callable

import pytest

from feed_server import Asked, Reply, Server, entry, rss
from invented_watch import START, Watched
from vigie.runs.watching.plan import Plan

PlanOf = Callable[..., Plan]
RUTBA = "Rutba IQ 2024-07-28 attack: 3 killed, says army spokesman."
QAIM = "Qaim IQ 2024-07-29 attack: 2 killed, says army spokesman."
TIKRIT = "Tikrit IQ 2024-07-30 attack: 1 killed, says army spokesman."


def another_feed(server: Server, name: str, path: str) -> str:
    return f'[[feeds]]\nname = "{name}"\nurl = "{server.url(path)}"\ninterval = "10m"\n[[filters]]\nname = "everything"'


def due(watched: Watched, name: str = "courier") -> dt.timedelta:
    """How long from now until a feed is polled again."""
    return watched.store.feeds.feeds()[name].due - watched.clock()


def test_what_is_new_in_a_feed_is_taken_in_and_told_once(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    assert watched.once(plan_of()).taken == 1
    assert watched.told() == [("new", "Rutba")]
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(entry("2", QAIM), entry("1", RUTBA), entry("1", RUTBA)))
    assert watched.once(plan_of()).taken == 1
    assert watched.told() == [("new", "Qaim")]
    assert len(watched.coded) == 2


def test_a_feed_is_not_asked_before_it_is_due(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    watched.once(plan_of())
    watched.clock.forward(minutes=9)
    watched.once(plan_of())
    assert server.paths() == ["/feed"]
    assert dt.timedelta(minutes=1) <= due(watched) <= dt.timedelta(minutes=2)
    watched.clock.forward(minutes=2)
    watched.once(plan_of())
    assert server.paths() == ["/feed", "/feed"]


def test_a_shorter_interval_in_the_file_holds_at_once(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    plan = plan_of()
    rare = dataclasses.replace(plan.feeds[0], interval=dt.timedelta(days=1))
    watched.once(dataclasses.replace(plan, feeds=(rare,)))
    watched.clock.forward(minutes=6)
    watched.once(plan)
    watched.clock.forward(minutes=6)
    watched.once(plan)
    assert len(server.asked) == 2


def test_the_server_is_told_what_is_known_and_answers_that_nothing_has_changed(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    def feed(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"v1"':
            return Reply(304)
        return Reply(
            200, rss(entry("1", RUTBA)).encode(), {"ETag": '"v1"', "Last-Modified": "Mon, 29 Jul 2024 12:00:00 GMT"}
        )

    server.on["/feed"] = feed
    watched.once(plan_of())
    watched.clock.forward(minutes=12)
    ran = watched.once(plan_of())
    first, second = server.asked
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == '"v1"'
    assert second.headers["if-modified-since"] == "Mon, 29 Jul 2024 12:00:00 GMT"
    assert (ran.taken, ran.feeds_failed) == (0, ())
    state = watched.store.feeds.feeds()["courier"]
    assert (state.status, state.polls, state.fresh_at, state.etag) == (304, 2, watched.clock(), '"v1"')


def test_another_address_under_the_same_name_begins_anew(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)), ETag='"v1"')
    watched.once(plan_of())
    server.gives("/other", rss(entry("1", RUTBA)))
    plan = plan_of()
    watched.once(dataclasses.replace(plan, feeds=(dataclasses.replace(plan.feeds[0], url=server.url("/other")),)))
    assert server.paths() == ["/feed", "/other"]
    assert "if-none-match" not in server.asked[-1].headers


def test_servers_are_told_who_asks_and_what_for(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    watched.once(plan_of())
    (asked,) = server.asked
    assert asked.headers["user-agent"] == "vigie/test (+watch@courier.example)"
    assert asked.headers["accept-encoding"] == "gzip"
    assert asked.headers["connection"] == "close"
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert "cookie" not in asked.headers


def test_packed_answers_are_unpacked(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    two_members = gzip.compress(rss(entry("1", RUTBA)).encode()[:100]) + gzip.compress(
        rss(entry("1", RUTBA)).encode()[100:]
    )
    server.gives("/feed", two_members, Content_Encoding="gzip")
    assert watched.once(plan_of()).taken == 1


def test_a_server_that_is_asked_too_often_is_left_alone_as_long_as_it_says(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.on["/feed"] = lambda asked: Reply(429, headers={"Retry-After": "7200"})
    server.gives("/second", rss(entry("1", RUTBA)))
    plan = plan_of(another_feed(server, "second", "/second"))
    assert watched.once(plan).feeds_failed == ("courier",)
    # The whole host is left alone, not only the feed that it said it of.
    assert server.paths() == ["/feed"]
    assert due(watched) >= dt.timedelta(hours=1, minutes=59)
    watched.clock.forward(minutes=119)
    watched.once(plan)
    assert server.paths() == ["/feed"]
    watched.clock.forward(minutes=3)
    watched.once(plan)
    assert sorted(server.paths()) == ["/feed", "/feed", "/second"]


def test_retry_after_can_be_a_date(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.on["/feed"] = lambda asked: Reply(503, headers={"Retry-After": "Thu, 01 Aug 2024 15:00:00 GMT"})
    watched.once(plan_of())
    assert due(watched) == dt.timedelta(hours=3)


def test_failures_double_the_wait_and_a_good_answer_ends_them(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.on["/feed"] = lambda asked: Reply(500)
    waits = []
    for _ in range(8):
        watched.once(plan_of())
        waits.append(due(watched).total_seconds() / 600)
        watched.clock.time = watched.store.feeds.feeds()["courier"].due
    # Twice as long each time up to six hours, and up to a tenth more.
    for wait, usual in zip(waits, [1, 2, 4, 8, 16, 32, 36, 36], strict=True):
        assert usual <= wait <= usual * 1.1
    state = watched.store.feeds.feeds()["courier"]
    assert (state.failures, state.failing_since, state.status, state.problem) == (
        8,
        START,
        500,
        "HTTP 500 Internal Server Error",
    )
    server.gives("/feed", rss(entry("1", RUTBA)))
    assert watched.once(plan_of()).feeds_failed == ()
    state = watched.store.feeds.feeds()["courier"]
    assert (state.failures, state.failing_since, state.problem) == (0, None, None)
    assert due(watched) <= dt.timedelta(minutes=11)
    assert watched.said[-1] == "feed 'courier': answers again"


def test_the_same_seed_gives_the_same_times(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    from vigie.runs.watching import schedule
    from vigie.runs.watching.plan import Polling

    def times(seed: int) -> list[dt.timedelta]:
        return [schedule.after_success("courier", n, dt.timedelta(minutes=10), Polling(), seed) for n in range(20)]

    assert times(1) == times(1) != times(2)
    assert len(set(times(1))) == 20


def test_a_feed_that_is_gone_for_good_is_asked_once_a_week(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.on["/feed"] = lambda asked: Reply(410)
    watched.once(plan_of())
    assert due(watched) >= dt.timedelta(days=7)


def test_a_dead_feed_does_not_stop_the_others(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.on["/feed"] = lambda asked: Reply(send=lambda answering: answering.connection.close())
    server.gives("/second", rss(entry("1", RUTBA)))
    ran = watched.once(plan_of(another_feed(server, "second", "/second")))
    assert (ran.taken, ran.feeds_failed) == (1, ("courier",))
    assert watched.told() == [("new", "Rutba")]
    assert "courier" in watched.said[0]


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    times: list[dt.datetime] = []

    def feed(asked: Asked) -> Reply:
        times.append(watched.clock())
        return Reply(200, rss(entry("1", RUTBA)).encode())

    server.on["/feed"] = server.on["/second"] = feed
    watched.once(plan_of(another_feed(server, "second", "/second"), head='[polling]\nhost_interval = "20s"'))
    first, second = times
    assert second - first >= dt.timedelta(seconds=20)


def test_a_permanent_redirection_is_followed_and_the_new_address_named(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.on["/feed"] = lambda asked: Reply(301, headers={"Location": "/moved"})
    server.gives("/moved", rss(entry("1", RUTBA)))
    assert watched.once(plan_of()).taken == 1
    assert watched.store.feeds.feeds()["courier"].moved_to == server.url("/moved")
    assert "change the file" in watched.said[0]


def test_xml_that_is_broken_is_named_and_what_was_whole_is_taken_in(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", rss(entry("1", RUTBA), entry("2", QAIM))[:-90], ETag='"cut"')
    watched.once(plan_of())
    assert watched.told() == [("new", "Rutba")]
    server.gives("/feed", "<rss><channel><<<", ETag='"broken"')
    watched.clock.forward(minutes=12)
    ran = watched.once(plan_of())
    state = watched.store.feeds.feeds()["courier"]
    assert ran.feeds_failed == ("courier",)
    assert state.problem is not None
    assert state.etag is None  # so that it is asked for anew, whatever the server thinks of it
    assert state.failures == 0
    assert due(watched) <= dt.timedelta(minutes=11)
    assert watched.store.rejections()
    server.gives("/feed", rss(entry("2", QAIM)))
    watched.clock.forward(minutes=12)
    assert watched.once(plan_of()).feeds_failed == ()
    assert watched.told() == [("new", "Qaim")]


def test_an_empty_feed_is_no_failure(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss())
    ran = watched.once(plan_of())
    assert (ran.taken, ran.feeds_failed) == (0, ())
    assert not watched.store.rejections()


def test_a_report_that_cannot_be_coded_leaves_the_others(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", f"BREAK {RUTBA}"), entry("2", QAIM)))
    ran = watched.once(plan_of())
    assert (ran.taken, ran.feeds_failed) == (1, ())
    assert "the coder failed" in watched.store.rejections()[0].reason


def test_what_a_feed_says_of_its_reports_can_be_overridden(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    watched.once(plan_of(feed='outlet = "The Gazette of Inventions"'))
    (coded,) = watched.store.reports()
    assert coded.report.outlet == "The Gazette of Inventions"


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ('kind = "bearer"', ("authorization", "Bearer s3cret")),
        ('kind = "basic"\nuser = "desk"', ("authorization", "Basic ZGVzazpzM2NyZXQ=")),
        ('kind = "query"\nparameter = "key"', None),
    ],
)
def test_credentials_go_to_their_server_and_nowhere_else(
    server: Server, watched: Watched, plan_of: PlanOf, kind: str, header: tuple[str, str] | None
) -> None:
    server.on["/feed"] = lambda asked: Reply(302, headers={"Location": server.url("/feed2", "other.test")})
    server.gives("/feed2", rss(entry("1", RUTBA)))
    watched._resolve = lambda host, port: ["127.0.0.1"]
    plan = plan_of(
        f'[feeds.credentials]\n{kind}\nsecret_env = "KEY"\n[[allowed]]\nhost = "other.test"\nprivate = true\n'
        f'ports = [{server.port}]\n[[filters]]\nname = "everything"',
        environment={"KEY": "s3cret"},
    )
    assert watched.once(plan).taken == 1
    first, second = server.asked
    if header is not None:
        assert first.headers[header[0]] == header[1]
        assert "authorization" not in second.headers
    else:
        assert first.path == "/feed?key=s3cret"
        assert second.path == "/feed2"
    kept = repr((watched.store.feeds.feeds(), list(watched.store.reports()), watched.said, plan))
    assert "s3cret" not in kept
