"""Matters: where each one is, its log of acts, and the erasable words that belong to it."""
