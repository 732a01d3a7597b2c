"""Yoji's doors: settings, policy, HTTP, command line and batch around ``models``."""
