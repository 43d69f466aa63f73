"""Plans: named sets of values that accounts start from, kept as files, and what moves when an account changes its plan."""
