"""Who is calling: passwords, tokens, sessions, second factors, API keys."""
