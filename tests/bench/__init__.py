"""What the program costs, measured: `make bench` prints the table that stands in the README."""
