"""Trees of made-up conflict-news sentences, to train the parsers on constructions the treebanks hold too few of.

A small grammar for each language draws sentences with their full annotation: inverted speakers, passives with an
agent, être-verbs, "des" objects, nominal events, relative and participial clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random


@dataclass
class Node:
    """A word with its dependents before and after it; `tight` leaves no space after it."""

    form: str
    lemma: str
    pos: str
    dep: str
    morph: str = ""
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    tight: bool = False

    def order(self) -> list[Node]:
        """The words of the phrase in the order of the text."""
        return [n for child in self.left for n in child.order()] + [self] + [n for c in self.right for n in c.order()]

    def as_(self, dep: str) -> Node:
        """The same phrase in another relation."""
        return replace(self, dep=dep)


@dataclass(frozen=True, slots=True)
class Noun:
    """Singular, plural, gender (M or F)."""

    one: str
    many: str
    gender: str = "M"


@dataclass(frozen=True, slots=True)
class Verb:
    """lemma, past participle, present 3rd singular and plural, present participle, preterite."""

    lemma: str
    part: str
    sing: str
    plur: str
    ing: str
    past: str = ""


def punct(form: str, tight: bool = False) -> Node:
    """A punctuation mark."""
    return Node(form, form, "PUNCT", "punct", tight=tight)


def flatten(root: Node) -> list[tuple[Node, int]]:
    """The words in order with the index of their head (own index for the root); first letter made a capital."""
    nodes = root.order()
    index = {id(node): i for i, node in enumerate(nodes)}
    heads = list(range(len(nodes)))
    for node in nodes:
        for child in (*node.left, *node.right):
            heads[index[id(child)]] = index[id(node)]
    for first in nodes:
        if first.pos != "PUNCT":
            first.form = first.form[:1].upper() + first.form[1:]
            break
    return list(zip(nodes, heads, strict=True))


def nouns(text: str) -> tuple[Noun, ...]:
    """Read "one/many/gender" triples."""
    return tuple(Noun(*entry.strip().split("/")) for entry in text.split(",") if entry.strip())


SYLLABLES = "ba bo da dou ga ha jal ka khal la ma man mou na nir ou ra rou sa sal ta tan wa ya zi gor ber ket lin".split()


class Grammar:
    """What both languages share: chance, names and numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        """A made-up name of one or two words, glued as at run time."""
        pick = self.random.choice
        words = ["".join(pick(SYLLABLES) for _ in range(self.random.randint(2, 3))).capitalize() for _ in range(2)]
        if self.chance(0.25):
            words[0] = pick(("Al-", "El-", "Abou-", "Ben-")) + words[0]
        return words[0] if self.chance(0.5) else "_".join(words)


def regular(stems: str) -> tuple[Verb, ...]:
    """French verbs in -er from their infinitives."""
    verbs = []
    for lemma in stems.split():
        stem = lemma[:-2]
        soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
        grave = stem
        for vowel in ("é", "e"):
            if len(stem) > 2 and stem[-2] == vowel and stem[-1] not in "aeiouérlt" and not stem.endswith(("ess",)):
                grave = stem[:-2] + "è" + stem[-1]
        verbs.append(Verb(lemma, stem + "é", grave + "e", grave + "ent", soft + "ant"))
    return tuple(verbs)


def irregular(text: str) -> tuple[Verb, ...]:
    """Read "lemma/participle/singular/plural/ing[/past]" entries."""
    return tuple(Verb(*entry.strip().split("/")) for entry in text.split(",") if entry.strip())


