# SPDX-License-Identifier: MIT
"""English prose by rule, for benchmarks that need more than anybody would write.

Sentences of many shapes over a vocabulary of about a thousand words: narration, dialogue, letters,
reports; with names, numbers, dates, times, money, abbreviations. Made by a seed, so every run has
the same text; another seed gives another book.
"""
from __future__ import annotations

import random

NAMES = """Martha Edwin Clara Julian Rosalind Tobias Helen Victor Agnes Leonard Beatrice Simon Nora
Frederick Lydia Oscar Miriam Gilbert Stella Arthur Judith Conrad Amelia Walter Phoebe Duncan""".split()
SURNAMES = """Holloway Barnes Whitaker Pemberton Lindqvist Carver Ashdown Mercer Okafor Brennan Sato
Delacroix Novak Harding Winslow Ferreira Quayle Thornton Abbott Ramsey""".split()
PLACES = """Lisbon Edinburgh Boston Vienna Dover Norwich Chicago Geneva Bristol Madrid Ottawa Athens
Galway Portland Bergen Cairo Salem Plymouth""".split()
TITLES = ["Mr.", "Mrs.", "Dr.", "Captain", "Professor", "Miss", "Judge", "Aunt", "Uncle"]
MONTHS = """January February March April June July August September October November
December""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

THINGS = """lantern harbour ladder violin orchard kettle compass blanket chimney ledger bicycle
curtain engine garden hammer island jacket kitchen letter mirror notebook oven pencil quarry railway
saddle telescope umbrella valley window bottle candle door envelope fountain gate hedge inkwell jar
key loaf map nail oar parcel quilt rope staircase table urn vase wagon basket clock drawer fence
glove hat iron knife lamp mill needle painting pillow road shelf stove tunnel wall bridge cabin
desk factory guitar hill journal lake meadow newspaper opera piano river shop theatre village
workshop barrel cellar dictionary elevator furnace greenhouse hospital kiosk library museum
observatory platform radio statue tower warehouse archive balcony cottage dormitory embassy ferry
gallery hotel inn jetty laboratory monument nursery office pavilion reservoir station terrace""".split()
PEOPLE = """baker captain doctor engineer farmer gardener historian judge keeper lawyer miller nurse
officer painter queen ranger sailor teacher usher visitor watchman clerk driver editor fisherman
guide hunter inspector janitor librarian mechanic neighbour orphan pilot reporter sculptor tailor
widow writer apprentice barber carpenter dentist electrician florist goldsmith innkeeper
journalist magician notary orchestra pharmacist""".split()
ADJECTIVES = """old narrow bright quiet wooden broken distant heavy yellow empty frozen crooked
polished ancient gentle rusty silver hollow careful enormous familiar grey hidden impatient
jealous lonely modest nervous ordinary patient quick rough steady tender useless violent weary
anxious bitter clumsy delicate eager faint generous honest idle jolly keen loose muddy neat odd
pale rare sharp thick uneven vast warm absent brief curious damp elegant fragile gloomy humble
invisible loud massive northern obvious precise remarkable solemn temporary urgent valuable""".split()
ACTIONS = """carried opened painted measured remembered followed repaired borrowed described watched
finished ignored lifted mentioned noticed ordered polished questioned recognised searched touched
understood visited wrapped admired buried collected delivered examined forgot gathered hid inspected
joined kicked lost marked needed offered prepared quoted returned studied traced used warned
abandoned brought cleaned doubted entered found guarded heard imagined kept left moved named owned
passed pulled reached sold took varnished weighed accepted bought counted discovered emptied fetched
greeted held invited judged knocked loaded mended nailed observed printed reminded saved
threw unlocked valued washed""".split()
MOVES = """walked hurried climbed wandered sailed travelled returned drifted marched crept galloped
rushed stumbled turned waited rested slept listened laughed whispered shivered vanished arrived
departed paused lingered""".split()
WHERE = """behind beside above beneath across around against along inside outside near past through
toward beyond under over""".split()
MANNER = ["slowly", "carefully", "at once", "without a word", "with great difficulty", "in silence",
          "almost by accident", "before breakfast", "after the storm", "for the third time",
          "in the dark", "as quietly as possible", "with trembling hands", "against all advice",
          "late in the evening", "long before dawn", "half asleep", "one last time", "by mistake",
          "in spite of the cold", "more than once", "in a low voice", "with visible relief"]
ABSTRACT = """patience silence justice curiosity weather memory fortune courage music distance
winter hunger friendship trouble luck honesty grief laughter habit progress doubt ambition""".split()
LINKS = ["and", "but", "so", "because", "while", "although", "until", "before", "when", "as if"]
SAYS = """said asked answered whispered replied shouted murmured insisted added admitted""".split()
OPENERS = ["Later that day,", "In the end,", "To everyone's surprise,", "Year after year,",
           "For a while,", "Nobody knew why, but", "On the other hand,", "As usual,",
           "According to the report,", "From that moment on,", "Not far away,", "Strangely enough,",
           "In those days,", "Without any warning,", "Even so,", "By then,"]
REMARKS = ["I never wanted any of this", "You should have told me sooner", "It will rain before noon",
           "There's no need to hurry", "We can't stay here much longer", "That isn't what I meant",
           "Somebody must have moved it", "I'd rather walk, if you don't mind",
           "They'll never believe us", "What on earth is that", "Bring me the other one, please",
           "Don't touch the paint, it's still wet", "He hasn't spoken since Sunday",
           "Let's begin again from the top", "You're quite sure about the price",
           "It was here a minute ago", "Nothing good ever came of a shortcut"]


class Writer:
    """Writes sentences from a seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def pick(self, words: list[str]) -> str:
        return self.draw.choice(words)

    def noun(self, words: list[str]) -> str:
        adjective = f"{self.pick(ADJECTIVES)} " if self.draw.random() < 0.55 else ""
        return f"{adjective}{self.pick(words)}"

    def phrase(self) -> str:
        form = self.draw.randrange(6)
        if form == 0:
            return self.person()
        if form == 1:
            phrase = self.noun(THINGS)
            return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"
        if form == 2:
            return f"{self.pick(['his', 'her', 'their', 'our', 'my'])} {self.noun(THINGS)}"
        if form == 3:
            return f"the {self.noun(THINGS)} of the {self.pick(PEOPLE)}"
        return f"the {self.noun(self.pick_list())}"

    def pick_list(self) -> list[str]:
        return PEOPLE if self.draw.random() < 0.3 else THINGS

    def person(self) -> str:
        form = self.draw.randrange(4)
        if form == 0:
            return self.pick(NAMES)
        if form == 1:
            return f"{self.pick(TITLES)} {self.pick(SURNAMES)}"
        if form == 2:
            return f"{self.pick(NAMES)} {self.pick(SURNAMES)}"
        return f"the {self.noun(PEOPLE)}"

    def clause(self) -> str:
        form = self.draw.randrange(5)
        if form < 2:
            return f"{self.person()} {self.pick(ACTIONS)} {self.phrase()}"
        if form == 2:
            return f"{self.person()} {self.pick(MOVES)} {self.pick(WHERE)} {self.phrase()}"
        if form == 3:
            return f"{self.person()} {self.pick(ACTIONS)} {self.phrase()} {self.pick(MANNER)}"
        return f"{self.phrase()} {self.pick(['was', 'seemed', 'looked', 'had become'])} " \
               f"{self.pick(ADJECTIVES)} and {self.pick(ADJECTIVES)}"

    def figures(self) -> str:
        d = self.draw
        date = f"{self.pick(MONTHS)} {d.randint(1, 28)}"
        return self.pick([
            f"On {date}, {d.randint(1790, 2020)}, {self.clause()}",
            f"At {d.randint(1, 12)}:{d.randrange(5, 60, 5):02d} {self.pick(['a.m.', 'p.m.'])} {self.clause()}",
            f"The {self.noun(THINGS)} cost ${d.randint(2, 900)}.{d.randint(10, 99)}, and {self.clause()}",
            f"About {d.randint(5, 95)}% of the {self.pick(ABSTRACT)} in {self.pick(PLACES)} was gone",
            f"Chapter {d.randint(2, 40)} describes how {self.clause()}",
            f"In {d.randint(1800, 2019)} {self.clause()}, {d.randint(11, 99)} miles from {self.pick(PLACES)}",
            f"Exactly {d.randint(1, 9)},{d.randint(100, 999)} people live near the {self.noun(THINGS)}",
            f"It was the {self.pick(['1st', '2nd', '3rd', '5th', '12th', '21st'])} time that {self.clause()}",
            f"No. {d.randint(2, 99)} on the list was {self.phrase()}",
            f"{self.pick(DAYS)} the {d.randint(4, 28)}th came, and {self.clause()}",
        ])

    def speech(self) -> str:
        remark, who, verb = self.pick(REMARKS), self.person(), self.pick(SAYS)
        mark = "?" if remark.startswith("What") or "quite sure" in remark else ","
        form = self.draw.randrange(3)
        if form == 0:
            return f'"{remark}{mark}" {verb} {who}'
        if form == 1:
            return f'{who} {verb}, "{remark}, and {self.clause()}"'
        return f'"{remark}{mark}" {verb} {who}, "unless {self.clause()}"'

    def sentence(self) -> str:
        form = self.draw.randrange(12)
        if form < 3:
            text = self.clause()
        elif form < 6:
            text = f"{self.clause()}, {self.pick(LINKS)} {self.clause()}"
        elif form < 8:
            text = f"{self.pick(OPENERS)} {self.clause()}"
        elif form == 8:
            text = f"{self.pick(ABSTRACT)} is not the same as {self.pick(ABSTRACT)}, as {self.person()} liked to say"
        elif form < 11:
            text = self.speech() if form == 9 else self.figures()
        else:
            text = f"{self.phrase()}, {self.phrase()} and {self.phrase()} were all that {self.clause()} for"
        text = text[0].upper() + text[1:]
        return text if text[-1] in ',?"' else text + self.pick([".", ".", ".", ".", "!", "..."])

    def chunk(self, least: int, most: int) -> str:
        """Sentences up to a length between the two."""
        wanted = self.draw.randint(least, most)
        text = self.sentence()
        while len(text) < wanted:
            further = self.sentence()
            if len(text) + 1 + len(further) > 300:
                break
            text += " " + further
        return text
