"""What every test runs under: no time is ever asserted, and a found example is found again."""

from hypothesis import settings

settings.register_profile("yoji", deadline=None, derandomize=True)
settings.load_profile("yoji")
