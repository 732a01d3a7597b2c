"""How good a profile is: scores on reference sets, and the floors it must not fall below."""
