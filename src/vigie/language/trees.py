"""Moving words of a dependency tree so that it stays a tree."""

from __future__ import annotations

from vigie.language.parse import Parse, Token


def attach(parse: Parse, i: int, head: int, dep: str) -> Parse:
    """The parse with word `i` hung on `head`. Where `head` hung below `i`, it first takes the place of `i`."""
    token = parse.tokens[i]
    if token.head == head and token.head != i:
        return parse.changed({i: token._replace(dep=dep)}) if token.dep != dep else parse
    changes: dict[int, Token] = {}
    if i in parse.path_to_root(head):
        up = head if token.dep == "root" else token.head
        changes[head] = parse.tokens[head]._replace(head=up, dep=token.dep)
    changes[i] = token._replace(head=head, dep=dep)
    return parse.changed(changes)


def is_tree(parse: Parse) -> bool:
    """Whether every word leads up to one root."""
    heads = [token.head for token in parse.tokens]
    sound = [head == i for i, head in enumerate(heads)]
    if sum(sound) != 1:
        return False
    for i in range(len(heads)):
        path: list[int] = []
        while not sound[i]:
            if len(path) > len(heads):
                return False
            path.append(i)
            i = heads[i]
        for k in path:
            sound[k] = True
    return True
