"""The services of an account: which parameters there are, what their values may be, and in which forms clients send them."""
