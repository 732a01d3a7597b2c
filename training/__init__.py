"""How the embedded adapters were made, from data to score: each step a command with a help text."""
