"""spaCy's tokenizer, tuned to split words as Universal Dependencies treebanks do.

The treebanks split most hyphenated words ("cease - fire", "F - 16"), keep derivational prefixes
("non-avian", "pro-Beijing", "e-mail"), keep runs of one sign ("...", "!!!", "====") together and write
"and / or" as three words. The pipeline is trained on gold words, so the tokenizer has to meet them.
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Prefixes that stay on their word across a hyphen: they are not words of their own.
_BOUND_PREFIXES = (
    "e", "re", "co", "un", "non", "pre", "pro", "sub", "mid", "pan", "bio", "neo", "post", "anti", "semi", "mini",
    "mega", "meta", "para", "poly", "intra", "inter", "ultra", "multi", "micro", "macro", "trans", "super", "extra",
    "hyper", "quasi", "proto", "socio", "psycho", "counter", "pseudo", "cross", "arch", "mis", "ex",
)  # fmt: skip
#: Abbreviations of wire copy that keep their full stop; spaCy's own list has most others.
_ABBREVIATIONS = (
    "etc.", "al.", "Sen.", "Reps.", "Sens.", "Govs.", "Lt.", "Col.", "Cmdr.", "Sgt.", "Maj.",
    "Capt.", "Cpl.", "Pvt.", "Brig.", "Amb.", "Supt.", "Sept.", "U.S.", "U.N.", "U.K.", "E.U.", "U.A.E.", "D.C.",
    "a.m.", "p.m.", "Ft.", "approx.", "est.", "dept.", "Dept.", "Ariz.", "Conn.", "Okla.", "Wyo.",
    "Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.", "Sat.", "Sun.",
)  # fmt: skip
#: Words written as one that are two in the treebanks.
_RUN_TOGETHER = {"wanna": ("wan", "na"), "outta": ("out", "ta"), "dunno": ("dun", "no"), "alot": ("a", "lot")}
#: Short forms that hold a stroke.
_WITH_STROKE = ("w/", "w/o", "b/c", "b/t", "s/he")
_RUN = r"(?:[.:,]?[!?][!?.]+|[.:,][!?]|[-=_*~+#<>|]{2,}|\$\$+|\.\.+|…+)"
_PHONE = re.compile(r"^\+?\d{1,4}(?:-\d{2,4})+-\d{3,4}$|^\d{3}-\d{4}$|^\d-\d{4}$")


def _bound_prefix_guard() -> str:
    """A lookbehind that refuses a hyphen right after a bound prefix which starts the word."""
    guards = []
    for prefix in _BOUND_PREFIXES:
        cased = "".join(f"[{letter}{letter.upper()}]" if at == 0 else letter for at, letter in enumerate(prefix))
        guards.append(rf"(?<!\b{cased})")
    return "".join(guards)


def build_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for `nlp`, with its exceptions; it depends on nothing but this file and spaCy.

    Args:
        nlp: an English pipeline, whose default rules are the starting point.
    """
    defaults = nlp.Defaults
    between = rf"(?<=[{ALPHA}0-9])"
    infixes = [
        _RUN,
        *[
            rule.replace("[:<>=/]", "[:<>=]")  # strokes have rules of their own below
            for rule in map(str, defaults.infixes or [])
            if HYPHENS not in rule and "[+\\-\\*^]" not in rule
        ],
        rf"{between}{_bound_prefix_guard()}(?:{HYPHENS})(?=[{ALPHA}0-9])",
        rf"{between}[–—](?=[{ALPHA}0-9$£€])",
        rf"(?<=[{ALPHA}][{ALPHA}])/(?=[{ALPHA}])",  # but "b/c" is one word
        rf"(?<=[{ALPHA}])/(?=[{ALPHA}][{ALPHA}])",
        rf"(?<=[{ALPHA}])[?!](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}][{ALPHA}])\((?=[{ALPHA}][{ALPHA}])",
        rf"(?<=[{ALPHA}][{ALPHA}])[,:](?=[0-9])",
        r"(?<=[0-9])\)(?=[0-9])",
        r"\)(?=\()",
        r"(?<=\))\(",
        r"(?<=[\])}])[–—-]",
    ]
    prefixes = [_RUN, *(defaults.prefixes or []), "[=*_~<>+-](?=.)"]
    suffixes = [_RUN, *(defaults.suffixes or []), "[=*_~<>]"]
    exceptions = dict(defaults.tokenizer_exceptions or {})
    exceptions.pop("and/or", None)
    for word in _ABBREVIATIONS:
        exceptions[word] = [{65: word}]  # 65 is spaCy's ORTH
    for word in _WITH_STROKE:
        exceptions[word] = [{65: word}]
    for word, parts in _RUN_TOGETHER.items():
        for change in (str, str.capitalize, str.upper):
            cut = len(parts[0])
            exceptions[change(word)] = [{65: change(word)[:cut]}, {65: change(word)[cut:]}]
    default_match = defaults.token_match
    return Tokenizer(
        nlp.vocab,
        rules=exceptions,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=default_match or _PHONE.match,
        url_match=defaults.url_match,
    )
