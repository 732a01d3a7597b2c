"""The prompts trained on are the shipped profiles' prompts."""

import pytest

from models.profiles import load_profile
from training import examples


@pytest.mark.parametrize("name", ["embedded", "embedded-fast", "embedded-llama"])
def test_a_profile_asks_as_the_adapter_was_taught(name: str) -> None:
    profile = load_profile(name)
    assert profile.translator.nouns is not None
    assert profile.translator.nouns.name == "nouns.tsv"
    assert profile.translator.prompts == {"translation": examples.TRANSLATION}
    assert profile.summarizer.prompts == {
        "proposal": examples.PROPOSAL,
        "proposal_headline": examples.HEADLINE_PROPOSAL,
        "key_point": examples.KEY_POINT,
        "key_point_headline": examples.HEADLINE_KEY_POINT,
    }
