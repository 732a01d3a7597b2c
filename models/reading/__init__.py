"""From a page to an article, its sentences, and the passages that carry its proposals."""

from models.reading.article import read_page
from models.reading.decoding import decode
from models.reading.page import Page, PageFormat, ReadingLimits
from models.reading.sentences import split_sentences

__all__ = ["Page", "PageFormat", "ReadingLimits", "decode", "read_page", "split_sentences"]
