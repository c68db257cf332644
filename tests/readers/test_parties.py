"""Who takes part in what a noun, a participle or an infinitive tells, where lists, offices and writings stand for those behind them."""

from __future__ import annotations

import pytest

import readout


def events(text: str) -> list[str]:
    report = readout.read(text, published="1997-04-20")

    def names(numbers: tuple[int, ...]) -> str:
        return " + ".join(report.actors[n].name for n in numbers)

    return [f"{report.slice(e.span)}: {names(e.actors)} -> {names(e.recipients)}" for e in report.events]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        # whose deed it is that somebody is blamed for
        ("Prosecutors blamed the rebels for the massacre of 20 farmers in Bor.", "massacre: rebels -> 20 farmers"),
        ("A court convicted Ola Berg of the murder of a judge.", "murder: Ola Berg -> judge"),
        ("Five men suspected of involvement in the kidnapping of a nurse were freed.", "kidnapping: Five men -> nurse"),
        ("Soldiers held responsible for the massacre of villagers are in the camp.", "massacre: Soldiers -> villagers"),
        ("Soldiers held responsible for the massacre of villagers are in the camp.", "held:  -> Soldiers"),
        ("Ten men were arrested in a raid on a post in Bor.", "raid:  -> Bor"),  # no raiders
        ("A bombing blamed by police on Hamas killed ten farmers.", "killed: Hamas -> ten farmers"),
        ("The police denied the militia's involvement in the bombing.", "denied: militia -> "),
        # those whom one attack hurt, told by joined verbs; who clashed with whom is no more than told
        ("Two men were killed and three were wounded in a raid by rebels near Goma.", "killed: rebels -> Two men"),
        ("Three guards were wounded in clashes.", "wounded:  -> Three guards"),
        ("Two men were killed and a judge was freed by rebels.", "killed:  -> Two men"),
        # whose deed is condemned
        ("Ola Berg condemned the killing of three farmers by gunmen.", "condemned: Ola Berg -> gunmen"),
        # by whom, behind a noun
        ("The raid on the headquarters of the union by a rebel group killed ten men.", "killed: rebel group -> ten men"),
        ("The pact was signed despite criticism by the union.", "criticism: union -> "),
        ("Officials spoke of attempts by Chadian agents to abduct the envoy.", "abduct: Chadian agents -> envoy"),
        ("He pointed to this week's effort by Kenya to block a resolution on Chad.", "block: Kenya -> Chad"),
        # those who are named as some of whom a phrase speaks
        ("States such as Chad and Mali condemned the raid.", "condemned: Chad + Mali -> "),
        ("Police arrested six activists, including Ola Berg, on Friday.", "arrested: Police -> six activists + Ola Berg"),
        ("Twelve people, including two children, were killed by rebels.", "killed: rebels -> Twelve people"),
        # all of a list that a clause is said of
        ("Kenya and Uganda, which have signed a pact, condemned Chad.", "signed: Kenya + Uganda -> Kenya + Uganda"),
        ("The town was attacked by the former army and militia groups.", "attacked: army + militia groups -> The town"),
        # officials of several states speak for them
        ("The foreign ministers of Kenya and Uganda met in Mali.", "met: Kenya + Uganda -> "),
        ("The presidents of Kenya, Uganda on Thursday agreed to cooperate.", "cooperate: Kenya + Uganda -> Kenya + Uganda"),
        ("The ministers of Kenya met in Mombasa.", "met: ministers -> "),
        # who does what an infinitive tells
        ("Kenya set a date for the inspectors to visit Ghana.", "visit: inspectors -> Ghana"),
        ("Uganda joined forces with Mali to feed the refugees.", "feed: Uganda -> refugees"),
        # a writing speaks for who wrote or passed it
        ("A resolution urging Kenya to leave was adopted by parliament.", "urging: parliament -> Kenya"),
        ("Parliament passed a resolution. The resolution asked Kenya to consult Chad.", "consult: Parliament -> Kenya"),
        ("A statement issued by the Arab League condemned Chad.", "condemned: Arab League -> Chad"),
        ("A resolution was passed by parliament. The resolution hailed Mali. It urged Kenya to leave.", "urged: parliament -> Kenya"),
        # requests that a noun tells
        ("Idriss Deby received an invitation from the king to visit Kenya.", "visit: king -> Idriss Deby"),
        ("Idriss Deby has not answered an invitation by Ola Berg to visit Kenya.", "visit: Ola Berg -> Idriss Deby"),
        ("The king agreed to the minister's request for a meeting.", "meeting: minister -> king"),
        # talks of which one side speaks
        ("The Kenyan foreign minister said talks with Uganda would go on.", "talks: Kenyan foreign minister -> Uganda"),
        ("The premier came for talks with Chad, including a meeting with the king.", "meeting: premier -> king"),
        ("The envoy said Kenya has an army and talks with Uganda would cover it.", "talks: envoy -> Uganda"),
        ("The minister was satisfied with talks with Ola Berg.", "talks: minister -> Ola Berg"),
        ("The two sides will hold talks on Chadian exports.", "hold: two sides -> "),
        ("Kenya and Chad agreed on a meeting between the premiers of the two countries.", "meeting: Kenya + Chad -> Kenya + Chad"),
        # who is told of in the clause before
        ("Police said Ola Berg was brought to Oslo and was interrogated by officials.", "interrogated: officials -> Ola Berg"),
        ("Prosecutors summoned two men for questioning over a raid.", "questioning: Prosecutors -> "),
        ("Kenya thanked Chad for freeing two pilots.", "freeing: Chad -> two pilots"),
        # who wins and gets
        ("Rebels won a civil war in 1994.", "war: Rebels -> "),
        ("Aid workers could not get aid to the refugees.", "get: Aid workers -> refugees"),
        # on whom, and against whom
        ("Kenya complained over cases of farmers detained at the border.", "detained:  -> farmers"),
        ("The king came to Oslo for a visit at the invitation of Ola Berg.", "invitation: Ola Berg -> king"),
        ("The minister left for Kampala to attend a summit.", "attend: minister -> "),
        ("A court upheld jail sentences for two journalists.", "upheld: court -> two journalists"),
        ("Anti-Chinese riots erupted in Hanoi.", "riots:  -> China"),
        ("Kenya imposed sanctions on Chad in May. Kenya lifted the sanctions on Friday.", "lifted: Kenya -> Chad"),
        (
            "Kenya imposed sanctions on Chad. Mali imposed sanctions on Togo. Kenya lifted the sanctions on Friday.",
            "lifted: Kenya -> ",
        ),
    ],
)  # fmt: skip
def test_who_takes_part(text: str, event: str) -> None:
    assert event in events(text), events(text)
