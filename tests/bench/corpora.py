# SPDX-License-Identifier: MIT
"""Further English for verdict.py, with other words than prose.py and of another kind.

`Talk` is people who speak: contractions, exclamations, names, half sentences, in kitchens, offices and
stations of today. `Almanac` is full of what is not said as it is written: dates, times, money, units,
ordinals, years, Roman numerals, initials, abbreviations, telephone numbers. Both are made by a seed.
`Essay` is written by hand, the text of data/english.txt, a window of it for each seed.
"""
from __future__ import annotations

import random
from pathlib import Path

from prose import Writer

FIRST = """Priya Dmitri Wanda Kenji Fatima Hugo Ingrid Malik Noelle Pablo Quentin Rosa Sanjay Tamara
Ulrich Vera Yusuf Zoe Alasdair Bridget Callum Deirdre Esteban Giselle Henrik Imogen""".split()
LAST = """O'Connor MacLeod Fitzgerald Van Dyke Nakamura Castellanos Schroeder Petrov Abernathy
Goldsmith Underwood Rasmussen Villanueva Blackwood Kowalski Montgomery Hawthorne""".split()
GOODS = """laptop, coffee machine, backpack, invoice, umbrella stand, birthday cake, charger, sandwich,
passport, screwdriver, headphones, spreadsheet, password, lawnmower, microwave, shopping list, taxi,
parking ticket, toothbrush, pineapple, thermostat, rehearsal, appointment, interview, mortgage,
volleyball, saxophone, wheelbarrow, dishwasher, bookshelf, mushroom soup, garlic bread, apology,
photograph, wedding dress, jigsaw puzzle, fire alarm, elevator button, swimming pool""".replace("\n", " ").split(", ")
VERBS = """lost fixed dropped bought hidden cancelled borrowed cooked photographed delivered broken
returned ordered swallowed repaired recorded cleaned wrapped thrown signed""".split()
DIALOGUE = [
    "I can't believe you've {v} the {g} again!", "Wait, wait, wait. Who's {v} my {g}?",
    "Oh, come on, {n}, it's only a {g}.", "You said we'd have it by Friday, didn't you?",
    "Well, I suppose so, but what about the {g}?", "No! Absolutely not. I won't hear of it.",
    "Has anybody seen {n}? She was here ten minutes ago.", "They're saying it's going to snow tonight.",
    "If I were you, {n}, I'd call the landlord first.", "Honestly? I've never liked {n}.",
    "Do you want the {g} or don't you?", "We should've left at half past six.",
    "Nobody told me there'd be a {g} involved.", "I'm sorry, I thought you'd already {v} it.",
    "That's what she said, more or less, and then she hung up.", "Mum, where's the {g}? I'm late!",
    "You're joking. Please tell me that you're joking.", "He'll be fine; he always is.",
    "I'd like two tickets to Glasgow, please, and a {g} if you've got one.",
    "It wasn't me who {v2} the {g}, it was {n}.", "Thank goodness you're here, {n}.",
    "What I don't understand is why they'd want a {g} at midnight.",
    "Shh, listen. Can you hear that?", "Let's not argue about the {g}, all right?",
    "There isn't any milk left, so I've made it with yoghurt.",
    "Excuse me, is this seat taken?", "My sister's neighbour's dog ate the {g}.",
    "You could've asked, you know.", "Whoever {v2} this {g} owes me an explanation.",
]
TAGS = ["said {n}", "{n} asked", "{n} muttered", "laughed {n}", "{n} called from the hallway",
        "said {n}, yawning", "{n} replied, without looking up", "{n} shouted over the noise",
        "whispered {n}", "{n} sighed"]
BEATS = ["{n} shook her head and stared at the {g}.", "The kettle clicked off.",
         "Somewhere upstairs a door slammed.", "{n} poured herself another cup of tea.",
         "For a moment nobody spoke.", "{n} grinned, grabbed the {g} and ran.",
         "The traffic outside had stopped completely.", "{n} checked his phone for the fifth time.",
         "It smelled of burnt toast and furniture polish.", "{n} pretended not to notice."]


class Talk(Writer):
    """People who speak."""

    def fill(self, text: str) -> str:
        while "{" in text:
            for key, words in (("{n}", FIRST), ("{g}", GOODS), ("{v}", VERBS), ("{v2}", None)):
                if key in text:
                    word = self.pick(words if words is not None else ["bought", "broke", "hid", "took"])
                    text = text.replace(key, word, 1)
        return text

    def sentence(self) -> str:
        said = self.fill(self.pick(DIALOGUE))
        form = self.draw.randrange(6)
        if form < 2:
            return f'"{said}"'
        if form < 4:
            quoted = said[:-1] + "," if said[-1] == "." else said
            return f'"{quoted}" {self.fill(self.pick(TAGS))}.'
        if form == 4:
            return f"{self.pick(FIRST)} {self.pick(LAST)} had {self.pick(VERBS)} the {self.pick(GOODS)}."
        return self.fill(self.pick(BEATS))


UNITS = ["km", "kg", "cm", "mm", "m", "g", "lbs", "ft", "mph", "km/h", "miles", "hours", "degrees"]
MONTHS = """Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.""".split()
KINGS = ["Henry VIII", "Louis XIV", "Elizabeth II", "George III", "Pope John XXIII", "Richard III"]
BODIES = ["the U.S. Navy", "the BBC", "NASA", "the U.N.", "Carter & Sons Ltd.", "the Smith Bros. Co.",
          "the E.U.", "St. Mary's Church", "the FBI", "Brown Inc."]
