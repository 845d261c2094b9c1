"""Rolls, who has voted, the sealed tally, paper entered twice, proxies, and what was counted."""
