"""Runs networks: text in, hypotheses out, whatever the engine.

Knows nothing of summaries, translations, anchors or articles. Only this room and
``models/profiles`` may import torch, transformers, ctranslate2, and only inside functions.
"""
