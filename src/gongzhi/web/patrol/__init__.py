"""巡查: a phone in a unit, with or without a net. The page holds nothing personal and no position is ever read."""