FR_PEOPLE = nouns(
    "homme/hommes/M, combattant/combattants/M, rebelle/rebelles/M, milicien/miliciens/M, soldat/soldats/M,"
    "insurgé/insurgés/M, terroriste/terroristes/M, policier/policiers/M, inconnu/inconnus/M, djihadiste/djihadistes/M,"
    "tireur/tireurs/M, bandit/bandits/M, séparatiste/séparatistes/M, assaillant/assaillants/M, manifestant/manifestants/M"
)
FR_BODIES = nouns(
    "armée/armées/F, police/polices/F, coalition/coalitions/F, aviation/aviations/F, milice/milices/F, groupe/groupes/M,"
    "mouvement/mouvements/M, organisation/organisations/F, artillerie/artilleries/F, régime/régimes/M, faction/factions/F"
)
FR_VICTIMS = nouns(
    "soldat/soldats/M, civil/civils/M, personne/personnes/F, policier/policiers/M, enfant/enfants/M, femme/femmes/F,"
    "paysan/paysans/M, otage/otages/M, militaire/militaires/M, casque/casques/M, villageois/villageois/M, élève/élèves/M,"
    "passager/passagers/M, médecin/médecins/M, officier/officiers/M, fidèle/fidèles/M, habitant/habitants/M"
)
FR_WEAPONS = nouns(
    "roquette/roquettes/F, missile/missiles/M, drone/drones/M, engin/engins/M, bombe/bombes/F, obus/obus/M, mine/mines/F,"
    "frappe/frappes/F, tir/tirs/M, explosion/explosions/F, raid/raids/M, grenade/grenades/F, attaque/attaques/F,"
    "bombardement/bombardements/M, attentat/attentats/M, projectile/projectiles/M"
)
FR_TARGETS = nouns(
    "base/bases/F, camp/camps/M, convoi/convois/M, position/positions/F, ambassade/ambassades/F, village/villages/M,"
    "école/écoles/F, hôpital/hôpitaux/M, aéroport/aéroports/M, poste/postes/M, patrouille/patrouilles/F, dépôt/dépôts/M,"
    "véhicule/véhicules/M, cible/cibles/F, pont/ponts/M, marché/marchés/M, mosquée/mosquées/F, maison/maisons/F,"
    "entrepôt/entrepôts/M, raffinerie/raffineries/F, quartier/quartiers/M, barrage/barrages/M, navire/navires/M"
)
FR_SPEAKERS = nouns(
    "source/sources/F, responsable/responsables/M, témoin/témoins/M, habitant/habitants/M, porte-parole/porte-parole/M,"
    "officier/officiers/M, ministre/ministres/M, armée/armées/F, police/polices/F, ministère/ministères/M, ONG/ONG/F,"
    "organisation/organisations/F, diplomate/diplomates/M, gouverneur/gouverneurs/M, agence/agences/F, élu/élus/M,"
    "autorité/autorités/F, parquet/parquets/M, procureur/procureurs/M, journaliste/journalistes/M, secouriste/secouristes/M,"
    "commandement/commandements/M, coalition/coalitions/F, expert/experts/M, mère/mères/F, commandant/commandants/M"
)
FR_ADJECTIVES = tuple(
    tuple(entry.split("/"))
    for entry in (
        "armé/armée/armés/armées militaire/militaire/militaires/militaires local/locale/locaux/locales "
        "rebelle/rebelle/rebelles/rebelles américain/américaine/américains/américaines turc/turque/turcs/turques "
        "étranger/étrangère/étrangers/étrangères gouvernemental/gouvernementale/gouvernementaux/gouvernementales "
        "syrien/syrienne/syriens/syriennes russe/russe/russes/russes islamiste/islamiste/islamistes/islamistes "
        "aérien/aérienne/aériens/aériennes présumé/présumée/présumés/présumées civil/civile/civils/civiles "
        "officiel/officielle/officiels/officielles irakien/irakienne/irakiens/irakiennes kurde/kurde/kurdes/kurdes "
        "sécuritaire/sécuritaire/sécuritaires/sécuritaires explosif/explosive/explosifs/explosives"
    ).split()
)
FR_STRIKE = regular(
    "attaquer viser frapper bombarder toucher détoner pilonner incendier cibler encercler occuper piller saccager "
    "endommager contrôler évacuer menacer mitrailler investir"
    .replace("investir", "").replace("détoner ", "")
) + irregular(
    "détruire/détruit/détruit/détruisent/détruisant, prendre/pris/prend/prennent/prenant,"
    "atteindre/atteint/atteint/atteignent/atteignant, reprendre/repris/reprend/reprennent/reprenant,"
    "envahir/envahi/envahit/envahissent/envahissant, reconquérir/reconquis/reconquiert/reconquièrent/reconquérant"
)
FR_HARM = regular("tuer blesser capturer arrêter exécuter assassiner libérer décapiter égorger torturer relâcher") + irregular(
    "abattre/abattu/abat/abattent/abattant, enlever/enlevé/enlève/enlèvent/enlevant,"
    "détenir/détenu/détient/détiennent/détenant, poursuivre/poursuivi/poursuit/poursuivent/poursuivant"
)
FR_DO = regular("revendiquer condamner dénoncer nier mener préparer déjouer commettre".replace(" commettre", "")) + irregular(
    "commettre/commis/commet/commettent/commettant, subir/subi/subit/subissent/subissant,"
    "lancer/lancé/lance/lancent/lançant, essuyer/essuyé/essuie/essuient/essuyant"
)
FR_BE = irregular(
    "tomber/tombé/tombe/tombent/tombant, mourir/mort/meurt/meurent/mourant, arriver/arrivé/arrive/arrivent/arrivant,"
    "partir/parti/part/partent/partant, entrer/entré/entre/entrent/entrant, venir/venu/vient/viennent/venant,"
    "revenir/revenu/revient/reviennent/revenant, intervenir/intervenu/intervient/interviennent/intervenant,"
    "survenir/survenu/survient/surviennent/survenant, rester/resté/reste/restent/restant"
)
FR_SELF = regular("écraser retirer enfuir réfugier replier affronter retrancher".replace(" enfuir", "")) + irregular(
    "abattre/abattu/abat/abattent/abattant, produire/produit/produit/produisent/produisant,"
    "rendre/rendu/rend/rendent/rendant, enfuir/enfui/enfuit/enfuient/enfuyant"
)
FR_INTRANSITIVE = regular("exploser riposter éclater reculer progresser détoner échouer avancer".replace(" détoner", "")) + irregular(
    "périr/péri/périt/périssent/périssant, fuir/fui/fuit/fuient/fuyant, succomber/succombé/succombe/succombent/succombant"
)
FR_SAY = regular(
    "indiquer affirmer déclarer annoncer préciser ajouter assurer raconter confier expliquer souligner confirmer "
    "rapporter témoigner estimer relater avancer avertir insister répéter constater commenter dénoncer réagir noter "
    "marteler affirmer révéler conclure"
    .replace("avertir ", "").replace("réagir ", "").replace("répéter ", "").replace("révéler conclure", "")
    .replace("marteler ", "")
) + irregular(
    "dire/dit/dit/disent/disant, reconnaître/reconnu/reconnaît/reconnaissent/reconnaissant,"
    "prévenir/prévenu/prévient/préviennent/prévenant, admettre/admis/admet/admettent/admettant,"
    "réagir/réagi/réagit/réagissent/réagissant, avertir/averti/avertit/avertissent/avertissant,"
    "répondre/répondu/répond/répondent/répondant, écrire/écrit/écrit/écrivent/écrivant,"
    "conclure/conclu/conclut/concluent/concluant, soutenir/soutenu/soutient/soutiennent/soutenant,"
    "promettre/promis/promet/promettent/promettant, révéler/révélé/révèle/révèlent/révélant,"
    "répéter/répété/répète/répètent/répétant, apprendre/appris/apprend/apprennent/apprenant"
)
FR_EVENTS = (
    (Noun("tir", "tirs"), FR_WEAPONS, ("contre", "sur")),
    (Noun("attaque", "attaques", "F"), FR_WEAPONS, ("contre", "à")),
    (Noun("frappe", "frappes", "F"), FR_WEAPONS, ("contre", "sur")),
    (Noun("mort", "morts", "F"), FR_VICTIMS, ("dans", "dans")),
    (Noun("enlèvement", "enlèvements"), FR_VICTIMS, ("par", "dans")),
    (Noun("assassinat", "assassinats"), FR_VICTIMS, ("par", "dans")),
    (Noun("bombardement", "bombardements"), FR_TARGETS, ("par", "par")),
    (Noun("explosion", "explosions", "F"), FR_WEAPONS, ("dans", "devant")),
    (Noun("raid", "raids"), FR_TARGETS, ("contre", "sur")),
    (Noun("attentat", "attentats"), FR_TARGETS, ("contre", "contre")),
)
FR_NUMBERS = "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente 14 23 60 175 12 2500".split()
FR_TIMES = "mardi mercredi jeudi vendredi samedi dimanche lundi hier".split()
VOWELS = tuple("aeiouyéèêàâîôhAEIOUYÉÈÊH")


