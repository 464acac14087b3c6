"""Repairs of what the trained parsers are known to get wrong: pure functions, one rule each.

A repair takes a Parse and the Syntax of its language (the verb lists of `data/<language>/syntax.yaml`) and gives
back a Parse: the same one where the rule finds nothing. Words keep their offsets; a tree stays a tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from vigie.language.clefts import cleft
from vigie.language.parse import Parse, Token
from vigie.language.syntax import Syntax, load_syntax
from vigie.language.trees import attach, is_tree
from vigie.language.verb_groups import (
    auxiliaries,
    below,
    is_date,
    is_participle,
    is_passive,
    low,
    shared_auxiliaries,
)

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_INSIDE_NOUN = frozenset({"DET", "NUM", "ADJ", "ADV", "PROPN", "NOUN"})
_MARKS = frozenset(",»”\"'’")
_OPENING = frozenset("«“")


def voice(parse: Parse, syntax: Syntax) -> Parse:
    """A participle with a form of être (be) is passive and its subject nsubj:pass, unless the verb takes être in the
    active ("est tombée", "sont morts") or is reflexive ("se sont affrontés"); with avoir (have) alone it is active."""
    changes: dict[int, Token] = {}
    for verb in parse.tokens:
        passive = is_passive(parse, verb, syntax) if verb.pos == "VERB" else None
        if passive is None:
            continue
        for child in below(parse, verb.index):
            dep = child.dep
            if dep in _SUBJECTS:
                dep = "nsubj:pass" if passive else "nsubj"
            elif dep == "aux:pass" and not passive:
                dep = "aux"
            elif dep == "cop":
                dep = "aux:pass" if passive else "aux"
            elif low(child) in syntax.reflexive and child.index < verb.index:
                dep = "expl"
            if dep != child.dep:
                changes[child.index] = child._replace(dep=dep)
    return parse.changed(changes)


def joined_subject(parse: Parse, syntax: Syntax) -> Parse:
    """A pronoun joined to its verb ("a-t-il indiqué", "dit-on") is the subject of that verb."""
    if parse.words.isdisjoint(syntax.clitic):
        return parse
    for i in range(1, len(parse.tokens)):
        if low(parse.tokens[i]) not in syntax.clitic:
            continue
        verb = i - 1
        after = parse.tokens[i + 1] if i + 1 < len(parse.tokens) else None
        if low(parse.tokens[verb]) in syntax.perfect | syntax.passive and after is not None and after.pos == "VERB":
            verb = i + 1
        parse = attach(parse, i, verb, "nsubj")
    return parse


def relative_pronoun(parse: Parse, syntax: Syntax) -> Parse:
    """A bare relative "qui" is a subject, a bare relative "que" an object."""
    changes = {}
    for token in parse.tokens:
        if token.pos != "PRON" or parse.tokens[token.head].pos not in ("VERB", "ADJ"):
            continue
        if any(t.dep == "case" for t in below(parse, token.index)):
            continue
        if low(token) in syntax.relative_subject and token.dep in ("obj", "mark", "obl"):
            changes[token.index] = token._replace(dep="nsubj")
        elif low(token) in syntax.relative_object and token.dep in _SUBJECTS:
            changes[token.index] = token._replace(dep="obj")
    return parse.changed(changes)


def date_is_no_argument(parse: Parse, syntax: Syntax) -> Parse:
    """A date is neither subject nor object ("a frappé mardi des cibles"): it is oblique."""
    return parse.changed(
        {
            token.index: token._replace(dep="obl")
            for token in parse.tokens
            if token.dep in ("obj", "iobj", "nsubj", "xcomp")
            and is_date(token, syntax)
            and token.pos != "VERB"
            and not any(t.dep in ("det", "nummod") for t in below(parse, token.index))
        }
    )


def des_object(parse: Parse, syntax: Syntax) -> Parse:
    """ "des" + noun right after an active verb that wants an object is that object ("a bombardé des positions"),
    not a complement with "de"; verbs built with "de" ("s'emparer", "parler") are left alone."""
    if parse.words.isdisjoint(syntax.plural_article):
        return parse
    for i in range(len(parse.tokens)):
        article = parse.tokens[i]
        if article.dep not in ("case", "det") or low(article) not in syntax.plural_article:
            continue
        noun = parse.tokens[article.head]
        if noun.index <= article.index:
            continue
        before = i - 1
        while before > 0 and (parse.tokens[before].dep == "advmod" or is_date(parse.tokens[before], syntax)):
            before -= 1
        if before < 0:
            continue
        verb = parse.tokens[before]
        if verb.pos != "VERB" or low(verb) in syntax.de or low(verb) in syntax.etre or before == article.index:
            continue
        helpers = shared_auxiliaries(parse, before)
        active = not is_participle(verb) or any(low(t) in syntax.perfect for t in helpers)
        kin = below(parse, before)
        if not active or is_passive(parse, verb, syntax) or any(low(t) in syntax.reflexive for t in kin):
            continue
        if any(t.dep == "obj" and t.index != noun.index for t in kin) or noun.dep in ("obj", "ccomp", "conj"):
            continue
        if noun.head != before and noun.dep not in ("obl", "nmod", "nsubj", "nsubj:pass", "root"):
            continue
        if noun.dep in _SUBJECTS and noun.head != before:
            continue
        parse = attach(parse, noun.index, before, "obj")
        parse = parse.changed({i: parse.tokens[i]._replace(dep="det", pos="DET")})
    return parse


def _group_start(parse: Parse, verb: int) -> int:
    """Index of the first word of a verb group: its auxiliaries, pronouns and adverbs right before it."""
    first = verb
    while first > 0 and (
        parse.tokens[first - 1].pos == "AUX"
        or (parse.tokens[first - 1].pos in ("ADV", "PRON", "PART") and parse.tokens[first - 1].dep != "nsubj")
        or parse.tokens[first - 1].dep in ("aux", "aux:pass")
    ):
        first -= 1
    return first


def _phrase_after(parse: Parse, start: int, syntax: Syntax) -> int | None:
    """Index of the noun that heads the phrase beginning at a word; None for anything but a bare noun phrase."""
    last = len(parse.tokens)
    i = start
    while i < last and parse.tokens[i].pos in _INSIDE_NOUN and not is_date(parse.tokens[i], syntax):
        token = parse.tokens[i]
        if token.pos in ("NOUN", "PROPN"):
            head = token.head
            if (
                start <= head < last
                and head > i
                and all(parse.tokens[k].pos in _INSIDE_NOUN for k in range(i, head + 1))
                and parse.tokens[head].pos in ("NOUN", "PROPN")
                and token.dep in ("compound", "nmod", "flat", "amod")
            ):
                i = head
                continue
            return i
        i += 1
    return None


def inverted_speaker(parse: Parse, syntax: Syntax) -> Parse:
    """After a quotation or a comma, the noun that follows a verb of speech without a subject of its own is its
    subject, the speaker (", a indiqué une source", ", said a source"), whatever the tree makes of it."""
    if parse.words.isdisjoint(syntax.speech):
        return parse
    for i in range(1, len(parse.tokens)):
        verb = parse.tokens[i]
        if verb.pos not in ("VERB", "AUX", "ADJ", "NOUN") or low(verb) not in syntax.speech:
            continue
        first = _group_start(parse, i)
        if first == 0 or parse.tokens[first - 1].text not in _MARKS or verb.has("VerbForm=Inf"):
            continue
        if is_participle(verb) and first == i and syntax.perfect and not verb.has("VerbForm=Fin") and syntax.clitic:
            continue
        if verb.has("Tense=Pres") and verb.has("VerbForm=Part"):
            continue
        subjects = [t for t in below(parse, i) if t.dep in _SUBJECTS]
        if any(t.index > i or t.index >= first for t in subjects):
            continue
        if any(_owns(parse, t, first) for t in subjects):
            continue
        noun = _speaker_after(parse, i, syntax)
        if noun is None:
            continue
        for subject in subjects:
            parse = parse.changed({subject.index: subject._replace(dep="dislocated")})
        parse = attach(parse, noun, i, "nsubj")
    return parse


def _owns(parse: Parse, subject: Token, first: int) -> bool:
    """Whether a subject before the comma is really the verb's own: no other clause stands between them."""
    return not any(
        parse.tokens[k].pos in ("VERB", "AUX") and parse.tokens[k].has("VerbForm=Fin")
        for k in range(subject.index + 1, first)
    )


