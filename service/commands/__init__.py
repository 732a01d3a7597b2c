"""The commands of ``yoji``, one module each; they return an exit code or raise."""
