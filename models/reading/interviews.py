"""An interview in questions and answers: which sentences ask, and who answers.

Responsible for telling the marked lines of an interviewer from a press release's bullets and an
article's headings. It must not know how speakers are found elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.documents import Sentence
from models.reading.sentences import split_line

_MARK = re.compile(r"(?:[◆◇▶▷■□●○▲△★☆▼▽◎-]|[-–—―]+|[QA문답](?=\d{0,2}\s?[.:)]|\s)|질문|답변)")
_ASKS = re.compile(
    r"(?:\?|(?:[나까]|[은는인던]가|[은는]데|는지|[은는]|[지요]요|어때)[.…]?)[\"'”’)]*$"
)
_QUOTED = re.compile(r"(?:[^“\"가-힣]{0,3})[“\"]([^“”\"]+)[”\"]")
_FEWEST_QUESTIONS = 3
_LONGEST_QUESTION = 160  # characters, on the average
_ASKING = 0.5  # share of the marked lines that must ask


@dataclass(frozen=True, slots=True)
class Interview:
    """The numbers of the sentences that ask, and of the first that answers."""

    questions: frozenset[int]
    first: int


def find_interview(sentences: Sequence[Sentence]) -> Interview | None:
    """The interview an article is; None where it is none.

    At least three paragraphs with the same mark, half of them questions, none directly after
    another, and shorter than what stands between them.
    """
    paragraphs: dict[int, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        paragraphs[sentence.paragraph].append(number)
    groups = list(paragraphs.values())
    by_mark: dict[str, list[int]] = defaultdict(list)
    for at, numbers in enumerate(groups):
        mark = _MARK.match(sentences[numbers[0]].text)
        if mark:
            by_mark[mark[0]].append(at)
    asking = [marked for marked in by_mark.values() if _are_questions(marked, groups, sentences)]
    if not asking:
        return None
    questions = frozenset(n for marked in asking for at in marked for n in groups[at])
    return Interview(questions, min(questions))


def open_answers(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with every answer that is one long quotation told sentence by sentence.

    Elsewhere a quotation stays whole, with whoever reports it; nobody reports an answer.
    """
    interview = find_interview(sentences)
    if interview is None:
        return tuple(sentences)
    return tuple(
        part
        for number, sentence in enumerate(sentences)
        for part in (_inside(sentence) if number > interview.first else (sentence,))
    )


def _inside(sentence: Sentence) -> Iterator[Sentence]:
    quoted = _QUOTED.fullmatch(sentence.text)
    if quoted is None:
        yield sentence
        return
    for left, right in split_line(quoted[1]):
        start, end = (sentence.start + quoted.start(1) + place for place in (left, right))
        yield Sentence(start, end, quoted[1][left:right], sentence.paragraph)


def _are_questions(
    marked: Sequence[int], groups: Sequence[Sequence[int]], sentences: Sequence[Sentence]
) -> bool:
    if len(marked) < _FEWEST_QUESTIONS:
        return False
    answers = [at + 1 for at in marked if at + 1 < len(groups) and at + 1 not in marked]
    if len(answers) < len(marked) - 1:
        return False
    texts = [" ".join(sentences[n].text for n in groups[at]) for at in marked]
    asked = sum(1 for text in texts if _ASKS.search(text))
    length = sum(map(len, texts)) / len(texts)
    answered = sum(len(sentences[n].text) for at in answers for n in groups[at]) / len(answers)
    return asked >= _ASKING * len(texts) and length < min(answered, _LONGEST_QUESTION)
