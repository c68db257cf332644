"""Who is who in small articles: each marked phrase is an actor's mention, phrases with one number are one actor's.

The number 0 marks words that are nobody's: a pronoun that two fit, or none. What is not marked is not asked.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from readout.language.pipeline import Context, load_parser
from readout.readers.actors import read_actors
from readout.readers.findings import Findings
from readout.readers.places import read_places
from readout.readers.times import read_times
from readout.types import Actor, Span

DAY = dt.date(2016, 9, 16)
MARKED = re.compile(r"\[([^\]]+)\](\d)")


def marked(text: str) -> tuple[str, list[tuple[Span, int]]]:
    """The text without marks, and the span and number of each mark."""
    plain, spans, at = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[at : match.start()]
        spans.append(((len(plain), len(plain) + len(match[1])), int(match[2])))
        plain += match[1]
        at = match.end()
    return plain + text[at:], spans


def actors_of(text: str) -> tuple[Actor, ...]:
    document = load_parser().parse(text, Context(published=DAY))
    return read_actors(document, read_places(document, read_times(document, Findings()))).actors


ARTICLES = (
    # pronouns: what one did, and to whom it was done
    "[Police]1 arrested [Marko Velin]2 on Monday. [They]1 beat [him]2 in the van.",
    "[Gunmen]1 stopped a bus and abducted [four teachers]2. [They]1 released [them]2 on Friday.",
    "[The army]1 shelled [the rebels]2 and drove [them]2 out of the town.",
    "[Soldiers]1 arrested [two journalists]2 and took [them]2 to a prison.",
    "[The general]1 met [the king]2. [He]1 thanked [him]2 for [his]1 help.",
    "[President Ana Torvald]1 met [Prime Minister Igor Melnik]2. [She]1 told [him]2 that the talks had failed.",
    "[The government]1 expelled [the ambassador]2 and gave [him]2 two days to leave.",
    "[Turkey]1 summoned [the German ambassador]2 and told [him]2 to apologise.",
    "[Protesters]1 threw stones at [the police]2, who fired tear gas at [them]1.",
    "[Foreign Minister Ola Berg]1 will fly to Chad, [a spokesman]2 said on Monday. [He]1 will not go to Niger.",
    "[Foreign Minister Ola Berg]1 will fly to Chad, [a spokesman]2 said; it is not clear that [he]1 will go to Niger.",
    "[Mali]1 fired two missiles on Monday, [Niger's army]2 said, a day after [it]1 denounced the drills.",
    "[Mali]1 fired two missiles on Monday, [Niger's army]2 said. [It]2 said they flew far.",
    "Thousands of [people]1 marched in Lima. [Police]2 dispersed [them]1 with water cannon.",
    "[The UN envoy]1 met [the rebels]2 and urged [them]2 to disarm. [He]1 also met [the president]3.",
    "[The opposition leader]1 said that [police]2 had beaten [him]1.",
    "[The rebels]1 said that [government troops]2 had attacked [them]1.",
    "[The ministry]1 said [rebels]2 had shelled [its]1 compound.",
    "[Acme Corp.]1 fired [200 workers]2. [The company]1 said [it]1 could not pay [them]2.",
    "[President Bush]1 met [Putin]2. [Bush]1 told [reporters]3 that [he]1 trusted [him]2.",
    "[A bomber]1 killed [a judge]2 outside [his]2 home. [Police]3 found [him]2 dead.",
    "[Mayor Jon Abel]1 was stabbed by [a man]2. [Police]3 arrested [the man]2 and took [him]2 away.",
    "[Troops]1 opened fire on [demonstrators]2, killing two of [them]2.",
    "[Rebel leader Dano Kess]1 was captured on Sunday. [The army]2 said [it]2 would try [him]1 for murder.",
    "[Leaders]1 met [the rebels' envoys]2. [They]1 told [them]2 to wait.",
    "[The police officer]1 asked [the protesters]2 to leave, but [they]2 refused.",
    "[The mother]1 of [the boy]2 said [she]1 feared for [him]2.",
    "[Nikolai Ferranov]1 told [Boris Lund]2 that [he]1 would resign.",
    "[The Syrian government]1 freed [12 women]2. Damascus said [they]2 had been pardoned.",
    # nobody, where two fit
    "[The minister]1 accused [the general]2 of lying. Then Velin called [him]0.",
    "[Officials]1 arrested [a woman]2 and [her husband]3. [They]0 were taken to Lima.",
    # titles, surnames and offices
    "[Elena Marsh]1, [the defense minister]1, visited Peru. [The minister]1 said [she]1 was pleased.",
    "[President Ana Torvald]1 met [Prime Minister Igor Melnik]2. [The prime minister]2 thanked [the president]1.",
    "[Peru's president]1, [Ana Torvald]1, flew to Chile. [The Peruvian leader]1 met [a minister]2, who praised [her]1.",
    "Guatemala recalled [its ambassador]1 to Mexico. [The ambassador]1 will return in May.",
    "[The prime minister]1 resigned on Monday. [The premier]1 had lost a vote.",
    "[Mohammad Javad Zarif]1 met [John Kerry]2. [Zarif]1 said [the US secretary of state]2 had promised [him]1 help.",
    "Israel killed [a Hamas commander]1, [Omar Zadi]1. [The group]2 vowed to avenge [him]1.",
    # short names and descriptions of bodies
    "[The Lakes Commission]1 met [rebels]2 on Monday. [The commission]1 offered [them]2 money.",
    "[The European Union]1 and [Iran]2 resumed talks. [The bloc]1 demanded that [Tehran]2 free [the detainees]3.",
    "[Doctors Without Borders]1 closed [its clinic]2. [The charity]1 said [its staff]3 had been threatened.",
    "[The United Nations]1 condemned the attack. [The world body]1 called for calm.",
    "[The Harbour Front]1 attacked [a convoy]2. [The group]1 killed six soldiers. [The rebels]1 also burned a bus.",
    "[The Red Front]1 kidnapped [a priest]2. [The kidnappers]1 demanded money from [his church]3.",
    "[Militants]1 killed [12 villagers]2 in Borno and burned their homes. [The attackers]1 fled.",
    "[Hamas]1 met [Islamic Jihad]2. Later [the militants]0 fired rockets.",
    "[Serbia]1 and [Kosovo]2 signed a deal. [Belgrade]1 praised it.",
    # short names of people of whom nothing else is known
    "[Abdura Hotani]1 met [a minister]2. [Abdura]1 said [he]1 was pleased.",
    "Fans cheered [Halvor Lundquist]1. [Lundquist]1 said [he]1 was tired.",
    "[Defense Minister Charles Velin]1 resigned. [Defense Minister Charles Vellin]1 had lost a vote.",
    "[Defense Minister Charles Velin]1 met [Finance Minister Charles Vellin]2.",
    # two of one surname
    "[Francois Orsk]1, the son of [Patrice Orsk]2, praised the rebels. [Orsk]1 told [reporters]3 that [he]1 would return.",
    "[Jon Orsk]1 and [his wife Ana Orsk]2 left Peru. [Orsk]1 said [he]1 was ill.",
    "[Jon Orsk]1 met [Pavel Orsk]2. [Orsk]0 denied it.",
    # relatives
    "[Francois Orsk]1, the son of [Patrice Orsk]2, praised the rebels. [His father]2 was killed in 1961.",
    "[Jon Orsk]1 and [his son Klaus Velin]2 were arrested. [His son]2 denied it.",
    # whom a lead describes before it names him
    "[A US serviceman]1 was arrested on Monday. [Sergeant Jon Averin]1 was taken to Guam.",
    "[A Peruvian minister]1 resigned. [Trade Minister Igor Melnik]1 had lost a vote.",
    "[A bomb expert]1 said it was clear. [Officials]2 denied it. [Paul Lund]1, [a bomb expert]1 in Lima, was sure.",
    "[A drug expert]1 said it was clear. [Paul Lund]2, [a bomb expert]2 in Lima, was sure.",
    "[A lawyer]1 was killed on Monday. [Jon Lund]2, [a doctor]2, said it was an accident.",
    # whom an article is about
    "[Inder Orsk]1 said [he]1 would visit Peru. [Orsk]1 praised Chile. [The former diplomat]1 said [he]1 was ready.",
    "[Jon Orsk]1 came to Seoul. [He]1 was tired. [The 74-year-old author]1 of the book was led away.",
    "[Jon Orsk]1 met [Pavel Lund]2. [The former diplomat]3 said it was late.",
    "[Jon Orsk]1 said [he]1 would wait. [Orsk]1 praised Chile. [The spokesman]2 said it was late.",
    # states by descriptions
    "[Albania]1 asked [Italy]2 for help. [The Balkan nation]1 needs food. [The country]1 is poor.",
    "[Turkey]1 met [Israel]2. Ties with the [Jewish state]2 are good.",
    "[Turkey]1 and [Greece]2 fought for years. [The country]0 is poor.",
    "[India]1 sent [troops]2 to Bihar. [The coastal state]3 is poor.",
    # bodies by their names and what they are
    "[The Peruvian Supreme Court]1 stayed the order. Then [the High Court]2 freed [him]0. [The court]2 said it had no doubt.",
    "[The Awami League]1 won. [The Awami League party]1 thanked [voters]2.",
    "[The Italian parliament]1 met. [Parliament]1 then voted.",
    # groups
    "[Five UN experts]1 were to visit the camp. [The experts]1 said [they]1 would stay away. [All five]1 had been invited.",
    "Police fired at thousands of [demonstrators]1. At least [26 protesters]2 were held. [The protesters]3 blocked a road.",
    "[Three companies]1 sold arms. Canada fined two of [the companies]1 in May.",
    "[Rwandan refugees]1 fled. [Tamil refugees]2 stayed. [The refugees]2 are hungry.",
    "[Four teachers]1 were abducted. [The four]1 were freed. [The three]0 were not.",
    "[The Royal Yacht Club]1 met. [The club]1 rose.",
    "[Labor leader Shimon Orsk]1 met [rebel leader Jon Lund]2. [The rebel leader]2 left.",
    # who serves as what
    "[Inder Orsk]1, who has served as [Peru's foreign minister]1, left.",
    "[Jon Orsk]1 was killed. [A man]2 identified by police as [Pavel Lund]2 was held.",
    # pronouns in relative clauses
    "[Jon Orsk]1 met [Pavel Velin]2, who said [he]2 was ill.",
    "[Denmark]2 rejected [Beijing]1's announcement that [it]1 would sign the pact.",
    # pronouns in quotations are not of who speaks; what is somebody's own stands beside him
    '[Marko Velin]1 met [Jon Abel]2. "[He]2 is a good man," [Velin]1 said.',
    "[Parliament]1 allowed [the army]2 to stay despite protests from [farmers]3 and [their]3 sons.",
    # halves of states
    "The United States warned [North Korea]1. [The North]1 said [it]1 would respond.",
    "[North]1 and [South Korea]2 held talks. [The South]2 offered aid to [the North]1.",
)  # fmt: skip


@pytest.mark.parametrize("article", ARTICLES)
def test_who_is_who(article: str) -> None:
    text, spans = marked(article)
    actors = actors_of(text)
    found = {span: n for n, actor in enumerate(actors) for span in actor.mentions}
    shown = [[text[a:b] for a, b in actor.mentions] for actor in actors]
    numbers: dict[int, int] = {}
    for span, number in spans:
        if number:
            words = text[span[0] : span[1]]
            assert span in found, (words, shown)
            assert numbers.setdefault(number, found[span]) == found[span], (words, shown)
    assert len(set(numbers.values())) == len(numbers), shown
    assert not {found[span] for span, number in spans if number == 0 and span in found} & set(numbers.values()), shown


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("Russia and Ukraine exchanged prisoners. The two sides will meet again.", "The two sides", ["Russia", "Ukraine"]),
        ("Hamas and Israel agreed to a truce. Both sides had fought for weeks.", "Both sides", ["Hamas", "Israel"]),
        ("Peru met Chile. The two countries share a border.", "The two countries", ["Peru", "Chile"]),
        ("Ana Torvald met Igor Melnik. The two leaders dined.", "The two leaders", ["Ana Torvald", "Igor Melnik"]),
        ("Peru, Chile and Bolivia met. The two countries share a border.", "The two countries", []),
        ("Peru met rebels. The two countries share a border.", "The two countries", []),
        ("Peru and Chile met. Two countries stayed away.", "Two countries", []),
    ],
)  # fmt: skip
def test_who_the_two_sides_are(text: str, words: str, members: list[str]) -> None:
    actors = actors_of(text)
    gathered = next(a for a in actors if words in [text[s:e] for s, e in a.mentions])
    assert [actors[n].name for n in gathered.members] == members