def _speaker_after(parse: Parse, verb: int, syntax: Syntax) -> int | None:
    """Index of the noun after a verb of speech, dates and phrases with a preposition ("à l'AFP mardi") passed over;
    None where a conjunction, another verb or a colon comes first."""
    i = verb + 1
    while i < len(parse.tokens):
        token = parse.tokens[i]
        if is_date(token, syntax) or (token.pos == "ADV" and token.dep == "advmod"):
            i += 1
        elif token.pos == "PRON" and token.index == verb + 1 and not token.has("Case=Acc") and token.head == verb:
            return i if not token.has("PronType=Rel") and token.dep in ("obj", "nsubj", "dep") else None
        elif token.pos == "ADP" and token.dep in ("case", "fixed") and token.head > i:
            if low(token) in syntax.plural_article and token.head == i + 1:
                return token.head if parse.tokens[token.head].dep in ("obj", "obl", "nmod") else None
            i = token.head + 1
        elif token.pos in _INSIDE_NOUN:
            return _phrase_after(parse, i, syntax)
        else:
            return None
    return None


def bare_object(parse: Parse, syntax: Syntax) -> Parse:
    """A noun with an article and no preposition that hangs as nmod or obl behind an active verb without an object
    is that object ("a tué sur le coup le chauffeur", "a condamné « une attaque »")."""
    for i in range(len(parse.tokens)):
        noun = parse.tokens[i]
        if noun.pos != "NOUN" or noun.dep not in ("nmod", "obl") or noun.head > noun.index or is_date(noun, syntax):
            continue
        kin = below(parse, noun.index)
        if any(t.dep in ("case", "mark") for t in kin) or not any(t.dep == "det" and t.index < noun.index for t in kin):
            continue
        above = [k for k in parse.path_to_root(noun.index)[1:] if parse.tokens[k].pos == "VERB"]
        if not above or above[0] > noun.index:
            continue
        verb = parse.tokens[above[0]]
        helpers = {low(t) for t in shared_auxiliaries(parse, verb.index)}
        if low(verb) in syntax.etre or helpers & syntax.passive or (is_participle(verb) and not helpers):
            continue
        between = range(verb.index + 1, noun.index)
        if any(parse.tokens[k].text in ",;:()" or parse.tokens[k].pos in ("VERB", "SCONJ", "CCONJ") for k in between):
            continue
        others = below(parse, verb.index)
        if any(t.dep in ("obj", "ccomp", "xcomp") or (t.dep in _SUBJECTS and t.index > verb.index) for t in others):
            continue
        parse = attach(parse, noun.index, verb.index, "obj")
    return parse


