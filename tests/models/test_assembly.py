"""What a profile's options become in the tasks that are made of it."""

from dataclasses import replace

import pytest

from models.assembly import make_pipeline
from models.generation.fakes import ScriptedGenerator
from models.profiles import load_profile


@pytest.mark.parametrize(("beam", "retried"), [(1, 4), (4, 8)])
def test_every_hypothesis_of_a_beam_search_is_looked_at_and_the_retry_is_wider(
    beam: int, retried: int
) -> None:
    profile = load_profile("embedded")
    options = replace(profile.translator.options, beam_size=beam)
    profile = replace(profile, translator=replace(profile.translator, options=options))
    generator = ScriptedGenerator(lambda _: "The budget is 4 billion won.")
    pipeline = make_pipeline(profile, generator, generator)
    pipeline.translate(["예산은 3억 원이다."])
    asked = [(call.options.beam_size, call.options.hypotheses) for call in generator.calls]
    assert asked[:2] == [(beam, beam), (retried, retried)]
