"""Questions of an interview are told from bullets and headings; its answers have a speaker."""

from models.reading import Page, read_page
from models.reading.interviews import find_interview, open_answers
from models.reading.passages import choose_passages
from models.reading.speakers import find_speakers

LEAD = "나무를 돌본 지 20년 된 탁서린 푸른그늘연구소장을 지난 5일 경기 가람시 연구소에서 만났다."
QUESTIONS = (
    "조사를 시작한 계기는.",
    "지자체는 예산이 부족하다고 한다.",
    "무엇부터 바꿔야 할까.",
    "시민은 무엇을 할 수 있나?",
)
ANSWERS = (
    "“2021년 여름 폭염 때였어요. 그늘이 있는 길과 없는 길의 지표 온도가 11.4도나 차이 났습니다.”",
    "“절반만 맞아요. 강하게 자르면 당장은 싸지만 2년마다 또 잘라야 합니다. 계약 방식의 문제예요.”",
    "“가지를 25% 넘게 자를 때는 나무의사의 진단서를 받도록 조례를 고쳐야 합니다.”",
    "“집 앞 나무의 이력을 볼 수 있는 공개 지도를 함께 만들어야 합니다. 지자체도 도와야 하고요.”",
)


def interview(mark: str, answer: str = "") -> str:
    turns = [
        line
        for q, a in zip(QUESTIONS, ANSWERS, strict=True)
        for line in (f"{mark} {q}", answer + a)
    ]
    return "\n\n".join([LEAD, *turns])


def test_answers_are_the_interviewees_and_questions_nobodys() -> None:
    for text in (interview("◆"), interview("―"), interview("Q."), interview("◇", "◆ ")):
        article = read_page(Page(text))
        found = find_interview(article.sentences)
        assert found is not None
        asked = {article.sentences[n].text for n in found.questions}
        assert all(any(question in text for text in asked) for question in QUESTIONS)
        speakers = find_speakers(article)
        for number, by in enumerate(speakers):
            if number in found.questions:
                assert by.speaker is None
            elif number >= found.first:
                assert by.speaker == "탁서린 푸른그늘연구소장"


def test_no_question_is_taken_for_a_proposal_nor_joins_two_answers() -> None:
    passages = choose_passages(read_page(Page(interview("◆"))))
    assert passages
    for passage in passages:
        assert not any(question in passage.text for question in QUESTIONS)
        told = [[s.text in answer for s in passage.sentences] for answer in ANSWERS]
        assert sum(map(any, told)) == 1
        assert any(map(all, told))


def test_an_answer_is_told_sentence_by_sentence() -> None:
    article = read_page(Page(interview("◆")))
    opened = open_answers(article.sentences)
    assert "계약 방식의 문제예요." in [sentence.text for sentence in opened]
    assert all(article.text[s.start : s.end] == s.text for s in opened)
    for passage in choose_passages(article):
        assert all(article.text[s.start : s.end] == s.text for s in passage.sentences)
    bare = read_page(Page("\n\n".join([LEAD, *ANSWERS]))).sentences
    assert open_answers(bare) == bare


def test_headings_that_ask_leave_named_speakers_alone() -> None:
    text = "\n\n".join(
        [
            "이창수 가온은행 부행장은 3일 금리를 동결한다고 밝혔다.",
            "◆ 왜 동결했나",
            "박정우 누리대 교수는 “물가가 아직 높으니 금리를 더 오래 묶어 둬야 한다”고 주장했다. "
            "가계부채도 늘고 있다.",
            "◆ 시장 반응은",
            "표민정 한빛증권 연구원은 “연말까지 채권을 사야 한다”고 말했다. 거래는 늘지 않았다.",
            "◆ 향후 전망은?",
            "전문가들은 내년 상반기에 금리를 내려야 한다고 본다. 부동산 시장이 변수다.",
        ]
    )
    speakers = {by.speaker for by in find_speakers(read_page(Page(text)))}
    assert {"박정우 누리대 교수", "표민정 한빛증권 연구원"} <= speakers


def test_the_one_met_answers_not_whoever_the_lead_names_first() -> None:
    lead = f"김가온 장관이 대책을 내놓은 가운데 {LEAD}"
    speakers = find_speakers(read_page(Page(interview("Q1.").replace(LEAD, lead))))
    assert speakers[-1].speaker == "탁서린 푸른그늘연구소장"


def test_bullets_and_headings_are_no_questions() -> None:
    bullets = "\n\n".join(
        f"○ 교육부는 {year}년까지 학교 {year - 1900}곳에 급식실 환기 설비를 새로 설치할 계획이다."
        for year in (2026, 2027, 2028, 2029)
    )
    headings = "\n\n".join(
        f"◆ 예산 확대 {n}단계\n\n정부는 내년 예산을 {n}조 원 늘려 지역 학교에 나눠 주기로 했다. "
        "지자체도 함께 부담한다."
        for n in (1, 2, 3)
    )
    for text in (bullets, headings, LEAD, ""):
        sentences = read_page(Page(text)).sentences if text else ()
        assert find_interview(sentences) is None
