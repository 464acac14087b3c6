"""Function words of a language: what the coding rules need to know of its grammar."""

from __future__ import annotations

import importlib.resources
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from vigie.errors import LanguageUnavailable, PackError


class Grammar(BaseModel):
    """grammar.yaml of a language pack: folded function words by what they do.

    articles: determiners left out of names. agent: prepositions of the agent of a passive. of: of a genitive.
    possessive: what marks an owner told before what is his ("the mayor's"). against: of what an act is aimed at. at: of
    where it happens. attempt: lemmas under which an infinitive
    still tells of an act ("a tenté de poignarder"). identified: what introduces the name of a suspect ("identifié
    comme", "the gunman"). since: what opens the time a tally counts over. most: "la plupart". intends: lemmas under
    which an infinitive is only meant or possible ("menacer de tuer"). undergo: lemmas whose subject is hit ("a reçu
    deux coups de couteau"). campaign: trigger words for fighting in general, no act by themselves. own: determiners by
    which a speaker names his own people ("nos forces"). self_pronouns: pronouns by which he means himself or his side;
    first_person: those, and determiners, by which he does so in his own words; plural_pronouns: those of them that
    never mean a body told in the singular, one_body: the articles of such a body; thing_pronouns: those for a thing.
    arrest: first letters of words for an arrest. between: what joins the sides of a fight. accused_of: words after
    which the accused stands as subject. definite: articles that point back; demonstrative: those that do so whatever
    follows. held: words that say who holds an area.
    indefinite: articles of what is told for the first time.
    succeeds: what sets an act beside an earlier one. aftermath: what makes an act the setting of something else ("à la
    suite de l'attentat"). delivers: first letters of verbs by which a munition is used or comes down. charges: lemmas
    of verbs that accuse their object of a deed. performs: first letters of lemmas by which a subject carries out what
    the object names. occurs: lemmas by which an act only takes place. collective: words for a number of people or
    things that is told by what they are. unnamed: words for perpetrators of whom only the deed is known;
    of_any_force: words for members of a force that do not say of which. defence: words by which a ministry is that of
    the armed forces.
    bearing: those that tell only how somebody is armed or clad. behind: words by which a speaker owns up to an act.
    its_work: words by which he says whose act it was ("was its own"). condemns: first letters of words by which an
    act is condemned or mourned. perfect: auxiliaries and adverbs between a subject and its past participle.
    perfects: infinitives under which
    the speaker himself did what follows ("claimed to have fired"). unlike_doing: words behind "its men" under which
    they did nothing ("were killed"). claims: first letters of verbs by which a speaker makes the act that their
    object names his own; claimed_pronouns: pronouns that may stand for that object; claimed_together:
    words before several acts claimed at once ("both attacks"). speaks_for: words behind which
    a body is named that somebody speaks for. group_words: words that stand for an armed group named before.
    kinds_of_group: words for what a group is, set beside its name ('a splinter group of').
    callers: words for unknown voices ("a caller"); work_of: words by which they lay an act on a body ("was the work
    of"). laid_on: prepositions of the one an act is laid on. belongs: first letters of words by which fighters are
    told to be of a body. function_words: words that end a name after a word of accusation. tried: words by which
    somebody is charged, tried or caught for a deed; sentences: verbs whose object is tried or sentenced,
    sentenced_to: words behind that object; confesses: those by which he owns up. labels: first letters of
    words for perpetrators that judge or tell the means. rises: first letters of verbs that bring a count to a
    number ('the toll rose to 12'). rises_to: prepositions of that number. compares: words by which an act is set
    against all others since a day ('the deadliest since 2015'). opens_clause: words that open a clause
    of its own behind a day ('since July, when rebels …'). person_endings: last letters of nouns for those who do
    something for a living or belong somewhere ('mechanic', 'vendor', 'Pakistani'). one: determiners of one person.
    somebody: whole descriptions of perpetrators that tell nothing of them ('a suicide bomber').
    joint: what joins two told side by side. there: words that point to a place told before ('there', 'in the town').
    same: words that make what follows one told before ('the same'); times: words for times, which are no such thing.
    together: what joins two days into one stretch.
    since_opens: what opens a stretch of time before an event. since_events:
    first letters of those events ('depuis le début de la guerre'); where none is given, any clause or noun may follow.
    not_since: words behind or before `since_opens` that make it no opening of time. within: prepositions of a stretch
    told by its length ('in ten days'). stretches: words for such lengths. periods: words for the time a tally is of
    ('of the year', 'last year'). compared: what a count of another time is set against ('up from 2,048'). how_often:
    words for how often. pointing: words that stand for an act told before ('It was the third'). counted: first letters
    of verbs that tell of things hit or found ('destroyed', 'defused'). comes: verbs by which an act only comes at a
    time; comes_after: what then stands before an earlier act; apart_by: words for how long lies between the two;
    comes_upon: what stands before it without such words; answers_to: what stands before the act that another answers
    ('in response to'). those: pronouns for other acts
    of the kind ('those of 13 November'). set_against: what stands before a pronoun for an earlier act of the kind
    ('since', 'recalls'), counterparts: such pronouns ('that', 'the one'), counterpart_of: what follows them.
    takes: first letters of verbs by which fighters take people away, takes_away: those that need no word for where from
    or to, away: such words ('away', 'from').
    frees: first letters of verbs by which somebody taken is let go. dies_later: words by which somebody dies of what
    was done to him before ('died of his wounds'); dies: first letters of the verbs. replies: verbs by which a side
    answers an act told before ('responded by').
    others: words for more of those just told of ('five others'); further: words by which none beside those counted
    are denied ('no other injuries'); toll_words: nouns for the count itself, of which none is given; not_so: what
    stands before a number that is called wrong ('and not four'); to_death: words behind its object by which a verb
    of hurting tells of the dead ('to death'); whereas: words that set a clause against the one before;
    charge_counts: nouns for what somebody is charged with, by number ('three counts of murder'); loses: forms of the
    verb by which a side tells of its own dead ('we lost six men'); another: words that stand for one more person
    hurt; object_pronouns: pronouns for one person hurt ("killing him and four"); alongside: words behind which those
    stand who were hurt with one ("killed along with two guards"); one_of_them: words before a verb that stand for one
    person more ("a third was wounded"); told_by: words behind a count that say by whose
    account; lives, takes_lives: what is counted in "claimed 30,000 lives" and the verbs;
    tallied_by: words by which somebody counts over many acts ("an AFP tally"); participles: last letters of present
    participles. proceedings: first letters of verbs by which somebody
    is tried, caught, mourned or remembered; proceedings_at: nouns for where or how ('court', 'vigil');
    hearings: those for what takes place and where nobody is attacked ('trial'). brought: first letters of words by
    which people are brought somewhere, the hurt where hospitals are named. cared: first letters of words for how
    the hurt are ('in critical condition'). untruths: words behind a verb of accusation by which it is of telling
    what is not so ("of fabricating the incident"), not of an act; short_of_deed: by
    which it is of backing those who did it or of letting it happen. accused_nobody: whom a negated accusation names.
    accounts: words that stand for what others tell
    ("these reports"), untrue: words, or their first letters, by which it is called so. negates: words by which a
    verb is negated; unaware: first letters of words for what somebody does not know, or will not do; forces: words
    for a party's own people; presence: words for their being or moving somewhere. convicted: words by which a court
    has found somebody guilty. by_means: what stands before the tool of a deed ('armed with', « à coups de »).
    shooters: heads of words for people who are called by the gun they use ("gunmen").
    kept_behind, kept_before: words right behind and before a weapon that is only kept, made, sought or feared ('a
    missile depot', « un stock de roquettes »), kept_joins: what may stand between it and those before it.
    not_counted_across: words across which a number does not count a weapon ('an attack with grenades').
    witnessed: first letters of verbs by which an act is only seen or spoken of. aged: words for an age, which name
    nobody. identified_if_caught: what introduces a suspect only where somebody was caught just before.
    uncounted: nouns for a number that is not told ('an unknown number'); unconfirmed: what there is none of where
    nobody knows ('no word of casualties'); about_dead: nouns for what is of the dead and not they ('names of the
    dead'); bodies: words for the dead as they are found; in_part: words behind a count that is of one of several acts
    ('in one of the blasts'); of_wounds: last letters of words for wounds, of which one person has several;
    charged_with: words between the charged and what they did ('are accused of killing'). sizes: words by which a
    sentence tells how large a force is ('a force of'); people: words for its people;
    bands: words for several forces, whose number is none of people. identified_as: how
    what introduces any name ends; identifies: first letters of the verbs in it;
    victim_words: words that make it a victim's; victim_nouns: those that a name may be
    set beside. part_words: words behind which a part of those counted is told ('including'); none_of: those behind
    which nobody is. before_doing: what opens an infinitive that tells what was done next. bare_doers: words for
    several known by the deed alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: frozenset[str]
    agent: frozenset[str]
    of: frozenset[str]
    possessive: frozenset[str]
    against: frozenset[str]
    at: frozenset[str]
    subject_pronouns: frozenset[str]
    relative: frozenset[str]
    attempt: frozenset[str]
    singular_person: frozenset[str]
    identified: frozenset[str]
    since: frozenset[str]
    most: frozenset[str]
    intends: frozenset[str]
    before_doing: frozenset[str]
    undergo: frozenset[str]
    campaign: frozenset[str]
    delivers: tuple[str, ...]
    own: frozenset[str]
    self_pronouns: frozenset[str]
    first_person: frozenset[str]
    plural_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    one_body: frozenset[str]
    arrest: tuple[str, ...]
    between: frozenset[str]
    accused_of: tuple[str, ...]
    definite: frozenset[str]
    demonstrative: frozenset[str]
    held: frozenset[str]
    labels: tuple[str, ...]
    function_words: frozenset[str]
    belongs: tuple[str, ...]
    tried: frozenset[str]
    sentences: frozenset[str]
    sentenced_to: frozenset[str]
    confesses: frozenset[str]
    laid_on: frozenset[str]
    lays: tuple[str, ...]
    behind: frozenset[str]
    its_work: frozenset[str]
    perfect: frozenset[str]
    perfects: frozenset[str]
    unlike_doing: frozenset[str]
    claims: tuple[str, ...]
    claimed_pronouns: frozenset[str]
    claimed_together: frozenset[str]
    speaks_for: frozenset[str]
    group_words: frozenset[str]
    kinds_of_group: frozenset[str]
    callers: frozenset[str]
    work_of: frozenset[str]
    unnamed: frozenset[str]
    of_any_force: frozenset[str]
    defence: frozenset[str]
    bearing: frozenset[str]
    collective: frozenset[str]
    occurs: frozenset[str]
    performs: tuple[str, ...]
    charges: frozenset[str]
    succeeds: frozenset[str]
    indefinite: frozenset[str]
    aftermath: frozenset[str]
    both: frozenset[str]
    carried: tuple[str, ...]
    carried_to: frozenset[str]
    by_means: frozenset[str]
    kept_behind: frozenset[str]
    kept_before: frozenset[str]
    shooters: frozenset[str]
    kept_joins: frozenset[str]
    not_counted_across: frozenset[str]
    brought: tuple[str, ...]
    hospitals: frozenset[str]
    cared: tuple[str, ...]
    based: frozenset[str]
    capital: tuple[str, ...]
    capital_of: frozenset[str]
    seizes: tuple[str, ...]
    judges: tuple[str, ...]
    condemns: tuple[str, ...]
    lasts_from: frozenset[str]
    disowns: frozenset[str]
    allegations: frozenset[str]
    uncounted: frozenset[str]
    sizes: frozenset[str]
    bands: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    in_part: frozenset[str]
    of_wounds: tuple[str, ...]
    unconfirmed: frozenset[str]
    about_dead: frozenset[str]
    charged_with: frozenset[str]
    untruths: frozenset[str]
    short_of_deed: frozenset[str]
    accused_nobody: frozenset[str]
    accounts: frozenset[str]
    untrue: frozenset[str]
    negates: frozenset[str]
    unaware: tuple[str, ...]
    forces: frozenset[str]
    presence: frozenset[str]
    convicted: frozenset[str]
    refuses: frozenset[str]
    refuses_in_infinitive: frozenset[str]
    left: frozenset[str]
    rises: tuple[str, ...]
    rises_to: frozenset[str]
    compares: frozenset[str]
    opens_clause: frozenset[str]
    person_endings: tuple[str, ...]
    one: frozenset[str]
    somebody: frozenset[str]
    joint: frozenset[str]
    there: frozenset[str]
    same: frozenset[str]
    times: frozenset[str]
    together: frozenset[str]
    since_opens: frozenset[str]
    since_events: tuple[str, ...]
    not_since: frozenset[str]
    within: frozenset[str]
    stretches: frozenset[str]
    periods: frozenset[str]
    compared: frozenset[str]
    how_often: frozenset[str]
    pointing: frozenset[str]
    comes: frozenset[str]
    comes_after: frozenset[str]
    comes_upon: frozenset[str]
    those: frozenset[str]
    set_against: frozenset[str]
    counterparts: frozenset[str]
    counterpart_of: frozenset[str]
    frees: tuple[str, ...]
    takes: tuple[str, ...]
    takes_away: tuple[str, ...]
    away: frozenset[str]
    dies_later: tuple[str, ...]
    dies: tuple[str, ...]
    answers_to: frozenset[str]
    replies: frozenset[str]
    apart_by: frozenset[str]
    others: frozenset[str]
    further: frozenset[str]
    toll_words: frozenset[str]
    not_so: frozenset[str]
    to_death: frozenset[str]
    whereas: frozenset[str]
    charge_counts: frozenset[str]
    loses: frozenset[str]
    another: frozenset[str]
    object_pronouns: frozenset[str]
    alongside: tuple[str, ...]
    one_of_them: tuple[str, ...]
    told_by: tuple[str, ...]
    lives: frozenset[str]
    takes_lives: tuple[str, ...]
    tallied_by: frozenset[str]
    participles: tuple[str, ...]
    counted: tuple[str, ...]
    proceedings: tuple[str, ...]
    proceedings_at: frozenset[str]
    hearings: frozenset[str]
    witnessed: tuple[str, ...]
    aged: frozenset[str]
    identified_if_caught: frozenset[str]
    identified_as: tuple[str, ...]
    identifies: tuple[str, ...]
    victim_words: frozenset[str]
    victim_nouns: frozenset[str]
    part_words: frozenset[str]
    none_of: frozenset[str]
    bare_doers: frozenset[str]


@cache
def load_grammar(language: str) -> Grammar:
    """The function words of a language. Raises LanguageUnavailable, or PackError where the file is wrong."""
    path = importlib.resources.files("vigie.language") / "data" / language / "grammar.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, ())
    rows = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    try:
        return Grammar.model_validate(rows)
    except (ValidationError, AttributeError) as error:
        raise PackError(f"{language}/grammar.yaml: {error}") from error
