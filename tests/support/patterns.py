"""Every regular expression of the package: what its modules and its knowledge compile, and what stands in its functions."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import readout

PACKAGE = Path(readout.__file__).parent
_CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


@dataclass(frozen=True)
class Pattern:
    """A pattern with its flags, and one place where it stands, as file:line."""

    pattern: str | bytes
    flags: int
    where: str

    def compiled(self) -> re.Pattern:
        return re.compile(self.pattern, self.flags)


def collected(articles: list[str], files: list[Path]) -> tuple[list[Pattern], list[str]]:
    """All of them, and the places of those that could not be had.

    What is put together when it is needed is had by reading: articles as texts, and files of every format.
    """
    found: dict[tuple[str | bytes, int], str] = {}
    seen: set[str] = set()
    plain = re._compile

    def watching(pattern, flags):
        frame = sys._getframe(2)
        name = frame.f_code.co_filename
        if name.startswith(str(PACKAGE)):
            place = f"{Path(name).relative_to(PACKAGE)}:{frame.f_lineno}"
            seen.add(place)
            if isinstance(pattern, str | bytes):
                found.setdefault((pattern, int(flags)), place)
        return plain(pattern, flags)

    re._compile = watching
    try:
        for module in pkgutil.walk_packages([str(PACKAGE)], "readout."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        _use(articles, files)
    finally:
        re._compile = plain
    missed = []
    for place, pattern, flags in _written():
        if pattern is not None:
            found.setdefault((pattern, flags), place)
        elif not any(f"{place.partition(':')[0]}:{line}" in seen for line in _lines(place)):
            missed.append(place)
    return [Pattern(pattern, flags, place) for (pattern, flags), place in found.items()], missed


def _use(articles: list[str], files: list[Path]) -> None:
    """Reads, stores, links, asks and writes a brief, with what is remembered thrown away first, for it was compiled before."""
    from readout.across.linking import link
    from readout.across.negotiations.roles import deal_sentence
    from readout.record import open_record
    from readout.sources import read_source
    from readout.sources.article import Article

    for file in files:
        list(read_source(file, file.name))
    deal_sentence("Envoys held talks.", (0, 18))
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "readout.db") as record:
        record.add(
            [
                Article(text, published="2025-03-10", title=f"Report {n}", publisher="Nordpost")
                for n, text in enumerate(articles)
            ]
        )
        link(record)
        _brief(record)


def _brief(record) -> None:
    from readout.across.brief import compose
    from readout.across.brief.recorded import beside_of
    from readout.across.loading import load_facts
    from readout.across.whole import Across
    from readout.exports.brief import to_html

    across = Across(load_facts(record, sorted(row.reading for row in record.reports())))
    to_html(compose(across, "2025-03-09", "2025-03-12", beside=beside_of(record, "2025-03-09", "2025-03-12")))


def _lines(place: str) -> range:
    _, first, last = place.split(":")
    return range(int(first), int(last) + 1)


def _written():
    """Each call of `re` in the source: its place, and its pattern with its flags where both stand there as they are."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
            )
            if not call or node.func.value.id != "re" or node.func.attr not in _CALLS or not node.args:
                continue
            place = f"{path.relative_to(PACKAGE)}:{node.lineno}:{node.end_lineno}"
            flags = [word.value for word in node.keywords if word.arg == "flags"]
            written = {ast.unparse(flag) for flag in [*flags, *(node.args[1:2] if node.func.attr == "compile" else [])]}
            pattern = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            yield (
                place,
                pattern,
                int(sum(getattr(re, flag[3:]) for flag in written if re.fullmatch(r"re\.[A-Z]+", flag))),
            )


def samples(pattern: Pattern) -> list[tuple[str, str, str]]:
    """Attack strings, as (before, again, behind): a way into each repetition of a pattern, what it repeats, and what it does not expect."""
    import re._parser as parser

    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~re.DEBUG)
    found: dict[tuple[str, str, str], None] = {}
    for before, again in _repeats(list(tree), ""):
        for more in {again, again * 2, again[:1] * 2} - {""}:
            for behind in ("", "\x01", "!", again[:1]):
                found[before, more, behind] = None
    whole = _sample(list(tree))
    for again in (whole, whole + " ", " ", "a", "1", "\n", "-", "(", '"', "<", ".", "A. ", "a a ", "1,1", "the "):
        for behind in ("", "\x01"):
            found["", again, behind] = None
    return [item for item in found if item[1]]


def _repeats(nodes, before):
    """For every repetition in a tree, and every alternative of what it repeats: a text that leads to it, and one that it repeats."""
    for op, argument in nodes:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = argument
            if most > 8:
                for again in _some(list(inner)):
                    yield before, again
            yield from _repeats(list(inner), before)
        elif name == "SUBPATTERN":
            yield from _repeats(list(argument[3]), before)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repeats(list(branch), before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(list(argument[1]), before)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(list(argument), before)
        before += _one(op, argument)


def _some(nodes) -> list[str]:
    """A few texts that nodes match: by each alternative at their beginning."""
    found = [_sample(nodes)]
    for op, argument in nodes:
        if str(op) == "SUBPATTERN":
            found += _some(list(argument[3]))
        elif str(op) == "BRANCH":
            found += [_sample(list(branch)) for branch in argument[1][:6]]
    return list(dict.fromkeys(text for text in found if text))[:6]


def _sample(nodes) -> str:
    return "".join(_one(op, argument) for op, argument in nodes)


def _one(op, argument) -> str:
    """A text that a node matches."""
    name = str(op)
    if name == "LITERAL":
        return chr(argument)
    if name == "NOT_LITERAL":
        return "a" if argument != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _of_set(argument)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        return _sample(list(inner)) * max(least, min(1, most))
    if name == "SUBPATTERN":
        return _sample(list(argument[3]))
    if name == "ATOMIC_GROUP":
        return _sample(list(argument))
    if name == "BRANCH":
        return _sample(list(argument[1][0]))
    return ""


_TRIED = "a1 A-.,\n\"'()<>/:;$é“—&%\t_"


def _of_set(items) -> str:
    class_of = {
        "CATEGORY_DIGIT": str.isdigit,
        "CATEGORY_SPACE": str.isspace,
        "CATEGORY_WORD": lambda x: x.isalnum() or x == "_",
    }
    no = bool(items) and str(items[0][0]) == "NEGATE"

    def within(letter: str) -> bool:
        for op, argument in items:
            name = str(op)
            if name == "LITERAL" and ord(letter) == argument:
                return True
            if name == "RANGE" and argument[0] <= ord(letter) <= argument[1]:
                return True
            if name == "CATEGORY":
                base = str(argument).replace("NOT_", "")
                if base in class_of and class_of[base](letter) != ("NOT_" in str(argument)):
                    return True
        return False

    for letter in _TRIED:
        if within(letter) != no:
            return letter
    first = next((argument for op, argument in items if str(op) in ("LITERAL", "RANGE")), ord("x"))
    return chr(first if isinstance(first, int) else first[0])