class French(Grammar):
    """Draws French sentences."""

    def np(self, noun: Noun, dep: str, prep: str = "", *, many: bool | None = None, det: str = "", adj: float = 0.3) -> Node:
        """A noun phrase; det is "def", "ind", "num", "none" or drawn."""
        pick = self.random.choice
        det = det or pick(("def", "def", "ind", "ind", "num"))
        many = (det == "num" or self.chance(0.4)) if many is None else many
        if det == "num":
            many = True
        gender = "Fem" if noun.gender == "F" else "Masc"
        number = "Plur" if many else "Sing"
        agree = f"Gender={gender}|Number={number}"
        head = Node(noun.many if many else noun.one, noun.one, "NOUN", dep, agree)
        if self.chance(adj):
            forms = pick(FR_ADJECTIVES)
            head.right.append(
                Node(forms[(gender == "Fem") + 2 * many], forms[0], "ADJ", "amod", agree)
            )
        vowel = head.form.startswith(VOWELS)
        case = [Node(prep, prep, "ADP", "case")] if prep else []
        article = f"Definite={'Def' if det == 'def' else 'Ind'}|{'' if many else f'Gender={gender}|'}Number={number}|PronType=Art"
        if det == "num":
            head.left = [*case, Node(pick(FR_NUMBERS), "", "NUM", "nummod", "NumType=Card|Number=Plur")]
            head.left[-1].lemma = head.left[-1].form
        elif det == "none":
            head.left = case
            if prep == "de" and vowel:
                case[0].form, case[0].tight = "d'", True
        elif det == "def":
            if prep in ("de", "à") and (many or (gender == "Masc" and not vowel)):
                case[0].form = {"de": ("du", "des"), "à": ("au", "aux")}[prep][many]
                head.left = case
            else:
                form = "les" if many else "l'" if vowel else "la" if gender == "Fem" else "le"
                head.left = [*case, Node(form, "le", "DET", "det", article, tight=form == "l'")]
        elif prep == "de":
            if many:
                head.left = case
                if vowel:
                    case[0].form, case[0].tight = "d'", True
            else:
                case[0].form, case[0].tight = "d'", True
                head.left = [*case, Node("une" if gender == "Fem" else "un", "un", "DET", "det", article)]
        else:
            form = "des" if many else "une" if gender == "Fem" else "un"
            head.left = [*case, Node(form, "un", "DET", "det", article)]
        return head

    def plural(self, noun: Node) -> bool:
        return "Number=Plur" in noun.morph

    def feminine(self, noun: Node) -> bool:
        return "Gender=Fem" in noun.morph

    def propn(self, dep: str, prep: str = "") -> Node:
        name = self.name()
        node = Node(name, name, "PROPN", dep)
        if prep:
            elided = prep == "de" and name.startswith(VOWELS)
            node.left = [Node("d'" if elided else prep, prep, "ADP", "case", tight=elided)]
        return node

    def actor(self, dep: str, prep: str = "") -> Node:
        draw = self.random.random()
        if draw < 0.15:
            return self.propn(dep, prep)
        if draw < 0.5:
            node = self.np(self.random.choice(FR_BODIES), dep, prep, many=False, det=self.random.choice(("def", "def", "ind")))
        elif draw < 0.85:
            node = self.np(self.random.choice(FR_PEOPLE), dep, prep, adj=0.4)
        else:
            node = self.np(self.random.choice(FR_WEAPONS), dep, prep)
            if self.chance(0.3):
                node.right.append(self.np(self.random.choice(FR_WEAPONS), "nmod", "de", det="none"))
        return node

    def target(self, dep: str, prep: str = "") -> Node:
        node = self.np(self.random.choice(FR_TARGETS), dep, prep)
        if self.chance(0.4):
            other = self.np(self.random.choice(FR_BODIES + FR_PEOPLE), "nmod", "de", det="def", adj=0.2)
            node.right.append(other if self.chance(0.7) else self.propn("nmod", "de"))
        return node

    def victim(self, dep: str, prep: str = "") -> Node:
        node = self.np(self.random.choice(FR_VICTIMS), dep, prep, det=self.random.choice(("num", "num", "ind", "def")))
        if self.chance(0.08) and not prep:
            return self.propn(dep)
        return node

    def when_where(self) -> list[Node]:
        """Up to two adjuncts of time and place."""
        pick = self.random.choice
        found = []
        if self.chance(0.35):
            day = pick(FR_TIMES)
            pos = "ADV" if day == "hier" else "NOUN"
            found.append(Node(day, day, pos, "advmod" if pos == "ADV" else "obl", "" if pos == "ADV" else "Gender=Masc|Number=Sing"))
        if self.chance(0.35):
            draw = self.random.random()
            if draw < 0.3:
                found.append(self.propn("obl", pick(("à", "à", "vers"))))
            elif draw < 0.5:
                place = self.np(pick(nouns("nord/nord/M, sud/sud/M, est/est/M, ouest/ouest/M, centre/centre/M")), "obl", "dans", many=False, det="def", adj=0)
                place.right.append(self.np(pick(nouns("pays/pays/M, capitale/capitales/F, province/provinces/F, ville/villes/F")), "nmod", "de", many=False, det="def", adj=0))
                found.append(place)
            elif draw < 0.7:
                near = Node("près", "près", "ADV", "advmod")
                near.right.append(self.propn("obl", "de"))
                found.append(near)
            else:
                found.append(self.np(pick(FR_TARGETS), "obl", pick(("dans", "devant", "sur", "contre", "près de")).replace("près de", "sous"), adj=0.2))
        self.random.shuffle(found)
        return found

    def aux(self, lemma: str, many: bool, dep: str) -> Node:
        forms = {
            "avoir": ("a", "ont", "aurait", "auraient", "avait", "avaient"),
            "être": ("est", "sont", "serait", "seraient", "était", "étaient"),
        }[lemma]
        kind = self.random.choices((0, 2, 4), (7, 2, 2))[0]
        mood = {0: "Mood=Ind|Number={}|Person=3|Tense=Pres|VerbForm=Fin", 2: "Mood=Cnd|Number={}|Person=3|Tense=Pres|VerbForm=Fin", 4: "Mood=Ind|Number={}|Person=3|Tense=Imp|VerbForm=Fin"}
        return Node(forms[kind + many], lemma, "AUX", dep, mood[kind].format("Plur" if many else "Sing"))

    def participle(self, verb: Verb, dep: str, subject: Node | None, passive: bool) -> Node:
        form, gender, number = verb.part, "Masc", "Sing"
        if subject is not None:
            if self.feminine(subject):
                form, gender = form + "e", "Fem"
            if self.plural(subject):
                form, number = form if form.endswith("s") else form + "s", "Plur"
        morph = f"Gender={gender}|Number={number}|Tense=Past|VerbForm=Part" + ("|Voice=Pass" if passive else "")
        return Node(form, verb.lemma, "VERB", dep, morph)

    def finite(self, verb: Verb, many: bool, dep: str) -> Node:
        return Node(
            verb.plur if many else verb.sing, verb.lemma, "VERB", dep,
            f"Mood=Ind|Number={'Plur' if many else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin",
        )  # fmt: skip

    def what(self) -> tuple[tuple[Verb, ...], Node]:
        draw = self.random.random()
        if draw < 0.45:
            return FR_STRIKE, self.target("obj")
        if draw < 0.8:
            return FR_HARM, self.victim("obj")
        return FR_DO, self.np(self.random.choice(FR_WEAPONS), "obj")

    def predicate(self, subject: Node, dep: str) -> Node:
        """A verb phrase that agrees with a subject, which is put on its left with its relation."""
        draw, many = self.random.random(), self.plural(subject)
        pick = self.random.choice
        if draw < 0.42:
            verbs, thing = self.what()
            verb = pick(verbs)
            if self.chance(0.75):
                head = self.participle(verb, dep, None, False)
                head.left = [self.aux("avoir", many, "aux")]
            else:
                head = self.finite(verb, many, dep)
            head.right = [thing, *self.when_where()]
            if self.chance(0.2):
                head.right = [n for n in head.right if n is not thing and n.pos != "PROPN"][:1] + [thing]
            elif self.chance(0.05):
                head.right = [Node("coup", "coup", "NOUN", "obl", "Gender=Masc|Number=Sing", [Node("sur", "sur", "ADP", "case"), Node("le", "le", "DET", "det")]), thing]
            head.left.insert(0, subject.as_("nsubj"))
            if self.chance(0.12):
                other_verbs, other = self.what()
                second = self.participle(pick(other_verbs), "conj", None, False)
                second.left, second.right = [Node("et", "et", "CCONJ", "cc")], [other]
                head.right.append(second)
            return head
        if draw < 0.68:
            head = self.participle(pick(FR_STRIKE + FR_HARM), dep, subject, True)
            head.left = [subject.as_("nsubj:pass"), self.aux("avoir", many, "aux"), Node("été", "être", "AUX", "aux:pass", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")]
            if self.chance(0.15):
                head.left = [subject.as_("nsubj:pass"), self.aux("être", many, "aux:pass")]
            agent = self.actor("obl:agent", "par")
            extra = self.when_where()
            head.right = [agent, *extra] if self.chance(0.6) else extra
            if self.chance(0.15) and extra:
                head.right = [*extra, agent]
            if self.chance(0.05):
                head = self.participle(Verb("prendre", "pris", "", "", ""), dep, subject, True)
                head.left = [subject.as_("nsubj:pass"), self.aux("avoir", many, "aux"), Node("été", "être", "AUX", "aux:pass", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")]
                goal = Node("cible", "cible", "NOUN", "obl", "Gender=Fem|Number=Sing", [Node("pour", "pour", "ADP", "case")])
                head.right = [goal, agent]
            elif self.chance(0.05):
                other = self.participle(pick(FR_HARM), "conj", None, True)
                other.left = [Node("et", "et", "CCONJ", "cc"), self.np(pick(FR_VICTIMS), "nsubj:pass", det="num", adj=0)]
                head.right = [*extra, other]
            return head
        if draw < 0.82:
            head = self.participle(pick(FR_BE), dep, subject, False)
            head.left = [subject.as_("nsubj"), self.aux("être", many, "aux")]
            head.right = self.when_where()
            return head
        if draw < 0.91:
            verb = pick(FR_SELF)
            head = self.participle(verb, dep, subject, False)
            aux = self.aux("être", many, "aux")
            elided = aux.form.startswith(VOWELS)
            head.left = [subject.as_("nsubj"), Node("s'" if elided else "se", "soi", "PRON", "expl", "Person=3|PronType=Prs|Reflex=Yes", tight=elided), aux]
            head.right = self.when_where()
            return head
        verb = pick(FR_INTRANSITIVE)
        head = self.participle(verb, dep, None, False)
        head.left = [subject.as_("nsubj"), self.aux("avoir", many, "aux")]
        head.right = self.when_where()
        return head

    def subject(self) -> Node:
        node = self.random.choice((self.actor, self.actor, self.victim, self.target))("nsubj")
        if self.chance(0.1) and node.pos == "NOUN":
            which = Node("qui", "qui", "PRON", "nsubj", "PronType=Rel" + ("|Gender=Fem" if self.feminine(node) else "") + ("|Number=Plur" if self.plural(node) else ""))
            clause = self.predicate(which, "acl")
            if self.chance(0.6):
                clause.left.insert(0, punct(","))
                clause.right.append(punct(","))
            node.right.append(clause)
        elif self.chance(0.1) and node.pos == "NOUN":
            part = self.participle(self.random.choice(FR_HARM + FR_STRIKE), "acl", node, True)
            part.right = [*self.when_where()[:1], self.actor("obl:agent", "par")]
            if self.chance(0.15):
                part.right = self.when_where()
            if self.chance(0.3):
                part.left.insert(0, punct(","))
                part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.06) and node.pos == "NOUN":
            node.right.append(self.object_relative(node))
        elif self.chance(0.05) and node.pos == "NOUN":
            whose = Node("dont", "dont", "PRON", "nmod", "PronType=Rel")
            part = self.np(self.random.choice(FR_VICTIMS), "nmod", det="num", adj=0.1)
            part.left = [punct(","), whose, *part.left]
            part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.06):
            other = self.np(self.random.choice(FR_PEOPLE + FR_BODIES + FR_SPEAKERS), "appos", many=self.plural(node), det="ind", adj=0.6)
            other.left.insert(0, punct(","))
            other.right.append(punct(","))
            node.right.append(other)
        return node

    def object_relative(self, node: Node) -> Node:
        """A relative clause with "que", now and then with its subject behind the verb."""
        subject = self.actor("nsubj")
        many = self.plural(subject)
        verb = self.random.choice(FR_STRIKE + FR_HARM + FR_DO)
        head = self.participle(verb, "acl", node, False)
        aux = self.aux("avoir", many, "aux")
        inverted = self.chance(0.4)
        following = aux.form if inverted else subject.order()[0].form
        elided = following.startswith(VOWELS)
        which = Node("qu'" if elided else "que", "que", "PRON", "obj", "PronType=Rel", tight=elided)
        head.left = [which, aux] if inverted else [which, subject, aux]
        head.right = [subject] if inverted else self.when_where()[:1]
        if self.chance(0.2) and not inverted:
            head = Node(
                (verb.ing[:-3] + ("aient" if many else "ait")), verb.lemma, "VERB", "acl",
                f"Mood=Ind|Number={'Plur' if many else 'Sing'}|Person=3|Tense=Imp|VerbForm=Fin", [which, subject],
            )  # fmt: skip
        return head

    def infinitive(self, verb: Verb, dep: str, mark: str) -> Node:
        elided = mark == "de" and verb.lemma.startswith(VOWELS)
        return Node(
            verb.lemma, verb.lemma, "VERB", dep, "VerbForm=Inf",
            [Node("d'" if elided else mark, mark, "ADP", "mark", tight=elided)],
        )  # fmt: skip

    def follow_up(self) -> Node:
        """An adverbial clause without a subject: "tuant …", "pour détruire …", "après avoir …", "sans faire de …"."""
        pick = self.random.choice
        verbs, thing = self.what()
        draw = self.random.random()
        if draw < 0.35:
            verb = pick(verbs)
            clause = Node(verb.ing, verb.lemma, "VERB", "advcl", "Tense=Pres|VerbForm=Part", [punct(",")], [thing])
            if self.chance(0.25):
                adverb = pick("grièvement notamment mortellement également aussitôt".split())
                clause.right.insert(0, Node(adverb, adverb, "ADV", "advmod"))
        elif draw < 0.55:
            clause = self.infinitive(pick(verbs), "advcl", pick(("pour", "pour", "sans")))
            clause.right = [thing]
        elif draw < 0.8:
            clause = self.participle(pick(verbs), "advcl", None, False)
            clause.left = [Node("après", "après", "ADP", "mark"), Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf")]
            clause.right = [thing]
        elif draw < 0.9:
            clause = self.participle(pick(FR_HARM), "advcl", None, True)
            clause.left = [
                Node("avant", "avant", "ADP", "mark", right=[Node("d'", "de", "ADP", "fixed", tight=True)]),
                Node("être", "être", "AUX", "aux:pass", "VerbForm=Inf"),
            ]
            clause.right = [self.actor("obl:agent", "par")]
        else:
            clause = self.infinitive(Verb("faire", "", "", "", ""), "advcl", "sans")
            clause.right = [self.np(pick(nouns("victime/victimes/F, blessé/blessés/M, dégât/dégâts/M")), "obj", "de", det="none", adj=0)]
            if self.chance(0.6):
                clause.left.insert(0, punct(","))
        return clause

    def conditional(self) -> Node:
        """A clause with "si" in the present tense."""
        subject = self.actor("nsubj")
        verbs, thing = self.what()
        clause = self.finite(self.random.choice(verbs), self.plural(subject), "advcl")
        clause.left, clause.right = [Node("si", "si", "SCONJ", "mark"), subject], [thing]
        return clause

    def clause(self, dep: str) -> Node:
        head = self.predicate(self.subject(), dep)
        if self.chance(0.06):
            verbs = [i for i, n in enumerate(head.left) if n.dep == "aux"]
            if verbs:
                aux = head.left[verbs[0]]
                elided = aux.form.startswith(VOWELS)
                head.left.insert(verbs[0], Node("n'" if elided else "ne", "ne", "ADV", "advmod", "Polarity=Neg", tight=elided))
                head.left.insert(verbs[0] + 2, Node("pas", "pas", "ADV", "advmod", "Polarity=Neg"))
        if self.chance(0.18):
            head.right.append(self.follow_up())
        if self.chance(0.04):
            head.right.append(self.conditional())
        elif self.chance(0.04):
            other = self.conditional()
            other.right.append(punct(","))
            head.left.insert(0, other)
        if self.chance(0.08):
            other = self.predicate(self.subject(), "advcl")
            other.left.insert(0, Node(*self.random.choice((("lorsque", "lorsque"), ("alors", "alors"), ("quand", "quand")))[:2], "SCONJ", "mark"))
            if other.left[0].form == "alors":
                other.left[0].form = "si"
                other.left[0].lemma = "si"
            head.right.append(other)
        return head

    def speaker(self, dep: str = "nsubj", prep: str = "") -> Node:
        pick = self.random.choice
        if self.chance(0.12):
            return self.propn(dep, prep)
        node = self.np(pick(FR_SPEAKERS), dep, prep, det=pick(("def", "def", "ind", "ind", "num")), adj=0.35)
        if self.chance(0.35):
            node.right.append(self.np(pick(FR_BODIES + FR_TARGETS), "nmod", "de", many=False, det="def", adj=0.2))
        elif self.chance(0.2):
            which = Node("qui", "qui", "PRON", "nsubj", "PronType=Rel")
            asked = Node("requis", "requérir", "VERB", "acl", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part", [which, self.aux("avoir", self.plural(node), "aux")])
            asked.right = [self.np(Noun("anonymat", "anonymats"), "obj", many=False, det="def", adj=0)]
            node.right.append(asked)
        return node

    def speech_adjuncts(self) -> list[Node]:
        found = []
        if self.chance(0.2):
            found.append(self.np(self.random.choice(nouns("AFP/AFP/F, presse/presses/F, agence/agences/F, télévision/télévisions/F")), "obl", "à", many=False, det="def", adj=0))
        if self.chance(0.15):
            day = self.random.choice(FR_TIMES[:-1])
            found.append(Node(day, day, "NOUN", "obl", "Gender=Masc|Number=Sing"))
        return found

    def said(self, content: Node, quoted: bool) -> Node:
        """Content first, then an inverted verb of speech with its speaker."""
        verb = self.random.choice(FR_SAY)
        content.dep = "ccomp"
        if quoted:
            marks = self.random.choice((("«", "»"), ("«", "»"), ("“", "”"), ('"', '"')))
            content.left.insert(0, punct(marks[0], tight=marks[0] != "«"))
            content.right.append(punct(marks[1]))
        content.right.append(punct(","))
        if self.chance(0.15):
            form = self.random.choice(("-t-il", "-t-elle", "-t-on"))
            head = self.participle(verb, "ROOT", None, False)
            head.left = [content, self.aux("avoir", False, "aux"), Node(form, form[3:], "PRON", "nsubj", "Number=Sing|Person=3|PronType=Prs")]
            head.left[1].form, head.left[1].tight = "a", True
            head.right = self.speech_adjuncts()
            return head
        speaker = self.speaker()
        if self.chance(0.7):
            head = self.participle(verb, "ROOT", None, False)
            head.left = [content, self.aux("avoir", self.plural(speaker), "aux")]
            head.left[1].form = "ont" if self.plural(speaker) else "a"
        else:
            head = self.finite(verb, self.plural(speaker), "ROOT")
            head.left = [content]
        adjuncts = self.speech_adjuncts()
        head.right = [speaker, *adjuncts] if self.chance(0.6) else [*adjuncts, speaker]
        return head

    def event(self, dep: str, det: str = "none") -> Node:
        noun, things, preps = self.random.choice(FR_EVENTS)
        many = noun.one in ("tir", "frappe", "raid") and self.chance(0.7)
        node = self.np(noun, dep, many=many, det=det, adj=0.15)
        first = self.np(self.random.choice(things), "nmod", "de", adj=0.15, **({"det": "none", "many": self.chance(0.6)} if things is FR_WEAPONS else {}))
        if things is FR_TARGETS and preps[0] == "contre":
            first = self.target("nmod", self.random.choice(preps))
            node.right.append(first)
            return node
        node.right.append(first)
        if self.chance(0.6):
            prep = self.random.choice(preps)
            if prep == "par":
                node.right.append(self.actor("nmod", "par"))
            elif prep == "dans" and things is FR_VICTIMS:
                node.right.append(self.np(self.random.choice(FR_WEAPONS), "nmod", "dans", adj=0.3))
            else:
                node.right.append(self.target("nmod", prep))
        return node

    def sentence(self) -> Node:
        """Draw a sentence."""
        pick = self.random.choice
        draw = self.random.random()
        if draw < 0.3:
            root = self.said(self.clause("ccomp"), self.chance(0.5))
        elif draw < 0.42:
            speaker = self.speaker()
            verb = pick(FR_SAY)
            root = self.participle(verb, "ROOT", None, False)
            root.left = [speaker, self.aux("avoir", self.plural(speaker), "aux")]
            if self.chance(0.3):
                root = self.finite(verb, self.plural(speaker), "ROOT")
                root.left = [speaker]
            content = self.clause("ccomp")
            elided = content.order()[0].form.startswith(VOWELS)
            content.left.insert(0, Node("qu'" if elided else "que", "que", "SCONJ", "mark", tight=elided))
            root.right = [*self.speech_adjuncts(), content]
            if self.chance(0.2):
                verbs, thing = self.what()
                content = self.participle(pick(verbs), "xcomp", None, False)
                content.left, content.right = [Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf")], [thing]
                root.right = [content]
        elif draw < 0.52:
            root = self.event("ROOT")
            if self.chance(0.35):
                place = self.np(pick(nouns("capitale/capitales/F, province/provinces/F, nord/nord/M, sud/sud/M, banlieue/banlieues/F")), "nmod", "dans", many=False, det="def", adj=0)
                root.right.append(place if self.chance(0.6) else self.propn("nmod", "à"))
            if self.chance(0.4):
                root.right += [punct(":"), self.np(pick(nouns("mort/morts/M, blessé/blessés/M")), "parataxis", det="num", adj=0)]
        elif draw < 0.6:
            subject = self.event("nsubj", "def" if self.chance(0.6) else "ind")
            root = self.predicate(subject, "ROOT")
        elif draw < 0.68:
            source = self.speaker("obl", pick(("selon", "selon")))
            root = self.clause("ROOT")
            if self.chance(0.5):
                source.right.append(punct(","))
                root.left.insert(0, source)
            else:
                source.left.insert(0, punct(","))
                root.right.append(source)
        elif draw < 0.74:
            subject = self.speaker()
            verbs, thing = self.what()
            root = self.participle(pick(regular("accuser")), "ROOT", None, False)
            root.left = [subject, self.aux("avoir", self.plural(subject), "aux")]
            doing = self.participle(pick(verbs), "xcomp", None, False)
            doing.left = [Node("d'", "de", "ADP", "mark", tight=True), Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf")]
            doing.right = [thing]
            root.right = [self.actor("obj"), doing]
        elif draw < 0.8:
            subject = self.actor("nsubj")
            root = self.participle(Verb("faire", "fait", "fait", "font", "faisant"), "ROOT", None, False)
            root.left = [subject, self.aux("avoir", self.plural(subject), "aux")]
            dead = self.np(pick(nouns("mort/morts/M, blessé/blessés/M, victime/victimes/F")), "obj", det="num", adj=0)
            root.right = [dead, *self.when_where()]
            if self.chance(0.4):
                other = self.np(pick(nouns("blessé/blessés/M, disparu/disparus/M")), "conj", det="num", adj=0)
                other.left.insert(0, Node("et", "et", "CCONJ", "cc"))
                dead.right.append(other)
        else:
            root = self.clause("ROOT")
            if self.chance(0.15):
                time = self.np(Noun("nuit", "nuits", "F"), "obl", "dans", many=False, det="def", adj=0)
                time.right.append(punct(","))
                root.left.insert(0, time)
        if self.chance(0.9):
            root.right.append(punct("."))
        return root


EN_PEOPLE = nouns(
    "gunman/gunmen, fighter/fighters, rebel/rebels, militiaman/militiamen, soldier/soldiers, insurgent/insurgents,"
    "militant/militants, policeman/policemen, attacker/attackers, jihadist/jihadists, sniper/snipers, protester/protesters,"
    "trooper/troops, bomber/bombers, separatist/separatists, terrorist/terrorists"
)
EN_BODIES = nouns(
    "army/armies, police/police, coalition/coalitions, militia/militias, group/groups, movement/movements,"
    "organisation/organisations, faction/factions, regime/regimes, government/governments, command/commands, ministry/ministries"
)
EN_VICTIMS = nouns(
    "soldier/soldiers, civilian/civilians, person/people, policeman/policemen, child/children, woman/women, villager/villagers,"
    "hostage/hostages, passenger/passengers, doctor/doctors, officer/officers, worshipper/worshippers, pupil/pupils,"
    "resident/residents, peacekeeper/peacekeepers, guard/guards, worker/workers, journalist/journalists, driver/drivers"
)
EN_WEAPONS = nouns(
    "rocket/rockets, missile/missiles, drone/drones, bomb/bombs, shell/shells, mine/mines, strike/strikes, explosion/explosions,"
    "raid/raids, grenade/grenades, attack/attacks, bombing/bombings, blast/blasts, device/devices, bombardment/bombardments"
)
EN_TARGETS = nouns(
    "base/bases, camp/camps, convoy/convoys, position/positions, embassy/embassies, village/villages, school/schools,"
    "hospital/hospitals, airport/airports, post/posts, patrol/patrols, depot/depots, vehicle/vehicles, target/targets,"
    "bridge/bridges, market/markets, mosque/mosques, house/houses, warehouse/warehouses, refinery/refineries, hotel/hotels,"
    "checkpoint/checkpoints, ship/ships, truck/trucks"
)
EN_SPEAKERS = nouns(
    "source/sources, official/officials, witness/witnesses, resident/residents, spokesman/spokesmen, officer/officers,"
    "minister/ministers, army/armies, police/police, ministry/ministries, organisation/organisations, diplomat/diplomats,"
    "governor/governors, agency/agencies, group/groups, authority/authorities, prosecutor/prosecutors, survivor/survivors,"
    "spokeswoman/spokeswomen, commander/commanders, coalition/coalitions, monitor/monitors, analyst/analysts, mother/mothers"
)
EN_ADJECTIVES = (
    "armed military local rebel American Turkish foreign Syrian Russian Islamist suspected civilian Iraqi Kurdish senior "
    "unknown heavy mortar artillery roadside suicide car air security government training army police border"
).split()
EN_COMPOUNDS = frozenset(
    "rebel mortar artillery roadside suicide car air security government training army police border".split()
)


def english(text: str) -> tuple[Verb, ...]:
    """Read "lemma/past/participle" entries of English verbs; one form alone is regular."""
    verbs = []
    for entry in text.split():
        lemma, *forms = entry.split("/")
        bare = lemma[:-1] if lemma.endswith("e") else lemma
        past = forms[0] if forms else (bare[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in "aeo" else bare + "ed")
        third = lemma + "es" if lemma.endswith(("s", "sh", "ch", "x")) else lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeo" else lemma + "s"
        ing = forms[2] if len(forms) > 2 else bare + "ing"
        verbs.append(Verb(lemma, forms[1] if len(forms) > 1 else past, third, lemma, ing, past))
    return tuple(verbs)


EN_STRIKE = english(
    "attack target hit/hit/hit/hitting strike/struck/struck bomb shell pound destroy damage storm seize capture "
    "raid ambush loot torch retake/retook/retaken surround occupy overrun/overran/overrun/overrunning bombard ram/rammed/rammed/ramming"
)
EN_HARM = english(
    "kill wound injure capture arrest execute assassinate release abduct kidnap/kidnapped/kidnapped/kidnapping behead shoot/shot/shot "
    "free murder detain massacre crush"
)
EN_DO = english("claim condemn denounce deny launch prepare foil repel/repelled/repelled/repelling plan/planned/planned/planning")
EN_INTRANSITIVE = english(
    "explode flee/fled/fled/fleeing retaliate die/died/died/dying fall/fell/fallen arrive crash retreat land withdraw/withdrew/withdrawn advance resume erupt surrender escape respond"
)
EN_SAY = english(
    "say/said/said say/said/said say/said/said add announce report claim confirm insist recall explain admit/admitted/admitted/admitting allege "
    "warn declare state note tell/told/told argue reveal acknowledge"
)
EN_EVENTS = (
    (Noun("attack", "attacks"), "on", EN_TARGETS),
    (Noun("strike", "strikes"), "on", EN_TARGETS),
    (Noun("raid", "raids"), "on", EN_TARGETS),
    (Noun("death", "deaths"), "of", EN_VICTIMS),
    (Noun("killing", "killings"), "of", EN_VICTIMS),
    (Noun("abduction", "abductions"), "of", EN_VICTIMS),
    (Noun("assassination", "assassinations"), "of", EN_VICTIMS),
    (Noun("shelling", "shellings"), "of", EN_TARGETS),
    (Noun("explosion", "explosions"), "of", EN_WEAPONS),
)
EN_NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen 20 14 23 60 175 12 2,500 dozen".split()
EN_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class English(Grammar):
    """Draws English sentences."""

    def np(self, noun: Noun, dep: str, prep: str = "", *, many: bool | None = None, det: str = "", adj: float = 0.35) -> Node:
        pick = self.random.choice
        det = det or pick(("def", "def", "ind", "ind", "num"))
        many = (det == "num" or self.chance(0.4)) if many is None else many
        many = True if det == "num" else many
        head = Node(noun.many if many else noun.one, noun.one, "NOUN", dep, f"Number={'Plur' if many else 'Sing'}")
        if prep:
            head.left.append(Node(prep, prep, "ADP", "case"))
        if det == "def" and self.chance(0.08):
            owner = self.np(pick(EN_BODIES + EN_PEOPLE + EN_TARGETS), "nmod", many=False, det="def", adj=0.1)
            owner.order()[-1].tight = True
            owner.right.append(Node("'s", "'s", "PART", "case"))
            head.left.append(owner)
        elif det == "num":
            number = pick(EN_NUMBERS[:-1])
            head.left.append(Node(number, number, "NUM", "nummod", "NumType=Card"))
        elif det == "def":
            head.left.append(Node("the", "the", "DET", "det", "Definite=Def|PronType=Art"))
        elif det == "ind" and not many:
            head.left.append(Node("a", "a", "DET", "det", "Definite=Ind|PronType=Art"))
        if self.chance(adj):
            word = pick(EN_ADJECTIVES)
            if word in EN_COMPOUNDS:
                head.left.append(Node(word, word, "NOUN", "compound", "Number=Sing"))
            else:
                head.left.append(Node(word, word, "ADJ", "amod", "Degree=Pos"))
        for i, node in enumerate(head.left):
            if node.form == "a":
                following = head.left[i + 1].form if i + 1 < len(head.left) else head.form
                node.form = "an" if following[0].lower() in "aeiou" else "a"
        return head

    def plural(self, noun: Node) -> bool:
        return "Number=Plur" in noun.morph

    def propn(self, dep: str, prep: str = "") -> Node:
        name = self.name()
        return Node(name, name, "PROPN", dep, "Number=Sing", [Node(prep, prep, "ADP", "case")] if prep else [])

    def actor(self, dep: str, prep: str = "") -> Node:
        draw = self.random.random()
        if draw < 0.15:
            return self.propn(dep, prep)
        if draw < 0.45:
            return self.np(self.random.choice(EN_BODIES), dep, prep, many=False, det=self.random.choice(("def", "def", "ind")))
        if draw < 0.8:
            return self.np(self.random.choice(EN_PEOPLE), dep, prep, adj=0.4)
        return self.np(self.random.choice(EN_WEAPONS), dep, prep, adj=0.5)

    def target(self, dep: str, prep: str = "") -> Node:
        node = self.np(self.random.choice(EN_TARGETS), dep, prep)
        if self.chance(0.25):
            node.right.append(self.np(self.random.choice(EN_PEOPLE + EN_BODIES), "nmod", "of", det="def", adj=0.2))
        return node

    def victim(self, dep: str, prep: str = "") -> Node:
        if self.chance(0.08):
            return self.propn(dep, prep)
        return self.np(self.random.choice(EN_VICTIMS), dep, prep, det=self.random.choice(("num", "num", "ind", "def")))

    def when_where(self) -> list[Node]:
        pick = self.random.choice
        found = []
        if self.chance(0.35):
            draw = self.random.random()
            if draw < 0.6:
                day = pick(EN_DAYS)
                found.append(Node(day, day, "PROPN", "obl", "Number=Sing", [Node("on", "on", "ADP", "case")] if self.chance(0.7) else []))
            elif draw < 0.9:
                found.append(Node("yesterday", "yesterday", "NOUN", "obl", "Number=Sing"))
            else:
                found.append(Node("overnight", "overnight", "ADV", "advmod"))
        if self.chance(0.35):
            if self.chance(0.4):
                found.append(self.propn("obl", pick(("in", "near", "near", "outside"))))
            else:
                found.append(self.np(pick(EN_TARGETS + nouns("north/north, south/south, city/cities, town/towns")), "obl", pick(("in", "near", "outside", "at", "on")), many=False, det="def", adj=0.15))
        self.random.shuffle(found)
        return found

    def word(self, verb: Verb, form: str, dep: str, many: bool = False) -> Node:
        number = "Plur" if many else "Sing"
        forms = {
            "past": (verb.past, f"Mood=Ind|Number={number}|Person=3|Tense=Past|VerbForm=Fin"),
            "pres": (verb.plur if many else verb.sing, f"Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin"),
            "part": (verb.part, "Tense=Past|VerbForm=Part"),
            "pass": (verb.part, "Tense=Past|VerbForm=Part|Voice=Pass"),
            "ing": (verb.ing, "Tense=Pres|VerbForm=Part"),
            "ger": (verb.ing, "VerbForm=Ger"),
            "inf": (verb.lemma, "VerbForm=Inf"),
        }
        return Node(forms[form][0], verb.lemma, "VERB", dep, forms[form][1])

    def aux(self, lemma: str, form: str, many: bool, dep: str) -> Node:
        forms = {("have", "pres"): ("has", "have"), ("have", "past"): ("had", "had"), ("be", "past"): ("was", "were"), ("be", "pres"): ("is", "are")}
        tense = "Pres" if form == "pres" else "Past"
        return Node(forms[lemma, form][many], lemma, "AUX", dep, f"Mood=Ind|Number={'Plur' if many else 'Sing'}|Person=3|Tense={tense}|VerbForm=Fin")

    def what(self) -> tuple[tuple[Verb, ...], Node]:
        draw = self.random.random()
        if draw < 0.45:
            return EN_STRIKE, self.target("obj")
        if draw < 0.8:
            return EN_HARM, self.victim("obj")
        return EN_DO, self.np(self.random.choice(EN_WEAPONS), "obj")

    def predicate(self, subject: Node, dep: str) -> Node:
        draw, many = self.random.random(), self.plural(subject)
        pick = self.random.choice
        if draw < 0.48:
            verbs, thing = self.what()
            kind = self.random.choices(("past", "perfect", "pres"), (7, 2, 1))[0]
            if kind == "perfect":
                head = self.word(pick(verbs), "part", dep)
                head.left = [self.aux("have", pick(("pres", "past")), many, "aux")]
            else:
                head = self.word(pick(verbs), kind, dep, many)
            head.left.insert(0, subject.as_("nsubj"))
            if self.chance(0.1):
                head.left.insert(1 if not head.left[1:] else 2, Node("reportedly", "reportedly", "ADV", "advmod"))
            head.right = [thing, *self.when_where()]
            if self.chance(0.06):
                day = pick(EN_DAYS)
                when = Node(day, day, "PROPN", "obl", "Number=Sing", [Node("on", "on", "ADP", "case")])
                if self.chance(0.4):
                    when = Node("yesterday", "yesterday", "NOUN", "obl", "Number=Sing")
                head.left.insert(1, when)
            if verbs is EN_DO and self.chance(0.3):
                thing.form, thing.lemma, thing.morph, thing.left = "responsibility", "responsibility", "Number=Sing", []
                thing.right = [self.event("nmod", "def")]
                thing.right[0].left.insert(0, Node("for", "for", "ADP", "case"))
            if self.chance(0.12):
                other_verbs, other = self.what()
                second = self.word(pick(other_verbs), "past", "conj", many)
                second.left, second.right = [Node("and", "and", "CCONJ", "cc")], [other]
                head.right.append(second)
            return head
        if draw < 0.8:
            head = self.word(pick(EN_STRIKE + EN_HARM), "pass", dep)
            if self.chance(0.75):
                head.left = [self.aux("be", "past", many, "aux:pass")]
            else:
                head.left = [self.aux("have", pick(("pres", "past")), many, "aux"), Node("been", "be", "AUX", "aux:pass", "Tense=Past|VerbForm=Part")]
            head.left.insert(0, subject.as_("nsubj:pass"))
            agent, extra = self.actor("obl:agent", "by"), self.when_where()
            head.right = [agent, *extra] if self.chance(0.55) else extra
            if self.chance(0.12) and extra:
                head.right = [*extra, agent]
            return head
        head = self.word(pick(EN_INTRANSITIVE), "past", dep, many)
        if self.chance(0.25):
            head = self.word(pick(EN_INTRANSITIVE), "part", dep)
            head.left = [self.aux("have", pick(("pres", "past")), many, "aux")]
        head.left.insert(0, subject.as_("nsubj"))
        head.right = self.when_where()
        return head

    def subject(self) -> Node:
        node = self.random.choice((self.actor, self.actor, self.victim, self.target))("nsubj")
        if self.chance(0.1) and node.pos == "NOUN":
            which = Node(self.random.choice(("which", "who", "that")), "", "PRON", "nsubj", "PronType=Rel" + ("|Number=Plur" if self.plural(node) else ""))
            which.lemma = which.form
            clause = self.predicate(which, "acl")
            if which.form != "that":
                clause.left.insert(0, punct(","))
                clause.right.append(punct(","))
            node.right.append(clause)
        elif self.chance(0.12) and node.pos == "NOUN":
            part = self.word(self.random.choice(EN_HARM + EN_STRIKE), "pass", "acl")
            part.right = [self.actor("obl:agent", "by")]
            if self.chance(0.3):
                part.right = self.when_where()
            if self.chance(0.35):
                part.left.insert(0, punct(","))
                part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.08) and node.pos == "NOUN":
            node.right.append(self.object_relative())
        elif self.chance(0.05) and node.pos == "NOUN":
            part = self.np(self.random.choice(EN_VICTIMS), "nmod", det="num", adj=0.1)
            part.left = [punct(","), Node("including", "include", "VERB", "case", "VerbForm=Ger"), *part.left]
            part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.06):
            other = self.np(self.random.choice(EN_PEOPLE + EN_BODIES + EN_SPEAKERS), "appos", many=self.plural(node), det="ind", adj=0.6)
            other.left.insert(0, punct(","))
            other.right.append(punct(","))
            node.right.append(other)
        elif self.chance(0.06) and node.pos == "NOUN":
            word, prep = self.random.choice((("loyal", "to"), ("packed", "with"), ("close", "to"), ("hostile", "to")))
            adjective = Node(word, word, "ADJ", "amod", "Degree=Pos", [], [self.np(self.random.choice(EN_BODIES + EN_WEAPONS), "obl", prep, adj=0.1)])
            node.right.append(adjective)
        return node

    def object_relative(self) -> Node:
        """A relative clause whose pronoun is the object, or is left out."""
        subject = self.actor("nsubj")
        head = self.word(self.random.choice(EN_STRIKE + EN_HARM), "past", "acl", self.plural(subject))
        head.left = [subject]
        if self.chance(0.6):
            head.left.insert(0, Node(*self.random.choice((("that", "that"), ("which", "which"))), "PRON", "obj", "PronType=Rel"))
        if self.chance(0.3):
            head.right = self.when_where()[:1]
        return head

    def follow_up(self) -> Node:
        """An adverbial clause without a subject: "killing …", "to destroy …", "after seizing …", "without causing …"."""
        pick = self.random.choice
        verbs, thing = self.what()
        draw = self.random.random()
        if draw < 0.35:
            clause = self.word(pick(verbs), "ing", "advcl")
            clause.left, clause.right = [punct(",")], [thing]
        elif draw < 0.55:
            clause = self.word(pick(verbs), "inf", "advcl")
            clause.left, clause.right = [Node("to", "to", "PART", "mark")], [thing]
        elif draw < 0.8:
            mark = pick(("after", "before", "while"))
            clause = self.word(pick(verbs), "ger", "advcl")
            clause.left, clause.right = [Node(mark, mark, "SCONJ", "mark")], [thing]
        elif draw < 0.9:
            mark = pick(("before", "after"))
            clause = self.word(pick(EN_HARM), "pass", "advcl")
            clause.left = [Node(mark, mark, "SCONJ", "mark"), Node("being", "be", "AUX", "aux:pass", "VerbForm=Ger")]
            clause.right = [self.actor("obl:agent", "by")]
        else:
            clause = self.word(english("cause")[0], "ger", "advcl")
            clause.left = [Node("without", "without", "SCONJ", "mark")]
            clause.right = [self.np(pick(nouns("casualty/casualties, injury/injuries, damage/damages")), "obj", many=True, det="none", adj=0)]
        return clause

    def conditional(self) -> Node:
        """A clause with "if" in the present tense."""
        subject = self.actor("nsubj")
        verbs, thing = self.what()
        clause = self.word(self.random.choice(verbs), "pres", "advcl", self.plural(subject))
        clause.left, clause.right = [Node("if", "if", "SCONJ", "mark"), subject], [thing]
        return clause

    def clause(self, dep: str) -> Node:
        head = self.predicate(self.subject(), dep)
        if self.chance(0.2):
            head.right.append(self.follow_up())
        if self.chance(0.04):
            head.right.append(self.conditional())
        elif self.chance(0.04):
            other = self.conditional()
            other.right.append(punct(","))
            head.left.insert(0, other)
        if self.chance(0.1):
            other = self.predicate(self.subject(), "advcl")
            mark = self.random.choice(("when", "as", "after", "before", "if"))
            other.left.insert(0, Node(mark, mark, "ADV" if mark == "when" else "SCONJ", "advmod" if mark == "when" else "mark"))
            head.right.append(other)
        return head

    def speaker(self, dep: str = "nsubj", prep: str = "") -> Node:
        pick = self.random.choice
        if self.chance(0.12):
            return self.propn(dep, prep)
        node = self.np(pick(EN_SPEAKERS), dep, prep, det=pick(("def", "def", "ind", "ind", "num")))
        if self.chance(0.2):
            node.right.append(self.np(pick(EN_BODIES + EN_TARGETS), "nmod", pick(("of", "at", "from")), many=False, det="def", adj=0.2))
        return node

    def speech_tail(self, verb: Verb) -> list[Node]:
        found = []
        if verb.lemma == "tell":
            found.append(self.np(self.random.choice(nouns("agency/agencies, reporter/reporters, newspaper/newspapers, television/televisions")), "obj", det="def" if self.chance(0.6) else "ind", adj=0))
        if self.chance(0.25):
            day = self.random.choice(EN_DAYS)
            found.append(Node(day, day, "PROPN", "obl", "Number=Sing", [Node("on", "on", "ADP", "case")] if self.chance(0.6) else []))
        elif self.chance(0.2):
            found.append(self.np(Noun("statement", "statements"), "obl", "in", many=False, det="ind", adj=0))
        return found

    def said(self, content: Node, quoted: bool) -> Node:
        verb = self.random.choice(EN_SAY)
        content.dep = "ccomp"
        content.right.append(punct(","))
        if quoted:
            marks = self.random.choice((("“", "”"), ('"', '"')))
            content.left.insert(0, punct(marks[0], tight=True))
            content.right[-1].tight = True
            content.right.append(punct(marks[1]))
        speaker = self.speaker()
        if self.chance(0.15):
            word = self.random.choice(("he", "she", "they"))
            speaker = Node(word, word, "PRON", "nsubj", "Case=Nom|Person=3|PronType=Prs")
        head = self.word(verb, "past" if self.chance(0.8) else "pres", "ROOT", self.plural(speaker) or speaker.form == "they")
        if self.chance(0.35) and verb.lemma != "tell" and speaker.pos != "PRON":
            head.left, head.right = [content], [speaker, *self.speech_tail(verb)]
        else:
            head.left, head.right = [content, speaker], self.speech_tail(verb)
        return head

    def event(self, dep: str, det: str = "none") -> Node:
        noun, prep, things = self.random.choice(EN_EVENTS)
        node = self.np(noun, dep, many=False, det=det, adj=0.3)
        node.right.append(self.np(self.random.choice(things), "nmod", prep))
        if self.chance(0.4):
            if things is EN_VICTIMS:
                extra = self.actor("nmod", "by") if self.chance(0.5) else self.np(self.random.choice(EN_WEAPONS), "nmod", "in", many=False, det="ind")
            else:
                extra = self.propn("nmod", self.random.choice(("in", "near")))
            node.right.append(extra)
        return node

    def sentence(self) -> Node:
        """Draw a sentence."""
        pick = self.random.choice
        draw = self.random.random()
        if draw < 0.3:
            root = self.said(self.clause("ccomp"), self.chance(0.4))
        elif draw < 0.44:
            speaker, verb = self.speaker(), pick(EN_SAY)
            root = self.word(verb, "past", "ROOT", self.plural(speaker))
            content = self.clause("ccomp")
            if self.chance(0.5):
                content.left.insert(0, Node("that", "that", "SCONJ", "mark"))
            root.left, root.right = [speaker], [*self.speech_tail(verb), content]
        elif draw < 0.52:
            root = self.event("ROOT")
        elif draw < 0.6:
            root = self.predicate(self.event("nsubj", pick(("def", "ind"))), "ROOT")
        elif draw < 0.68:
            root = self.clause("ROOT")
            source = self.speaker("obl")
            source.left.insert(0, Node("according", "accord", "VERB", "case", "ExtPos=ADP|VerbForm=Ger", [], [Node("to", "to", "ADP", "fixed")]))
            if self.chance(0.4):
                source.right.append(punct(","))
                root.left.insert(0, source)
            else:
                source.left.insert(0, punct(","))
                root.right.append(source)
        elif draw < 0.74:
            subject = self.speaker()
            root = self.word(english("accuse")[0], "past", "ROOT", self.plural(subject))
            verbs, thing = self.what()
            doing = self.word(pick(verbs), "ger", "advcl")
            doing.left, doing.right = [Node("of", "of", "SCONJ", "mark")], [thing]
            root.left, root.right = [subject], [self.actor("obj"), doing]
        elif draw < 0.8:
            subject = self.actor("nsubj")
            root = self.word(pick(english("threaten vow deny/denied/denied")), "past", "ROOT", self.plural(subject))
            verbs, thing = self.what()
            if root.lemma == "deny":
                doing = self.word(pick(verbs), "ger", "xcomp")
            else:
                doing = self.word(pick(verbs), "inf", "xcomp")
                doing.left = [Node("to", "to", "PART", "mark")]
            doing.right = [thing]
            root.left, root.right = [subject], [doing]
        else:
            root = self.clause("ROOT")
        if self.chance(0.9):
            root.right.append(punct("."))
        return root


def draw(language: str, count: int, random: Random) -> Sequence[list[tuple[Node, int]]]:
    """Draw sentences as lists of (word, index of its head). Raises KeyError for a language without a grammar."""
    grammar = {"fr": French, "en": English}[language](random)
    return [flatten(grammar.sentence()) for _ in range(count)]
