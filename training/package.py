"""Puts a trained pipeline into the package: `python training/package.py --checkpoint build/main/model-best --treebanks …`.

Writes `readout/language/model`: the pipeline without what only training needs, word vectors as 8-bit numbers,
the lemma table, and a version that names the weights by hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections import Counter, defaultdict
from pathlib import Path

import spacy
import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from treebank import NON_COMMERCIAL, read_paragraphs  # noqa: E402

from readout.language.lemmas import Lemmatizer  # noqa: E402
from readout.language.pinned import write_pins  # noqa: E402
from readout.language.weights import pack_vectors  # noqa: E402

TARGET = HERE.parent / "readout" / "language" / "model"
OPEN_CLASSES = ("NOUN", "VERB", "ADJ", "ADV", "AUX")


def lemma_table(treebanks: list[Path], folder: Path) -> None:
    """Writes `lemmas.json`: lemmas that the rules would not find, and the stems that the treebanks know."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    known: Counter[str] = Counter()
    for path in treebanks:
        for paragraph in read_paragraphs(path, exclude=NON_COMMERCIAL):
            for word in paragraph.words:
                if word.upos != "PROPN" and word.xpos not in ("GW", "ADD", "AFX"):
                    seen[word.form.lower(), word.xpos][word.lemma.lower() if word.lemma != "I" else "I"] += 1
                if word.upos in OPEN_CLASSES:
                    known[word.lemma.lower()] += 1
    for line in (HERE / "irregular.tsv").read_text(encoding="utf-8").splitlines():
        base, past, participle = line.split("\t")
        known[base] += 1
        for tag, forms in (("VBD", past), ("VBN", participle)):
            for form in forms.split("/"):
                seen[form, tag][base] += 5
    for verb in knowledge_verbs():
        known[verb] += 1
    (folder / "lemmas.json").write_text(json.dumps({"forms": {}, "known": sorted(known)}), encoding="utf-8")
    rules = Lemmatizer(folder)
    forms = {}
    for (form, tag), lemmas in sorted(seen.items()):
        best = min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
        if rules.lemma(form, tag, "X") != best:
            forms[f"{form}|{tag}"] = best
    text = json.dumps({"forms": forms, "known": sorted(known)}, ensure_ascii=False, separators=(",", ":"))
    (folder / "lemmas.json").write_text(text, encoding="utf-8")


def knowledge_verbs() -> set[str]:
    """The verbs of the event knowledge: words of news that the treebanks may lack."""
    found = set()
    for file in sorted((HERE.parent / "readout" / "knowledge" / "events").glob("*.yaml")):
        for frame in yaml.safe_load(file.read_text(encoding="utf-8")).get("frames", ()):
            found |= {str(pattern).split()[0].lower() for pattern in frame.get("verbs") or ()}
    return {verb for verb in found if verb.isalpha()}


def weights_hash(folder: Path) -> str:
    """One short hash over every file of the pipeline but `meta.json`, which holds it."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "meta.json":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    nlp = spacy.load(options.checkpoint)
    nlp.config["training"] = {}
    nlp.config["initialize"] = {"vectors": None}
    nlp.config["paths"] = {}
    nlp.config["corpora"] = {}
    shutil.rmtree(options.target, ignore_errors=True)
    nlp.to_disk(options.target)
    pack_vectors(options.target)
    lemma_table([options.treebanks / f"{name}_train.conllu.gz" for name in ("ewt", "gum")], options.target)
    meta = json.loads((options.target / "meta.json").read_text(encoding="utf-8"))
    meta["version"] = f"1-{weights_hash(options.target)}"
    meta.pop("performance", None)
    (options.target / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.target == TARGET:
        write_pins(TARGET)
    print(
        options.target,
        meta["version"],
        sum(p.stat().st_size for p in options.target.rglob("*") if p.is_file()) // 1024,
        "kB",
    )


if __name__ == "__main__":
    main()
