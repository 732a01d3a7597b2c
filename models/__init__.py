"""Yoji's library: Korean news text in, key proposals in Korean and English out.

Knows nothing of HTTP, environment variables or argument parsing (that is ``service``).
"""
