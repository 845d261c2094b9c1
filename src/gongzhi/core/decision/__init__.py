"""How a decision is computed from counts: one file per kind of rule. No person ever sets an outcome."""

from gongzhi.core.decision.counts import of_item
from gongzhi.core.decision.faults import BadCount, RuleError
from gongzhi.core.decision.kinds import BY_OPTION, KINDS, asked_of, count
from gongzhi.core.decision.rule import RuleVersion, rule_in_force
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.decision.written import as_row, load_rules, read_rule

__all__ = [
    "BY_OPTION", "KINDS", "BadCount", "RuleError", "RuleVersion", "Verdict", "as_row", "asked_of", "count",
    "load_rules", "of_item", "read_rule",
    "rule_in_force",
]  # fmt: skip
