"""Signing in and out, and what a person may set, see and take along."""