def reduced_relative(parse: Parse, syntax: Syntax) -> Parse:
    """Of two verbs after one subject, joined by nothing, the first is a participle that describes the subject and
    the second is the main verb ("Rockets launched from the plain fell", "Raids carried out by X destroyed …")."""
    for i in range(len(parse.tokens)):
        first = parse.tokens[i]
        if first.pos != "VERB" or first.dep in ("acl", "conj") or not first.has("Tense=Past"):
            continue
        subjects = [t for t in below(parse, first.index) if t.dep in _SUBJECTS and t.index < first.index]
        if len(subjects) != 1 or auxiliaries(parse, first.index):
            continue
        if low(first) in syntax.speech or subjects[0].pos not in ("NOUN", "PROPN"):
            continue
        for second in below(parse, first.index):
            if second.index < first.index or second.pos != "VERB" or not second.has("Tense=Past"):
                continue
            if second.dep not in ("advcl", "xcomp", "conj", "ccomp", "parataxis") or low(second) in syntax.speech:
                continue
            kin = below(parse, second.index)
            if any(t.dep in ("mark", "cc", *_SUBJECTS) or t.pos in ("SCONJ", "CCONJ", "PART") for t in kin):
                continue
            if any(t.pos == "PRON" or t.has("VerbForm=Ger") for t in kin if t.index < second.index):
                continue
            between = [parse.tokens[k] for k in range(i + 1, second.index)]
            commas = any(t.text == "," for t in between) and parse.tokens[i - 1].text != ","
            if commas or any(t.pos == "CCONJ" for t in between):
                continue
            subject = subjects[0]
            parse = attach(parse, second.index, first.head, first.dep) if first.dep != "root" else _lift(parse, second)
            morph = "Tense=Past|VerbForm=Part|Voice=Pass"
            parse = parse.changed(
                {
                    first.index: first._replace(head=subject.index, dep="acl", morph=morph),
                    subject.index: subject._replace(head=second.index, dep="nsubj"),
                }
            )
            later = [t for t in below(parse, first.index) if t.index > second.index]
            parse = parse.changed({t.index: t._replace(head=second.index) for t in later})
            break
    return parse


