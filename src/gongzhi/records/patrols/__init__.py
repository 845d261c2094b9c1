"""What is seen on the ground: grid units, parts, points, patrols. See README.md."""
