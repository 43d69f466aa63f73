"""A site as it is kept: its metadata, host names, revision and suspension, and how it is found."""
