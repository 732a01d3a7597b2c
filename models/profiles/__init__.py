"""Which checkpoints a profile uses, and how they are pulled, built and verified."""
