"""Notices on the public board and the objections to them."""
