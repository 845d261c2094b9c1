"""Gongzhi 共治: institutions as data, every matter settled on time, in the open, by one answerable office."""

__version__ = "0.1.0"
