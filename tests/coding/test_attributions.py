"""Who says what and on what terms, over whole short reports. All texts are written for these tests."""

from __future__ import annotations

import time

import pytest

import vigie
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed, find_attributions
from vigie.language.pack import Pack, load_pack
from vigie.model import Report, Source
from vigie.text.normal import normalise
from vigie.text.quotations import find_quotations
from vigie.text.sentences import split_sentences


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {"fr": load_pack("fr"), "en": load_pack("en")}


def annotate(text: str, pack: Pack) -> AnnotatedReport:
    normal = normalise(text)
    return AnnotatedReport(
        Report(id="t", sha256="", text=text, language=pack.language),
        normal,
        pack,
        split_sentences(normal.text, pack.language),
        find_quotations(normal.text, pack.language),
        tuple(pack.find(normal.text, normal.folded)),
    )


def speakers(found: Attributed) -> list[tuple[str, str]]:
    return [(s.name, s.terms) for s in found.sources]


def said(found: Attributed, report: AnnotatedReport) -> list[tuple[str, str]]:
    names = {s.id: s.name for s in found.sources}
    return [(names[a.source], " / ".join(report.text[b:e] for b, e in a.content)) for a in found.attributions]


def by_name(found: Attributed, name: str) -> Source:
    return next(s for s in found.sources if s.name == name)


