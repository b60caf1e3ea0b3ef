"""People: accounts, roles, preferences, the mail they get, and the log of what happened to them."""
