"""What is asserted of an output before anyone sees it."""
