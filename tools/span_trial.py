"""Whether neural spans and a sentence class lift the coding: the tables of docs/models.md under "Neural spans, sentence
class and pretraining".

    tools/span_trial.py [--shared ../shared] [--work build/spans] [--starts frozen,parser,nothing,pretrained,syntax]

For each way to begin (span_net.py) two networks a language are trained, each on the training reports that the other has
not seen. First table: how well they find spans and classes in the training reports they have not seen and in the test
part of the corpus. Second table: coding with the light models trained anew, without what the networks say and with it;
training reports are read by the network that has not seen them, others by both. Networks are kept in the work folder,
and those that are there are not trained again. Nothing of this is part of the package.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from spacy.util import fix_random_seed

from corpus import CodedByHand, read_corpus, read_gold
from learning_curve import SHOWN, scored
from span_data import FOLDS, TaggedReport, TaggedSentence, is_dev, tagged_reports, texts_to_pretrain
from span_features import Reader, with_spans
from span_net import Score, SpanNet, pretrain, scores
from train_coder import (
    FEWEST_ROLES,
    FEWEST_RULES,
    FEWEST_WORDS,
    LANGUAGES,
    ROLES_PENALTY,
    ROOT,
    RULES_PENALTY,
    WORDS_PENALTY,
    Examples,
    fit,
    gather,
    material,
    uncoded,
)
from vigie.coding import about, role_model, screening
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.linear import BIAS, LinearModel, load_model

# The parser's tok2vec as it is, or to begin from; a tok2vec of its own from nothing, after `spacy pretrain`, or from
# nothing with what the coder knows of each word.
STARTS = ("frozen", "parser", "nothing", "pretrained", "syntax")
PRETRAINING_EPOCHS, SEED = 10, 11
# Epochs and rate of learning; the layers over a tok2vec that stays as it is learn faster.
_LEARNING = {"frozen": (20, 0.01)}
_USUAL = (9, 0.003)
_DROPOUT = 0.2

Nets = dict[tuple[str, int], SpanNet]
Models = Mapping[str, LinearModel]


def trained(start: str, reports: Sequence[TaggedReport], work: Path, shared: Path) -> Nets:
    """The networks of one start, by language and the fold of the reports they have not seen."""
    nets: Nets = {}
    for language, fold in itertools.product(LANGUAGES, range(FOLDS)):
        kept = work / f"{start}_{language}_{fold}.bin"
        net = SpanNet(language, None if kept.is_file() else _beginning(start, language, work, shared),
                      frozen=start == "frozen", syntax=start == "syntax")  # fmt: skip
        nets[language, fold] = net
        if kept.is_file():
            net.from_bytes(kept.read_bytes())
            continue
        learned = [r for r in reports if r.part == "train" and r.language == language and r.fold != fold]
        epochs, rate = _LEARNING.get(start, _USUAL)
        fix_random_seed(SEED + fold)
        print(f"{start}, {language}, fold {fold}", flush=True)
        net.train(
            _sentences(r for r in learned if not is_dev(r.id)),
            _sentences(r for r in learned if is_dev(r.id) and r.origin != "raw"),
            epochs=epochs, rate=rate, dropout=_DROPOUT, seed=SEED + fold,
        )  # fmt: skip
        kept.write_bytes(net.to_bytes())
    return nets


def _beginning(start: str, language: str, work: Path, shared: Path) -> str | Path | None:
    """What the tok2vec begins from."""
    if start != "pretrained":
        return "parser" if start in {"frozen", "parser"} else None
    path = work / f"tok2vec_{language}.bin"
    if not path.is_file():
        pretrain(texts_to_pretrain(shared, language), path, epochs=PRETRAINING_EPOCHS, seed=SEED)
    return path


def _sentences(reports: Iterator[TaggedReport]) -> list[TaggedSentence]:
    return [sentence for report in reports for sentence in report.sentences]


def found_spans(nets: Nets, reports: Sequence[TaggedReport]) -> dict[str, dict[str, Score]]:
    """The scores of both networks of both languages together: on training reports of the corpus that each has not seen,
    on the test part of the corpus, and on Wikinews texts of either part that each has not seen."""
    together: dict[str, dict[str, Score]] = {}
    for (language, fold), net in nets.items():
        mine = [r for r in reports if r.language == language and (r.part == "test" or r.fold == fold)]
        chosen = {
            "training part, unseen": [r for r in mine if r.origin == "corpus" and r.part == "train"],
            "test part": [r for r in mine if r.origin == "corpus" and r.part == "test"],
            "Wikinews": [r for r in mine if r.origin == "standoff"],
        }
        for name, some in chosen.items():
            sums = together.setdefault(name, {})
            for label, score in scores(net, _sentences(iter(some))).items():
                old = sums.get(label, Score(0, 0, 0))
                sums[label] = Score(*(a + b for a, b in zip(old, score, strict=True)))
    return together


def pick_from(nets: Nets, reports: Sequence[TaggedReport]) -> Callable[[AnnotatedReport], list[SpanNet]]:
    """For a report the networks that have not seen it."""
    folds = {r.id: r.fold for r in reports if r.part == "train"}

    def pick(report: AnnotatedReport) -> list[SpanNet]:
        fold, language = folds.get(report.report.id), report.pack.language
        return [nets[language, fold]] if fold is not None else [nets[language, k] for k in range(FOLDS)]

    return pick


def light_models(shared: Path) -> Models:
    """The light models trained as tools/train_coder.py does, with whatever features the coder has at the moment."""
    screen, actor, target = (Examples([], []) for _ in range(3))
    gather(itertools.chain(material(shared, "train"), uncoded(shared)), screen, actor, target)
    weights = {"screen": fit(screen, words_penalty=WORDS_PENALTY, rules_penalty=RULES_PENALTY,
                             fewest=(FEWEST_WORDS, FEWEST_RULES))}  # fmt: skip
    for name, examples in (("actor", actor), ("target", target)):
        weights[name] = fit(examples, words_penalty=ROLES_PENALTY, rules_penalty=ROLES_PENALTY,
                            fewest=(FEWEST_ROLES, FEWEST_ROLES))  # fmt: skip
    models = {name: LinearModel(name, each, each.pop(BIAS)) for name, each in weights.items()}
    return models | {f"screen_{language}": models["screen"] for language in LANGUAGES}


@contextmanager
def models_from(models: Models, *names: str) -> Iterator[None]:
    """The coder with these light models in place of the package's, those whose names begin so."""

    def load(name: str) -> LinearModel:
        return models[name] if name.startswith(names) else load_model(name)

    with ExitStack() as stack:
        for module in (about, screening, role_model):
            stack.enter_context(patch.object(module, "load_model", load))
        about._weights_of_words.cache_clear()
        stack.callback(about._weights_of_words.cache_clear)
        yield


