"""章程: what a charter says, drawn, proved and compared, for everybody to read."""
