"""Places on the ground: where a point lies, what is wrong with a division into units, coordinates of other systems."""
