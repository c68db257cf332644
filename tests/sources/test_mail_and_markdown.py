"""Mail and Markdown in more detail than their files show."""

from __future__ import annotations

import pytest

from readout.sources import Article, SourceProblem, read_source

HEAD = "Message-ID: <1@coastwire.example>\nFrom: Coastwire <a@coastwire.example>\nSubject: Truce\nMIME-Version: 1.0\n"


def one(text, **options):
    (found,) = read_source(text.encode() if isinstance(text, str) else text, "input", **options)
    return found


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n", "caf\xe9".encode("latin-1"), "café"),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"Y2Fmw6k=\n", "café"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n", b"caf=C3=A9 a=\nb", "café ab"),
        ("Content-Type: text/plain\n", "The café in Elvdal is closed.".encode("latin-1"), "The café in Elvdal is closed."),
        ("Content-Type: text/html\n", b"<p>A</p><p>B</p>", "A\n\nB"),
        ("Content-Type: text/plain; format=flowed; delsp=yes\n", b"Osth \navn\nB", "Osthavn\nB"),
        ("Content-Type: multipart/mixed; boundary=x\n", b"--x\n\nA\n--x\n\nB\n--x--\n", "A\n\nB"),
        ("Content-Type: multipart/mixed; boundary=x\n", b"--x\n\nA\n--x\nContent-Disposition: attachment\n\nB\n--x--\n", "A"),
        ("Content-Type: multipart/alternative; boundary=x\n", b"--x\nContent-Type: text/html\n\n<p>B\n--x\n\nA\n--x--\n", "A"),
        ("Content-Type: multipart/mixed; boundary=x\n", b"no boundary at all", "no boundary at all"),
    ],
)  # fmt: skip
def test_bodies(head, body, text):
    found = one(HEAD.encode() + head.encode() + b"\n" + body)
    assert found.text == text


def test_fields():
    found = one("\ufeff" + HEAD + "Date: Mon, 16 Sep 2024 10:15:00 +0200 (CEST)\n\nText.\n")
    assert (found.source_id, found.title, found.publisher) == ("1@coastwire.example", "Truce", "Coastwire")
    assert (found.published, found.published_from) == ("2024-09-16T10:15:00+02:00", "metadata")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: FW: Truce", "Truce"),
        ("=?iso-8859-1?q?Caf=E9?= open", "Café open"),
        ("=?no-such?q?a?=", "=?no-such?q?a?="),
        ("=?utf-8?b?????=", None),
        ("Truce\n  holds", "Truce holds"),
        ("", None),
    ],
)
def test_subjects(subject, title):
    assert one(f"From: a@b\nMIME-Version: 1.0\nSubject: {subject}\n\nText.\n").title == title


def test_mail_in_another_language_is_named():
    found = one(HEAD + "Content-Language: de\n\nDie Brücke ist zu.\n")
    assert isinstance(found, SourceProblem)
    assert found.stage == "language"


def test_a_mail_that_only_forwards_is_no_problem():
    inner = HEAD + "\nThe bridge is closed.\n"
    found = one(f"{HEAD}Content-Type: message/rfc822\n\n{inner}")
    assert (found.text, found.name) == ("The bridge is closed.", "input forwarded 1")


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("---\ntitle: A\n---\n# A\n\nText.", "A", "Text."),
        ("---\ntitle: A\n---\n# B\n\nText.", "A", "B\n\nText."),
        ("---\ndate: 2024-09-16\n---\n# B\n\nText.", "B", "Text."),
        ("---\ntitle: A\n---\nA.\n\nText.", "A", "Text."),
        ("---\ntitle: A\n---\nOne\ntwo  \nthree", "A", "One two\nthree"),
        ("---\ntitle: A\n---\n~~gone~~ `code` ***x*** <b>y</b> &amp; <https://coastwire.example>", "A", "gone code x y & https://coastwire.example"),
        ("---\ntitle: A\n---\n```\ncode\n```\n\n<!-- hidden -->\n\n***\n\nText\\*", "A", "code\n\nText*"),
        ("---\ntitle: [A, B]\nauthor: {name: Anna Berg}\n---\nText.", "A", "Text."),
    ],
)  # fmt: skip
def test_markdown(source, title, text):
    found = one(source)
    assert (found.title, found.text) == (title, text)


@pytest.mark.parametrize(
    "source", ["---\ntitle: A\n---\n", "---\ntitle: A\n---\n<!-- none -->\n", "# A\n\n![x](/y) ![z](/y)"]
)
def test_markdown_without_words_is_a_problem(source):
    found = one(source)
    assert isinstance(found, SourceProblem)
    assert found.message == "there is no text in it"


def test_front_matter_that_withdraws():
    found = one("---\ntitle: A\nstatus: withdrawn\nnote: Wrong.\n---\n")
    assert (found.status, found.text, found.note) == ("canceled", "", "Wrong.")
    assert one("---\ntitle: A\nstatus: evergreen\n---\nText.").status == "usable"


@pytest.mark.parametrize(
    "front",
    [
        "title: &a [*a]",
        "title: !!python/object/apply:os.system ['true']",
        "title: {" * 500,
        "? [a]\n: b\ntitle: c",
        "title: a\n<<: [*x]",
    ],
)
def test_odd_front_matter(front):
    assert isinstance(one(f"---\n{front}\n---\nText.\n"), Article | SourceProblem)


def test_much_markdown_is_refused():
    found = one("# A\n\n## B\n\n" + "[" * 1_000_000)
    assert isinstance(found, SourceProblem)
