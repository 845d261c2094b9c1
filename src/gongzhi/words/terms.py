"""Names of things in the reader's language, taken from the charter (its titles and their English)."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.words.kinds import names_of

SIGN, ATTEND, HELP, CHILD = "sign.", "attend.", "help.", "child."


def english() -> bool:
    return (get_language() or "").startswith("en")


class Terms:
    """Titles of one charter. An unknown key comes back as it is: a page never breaks over a missing title."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter

    def text(self, title: str) -> str:
        """A title in the reader's language."""
        return self.charter.english.get(title, title) if english() else title

    def of_rules(self) -> dict[str, str]:
        """Titles of the criteria, grades and groups of the charter's own rules."""
        rules = self.charter.own_rules.values()
        return {key: self.text(title) for rule in rules for key, title in names_of(rule).items()}

    def organ(self, key: str) -> str:
        people = {
            "filer": _("反映人"),
            "resident": _("居民"),
            "residents": _("居民"),
            "parties": _("当事人"),
            "party": _("当事人"),
            "other_side": _("另一方当事人"),
            "system": _("系统"),
            "owners": _("业主"),
            "voters": _("选民"),
            "group": _("居民小组"),
            "villagers": _("村民"),
        }
        organ = self.charter.organs.get(key)
        return self.text(organ.title) if organ else people.get(key, key)

    def holder(self, holder: str) -> str:
        """`organ` or `organ.seat`, `filer`, `parties`."""
        key, _dot, seat = holder.partition(".")
        organ = self.charter.organs.get(key)
        if organ is None and key in ("parties", "party") and (side := self.organ(seat)) != seat:
            return side
        if organ is None or not seat:
            return self.organ(key)
        held = organ.seats.get(seat)
        title = self.text(held.title) if held else seat
        return f"{title}, {self.organ(key)}" if english() else f"{self.organ(key)}{title}"

    def procedure(self, key: str) -> str:
        found = self.charter.procedures.get(key)
        return self.text(found.title) if found else key

    def category(self, key: str) -> str:
        found = self.charter.categories.get(key)
        return self.text(found.title) if found else key

    def step(self, procedure: Procedure, key: str) -> str:
        found = procedure.steps.get(key)
        return self.text(found.title) if found else self.end(procedure, key)

    def end(self, procedure: Procedure, key: str) -> str:
        if key == "withdrawn":
            return _("反映人撤回")
        found = procedure.ends.get(key)
        return self.text(found.title) if found else key

    def outcome(self, step: Step | None, key: str) -> str:
        named = {
            "unsigned": _("未签齐"),
            "passed": _("通过"),
            "failed": _("未通过"),
            "no_quorum": _("人数不够"),
        }
        found = step.then.get(key) if step else None
        if found is not None and found.title:
            return self.text(found.title)
        return _("反映人撤回") if key == "withdrawn" else named.get(key, key)

    def document(self, key: str) -> str:
        return self.text(self.charter.documents.get(key, key))

    def field(self, procedure: Procedure, key: str) -> str:
        found = procedure.fields.get(key)
        return self.text(found.title) if found else key

    def ground(self, step: Step, key: str) -> str:
        return self.text(step.pause.grounds.get(key, key)) if step.pause else key

    def passing_ground(self, ground: str) -> str:
        """The ground of passing on: a line of the duty list (`category:organ`) or one the charter lists, then words."""
        key, _space, words = ground.partition(" ")
        said = self._duty_line(key) or self._listed_ground(key)
        return _("；").join(part for part in (said, words.strip()) if part) if said else ground

    def _duty_line(self, key: str) -> str:
        duty = next((one for one in self.charter.duties if f"{one.category}:{one.answers}" == key), None)
        if duty is None:
            return ""
        said = _("{category}归{organ}").format(category=self.category(duty.category), organ=self.organ(duty.answers))
        basis = duty.law or duty.list or ""
        return _("{said}（{basis}）").format(said=said, basis=basis) if basis else said

    def _listed_ground(self, key: str) -> str:
        rules = [self.charter.handover, *(one.handover for one in self.charter.procedures.values())]
        return next((self.text(rule.grounds[key]) for rule in rules if rule and key in rule.grounds), "")

    def part(self, step: Step, name: str) -> str:
        """`sign.party_branch` -> 社区党总支签字."""
        declared = next((part for part in step.parts if part.name == name), None)
        if declared is not None and declared.title:
            return self.text(declared.title)
        for prefix, words in (
            (SIGN, _("{who}签字")),
            (ATTEND, _("{who}到会")),
            (HELP, _("{who}配合")),
            (CHILD, _("下属事项{who}")),
        ):
            if name.startswith(prefix):
                return words.format(who=self.holder(name[len(prefix) :]))
        return self.holder(name)

    def power(self, organ: str) -> str:
        """Where a decision of this organ takes its power from (FQ-17); self-government cannot sanction."""
        found = self.charter.organs.get(organ)
        return _("行政决定") if found and found.kind == "government" else _("自治决定（靠同意，不带处罚）")