def _lift(parse: Parse, token: Token) -> Parse:
    """The parse with a word below the root made the root."""
    root = parse.tokens[parse.root]
    return parse.changed(
        {
            token.index: token._replace(head=token.index, dep="root"),
            root.index: root._replace(head=token.index, dep="dep"),
        }
    )


def second_subject(parse: Parse, syntax: Syntax) -> Parse:
    """Of two subjects before one verb, the one between commas is an apposition to the first ("Sept personnes, dont
    deux enfants, ont …", "X, un chef local, a …")."""
    # Moving a subject takes it from its verb and gives no other verb one: the verbs are the same throughout.
    times = Counter(t.head for t in parse.tokens if t.dep in _SUBJECTS and t.index < t.head)
    for k in sorted(verb for verb, subjects in times.items() if subjects > 1):
        verb = parse.tokens[k]
        subjects = [t for t in below(parse, verb.index) if t.dep in _SUBJECTS and t.index < verb.index]
        if len(subjects) < 2:
            continue
        first, second = subjects[0], subjects[-1]
        last = parse.subtree(second.index)[-1]
        commas = [k for k in range(first.index, second.index) if parse.tokens[k].text == ","]
        after = parse.tokens[last] if parse.tokens[last].text == "," else parse.tokens[min(last + 1, verb.index)]
        if first.pos in ("NOUN", "PROPN") and second.pos in ("NOUN", "PROPN") and commas and after.text == ",":
            parse = attach(parse, second.index, first.index, "appos")
    return parse


def relative_inversion(parse: Parse, syntax: Syntax) -> Parse:
    """In a relative clause whose verb has no subject before it, the bare noun behind the verb is the subject ("où
    étaient stockées des roquettes", "qu'ont tirées les miliciens"); "que" is then the object."""
    relatives = syntax.relative_object | syntax.relative_place
    if parse.words.isdisjoint(relatives):
        return parse
    for k in range(len(parse.tokens)):
        pronoun = parse.tokens[k]
        if low(pronoun) not in relatives or pronoun.index + 2 >= len(parse.tokens):
            continue
        verb = pronoun.index + 1
        while verb + 1 < len(parse.tokens) and parse.tokens[verb].pos == "AUX":
            verb += 1
        head = parse.tokens[verb]
        if head.pos != "VERB" or verb + 1 >= len(parse.tokens) or verb not in parse.path_to_root(pronoun.index):
            continue
        after = parse.tokens[verb + 1]
        if after.pos not in ("DET", "NUM", "PROPN") and low(after) not in syntax.plural_article:
            continue
        start = verb + 2 if low(after) in syntax.plural_article else verb + 1
        noun = _phrase_after(parse, start, syntax)
        subjects = {t.index for t in below(parse, verb) if t.dep in _SUBJECTS}
        if noun is None or subjects - {noun, pronoun.index}:
            continue
        passive = any(low(t) in syntax.passive for t in auxiliaries(parse, verb)) and low(head) not in syntax.etre
        parse = attach(parse, noun, verb, "nsubj:pass" if passive else "nsubj")
        parse = attach(parse, pronoun.index, verb, "obj" if low(pronoun) in syntax.relative_object else "obl")
    return parse


def agent_of_passive(parse: Parse, syntax: Syntax) -> Parse:
    """A noun with "par" ("by") under a past participle without "avoir" ("have") alone is its agent, unless it is a
    date or names a means or a manner ("par téléphone", "by mistake")."""
    for i in range(len(parse.tokens)):
        noun = parse.tokens[i]
        if noun.dep not in ("obl", "nmod", "obl:agent", "acl") or noun.pos not in _NOMINAL:
            continue
        cases = [t for t in below(parse, noun.index) if t.dep == "case"]
        if not cases or low(cases[0]) not in syntax.by:
            continue
        named = any(t.dep == "compound" for t in below(parse, noun.index))
        right = (named or low(noun) not in syntax.not_agents) and not is_date(noun, syntax)
        verb = _passive_before(parse, cases[0].index, noun.head, syntax)
        if verb is not None and right:
            parse = attach(parse, noun.index, verb, "obl:agent")
        elif noun.dep == "obl:agent":
            parse = parse.changed({noun.index: noun._replace(dep="obl")})
    return parse


