"""What was said before: which open matters are alike."""
