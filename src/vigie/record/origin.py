"""Who copied whom: reports that print one copy, versions of one wire story, and cut-down copies.

Five papers that print one agency's copy are one witness. Two reports are told to print one copy by the words of their
bodies; agency, dateline, time, wire identity and update marks say what kind of copy and which came first. A mark alone
("UPDATE", "CORRECTION") proves nothing: the words must be alike too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from vigie.mentions.place_keys import name_key
from vigie.model import Report
from vigie.model.record import CopyKind, CopyVerdict, ReportCard, Signature
from vigie.record.families import families, is_withdrawal
from vigie.record.names import fold_name
from vigie.record.shingles import band_keys, body, body_and_agencies, hashed, marks_of, shingles, signature_of
from vigie.record.sources import seeded

__all__ = ["bands", "card", "families", "near_copy", "signature"]

# Jaccard likeness from which two texts of about one length print one copy, and share of the shorter in the longer from
# which it is an excerpt; where both name one agency, less is asked (docs/record.md says what was tried).
LIKE, LIKE_OF_ONE_AGENCY = 0.4, 0.3
CONTAINED, CONTAINED_OF_ONE_AGENCY = 0.6, 0.45
# A text this much shorter than the other is an excerpt of it, not the same copy.
EXCERPT_SIZE = 0.6
# Shingles under which nothing is told by the words: a flash of one line is alike to many.
FEW_SHINGLES = 12
# Texts that are alike but for their names and numbers are two uses of one template (a daily bulletin, results): of the
# names and numbers of the shorter, at least this share must stand in the longer, more where they came out on different
# days. Asked only where there are a few.
COMMON_MARKS, COMMON_MARKS_LATER, FEW_MARKS = 0.7, 0.85, 4
_NAME = 5  # letters from which an outlet's name in another's text is no chance


def signature(text: str, language: str | None = None) -> Signature:
    """What near copies of a text are found by (see `record.shingles`)."""
    return signature_of(body(text, language))


def bands(found: Signature) -> tuple[str, ...]:
    """Index keys: two reports are compared by `near_copy` where they share one, or the key of a wire story."""
    return band_keys(found)


def card(report: Report) -> ReportCard:
    """What is needed of a report to tell its copies."""
    story, agencies = body_and_agencies(report.text, report.language)
    found = shingles(story)
    return ReportCard(
        id=report.id,
        text=report.text,
        signature=signature_of(story, found),
        title=report.title,
        language=report.language,
        outlet=report.outlet,
        agency=report.agency,
        credited=agencies,
        dateline=report.dateline.name if report.dateline is not None else None,
        published=report.published,
        wire=report.wire,
        shingles=hashed(found),
    )


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike two bodies are. `shorter` is the id of the shorter, `size` its shingles over those of the longer."""

    jaccard: float
    containment: float
    shorter: str
    size: float
    fewest: int


def _shingles(report: ReportCard) -> frozenset[int]:
    return report.shingles if report.shingles is not None else _words(report.text, report.language)[0]


@lru_cache(maxsize=256)
def _words(text: str, language: str | None) -> tuple[frozenset[int], frozenset[str]]:
    """Shingles, and names and numbers, of a report's body; kept, because one report is compared with several."""
    story = body(text, language)
    return hashed(shingles(story)), marks_of(story)


def may_copy(x: frozenset[int], y: frozenset[int]) -> bool:
    """Whether the shingles of two reports leave it open that one copies the other. Where they do not, `near_copy` gives
    None for them, unless they are versions of one wire story or one is a kill notice that names the other."""
    return len(x & y) >= CONTAINED_OF_ONE_AGENCY * max(1, min(len(x), len(y)))


def near_copy(a: ReportCard, b: ReportCard) -> CopyVerdict | None:
    """Whether two reports print one copy, and how they are related; None where they do not. Symmetric."""
    if a.id == b.id:
        return None
    if b.id < a.id:
        a, b = b, a
    like = _likeness(a, b)
    by_key = _versions(a, b, like)
    if by_key is not None:
        return by_key
    withdrawn = _withdrawal_by_slug(a, b, like)
    if withdrawn is not None:
        return withdrawn
    if a.language != b.language or like.fewest < FEW_SHINGLES or like.containment < CONTAINED_OF_ONE_AGENCY:
        return None
    agency = _common_agency(a, b)
    least, least_in = (LIKE_OF_ONE_AGENCY, CONTAINED_OF_ONE_AGENCY) if agency else (LIKE, CONTAINED)
    if like.containment < least_in or (like.size >= EXCERPT_SIZE and like.jaccard < least):
        return None
    if _template(a, b):
        return None
    return _copy(a, b, like, agency)