def _passive_before(parse: Parse, by: int, head: int, syntax: Syntax) -> int | None:
    """Index of the passive participle whose agent begins at word `by`, which now hangs on `head`: that head, or the
    nearest participle before with no comma, other verb or conjunction between; None where there is none."""
    for i in range(by - 1, -1, -1):
        token = parse.tokens[i]
        if token.text in ",;:" and head >= i:
            return None
        if token.pos in ("SCONJ", "CCONJ") and head != i:
            if head > i:
                return None
            continue
        if token.pos not in ("VERB", "ADJ") or (token.pos == "ADJ" and head != i and not token.has("VerbForm=Part")):
            continue
        if is_passive(parse, token, syntax) is False:
            return None
        helpers = {low(t) for t in auxiliaries(parse, i)}
        passive = bool(helpers & syntax.passive) or (is_participle(token) and not helpers & syntax.perfect)
        if passive and (is_participle(token) or head == i) and low(token) not in syntax.etre:
            return i
        if token.pos == "VERB":
            return None
    return None


def aged_subject(parse: Parse, syntax: Syntax) -> Parse:
    """A name with an age between commas before a verb that has no subject of its own is its subject ("Omar Tarkan, 29,
    shot dead nine people"), and the capitalised words right before the comma are one name."""
    for comma in range(1, len(parse.tokens) - 4):
        if parse.tokens[comma].text != "," or parse.tokens[comma + 2].text != ",":
            continue
        age = parse.tokens[comma + 1]
        if not age.text.isdigit() or not 10 <= int(age.text) <= 110:
            continue
        first = comma
        while first and parse.tokens[first - 1].text[:1].isupper() and parse.tokens[first - 1].pos != "PUNCT":
            first -= 1
        verb = _verb_group(parse, comma + 3)
        if comma - first < 2 or verb is None:
            continue
        if any(t.dep in _SUBJECTS and not first <= t.index <= comma + 1 for t in below(parse, verb)):
            continue
        passive = any(low(t) in syntax.passive for t in auxiliaries(parse, verb))
        parse = attach(parse, first, verb, "nsubj:pass" if passive else "nsubj")
        for k in range(first + 1, comma + 2):
            parse = attach(parse, k, first, "flat" if k < comma else "punct" if k == comma else "appos")
        parse = parse.changed({k: parse.tokens[k]._replace(pos="PROPN") for k in range(first, comma)})
    return parse


def _verb_group(parse: Parse, i: int) -> int | None:
    """Index of the verb that begins at word i, auxiliaries and adverbs passed over; None where none does."""
    while i < len(parse.tokens) and parse.tokens[i].pos in ("AUX", "ADV"):
        i += 1
    return i if i < len(parse.tokens) and parse.tokens[i].pos == "VERB" else None


def quantity_head(parse: Parse, syntax: Syntax) -> Parse:
    """A number right before its noun hangs on the noun, not the other way round ("plus de 175 tirs")."""
    for i in range(len(parse.tokens)):
        number = parse.tokens[i]
        after = i + 1
        if number.pos != "NUM" or after >= len(parse.tokens):
            continue
        noun = parse.tokens[after]
        if noun.pos != "NOUN" or noun.head != number.index or noun.dep == "conj":
            continue
        if any(t.dep == "case" and t.index > number.index for t in below(parse, after)):
            continue
        changes = {
            token.index: token._replace(head=after)
            for token in below(parse, number.index)
            if token.index != after and token.dep != "fixed"
        }
        up = after if number.dep == "root" else number.head
        changes[after] = noun._replace(head=up, dep=number.dep)
        changes[number.index] = number._replace(head=after, dep="nummod")
        parse = parse.changed(changes)
    return parse


Repair = Callable[[Parse, Syntax], Parse]
REPAIRS: tuple[Repair, ...] = (
    quantity_head,
    aged_subject,
    cleft,
    joined_subject,
    relative_pronoun,
    relative_inversion,
    reduced_relative,
    voice,
    second_subject,
    date_is_no_argument,
    des_object,
    inverted_speaker,
    bare_object,
    agent_of_passive,
    voice,
)


def load_repairs(language: str) -> Callable[[Parse], Parse]:
    """All repairs of a language as one function, in order. Raises PackError as `load_syntax` does."""
    syntax = load_syntax(language)

    def mend(parse: Parse) -> Parse:
        for repair in REPAIRS:
            mended = repair(parse, syntax)
            if mended is not parse and is_tree(mended):
                parse = mended
        return parse

    return mend
