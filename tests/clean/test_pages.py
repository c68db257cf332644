"""Whole pages as they are copied from a publisher's site: what is left of each, and what its furniture says."""

from __future__ import annotations

import pytest

from readout.clean import clean
from readout.clean.cleaning import restore
from readout.sources.article import Article

FIRST = "Ostmark’s army has retaken a bridge over the Nord that links the capital to its twin city, officials said on Wednesday."
SECOND = "At least 22 civilians were killed in shelling, according to a doctors’ union."
THIRD = "“We will not negotiate under fire,” said the army’s spokeswoman, Nina Osman."
TITLE = "Ostmark’s army retakes bridge as truce talks falter in Osthavn"
STANDFIRST = "Rebels say 40 of their fighters were killed, while aid groups warn of famine in the west of the country"

#: By name: the lines of the page, the lines that are left, and what is read of title, byline, agency, day, dateline and links.
PAGES: dict[str, tuple[list[str], list[str], dict[str, object]]] = {
    "a daily": (
        ["Skip to main content", "The Nordpost - Back to home", "Ostmark", TITLE, STANDFIRST, "Ostmark crisis – live updates",
         "Anna Berg in Nordby and agencies", "Wed 12 Jun 2024 14.05 BST", "Last modified on Thu 13 Jun 2024 08.22 BST", "Share",
         FIRST, "Sign up to First Edition", "Free daily newsletter",
         "Our morning email breaks down the key stories of the day, telling you what’s happening and why it matters",
         "Privacy Notice: Newsletters may contain information about charities and content funded by outside parties.",
         "after newsletter promotion", SECOND, "View image in fullscreen",
         "People queue for bread in Osthavn. Photograph: Ole Lund/AFP/Getty Images", THIRD,
         "Explore more on these topics", "Ostmark", "Nordland", "news", "Share", "Reuse this content", "More on this story",
         "UN warns of famine in the west", "2 Jun 2024", "‘We eat leaves’: life in a besieged city", "28 May 2024", "Most viewed"],
        [TITLE, STANDFIRST, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("Anna Berg",), "published": "2024-06-12"},
    ),
    "a broadcaster": (
        [TITLE, "3 hours ago", "Share Save", "Anna Berg", "BBC News, Nordby",
         "Getty Images Soldiers board a plane at the airport in Nordby",
         "Getty Images", FIRST, "More on the crisis in Ostmark:", "What do the gangs' leaders want?", "How rebels took over a capital",
         SECOND, THIRD, "You may also be interested in:", "A school that will not close", "Follow us on Twitter @nordpost",
         "Ostmark", "Nordland"],
        [TITLE, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("Anna Berg",),
         "related": ("What do the gangs' leaders want?", "How rebels took over a capital", "A school that will not close")},
    ),
    "a page of an agency": (
        [TITLE, "By Anna Berg and Ole Lund", "June 12, 2024 7:18 PM GMT+3 Updated 2 hours ago",
         "[1/3] A bulk carrier waits off Osthavn, June 10, 2024. REUTERS/Eva Strand Purchase Licensing Rights, opens new tab",
         "Summary", "Companies", "NORDBY/OSTHAVN, June 12 (Reuters) - " + FIRST, SECOND,
         "Item 1 of 3 A bulk carrier waits off Osthavn, June 10, 2024. REUTERS/Eva Strand", THIRD,
         "The Nordpost Daily Briefing newsletter provides all the news you need to start your day. Sign up here.",
         "Reporting by Anna Berg in Nordby and Ole Lund in Osthavn; Editing by Ida Holm",
         "Our Standards: The Nordpost Trust Principles., opens new tab"],
        [TITLE, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("Anna Berg", "Ole Lund"), "agency": "Reuters", "dateline": "NORDBY/OSTHAVN"},
    ),
    "a station": (
        ["WORLD NEWS", TITLE, "By ANNA BERG Associated Press", "Updated June 12, 2024 4:52 p.m. EDT", "Share", "Facebook", "X", "Email",
         "FILE - A coast guard vessel patrols near Osthavn, Jan. 9, 2024. (AP Photo/Ole Lund, File)",
         "OSTHAVN, Ostmark (AP) — " + FIRST, "RELATED COVERAGE", "Oil-rich Ostmark prepares to vote again",
         "What to know about the border row", SECOND, THIRD, "___", "Eva Strand reported from Nordby.",
         "Follow AP’s coverage of Nordland at https://apnews.com/hub/nordland"],
        [TITLE, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("ANNA BERG",), "agency": "AP", "published": "2024-06-12", "dateline": "OSTHAVN",
         "related": ("Oil-rich Ostmark prepares to vote again", "What to know about the border row")},
    ),
    "a portal": (
        [TITLE, "Anna Berg and Ole Lund", "Wed, June 12, 2024 at 3:42 PM GMT+1 4 min read", "(Bloomberg) -- " + FIRST,
         "Most Read from Bloomberg", "• The Town That Wants to Pay You to Move There", "• Osthavn Bans Gas Boilers", SECOND,
         "Story continues", THIRD, "--With assistance from Ida Holm.", "Most Read from Bloomberg Businessweek",
         "• Inside the Race to Build a Better Banana", "©2024 Bloomberg L.P.", "Terms and Privacy Policy",
         "Sign up for the Nordpost Finance Morning Brief"],
        [TITLE, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("Anna Berg", "Ole Lund"), "agency": "Bloomberg", "published": "2024-06-12",
         "publisher": "Nordpost Finance"},
    ),
    "a title below the byline": (
        ["By ANNA BERG", "12 June 2024, 9:31 pm", "0", TITLE, STANDFIRST, FIRST, SECOND, THIRD,
         "You clearly find our careful reporting valuable, in a time when facts are often distorted.", "Join our Community"],
        [TITLE, STANDFIRST, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("ANNA BERG",), "published": "2024-06-12"},
    ),
    "a place without an agency": (
        [TITLE, STANDFIRST, "Soldiers hold a parade in the hills of Ostmark [File: Eva Strand/Reuters]",
         "By Anna Berg", "Published On 12 Jun 2024",
         "Click here to share on social media", "Osthavn, Ostmark – " + FIRST, "list of 2 items", "list 1 of 2",
         "Who are the rebels of the north?", "list 2 of 2", "A village caught between two fires", "end of list", SECOND, THIRD,
         "Source: Nordpost and news agencies"],
        [TITLE, STANDFIRST, FIRST, SECOND, THIRD],
        {"title": TITLE, "byline": ("Anna Berg",), "published": "2024-06-12", "dateline": "Osthavn"},
    ),
    "no page at all": ([FIRST, SECOND, "Anna Berg", THIRD], [FIRST, SECOND, "Anna Berg", THIRD], {"title": None, "byline": ()}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_what_is_left_of_a_page(name: str) -> None:
    lines, left, said = PAGES[name]
    text = "\n".join(lines)
    found = clean(Article(text=text))
    assert found.text.split("\n") == left
    assert {field: getattr(found, field) for field in said} == said
    assert restore(found.text, found.removed) == text


@pytest.mark.parametrize(
    "last", ["(Reporting by Eva Strand; Editing by Ida Holm)", "No point ends this line of the article"]
)
def test_a_paragraph_that_does_not_end_as_a_sentence_is_kept(last: str) -> None:
    text = "\n".join((TITLE, FIRST, SECOND, "Share", THIRD[:-1] + " " + last, "©2024 Nordland News L.P."))
    assert THIRD[:-1] in clean(Article(text=text)).text


def test_a_table_below_the_last_sentence_is_kept() -> None:
    table = ["* * *", "Nordby 4 dead", "Osthavn 12 dead", "Ostmark", "Share", "Nordland 3"]
    found = clean(Article(text="\n".join((TITLE, FIRST, SECOND, *table))))
    assert found.text.split("\n")[3:] == ["Nordby 4 dead", "Osthavn 12 dead", "Ostmark", "Nordland 3"]


def test_sentences_below_the_heading_of_a_list_are_kept() -> None:
    said = "“We will leave by ‘dawn or noon.’"
    found = clean(
        Article(text="\n".join((TITLE, FIRST, "Related stories", "Army retakes a second bridge", said, THIRD)))
    )
    assert found.related == ("Army retakes a second bridge",)
    assert found.text.split("\n") == [TITLE, FIRST, said, THIRD]
