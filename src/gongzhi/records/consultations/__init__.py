"""Consultations, surveys and lists of signatures beside a matter."""