PLACES = ["Mt. Baker", "Ft. Collins", "St. Louis", "Washington, D.C.", "Los Angeles", "Baker St.",
          "New York City", "Fifth Ave.", "Zurich", "Rio de Janeiro"]
PEOPLE = ["Dr. Patel", "Mr. and Mrs. Hughes", "Prof. J. R. Nolan", "Sen. Ortiz", "Lt. Col. Briggs",
          "Rev. Parsons", "Ms. Whitfield", "T. S. Eliot", "Capt. Moreau", "J. K. Larsen Jr."]


class Almanac(Writer):
    """What is not said as it is written, in ASCII: flite itself drops other signs."""

    def number(self) -> str:
        d = self.draw
        return self.pick([str(d.randint(2, 99)), str(d.randint(101, 999)), f"{d.randint(1, 99)},{d.randint(0, 999):03d}",
                          f"{d.randint(0, 99)}.{d.randint(1, 9)}", f"{d.randint(2, 9)} million",
                          f"{d.randint(1, 9)}.{d.randint(1, 9)} billion"])

    def money(self) -> str:
        d = self.draw
        return self.pick([f"${d.randint(2, 999)}", f"${d.randint(2, 99)}.{d.randint(10, 99)}",
                          f"${d.randint(2, 40)} million", f"{d.randint(5, 95)} cents"])

    def date(self) -> str:
        d = self.draw
        day, year = d.randint(1, 28), d.randint(1700, 2024)
        return self.pick([f"{self.pick(MONTHS)} {day}, {year}", f"{day} {self.pick(MONTHS)} {year}",
                          f"the {day}{self.suffix(day)} of {self.pick(MONTHS)}", f"{year}", f"the {year // 10 * 10}s",
                          f"{self.pick(MONTHS)} {day}{self.suffix(day)}"])

    @staticmethod
    def suffix(n: int) -> str:
        return "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")

    def time(self) -> str:
        d = self.draw
        hour, minute = d.randint(1, 12), d.randrange(0, 60, 5)
        return self.pick([f"{hour}:{minute:02d} {self.pick(['a.m.', 'p.m.', 'AM', 'PM'])}", f"{hour} p.m.",
                          f"{d.randint(13, 23)}:{d.randint(10, 59)}", f"{hour}:{d.randint(10, 59)}"])

    def sentence(self) -> str:
        d, n = self.draw, self.number
        ordinal = d.randint(2, 31)
        who, where, body = self.pick(PEOPLE), self.pick(PLACES), self.pick(BODIES)
        text = self.pick([
            f"On {self.date()}, {who} paid {self.money()} for {n()} shares of {body}",
            f"The train from {where} leaves at {self.time()} and arrives at {self.time()}",
            f"{body} reported a loss of {self.money()}, or {d.randint(1, 60)}%, in {self.date()}",
            f"The bridge near {where} is {n()} {self.pick(UNITS)} long and weighs {n()} {self.pick(UNITS)}",
            f"{self.pick(KINGS)} reigned until {d.randint(1500, 1950)}, i.e. for {d.randint(2, 60)} years",
            f"Call {who} at 555-{d.randint(1000, 9999)} before {self.time()}",
            f"See pp. {d.randint(2, 90)}-{d.randint(91, 300)} of vol. {d.randint(2, 12)}, ch. {self.pick(['II', 'IV', 'IX', 'XII'])}",
            f"{who} came in as no. {d.randint(2, 90)} of {n()} runners at {where}",
            f"About {d.randint(2, 9)}/{d.randint(10, 20)} of the {n()} voters, approx. {d.randint(10, 90)}.{d.randint(1, 9)}%, stayed at home",
            f"It was {d.randint(2, 40)} degrees in {where} at {self.time()}, vs. {d.randint(2, 40)} the day before",
            f"The {ordinal}{self.suffix(ordinal)} edition costs {self.money()}, incl. postage, etc.",
            f"No. {d.randint(2, 99)}, {where}, was sold to {body} for {self.money()}",
            f"World War II ended in 1945, when {who} was {d.randint(2, 60)}",
            f"Flight {d.randint(100, 999)} to {where} took {d.randint(1, 12)} hrs. {d.randint(10, 59)} min., {who} said",
            f"{who} weighs {d.randint(50, 120)} kg and is {d.randint(4, 6)}'{d.randint(1, 11)}\" tall",
            f"The score was {d.randint(0, 9)}-{d.randint(0, 9)} after {d.randint(20, 90)} minutes, cf. page {d.randint(2, 400)}",
        ])
        return text + "."


class Essay:
    """Sentences written by hand, a stretch of them for each chunk."""

    def __init__(self, seed: int) -> None:
        path = Path(__file__).parent / "data" / "english.txt"
        self.lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        self.draw = random.Random(seed)

    def chunk(self, least: int, most: int) -> str:
        wanted, at = self.draw.randint(least, most), self.draw.randrange(len(self.lines))
        text = self.lines[at]
        while len(text) < wanted:
            at = (at + 1) % len(self.lines)
            if len(text) + 1 + len(self.lines[at]) > 300:
                break
            text += " " + self.lines[at]
        return text


CORPORA = {"prose": Writer, "talk": Talk, "almanac": Almanac, "essay": Essay}
