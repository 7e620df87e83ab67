"""What a proposal says by itself, what it keeps to itself, and what its files bear."""

import re
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import MONDAY
from tests.coach.proven import WAN, prove_demand, prove_exchange, prove_presentation, prove_trust
from tests.factories import make_contact, make_customer, make_influencer, make_opportunity
from tests.factories.findings import make_finding, values_of
from tests.laws import examples
from wendu.desk.proposals.docx import docx
from wendu.desk.proposals.marks import blocks, fit, items, table
from wendu.desk.proposals.page import draft_of, proposal_page
from wendu.desk.proposals.paper import Chapter, Paper, file_name, paper
from wendu.desk.proposals.pdf import html, pdf
from wendu.offers import actions
from wendu.offers.models import SECTIONS, Proposal
from wendu.opportunities.choices import InfluencerRole

TODAY = MONDAY.date()


@pytest.fixture
def deal(cast):
    customer = make_customer(cast.alice, "桐溪注塑")
    return make_opportunity(customer, "空压站节能改造", amount_minor=96 * WAN, currency="CNY")


@pytest.fixture
def boss(deal):
    boss = make_contact(deal.customer, "顾明舒", job_title="生产总监")
    make_influencer(deal, boss, InfluencerRole.DECISION_MAKER, weight=5)
    return boss


@pytest.fixture
def proven(deal, boss):
    need = prove_demand(deal, boss)
    prove_presentation(deal, boss, need)
    prove_trust(deal, boss)
    prove_exchange(deal)
    return need


def drafted(deal, language="zh-hans"):
    return draft_of(deal.owner, deal, language, MONDAY)


def whole(draft):
    return "\n".join(str(draft[name]) for name in SECTIONS)


@pytest.mark.django_db
def test_the_findings_fill_what_they_know_and_nothing_else(deal, boss, proven):
    draft = drafted(deal)

    assert "夜里白跑" in draft["situation"]
    assert "顾明舒 (生产总监) | 换机不停产 | 年底交货不误" in draft["needs"]
    assert "变频" in draft["solution"]
    assert "¥310,000" in draft["benefits"]
    assert "37 个月" in draft["benefits"]
    assert "样板站" in draft["evidence"]
    assert "¥960,000" in draft["price"]
    assert draft["implementation"] == draft["next_step"] == ""
    assert draft["next_step_on"] is None


@pytest.mark.django_db
def test_it_is_written_in_the_language_of_the_reader(deal, proven):
    assert "At this rate the price comes back in about 37 months." in drafted(deal, "en")["benefits"]


@pytest.mark.django_db
def test_what_belongs_to_one_person_or_to_us_stays_out(deal, boss, proven):
    make_finding(
        deal, "demand", boss, kind="explicit", quote="不然没法跟韩总交代", need="保住位子", motive_kind="personal"
    )
    card = {"demand_id": proven.pk, "evidence_kind": "data", "evidence": "评优材料"}
    make_finding(deal, "benefitcard", boss, interest="self_actualisation", feature="升迁", **card)
    make_finding(deal, "benefitcard", boss, interest="cost", feature="没证明的", demand_id=proven.pk)
    make_finding(deal, "benefitcard", boss, interest="cost", feature="没人要的", evidence_kind="data", evidence="有")
    make_finding(deal, "concern", boss, kind="personal", what="怕丢脸", answer="替他扛")
    make_finding(deal, "worth", rival="海川", price_minor=86 * WAN)

    told = whole(drafted(deal))

    for secret in (
        "没法跟韩总交代",
        "停一天就交不上",
        "升迁",
        "评优材料",
        "没证明的",
        "没人要的",
        "怕丢脸",
        "海川",
        "700,000",
    ):
        assert secret not in told, secret


@pytest.mark.django_db
def test_our_own_estimate_is_no_price(deal, proven):
    deal.amount_is_estimated = True
    deal.save()

    draft = drafted(deal)

    assert draft["price"] == ""
    assert "个月" not in draft["benefits"]


@pytest.mark.django_db
def test_a_case_gives_no_name_without_consent(cast, deal, proven):
    solution = actions.add_solution(values={"name": "空压站节能", "rollout": "先测\n再换"}, actor=cast.mona, at=MONDAY)
    named = values_of("solutioncase", customer_kind="五金厂", customer_name="金辉五金", may_name=True)
    for said in (values_of("solutioncase"), named):
        actions.write_piece(actions.CASE, solution=solution, values=said, actor=cast.mona, at=MONDAY)
    actions.use_solution(opportunity=deal, solution=solution, actor=cast.alice, at=MONDAY)

    draft = drafted(deal)

    assert "注塑厂，300 人" in draft["evidence"]
    assert "金辉五金" in draft["evidence"]
    assert "- 先测\n- 再换" in draft["implementation"]


