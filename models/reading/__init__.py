"""From a page to an article, its sentences, and the passages that carry its proposals."""
