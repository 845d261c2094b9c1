"""The procedure engine: pure functions from a case and an act to a case and effects (semantics R1 to R47)."""
