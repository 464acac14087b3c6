"""Joining keys into groups (union-find), with the smallest key as each group's root whatever the order of joining."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Disjoint groups of keys. Each key starts as a group of its own."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        """The smallest key of the group that `key` is in; a key not seen before is a new group."""
        self._parent.setdefault(key, key)
        path = []
        while self._parent[key] != key:
            path.append(key)
            key = self._parent[key]
        for step in path:
            self._parent[step] = key
        return key

    def join(self, a: str, b: str) -> str:
        """Make one group of two; gives its root."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low
        return low

    def members(self) -> dict[str, list[str]]:
        """All groups: root → its keys, sorted."""
        found: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            found.setdefault(self.root(key), []).append(key)
        return found
