"""What generations cost, added up."""

from __future__ import annotations

from models.documents import Cost
from models.generation.protocol import Generation


def cost_of(generation: Generation) -> Cost:
    """The tokens in and out of one generation, all hypotheses counted.

    It is truncated when its best hypothesis was cut at the limit, or its prompt.
    """
    return Cost(
        source_tokens=generation.source_tokens,
        output_tokens=sum(hypothesis.tokens for hypothesis in generation.hypotheses),
        queue_ms=generation.queue_ms,
        truncated=generation.truncated or not generation.hypotheses[0].finished,
    )


def add_costs(*costs: Cost) -> Cost:
    """Tokens and waiting times added; truncated when any was."""
    return Cost(
        source_tokens=sum(cost.source_tokens for cost in costs),
        output_tokens=sum(cost.output_tokens for cost in costs),
        queue_ms=sum(cost.queue_ms for cost in costs),
        truncated=any(cost.truncated for cost in costs),
        chunks=sum(cost.chunks for cost in costs),
    )
