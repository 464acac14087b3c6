"""Pages: those that the entries of a feed lead to, and those that are watched themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from feed_server import Reply, Server, entry, rss
from invented_watch import Watched
from vigie.runs.watching.plan import Plan

PlanOf = Callable[..., Plan]
RUTBA = "Rutba IQ 2024-07-28 attack: 3 killed, says army spokesman."
MORE = (
    "Residents of the town said that the road to the west stayed closed until the evening, and that the market did "
    "not open. The governor of the province promised an inquiry and visited the hospital, where doctors asked for blood."
)


def page(*paragraphs: str, banner: str = "Buy our socks", title: str = "Three killed in Rutba") -> str:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        "<meta property='article:published_time' content='2024-07-29T10:00:00+00:00'></head>"
        f"<body><nav>{banner}</nav><article><h1>{title}</h1>{text}</article><footer>{banner}</footer></body></html>"
    )


def test_a_short_entry_is_taken_in_with_the_text_of_its_page(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", "Three dead.", link=server.url("/article"), title="Attack in Rutba")))
    server.gives("/article", page(RUTBA, MORE))
    plan = plan_of(feed='follow = "short"')
    assert watched.once(plan).taken == 1
    assert watched.told() == [("new", "Rutba")]
    (coded,) = watched.store.reports()
    assert RUTBA in coded.report.text
    assert "socks" not in coded.report.text
    assert (coded.report.title, coded.report.outlet, coded.report.url) == (
        "Attack in Rutba", "The Invented Courier", server.url("/article"),
    )  # fmt: skip
    assert coded.report.wire is not None
    assert coded.report.wire.key == "tag:courier.example:1"
    assert server.paths() == ["/feed", "/robots.txt", "/article"]
    watched.clock.forward(minutes=12)
    server.gives(
        "/feed",
        rss(entry("2", "Nothing."), entry("1", "Three dead.", link=server.url("/article"), title="Attack in Rutba")),
    )
    watched.once(plan)
    assert server.paths().count("/article") == 1


def test_a_long_entry_needs_no_page_unless_every_page_is_asked_for(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    long = " ".join([RUTBA, *[MORE] * 4])
    server.gives("/feed", rss(entry("1", long, link=server.url("/article"))))
    server.gives("/article", page(RUTBA, *[MORE] * 8))
    watched.once(plan_of(feed='follow = "short"'))
    assert server.paths() == ["/feed"]
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(entry("2", long, link=server.url("/article"))))
    watched.once(plan_of(feed='follow = "always"'))
    assert "/article" in server.paths()


def test_what_a_site_lets_nobody_fetch_is_not_fetched(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/robots.txt", "User-agent: vigie\nDisallow: /inner/\n")
    server.gives("/feed", rss(entry("1", RUTBA, link=server.url("/inner/article"))))
    server.gives("/inner/article", page(RUTBA, MORE))
    assert watched.once(plan_of(feed='follow = "always"')).taken == 1
    assert watched.told() == [("new", "Rutba")]  # from the entry
    assert "/inner/article" not in server.paths()


def test_a_page_that_is_not_there_leaves_the_entry(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA, link=server.url("/gone"))))
    assert watched.once(plan_of(feed='follow = "always"')).taken == 1
    assert watched.told() == [("new", "Rutba")]


def test_a_page_that_has_less_to_say_leaves_the_entry(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", f"{RUTBA} {MORE}", link=server.url("/paywall"))))
    server.gives("/paywall", page("Subscribe to read on."))
    watched.once(plan_of(feed='follow = "always"'))
    assert watched.told() == [("new", "Rutba")]


def test_a_page_whose_server_fails_is_tried_again_and_then_the_entry_is_taken(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", rss(entry("1", RUTBA, link=server.url("/article"))), ETag='"1"')
    server.on["/article"] = lambda asked: Reply(500)
    plan = plan_of(feed='follow = "always"')
    for _ in range(3):
        assert watched.once(plan).taken == 0
        assert watched.store.feeds.pages_waiting() == {"courier": 1}
        watched.clock.time = watched.store.feeds.pages(1)[0].due + dt.timedelta(seconds=6)
    assert watched.once(plan).taken == 1
    assert watched.store.feeds.pages_waiting() == {}
    assert server.paths().count("/article") == 4


def test_a_page_at_an_inner_address_is_not_fetched(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    watched._resolve = lambda host, port: ["127.0.0.1"]
    links = ("http://inner.test/admin", "http://10.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/latest")
    texts = [RUTBA.replace("Rutba", f"Town{name}") for name in "abcd"]
    entries = [entry(str(n), text, link=link) for n, (text, link) in enumerate(zip(texts, links, strict=True))]
    server.gives("/feed", rss(*entries))
    assert watched.once(plan_of(feed='follow = "always"')).taken == 4
    assert server.paths() == ["/feed"]


def test_pages_that_were_noted_are_fetched_after_a_restart(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", "Three dead.", link=server.url("/article"))), ETag='"1"')
    server.gives("/article", page(RUTBA, MORE))
    plan = plan_of(feed='follow = "always"')
    stops_after_the_feed = watched.means(plan)
    from vigie.runs.watching.polling import Poller

    poller = Poller(stops_after_the_feed)
    poller.start_due()
    done = watched.workers.wait(0)
    assert done is not None
    done()
    assert server.paths() == ["/feed"]
    server.on["/feed"] = lambda asked: Reply(304)
    watched.clock.forward(seconds=10)
    watched.once(plan)
    (coded,) = watched.store.reports()
    assert RUTBA in coded.report.text


def test_a_page_that_is_watched_itself_is_a_new_version_only_where_its_words_change(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of()
    server.gives("/feed", page(RUTBA, MORE))
    assert watched.once(plan).taken == 1
    assert watched.told() == [("new", "Rutba")]
    watched.clock.forward(minutes=12)
    server.gives("/feed", page(RUTBA, MORE, banner="Buy our shoes"))
    assert watched.once(plan).taken == 0
    watched.clock.forward(minutes=12)
    server.gives("/feed", page(RUTBA.replace("3 killed", "5 killed"), MORE, banner="Buy our hats"))
    assert watched.once(plan).taken == 1
    (notice,) = watched.shown
    assert notice.kind == "changed"
    assert [c["field"] for c in notice.body["changes"]] == ["killed"]
    assert sorted(watched.store.standings().values()) == ["counts", "superseded"]


def test_the_charset_of_the_server_counts_where_the_page_names_none(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    text = f"<html><body><article><p>{RUTBA}</p><p>Témoins et blessés, à l'hôpital : {MORE}</p></article></body></html>"
    server.gives("/feed", text.encode("iso-8859-1"), Content_Type="text/html; charset=ISO-8859-1")
    watched.once(plan_of(feed='language = "en"'))
    (coded,) = watched.store.reports()
    assert "Témoins et blessés, à l'hôpital" in coded.report.text