def _likeness(a: ReportCard, b: ReportCard) -> _Likeness:
    x, y = _shingles(a), _shingles(b)
    common = len(x & y)
    fewest, most = min(len(x), len(y)), max(len(x), len(y))
    return _Likeness(
        jaccard=common / max(1, len(x | y)),
        containment=common / max(1, fewest),
        shorter=a.id if (len(x), a.id) <= (len(y), b.id) else b.id,
        size=fewest / max(1, most),
        fewest=fewest,
    )


def _template(a: ReportCard, b: ReportCard) -> bool:
    """Two texts alike with other names and numbers in them."""
    x, y = _words(a.text, a.language)[1], _words(b.text, b.language)[1]
    fewest = min(len(x), len(y))
    later = a.published is not None and b.published is not None and not a.published.overlaps(b.published)
    return fewest >= FEW_MARKS and len(x & y) < (COMMON_MARKS_LATER if later else COMMON_MARKS) * fewest


# --- versions of one wire story -----------------------------------------------------------------------------------


def _versions(a: ReportCard, b: ReportCard, like: _Likeness) -> CopyVerdict | None:
    """Two items that the wire itself gives as versions of one story."""
    if a.wire is None or b.wire is None or a.wire.key is None or a.wire.key != b.wire.key:
        return None
    first, second = sorted((a, b), key=version_order)
    if version_order(first)[:2] == version_order(second)[:2]:
        return _verdict(
            a, b, "copy", None, like, "the same version of one wire story", "la même version d'une même dépêche"
        )
    number = second.wire.revision if second.wire is not None else None
    kind = _kind_of_version(second)
    told = f" {number}" if number is not None else ""
    en = {
        "revision": f"version{told} of the same wire story replaces the earlier one",
        "correction": f"version{told} of the same wire story corrects the earlier one",
        "withdrawal": "the wire has withdrawn this story",
    }
    fr = {
        "revision": f"la version{told} de la même dépêche remplace la précédente",
        "correction": f"la version{told} de la même dépêche corrige la précédente",
        "withdrawal": "l'agence a annulé cette dépêche",
    }
    return _verdict(a, b, kind, first.id, like, en[kind], fr[kind])


def version_order(report: ReportCard) -> tuple[int, str, str, str]:
    """Versions of one story in order: by revision, the time the version was made, the day of publication, id."""
    wire = report.wire
    return (
        wire.revision if wire is not None and wire.revision is not None else -1,
        (wire.version_created or "") if wire is not None else "",
        report.published.start.isoformat() if report.published is not None else "",
        report.id,
    )


def _kind_of_version(later: ReportCard) -> CopyKind:
    if is_withdrawal(later):
        return "withdrawal"
    return "correction" if later.wire is not None and later.wire.mark == "correction" else "revision"


def _withdrawal_by_slug(a: ReportCard, b: ReportCard, like: _Likeness) -> CopyVerdict | None:
    """A kill notice without the story's key names it by its slug, from the same agency and about the same day."""
    for notice, story in ((a, b), (b, a)):
        if notice.wire is None or story.wire is None or not is_withdrawal(notice) or is_withdrawal(story):
            continue
        slug = name_key(notice.wire.slug or "")
        if slug and slug == name_key(story.wire.slug or "") and _hand(a) == _hand(b) and _close(a, b):
            return _verdict(
                a, b, "withdrawal", story.id, like, f"a kill notice names the slug {story.wire.slug}",
                f"un avis d'annulation cite le libellé {story.wire.slug}",
            )  # fmt: skip
    return None


def _close(a: ReportCard, b: ReportCard) -> bool:
    return a.published is None or b.published is None or a.published.overlaps(b.published, slack=1)


# --- copies told by their words --------------------------------------------------------------------------------------


def _copy(a: ReportCard, b: ReportCard, like: _Likeness, agency: str | None) -> CopyVerdict:
    marked = _marked_version(a, b)
    if marked is not None:
        kind, first = marked
        en = {"revision": "an update", "correction": "a correction", "withdrawal": "a withdrawal"}[kind]
        fr = {"revision": "une actualisation", "correction": "un rectificatif", "withdrawal": "une annulation"}[kind]
        share = round(100 * like.containment)
        return _verdict(
            a, b, kind, first, like, f"marked as {en} of the same story, {share}% of the shorter text in common",
            f"présenté comme {fr} du même texte, {share} % du plus court en commun",
        )  # fmt: skip
    excerpt = like.size < EXCERPT_SIZE
    original, why_en, why_fr = _direction(a, b, like, agency, excerpt=excerpt)
    if excerpt:
        share = round(100 * like.containment)
        en, fr = (
            f"{share}% of the shorter text stands in the longer",
            f"{share} % du plus court figure dans le plus long",
        )
    else:
        share = round(100 * like.jaccard)
        en, fr = f"{share}% of the words in a row are the same", f"{share} % des suites de mots sont les mêmes"
    verdict = _verdict(a, b, "excerpt" if excerpt else "copy", original, like, en, fr)
    return replace(verdict, why_en=verdict.why_en + why_en, why_fr=verdict.why_fr + why_fr)