@pytest.mark.django_db
def test_m137_no_proposal_before_a_need_is_said_and_the_page_says_why_one_is_due(cast, deal, boss):
    with pytest.raises(actions.NoNeedYet):
        actions.write_proposal(opportunity=deal, language="en", values={"title": "x"}, actor=cast.alice, at=MONDAY)
    prove_demand(deal, boss)
    made = actions.write_proposal(
        opportunity=deal, language="zh-hans", values={"title": "节能", **drafted(deal)}, actor=cast.alice, at=MONDAY
    )

    page = proposal_page(cast.alice, made, MONDAY)

    assert page.due.verdict == "write"
    assert page.due.reasons
    missing = [each.name for each in page.sections if not each.is_filled]
    assert missing == ["evidence", "implementation", "next_step"]
    assert (page.filled, page.share) == (5, 62.5)


HOSTILE = "<script>alert(1)</script> </style>\x0b\x00 \ud83d | - # {{ x }} }} @page \\ \" ' 字" * 20


def printed(text, title="节能", language="zh-hans"):
    chapters = (Chapter(1, "现状", blocks(text)),)
    who, pages = (("呈送", fit(title)),), ("第 ", " 页，共 ", " 页")
    return Paper(language, fit(title), "提案", fit(title), "沐泽", who, chapters, pages, fit(title))


def unpacked(file: bytes) -> bytes:
    """The objects of a PDF, those it packs together, too."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL)
    return file + b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x")


def texts_of(file: bytes) -> str:
    found = Document(BytesIO(file))
    cells = [cell.text for each in found.tables for row in each.rows for cell in row.cells]
    return "\n".join([each.text for each in found.paragraphs] + cells)


def test_a_section_is_read_as_it_is_typed():
    text = f"# 头\n一段\n\n{items(['甲', '乙'])}\n{table(('问题', '办法'), [('白跑', '变|频')])}\n|---|---|"

    found = blocks(text)

    assert [each.kind for each in found] == ["heading", "text", "items", "table"]
    assert found[3].rows == (("问题", "办法"), ("白跑", "变/频"))
    assert blocks("|\n| |\n\x00") == ()


@given(st.text(max_size=200))
@settings(max_examples=examples(60), deadline=None)
def test_whatever_is_typed_can_be_printed(text):
    told = printed(text, title=text or "x")

    assert docx(told).startswith(b"PK")
    assert "</html>" in html(told)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_hostile_words_are_words_in_both_files(language):
    told = printed(HOSTILE + "\n| " + HOSTILE, title=HOSTILE, language=language)

    page = html(told)
    assert "<script>alert" not in page
    assert "</style>" not in page.partition("</head>")[0].partition("<style>")[2].removesuffix("</style>")
    assert pdf(told).startswith(b"%PDF")
    assert "<script>alert(1)</script>" in texts_of(docx(told))


def test_a_huge_section_and_a_word_without_end_are_printed():
    huge = "\n".join(f"| 第{number}行 | {'长' * 40} | {'x' * 300} |" for number in range(200))

    assert len(pdf(printed(huge))) > 10_000
    assert len(docx(printed(huge))) > 10_000


def test_the_pdf_holds_its_chinese_font_and_the_word_file_names_one():
    told = printed("- 一天不停线")

    assert b"FontFile" in unpacked(pdf(told))
    with ZipFile(BytesIO(docx(told))) as file:
        assert "Microsoft YaHei" in file.read("word/styles.xml").decode()
        footers = [file.read(name).decode() for name in file.namelist() if "footer" in name]
    assert any("NUMPAGES" in each for each in footers)


def test_a_pdf_fetches_nothing_from_anywhere():
    told = printed("file:///etc/passwd http://127.0.0.1/x.png")

    assert pdf(told).startswith(b"%PDF")
    assert "<img" not in html(told)


@pytest.mark.django_db
def test_a_file_is_called_after_customer_title_and_version(cast, deal):
    proposal = Proposal(opportunity=deal, number=3, language="en", title='../a/b:"c"\x00')

    assert file_name(proposal, "pdf") == "桐溪注塑 .. a b c v3.pdf"
    assert paper(proposal, TODAY).lines[-1] == ("Version", "3")


@pytest.mark.django_db
def test_a_familys_paper_tells_what_matters_to_a_person(deal, boss):
    need = prove_demand(deal, boss)
    safe = {"interest": "safety", "benefit": "夜里漏气先断再响", "evidence": "三年零事故", "demand_id": need.pk}
    make_finding(deal, "benefitcard", boss, **safe)

    assert "夜里漏气先断再响" not in whole(drafted(deal))
    deal.customer.market = "b2c"
    assert "夜里漏气先断再响" in whole(drafted(deal))