def _rows(what: str, models: Models, sets: Mapping[str, Sequence[CodedByHand]]) -> None:
    for which, names in (("roles", ("actor", "target")), ("screening", ("screen",)),
                         ("both", ("actor", "target", "screen"))):  # fmt: skip
        with models_from(models, *names):
            for name, reports in sets.items():
                print(f"| {what} | {which} | {name} | {scored(reports)} |", flush=True)


def _sets(shared: Path) -> dict[str, list[CodedByHand]]:
    own = ROOT / "tests" / "coding" / "corpus"
    sets = {"corpus": [c for c in read_corpus() if c.part == "test"],
            "own": list(read_gold(own / "reports.jsonl", own / "gold.jsonl", "test"))}  # fmt: skip
    gold = shared / "gold"
    for name in ("check", "dev", "seed"):
        if (gold / f"{name}.gold.jsonl").is_file():
            sets[name] = list(read_gold(gold / f"{name}.reports.jsonl", gold / f"{name}.gold.jsonl", "test"))
    return sets


def main() -> int:
    """Train, read, and print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "spans")
    parser.add_argument("--starts", default=",".join(STARTS), help="which beginnings, with commas between")
    parser.add_argument("--no-coding", action="store_true", help="the first table only")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    reports = list(tagged_reports(arguments.shared))
    sets = {} if arguments.no_coding else _sets(arguments.shared)
    if sets:
        print("| features | trained anew | scored on | " + " | ".join(SHOWN) + " |")
        for name, some in sets.items():
            print(f"| the package as it is | nothing | {name} | {scored(some)} |", flush=True)
        _rows("none of the networks", light_models(arguments.shared), sets)
    for start in arguments.starts.split(","):
        nets = trained(start, reports, arguments.work, arguments.shared)
        for part, labels in found_spans(nets, reports).items():
            told = (f"{n} {s.precision:.2f} {s.recall:.2f} {s.f1:.2f}" for n, s in labels.items())
            print(f"| {start} | {part} | " + " | ".join(told) + " |", flush=True)
        if sets:
            with with_spans(Reader(pick_from(nets, reports))):
                _rows(start, light_models(arguments.shared), sets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
