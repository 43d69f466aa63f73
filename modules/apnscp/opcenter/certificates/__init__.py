"""Private keys, requests and certificates: what accounts install by hand, and what the panel's own authority issues."""
