"""The residents' portal: say a word, follow a matter, confirm, reopen, rate."""
