"""What an institution promises about itself: rights, disclosures, funds, norms, indicators, posts, delegations.

Read through `core.charter.spec`, which holds the charter these belong to. The engine never looks at them: the
check proves that procedures keep them, and faces show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.core.calendar import Span


@dataclass(frozen=True, slots=True)
class Right:
    """A right and who has it; it is exercised by filing a matter, or taking part in one, of `through`."""

    name: str
    title: str
    held_by: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is made public on the board of a level, how long after it happened, and for how long at least."""

    name: str
    title: str
    board: str
    within: Span
    for_: Span
    of: tuple[str, ...] = ()  # procedures whose published steps make it public
    law: str | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """Money kept apart. `share` is the least per cent of `of`, the fund it comes from.

    `least`: yuan a head that its yearly budget has at least. `spends` False: held only to be passed on.
    """

    name: str
    title: str
    held_by: str
    of: str | None = None
    share: int | None = None
    law: str | None = None
    least: int | None = None
    spends: bool = True


@dataclass(frozen=True, slots=True)
class Norm:
    """A condition over numbers of a place, with numbers for which it has to hold, and to fail."""

    name: str
    title: str
    facts: Mapping[str, str]
    test: str
    holds: tuple[Mapping[str, int], ...]
    fails: tuple[Mapping[str, int], ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What an office types in as totals, since we must not hold what they are totals of. `by` answers for it.

    `of_people`: cells under ten are hidden (guardrail H4). `whole` None: a plain number.
    """

    by: str
    part: str
    whole: str | None = None
    of_people: bool = True


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Of those who answered the question `asks` (in these very words), the share that gave an answer of `counts`, or on
    a scale `at_least` as much. The wording is the formula: another question is another figure.
    """

    asks: str
    counts: tuple[str, ...] = ()
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number computed from the log: `part`, or `part` of `whole`, or the `median` hours; of all matters or of one
    procedure, or only while one `organ` answered, without the kinds of matters it `leaves_out`. Or a number `entered`
    by an office as a total, or the share of answers in a `survey`.

    `target`: as written, `>= 95%`. `answers`: the organ that answers for it. `source`: where it is asked for.
    """

    name: str
    title: str
    part: str | None = None
    whole: str | None = None
    procedure: str | None = None
    median: str | None = None
    leaves_out: tuple[str, ...] = ()
    period: str = "month"
    target: str | None = None
    source: str | None = None
    answers: str | None = None
    entered: Entered | None = None
    survey: Surveyed | None = None
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Who holds `seat` holds the seats `also` at the same time (`organ.seat` each)."""

    seat: str
    also: tuple[str, ...]
    law: str | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """`to` may decide in the procedures `in_` for `from_`, and in no other, until a span after it was given."""

    from_: str
    to: str
    in_: tuple[str, ...]
    until: Span


@dataclass(frozen=True, slots=True)
class LawNote:
    """Where a rule of the source and the law in force differ, and how this charter treats it."""

    source: str
    at: str  # a procedure, `procedure.step`, or an organ
    law: str
    says: str