CASES = [
    # a verb of speech that opens the sentence is nobody's name
    ("en", "Confirming the toll on Tuesday, a security source said two shells had hit a camp.",
     [("security source", "anonymous")]),
    # what the speaker is stands behind the name, and both behind the quotation
    ("en", "\"Two shells hit the camp,\" Colonel Omar Dari, a senior police officer, told reporters.",
     [("Omar Dari", "named")]),
    # a body by its name, whatever noun says what it is
    ("en", "The Islamic State group said it had fired two shells.", [("Islamic State group", "named")]),
    ("en", "A militant group said it had fired two shells.", [("militant group", "role")]),
    ("en", "The Karda Front (KF), an armed group, said it had fired two shells.", [("Karda Front", "named")]),
    ("fr", "Le Front karda (FK), un groupe armé, a dit avoir tiré deux obus.", [("Front karda", "named")]),
    # plain order, and the order turned round after a clause or a quotation
    ("fr", "Un officier a indiqué que deux obus avaient tué un garde.", [("officier", "role")]),
    ("fr", "Deux obus ont tué un garde, a indiqué mardi à l'AFP une source policière.", [("source policière", "anonymous")]),
    ("fr", "« Deux obus sont tombés », a précisé le Pentagone.", [("Pentagone", "named")]),
    ("en", "Police said a gunman had killed two guards.", [("Police", "role")]),
    ("en", "The Interior Ministry said a gunman had killed two guards.", [("Interior Ministry", "named")]),
    ("fr", "Le ministère de la Défense a indiqué que deux obus avaient tué un garde.", [("ministère de la Défense", "named")]),
    ("fr", "Le ministère a indiqué que deux obus avaient tué un garde.", [("ministère", "role")]),
    ("en", '"Two shells killed a guard," said an army officer.', [("army officer", "role")]),
    # according to, with lists
    ("fr", "Selon des témoins et la gendarmerie, une bombe a explosé.", [("témoins", "role"), ("gendarmerie", "role")]),
    ("en", "A bomb went off, according to residents and the mayor.", [("residents", "role"), ("mayor", "role")]),
    ("fr", "De source hospitalière, on compte huit morts dans l'attentat.", [("source hospitalière", "anonymous")]),
    # names and functions
    ("fr", "Le chef de la police de Sorel, Paul-Henri Ba, a annoncé que six tireurs avaient été tués.", [("Paul-Henri Ba", "named")]),
    ("fr", "« Six gardes ont été tués », a déclaré Awa Sy, gouverneure de la province.", [("Awa Sy", "named")]),
    ("fr", "Le ministre de l'Intérieur Karim Ba a condamné l'attentat et a dit que la bombe était artisanale.", [("Karim Ba", "named")]),
    ("en", "Foreign Minister Ray Okoro said the shelling killed two soldiers.", [("Ray Okoro", "named")]),
    ("en", "General Paul Okoye, who leads the force, believes the rebels killed ten men.", [("Paul Okoye", "named")]),
    ("en", 'The mayor of Larne, Ann Lee, wrote on Twitter: "Two officers were shot."', [("Ann Lee", "named")]),
    ("en", "Ann Lee of the Coast Watch said gunmen killed two sailors.", [("Ann Lee", "named")]),
    ("fr", "L'un des témoins a déclaré que l'assaillant avait un couteau.", [("témoins", "role")]),
    ("en", '"It was a bomb," said one of the survivors.', [("survivors", "role")]),
    # bodies named by their country, functions that are not
    ("fr", "L'armée malienne a affirmé avoir tué dix djihadistes.", [("armée malienne", "named")]),
    ("fr", "Un responsable malien a affirmé que dix djihadistes avaient été tués.", [("responsable malien", "role")]),
    # media
    ("fr", "La chaîne Al Jazeera annonce que des tirs ont tué un garde.", [("Al Jazeera", "media")]),
    ("en", "State television reported that a bomb had killed a guard.", [("State television", "media")]),
    # claim, denial, accusation
    ("fr", "L'attentat a été revendiqué par le groupe Ansar du Nord.", [("Ansar du Nord", "named")]),
    ("en", "The Northern Front claimed responsibility for the shooting.", [("Northern Front", "named")]),
    # nobody speaks
    ("fr", "Aucun groupe n'a revendiqué l'attentat.", []),
    ("fr", "L'attentat n'a pas été revendiqué et une enquête a été ouverte.", []),
    ("en", "No group has claimed responsibility for the bombing.", []),
    ("fr", "L'armée a lancé une offensive contre les rebelles et deux soldats sont morts.", []),
    ("en", "The reported attack on the army base killed two guards.", []),
    ("fr", "Selon les premières informations, une bombe a tué deux gardes.", []),
    ("en", "Police said two guards were shot; reports describe a second gunman.", [("Police", "role")]),
    ("en", "According to police, a guard and his wife were killed.", [("police", "role")]),
    ("fr", "Selon ses sources, la bombe a tué deux gardes.", []),
    ("fr", "Un berger, cité par la radio locale, assure que la mine a tué deux hommes.", [("berger", "role")]),
    ("fr", "Le tireur serait âgé de vingt ans. On dénombre deux morts.", []),
    # a body named by whose it is; a hyphen inside the name
    ("en", "Chad's interior ministry said a shell had killed two guards.", [("Chad's interior ministry", "named")]),
    ("en", "The Larne-based monitor said five explosions were heard.", [("Larne-based monitor", "role")]),
    # the subject of what is said is no speaker
    ("en", "The army spokesman, Paul Okoye, said an inquiry into the shooting had been opened.", [("Paul Okoye", "named")]),
    ("en", "Men suspected of the killing fled with their guns, a village chief said.", [("village chief", "role")]),
    ("fr", "Les rebelles ont pris le gouvernement pour cible, soutenu par des milliers de soldats.", []),
    # one subject for two verbs; little words between subject and verb
    ("en", "Rebel spokesman Ray Okoro condemned the bombing and said nobody had claimed it.", [("Ray Okoro", "named")]),
    ("en", "Nine people were shot, a nurse there said.", [("nurse", "role")]),
    # asides between speaker and verb
    ("fr", "Les Cavaliers du Sud, affiliés à une armée voisine, ont revendiqué l'attentat.", [("Cavaliers du Sud", "named")]),
    ("fr", "« Un obus a tué un garde », a déclaré sa porte-parole, la commandante Rose Ba.", [("Rose Ba", "named")]),
    ("fr", "Une bombe a tué un garde, a déclaré à l'Agence du Nord Paul Ba, chef de la police.", [("Paul Ba", "named")]),
    # tolls and denials without a clause
    ("en", "The Coast Watch puts the overnight toll of the shelling at nine.", [("Coast Watch", "named")]),
    ("en", "City police gave a lower figure of two dead in the bombing.", [("City police", "role")]),
    ("fr", "Les Veilleurs de la Côte ont avancé le chiffre de neuf morts.", [("Veilleurs de la Côte", "named")]),
    ("fr", "La guérilla a rejeté l'accusation d'attentat.", [("guérilla", "role")]),
    # who makes a count, not the count; a thing that cannot speak
    ("fr", "Deux bombes ont explosé, selon un décompte du Pentagone.", [("Pentagone", "named")]),
    ("en", "Two bombs went off, according to a tally by the Coast Watch.", [("Coast Watch", "named")]),
    # silence and mere reaction
    ("fr", "Une bombe a tué un garde. L'armée n'a pas commenté.", []),
    ("en", "A bomb killed a guard. The army did not respond to a request for comment.", []),
    ("fr", "Une bombe a tué deux hommes. Le maire, Paul Ba, a dit que ses pensées allaient aux familles.", []),
    ("en", "A bomb killed two men. Mayor Ann Lee said her thoughts were with the families.", []),
    ("en", "A bomb killed two men. Mayor Ann Lee said her thoughts were with those hurt by the bomb.", [("Ann Lee", "named")]),
    # the same speaker under two names
    ("en", "A bomb killed two men, city police said. Police said the bomb was in a cart.", [("city police", "role")]),
    ("en", "A bomb killed two, a police officer said. “It was in a cart,” said Paul Okoye, a police officer.", [("Paul Okoye", "named")]),
    ("en", "A bomb killed two, two security sources said. One source said it was in a cart.", [("source", "anonymous")]),
    ("fr", "Le Front du Nord a revendiqué l'attentat. « La bombe était à nous », a dit son porte-parole.", [("Front du Nord", "named")]),
    ("fr", "Un groupe peu connu, les Faucons du Nord, a revendiqué le tir.", [("Faucons du Nord", "named")]),
    ("fr", "Selon un officier, deux gardes ont été tués. Les Veilleurs ont revendiqué le tir.", [("officier", "role"), ("Veilleurs", "named")]),
    ("en", "A mine killed two guards, Army Col. Myles Arden said. Arden said that three were hurt.", [("Myles Arden", "named")]),
    ("en", "A mine killed two guards, police Brig. Gen. Omar Dabo said. Dabo said that three were hurt.", [("Omar Dabo", "named")]),
    ("en", "A mine killed two guards, the army said. Col. Arden Bell said three were hurt.", [("army", "role"), ("Arden Bell", "named")]),
    ("fr", "Une mine a tué deux gardes, a déclaré M. Dahou joint au téléphone depuis Niamey.", [("Dahou", "named")]),
    # others of their kind
    ("fr", "Un obus a tué un garde, a dit un autre responsable militaire irakien.", [("responsable militaire irakien", "role")]),
    ("fr", "Un obus est tombé, a dit une autre source.", [("autre source", "anonymous")]),
    # an officer's rank and name behind his office; one onlooker and one victim stay two
    ("fr", "Trois gardes ont été tués, a précisé le porte-parole de l'armée, le colonel Paul Hagne.", [("Paul Hagne", "named")]),
    ("fr", "Trois gardes ont été tués, a dit le ministre tchadien de l'Intérieur Paul Hagne.", [("Paul Hagne", "named")]),
    ("fr", "Trois gardes ont été tués, a dit le chef de la mission par intérim, Paul Hagne.", [("Paul Hagne", "named")]),
    ("fr", "Trois gardes ont été tués, a dit le responsable local installé par Kiev, Paul Hagne.", [("Paul Hagne", "named")]),
    ("fr", "Selon un habitant, le colonel Paul Hagne a été tué par des rebelles.", [("habitant", "role")]),
    ("en", "Three guards were killed, said the army spokesman, Colonel Paul Hagne.", [("Paul Hagne", "named")]),
    ("fr", "Trois gardes ont été tués, a raconté auprès de l'AFP Paul Hagne, un chauffeur.", [("Paul Hagne", "named")]),
    # thrown in between the subject and its verb
    ("fr", "Les victimes, précise la police, ont été tuées dans une fusillade.", [("police", "role")]),
    ("en", "The victims, said local police, were killed in a shooting.", [("local police", "role")]),
    # what is launched or called is not said
    ("fr", "L'armée a dit avoir abattu dix drones lancés par la marine.", [("armée", "role")]),
    ("fr", "« Trois tirs ont tué un garde », a lancé le maire.", [("maire", "role")]),
    ("en", "The army said it had shot down a drone released by Estonia.", [("army", "role")]),
    # sources that are only had, papers that speak for their author
    ("fr", "Le raid a tué six civils, selon le Centre d'Ardane, qui a un vaste réseau de sources.", [("Centre d'Ardane", "named")]),
    ("fr", "Le raid a tué six civils, selon une annonce de la police.", [("police", "role")]),
    ("en", "The raid killed six civilians, according to an announcement by police.", [("police", "role")]),
    # what is told of is not who tells it; an act does not speak
    ("fr", "La « coordination des comités », qui compte les raids, a fait état de 27 morts et blessés.", [("coordination des comités", "named")]),
    ("fr", "Un garde a été tué. De tels raids militaires indiquent que la guerre dure.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[c[1][:60] for c in CASES])
def test_speakers_and_their_terms(
    packs: dict[str, Pack], language: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert speakers(find_attributions(annotate(text, packs[language]))) == wanted


def test_stances(packs: dict[str, Pack]) -> None:
    text = (
        "La mairie a confirmé l'attentat. Le Front du Nord a démenti avoir posé la bombe. L'armée a accusé le Front "
        "du Nord d'avoir tiré les obus. La police n'a pas confirmé la fusillade. Le groupe Ansar a revendiqué le tir."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert [a.stance for a in found.attributions] == [
        "confirms",
        "denies",
        "accuses",
        "no_information",
        "claims_responsibility",
    ]


def test_pronouns_mean_the_speaker_before(packs: dict[str, Pack]) -> None:
    text = (
        "Le porte-parole de la police, Jean Morel, a expliqué que l'homme avait poignardé un passant. Selon lui, "
        "l'assaillant était seul. « Nous avons trouvé un couteau », a-t-il ajouté."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert speakers(found) == [("Jean Morel", "named")]
    assert len(found.attributions) == 3


def test_a_person_named_before_speaks_as_pronoun(packs: dict[str, Pack]) -> None:
    text = "Luc Garnier, le préfet, est venu sur place après la fusillade. Il a dit que deux hommes avaient tiré."
    assert speakers(find_attributions(annotate(text, packs["fr"]))) == [("Luc Garnier", "named")]


def test_one_speaker_under_several_names(packs: dict[str, Pack]) -> None:
    text = (
        "L'Observatoire syrien des droits de l'homme (OSDH) a compté neuf morts. L'OSDH précise que trois enfants ont "
        "été tués. Donald Marsh a dénoncé une attaque. Marsh affirme que la bombe était cachée."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert [s.name for s in found.sources] == ["Observatoire syrien des droits de l'homme", "Donald Marsh"]


def test_another_official_is_another_speaker(packs: dict[str, Pack]) -> None:
    text = (
        "Un responsable militaire a affirmé que la bombe avait tué deux gardes. Un autre responsable militaire a "
        "affirmé que la bombe n'avait tué personne."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert [s.name for s in found.sources] == ["responsable militaire", "responsable militaire"]


def test_a_lead_that_sums_up_is_not_a_further_speaker(packs: dict[str, Pack]) -> None:
    text = (
        "Des obus ont visé une base, ont indiqué des responsables locaux et une ONG.\n\n"
        "Un responsable local a déclaré que trois obus étaient tombés.\n\n"
        "« Un obus a tué un garde », a dit l'Observatoire des frontières. « Il y a deux blessés », a ajouté cette ONG."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert [s.name for s in found.sources] == ["responsable local", "Observatoire des frontières"]


def test_anonymity_beside_one_speaker_reaches_that_one(packs: dict[str, Pack]) -> None:
    text = (
        "Un douanier a vu la bombe. Un colonel a confirmé l'attentat. Deux gardes sont morts, a dit un juge qui a "
        "requis l'anonymat, n'étant pas autorisé à parler à la presse."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert speakers(found) == [("colonel", "role"), ("juge", "anonymous")]
    assert by_name(found, "juge").reason == "n'étant pas autorisé à parler à la presse"
    assert by_name(found, "colonel").reason is None


def test_anonymity_of_all_sources_reaches_back_but_not_to_the_named(packs: dict[str, Pack]) -> None:
    text = (
        "Une source locale a parlé de deux tirs d'obus.\n\nUn colonel a dit que trois obus étaient tombés.\n\n"
        "Human Rights Watch a compté neuf blessés. Toutes les sources ont demandé à garder l'anonymat par crainte de "
        "représailles.\n\nUn préfet a dit que la base avait été bombardée."
    )
    found = find_attributions(annotate(text, packs["fr"]))
    assert speakers(found) == [
        ("source locale", "anonymous"),
        ("colonel", "anonymous"),
        ("Human Rights Watch", "named"),
        ("préfet", "role"),
    ]
    assert by_name(found, "colonel").reason == "par crainte de représailles"


def test_chain_from_source_to_agency(packs: dict[str, Pack]) -> None:
    text = "Selon la chaîne Al Jazeera, citant une source policière, un kamikaze a tué deux gardes."
    found = find_attributions(annotate(text, packs["fr"]))
    assert speakers(found) == [("Al Jazeera", "media"), ("source policière", "anonymous")]
    assert by_name(found, "source policière").via == by_name(found, "Al Jazeera").id
    assert len({a.content for a in found.attributions}) == 1


def test_what_is_said_goes_round_the_speaker(packs: dict[str, Pack]) -> None:
    report = annotate(
        "Le maire assure que la bombe a tué un garde, tandis qu'un médecin affirme que trois gardes sont morts.",
        packs["fr"],
    )
    assert said(find_attributions(report), report) == [
        ("maire", "que la bombe a tué un garde, tandis qu'"),
        ("médecin", "que trois gardes sont morts."),
    ]


def test_a_quotation_is_taken_whole(packs: dict[str, Pack]) -> None:
    report = annotate(
        "« On a entendu des tirs. Les gens couraient. Un homme est mort devant moi », raconte Sami Roux.", packs["fr"]
    )
    found = find_attributions(report)
    assert [a.mode for a in found.attributions] == ["direct"]
    assert said(found, report)[0][1].startswith("On a entendu des tirs.")


def test_postposed_english_speaker_is_told_from_what_follows(packs: dict[str, Pack]) -> None:
    report = annotate("Two guards were killed by a mine, an officer told reporters on Monday.", packs["en"])
    assert said(find_attributions(report), report) == [("officer", "Two guards were killed by a mine")]


def test_press_conditional_and_hearsay_are_told_apart(packs: dict[str, Pack]) -> None:
    text = "Selon un médecin, la bombe aurait tué deux gardes. Selon un garde, la bombe a tué deux gardes."
    assert [a.modality for a in find_attributions(annotate(text, packs["fr"])).attributions] == [
        "conditional",
        "stated",
    ]


def test_headlines_and_captions_have_no_speakers(packs: dict[str, Pack]) -> None:
    text = "Le maire dément la fusillade\n\nUne fusillade a fait deux morts.\n\n— Paul Roux, maire de la ville\n"
    assert find_attributions(annotate(text, packs["fr"])).sources == ()


def test_evidence_is_cut_from_the_text_as_received(packs: dict[str, Pack]) -> None:
    text = "Deux obus ont tué un garde, a indiqué l’armée du Nord.\r\nD’après\u00a0un témoin, l’obus venait du nord."
    for source in find_attributions(annotate(text, packs["fr"])).sources:
        assert source.evidence
        for span in source.evidence:
            assert text[span.start : span.end] == span.quote
            assert len(span.quote.split()) <= 12


def test_people_who_speak_of_other_matters_are_left_out(packs: dict[str, Pack]) -> None:
    text = "Deux obus ont tué un garde, a dit un juge.\n\nLa météo sera belle, a annoncé la chaîne NTV."
    assert [s.name for s in find_attributions(annotate(text, packs["fr"])).sources] == ["juge"]


def test_a_long_report_is_read_in_good_time(packs: dict[str, Pack]) -> None:
    text = "Selon un officier, la bombe a tué deux gardes. « Rien ne sera oublié », a dit Paul Roux, maire.\n\n" * 60
    report = annotate(text, packs["fr"])
    begun = time.perf_counter()
    find_attributions(report)
    assert time.perf_counter() - begun < 1.0


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # The function first, then with its holder's name.
        (
            "fr",
            "Des hommes armés ont tué six personnes à Bambari, a indiqué un porte-parole du ministère centrafricain de l'Intérieur. "
            "« Les assaillants sont venus à moto », a dit le porte-parole du ministère Paul Nzamba.",
            ["Paul Nzamba"],
        ),
        # A newspaper, then "the newspaper".
        (
            "fr",
            "Un homme a été poignardé lundi à Lyon, rapporte Le Progrès. L'agresseur a pris la fuite, indique le "
            "quotidien.",
            ["Le Progrès"],
        ),
        # Another function is somebody else.
        (
            "fr",
            "Des hommes armés ont tué six personnes à Bambari, a indiqué un porte-parole de l'armée. « Les assaillants sont venus à "
            "moto », a dit le préfet Paul Nzamba.",
            ["porte-parole de l'armée", "Paul Nzamba"],
        ),
        ("en", "Gunmen killed six people in Qatif, police said. Thereafter the army confirmed the killings.", None),
    ],
)
def test_one_speaker_told_twice(language: str, text: str, names: list[str] | None) -> None:
    found = [s.name for s in vigie.code(text, language=language, published="2024-05-14").sources]
    assert found == names if names is not None else "Thereafter" not in found


def test_the_outlet_is_no_speaker_of_its_own_report() -> None:
    text = "Gunmen killed six people in Qatif on Monday, police said. Corran Wire could not verify the attack."
    report = vigie.code(text, language="en", published="2024-05-14", outlet="Corran Wire")
    assert [s.name for s in report.sources] == ["police"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "fr",
            "Des hommes armés ont tué six personnes à Bambari, a indiqué l'ambassadeur Paul Nzamba. « Les assaillants sont "
            "venus à moto », a ajouté le diplomate.",
            ["Paul Nzamba"],
        ),
        (
            "en",
            'Gunmen killed six people in Qatif, ambassador Paul Nzamba said. "The gunmen came on motorcycles," the '
            "diplomat added.",
            ["Paul Nzamba"],
        ),
        (
            "fr",
            "Des hommes armés ont tué six personnes à Bambari, a indiqué l'ambassadeur Paul Nzamba. « Les assaillants sont "
            "venus à moto », a ajouté la police.",
            ["Paul Nzamba", "police"],
        ),
    ],
)
def test_one_who_goes_on_is_the_one_who_spoke(language: str, text: str, names: list[str]) -> None:
    assert [s.name for s in vigie.code(text, language=language, published="2024-05-14").sources] == names
