"""Watching feeds: what is new in them goes into the store, and who wants to know is told of what changes there.

    config ─► plan
    schedule (what is due) ─► fetching (addresses, pinned) ─► reading ─► runs.ingest ─► store
    store ─► telling ─► channels: standard output, webhook, mail

`watcher` drives it. Time, names of hosts, connections and threads are handed in, so that tests have their own.
"""
