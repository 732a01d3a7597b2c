"""Figures, dates, names and terms: found in Korean, rendered in English, verified in outputs."""