def _marked_version(a: ReportCard, b: ReportCard) -> tuple[CopyKind, str] | None:
    """The kind of version that the later of two is, where it is marked so and comes from the same hand, and the id of
    the earlier. What another outlet prints is a copy, marked or not."""
    if not _hand(a) or _hand(a) != _hand(b):
        return None
    first, second = sorted((a, b), key=lambda r: (_time(r), version_order(r)))
    mark = second.wire.mark if second.wire is not None else None
    earlier = first.wire.mark if first.wire is not None else None
    if mark is None or (mark == earlier and _time(first) == _time(second)):
        return None
    if mark == "kill":
        return "withdrawal", first.id
    return ("correction" if mark == "correction" else "revision"), first.id


def _direction(
    a: ReportCard, b: ReportCard, like: _Likeness, agency: str | None, *, excerpt: bool
) -> tuple[str | None, str, str]:
    """Which of the two the other was made from, and why: the agency's own item, the earlier, the longer."""
    own = [r for r, other in ((a, b), (b, a)) if _is_own_of_agency(r, other)]
    if len(own) == 1:
        name = own[0].outlet or own[0].agency or ""
        return own[0].id, f"; {name} is the agency credited", f"; {name} est l'agence citée"
    first, second = sorted((a, b), key=_time)
    if _time(first) and _time(second) and _time(first)[:10] != _time(second)[:10]:
        return first.id, "; it came out first", "; paru en premier"
    if _finer(first) and _finer(second) and _time(first) != _time(second):
        return first.id, "; it came out first", "; paru en premier"
    if excerpt:
        longer = b.id if like.shorter == a.id else a.id
        return longer, "", ""
    if agency is not None:
        return None, f"; both credit {agency}", f"; les deux citent {agency}"
    return None, "", ""


def _time(report: ReportCard) -> str:
    if report.wire is not None and report.wire.version_created:
        return report.wire.version_created
    return report.published.start.isoformat() if report.published is not None else ""


def _finer(report: ReportCard) -> bool:
    return len(_time(report)) > 10


def _agency(name: str | None) -> str:
    """The folded family name of an agency or outlet; "" for none."""
    return (seeded().family(name) or fold_name(name)) if name else ""


def _hand(report: ReportCard) -> str:
    """Who put the report out: its outlet; of an item that has none, its agency."""
    return _agency(report.outlet) or _agency(report.agency)


def _credits(report: ReportCard) -> dict[str, str]:
    """Agencies whose copy a report may be, folded → as written."""
    return {_agency(name): name for name in (*report.credited, report.agency or "") if name}


def _is_own_of_agency(report: ReportCard, other: ReportCard) -> bool:
    """The report is an agency's own item, and the other, put out by somebody else, credits that agency or names it."""
    hand = _hand(report)
    if not hand or hand == _hand(other):
        return False
    name = name_key(report.outlet or report.agency or "")
    return hand in _credits(other) or (len(name) >= _NAME and f" {name} " in f" {name_key(other.text)} ")


def _common_agency(a: ReportCard, b: ReportCard) -> str | None:
    """An agency whose copy both reports may be, or whose own item one of them is."""
    x, y = _credits(a), _credits(b)
    if _is_own_of_agency(a, b):
        x.setdefault(_hand(a), a.outlet or a.agency or "")
    if _is_own_of_agency(b, a):
        y.setdefault(_hand(b), b.outlet or b.agency or "")
    common = sorted(set(x) & set(y))
    return x[common[0]] if common else None


def _verdict(
    a: ReportCard, b: ReportCard, kind: CopyKind, original: str | None, like: _Likeness, why_en: str, why_fr: str
) -> CopyVerdict:
    return CopyVerdict(
        a=a.id,
        b=b.id,
        kind=kind,
        original=original,
        likeness=round(like.jaccard, 4),
        containment=round(like.containment, 4),
        why_en=why_en,
        why_fr=why_fr,
    )
