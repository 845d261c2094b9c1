"""How a decision is computed from counts: one file per kind of rule. No person ever sets an outcome."""

from gongzhi.core.decision.rule import RuleError, RuleVersion, load_rules, rule_in_force
from gongzhi.core.decision.threshold import BadCount, count
from gongzhi.core.decision.verdict import Verdict

__all__ = ["BadCount", "RuleError", "RuleVersion", "Verdict", "count", "load_rules", "rule_in_force"]
