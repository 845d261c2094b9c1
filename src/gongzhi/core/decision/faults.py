"""What can be wrong with a rule and with the counts given to it: codes with details, sentences are made elsewhere."""

from __future__ import annotations


class RuleError(ValueError):
    """A rule that cannot be used, or none in force. `code` and `details` say why."""

    def __init__(self, code: str, text: str, *details: str | int) -> None:
        super().__init__(text)
        self.code = code
        self.details = details


class BadCount(ValueError):
    """Counts that cannot be true. `details` are the names and numbers concerned.

    `code`: missing_count, unknown_count, not_whole, negative_count, count_too_large, more_than_possible,
    recused_of_area; unknown_option, no_options, beyond_scale, tie_undecided, lot_twice.
    """

    def __init__(self, code: str, text: str, *details: str | int) -> None:
        super().__init__(text)
        self.code = code
        self.details = details


def unusable(name: str, key: str, text: str, why: str = "wrong", *more: str | int) -> RuleError:
    """A rule written wrongly at `key`. `why`: wrong, missing, unknown_key, weights_sum, tie_undeclared, not_stricter,
    unknown_kind, not_of_law, not_dated; `more` are what its sentence needs.
    """
    return RuleError("rule_unusable", f"{name}.{key}: {text}", name, key, text, why, *more)
