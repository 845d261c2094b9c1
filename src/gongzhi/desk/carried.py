"""What the handlers of effects are given: the step just recorded, with everything around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.intake import Papers
from gongzhi.records.matters.models import Act, Matter, Words


@dataclass(frozen=True, slots=True)
class Carried:
    """One recorded act. `before` is None when it filed the matter; `now` is when it was recorded."""

    matter: Matter
    charter: Charter
    before: Case | None
    case: Case
    act: CoreAct
    row: Act
    draft: Draft | NewMatter | None
    papers: Papers
    now: datetime

    @property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.case.procedure]

    def step(self, name: str) -> Step:
        return self.procedure.steps[name]

    def organ(self, holder: str) -> int | None:
        """The instance of `organ` or `organ.seat` in this matter."""
        found = self.case.cast.get(organ_of(holder))
        return int(found) if found else None

    def words(self, name: str) -> Words | None:
        """The words of this act by name."""
        return next((one.row for one in self.papers.sealed if one.name == name), None)

    def public_texts(self, names: Iterable[str]) -> dict[str, Words]:
        """The newest words of the matter under each of these names, those of this act first."""
        wanted = list(names)
        rows = Words.objects.filter(matter=self.matter, name__in=wanted).order_by("pk")
        return {row.name: row for row in rows}
