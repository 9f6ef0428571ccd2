"""The year as it is shown: nothing that a register holds acts, every percentage says of what, and it all fits."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from feedback_tui.enums import Kind, YearSection
from feedback_tui.models.register import TypedFigure, YearText
from feedback_tui.reports.document.number_format import share, shown
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.renderers.as_csv import paper_as_csv
from feedback_tui.reports.renderers.as_docx import paper_as_docx
from feedback_tui.reports.renderers.as_html import paper_as_html
from feedback_tui.reports.renderers.as_json import as_json
from feedback_tui.reports.renderers.as_markdown import paper_as_markdown
from feedback_tui.reports.renderers.as_text import LEAST, WIDTH, bar, paper_as_text
from feedback_tui.rules.months import quarter
from tests.reports.building import ANSWERED, YEAR, Agreed, Given, Point, figures_of_cases
from tests.reports.full_year import FULL, full_typed

HOSTILE = [
    "[/]",
    "[Complaint] re bins",
    "[bold red]x[/bold red]",
    "<script>alert(1)</script>",
    "a | b `c` *d* _e_ # f & g",
    "\x1b]0;PWNED\x07",
    "\u202eevil",
    "two\nlines",
    ":smile: https://example.org www.example.org",
    "x" * 120,
    "長" * 60,
]


def as_text(figures: Figures, width: int = WIDTH) -> str:
    return paper_as_text(paper(figures), width)


def as_markdown(figures: Figures) -> str:
    return paper_as_markdown(paper(figures))


def as_html(figures: Figures) -> str:
    return paper_as_html(paper(figures))


def as_docx(figures: Figures) -> bytes:
    return paper_as_docx(paper(figures))


def as_csv(figures: Figures) -> dict[str, str]:
    return paper_as_csv(paper(figures))


def named(word: str) -> Given:
    """A case with `word` wherever a register takes an open word."""
    point = Point(word, word, word, word, word)
    return ANSWERED.but(
        points=(point,),
        channel=word,
        learning=(word,),
        remedies=(Agreed(word, 100),),
    )


@pytest.fixture(scope="module")
def hostile() -> Figures:
    praise = [Given(kind=Kind.COMPLIMENT, procedure=None, points=(Point(word),), source=word) for word in HOSTILE]
    written: list[TypedFigure | YearText] = [
        YearText(year="2022/23", section=section, position=position, text=word)
        for section in YearSection
        for position, word in enumerate(HOSTILE, start=1)
    ]
    return figures_of_cases(*(named(word) for word in HOSTILE), *praise, typed=written)


@pytest.fixture(scope="module")
def full() -> Figures:
    """A year with something in every section."""
    return figures_of_cases(*FULL, typed=full_typed())


def flat(text: str) -> str:
    return " ".join(text.split())


class TestText:
    def test_shows_hostile_words_as_typed(self, hostile: Figures) -> None:
        shown = as_text(hostile, width=200)
        for word in ("[/]", "[Complaint] re bins", "[bold red]x[/bold red]", "<script>alert(1)</script>"):
            assert word in shown
        assert "␛]0;PWNED␇" in shown
        assert "�evil" in shown
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)

    @pytest.mark.parametrize("width", [60, 80, 132])
    def test_no_line_is_wider_than_the_width(self, hostile: Figures, full: Figures, width: int) -> None:
        for figures in (hostile, full):
            assert max(cell_len(line) for line in as_text(figures, width=width).splitlines()) <= width

    def test_no_figure_is_broken_in_80_columns(self, full: Figures) -> None:
        shown = as_text(full)
        assert re.search(r"^Corporate complaint +2 +\d+\.\d .*\d of 2 ", shown, re.MULTILINE)

    def test_draws_bars_by_month_in_plain_characters(self, full: Figures) -> None:
        shown = as_text(full)
        assert re.search(r"^June 2022 +\d+ .*█{20}$", shown, re.MULTILINE)
        assert re.search(r"^April 2022 +0 +0% \(0 of 13\)$", shown, re.MULTILINE)

    def test_a_bar_is_something_for_anything(self) -> None:
        assert (bar(0, 5), bar(1, 1000), bar(5, 5, 4)) == ("", LEAST, "████")

    def test_says_it_in_the_manner_of_the_reports(self) -> None:
        cases = [
            *[Given()] * 160,
            *[Given(kind=Kind.COMPLIMENT, procedure=None)] * 102,
            *[Given(kind=Kind.COMMENT, procedure=None)] * 14,
        ]
        shown = flat(as_text(figures_of_cases(*cases)))
        assert "Complaints account for 58% of the feedback received (160 of 276)" in shown
        assert "compliments for 37% (102 of 276)" in shown
        assert "On average 23.0 were received a month, over 12 months." in shown

    def test_every_section_of_the_year_is_there(self, full: Figures) -> None:
        titles = [section.title for section in paper(full).sections]
        assert titles == [
            "Feedback received",
            "Complaints",
            "In time",
            "Outcomes",
            "Statutory complaints",
            "Corporate complaints",
            "Ombudsman",
            "Redress",
            "Learning and actions",
            "Compliments and enquiries",
            "The last years",
            "Recommendations and progress",
            "The return under regulation 18",
            "The Ombudsman's Code, point by point",
            "How the tables add up",
        ]

    def test_what_officers_wrote_stands_with_its_signs(self, full: Figures) -> None:
        shown = as_text(full)
        assert "• Answer sooner" in shown
        assert "│ You listened\n│ Thank you all" in shown
        assert shown.index("Recommended the year before") < shown.index("• Train every team")
        assert shown.index("1 matter, below") < shown.index("• Fees are unclear")

    def test_the_return_of_regulation_18_is_of_a_whole_year(self) -> None:
        first = figures_of_cases(ANSWERED, span=quarter(YEAR, 1))
        assert "regulation 18" not in as_text(first)

    def test_an_empty_year_can_be_printed(self) -> None:
        nothing = figures_of_cases()
        assert "received no pieces of feedback" in flat(as_text(nothing))
        assert "<svg" not in as_html(nothing)
        assert as_markdown(nothing)

    def test_a_table_too_wide_is_scrolled_and_no_word_is_broken(self, full: Figures) -> None:
        made = as_html(full)
        assert "overflow-wrap: anywhere" not in made
        assert made.count("<table>") == made.count('<div class="wide" role="region" tabindex="0" aria-label="') > 50

    def test_actions_are_told_with_how_many_are_done_and_overdue(self, full: Figures) -> None:
        assert "Of 2 actions, 1 of 2 are done and 1 of 2 overdue." in flat(as_text(full))


class TestPercentages:
    SAID = re.compile(
        r"""\d%\ [^%;]*?\([\d,]+\ of\ [\d,]+\)   # 58% of the feedback received (160 of 276)
          | \([+-][\d.]+%\ of\ [\d,.]+\)         # a change: +12 (+10.0% of 120)
          | \d%\ as\ typed,                      # from a report that gives no number
        """,
        re.VERBOSE,
    )

    def test_every_percentage_says_its_number_and_its_base(self, full: Figures) -> None:
        for section in paper(full).sections:
            cells = [shown(cell) for table in section.tables for row in table.rows for cell in row.cells]
            for words in (*section.paragraphs, *cells):
                assert len(self.SAID.findall(words)) == words.count("%"), words

    def test_a_share_is_never_rounded_to_all_or_nothing(self) -> None:
        assert share(1, 1000) == "under 1% (1 of 1,000)"
        assert share(999, 1000) == "over 99% (999 of 1,000)"
        assert share(0, 5) == "0% (0 of 5)"
        assert share(5, 5) == "100% (5 of 5)"
        assert share(0, 0) == "–"
        assert share(425, 22475, places="0.1") == "1.9% (425 of 22,475)"

    def test_halves_are_rounded_up(self) -> None:
        assert share(1, 8, places="0.1") == "12.5% (1 of 8)"
        assert share(1, 200).startswith("1%")

    def test_a_change_is_from_the_year_before_and_a_share_is_none(self, full: Figures) -> None:
        shown = as_text(full)
        assert re.search(r"Complaint cases +– +2 +8 +–$", shown, re.MULTILINE)
        row = next(line for line in shown.splitlines() if line.startswith("Investigations upheld"))
        assert "%" not in row.split("+", 1)[0]


@dataclass
class Page(HTMLParser):
    """What a browser would find in the page."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def count(self, tag: str) -> int:
        return sum(1 for found, _ in self.tags if found == tag)


def page_of(figures: Figures) -> Page:
    page = Page()
    page.feed(as_html(figures))
    page.close()
    return page


class TestHtml:
    def test_shows_hostile_words_as_typed(self, hostile: Figures) -> None:
        page = page_of(hostile)
        for word in ("[/]", "<script>alert(1)</script>", "a | b `c` *d* _e_ # f & g", "␛]0;PWNED␇"):
            assert word in page.text
        assert page.count("script") == 0

    def test_what_officers_wrote_is_a_list_or_a_quote(self, full: Figures) -> None:
        page = page_of(full)
        assert (page.count("blockquote"), page.count("li") - page.count("a")) == (2, 4)

    def test_loads_and_runs_nothing(self, full: Figures) -> None:
        page = page_of(full)
        linked = [value for _, attrs in page.tags for name, value in attrs.items() if name in ("src", "href")]
        assert all(value is not None and value.startswith("#") for value in linked)
        assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)

    def test_every_table_can_be_walked_by_a_screen_reader(self, full: Figures) -> None:
        page = page_of(full)
        assert page.count("table") == page.count("caption") > 20
        assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")

    def test_every_chart_has_its_words(self, full: Figures) -> None:
        page = page_of(full)
        charts = [attrs for tag, attrs in page.tags if tag == "svg"]
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert charts
        assert len(ids) == len(set(ids))
        for chart in charts:
            assert chart["role"] == "img"
            assert set((chart["aria-labelledby"] or "").split()) <= set(ids)


class TestMarkdown:
    def test_escapes_what_would_act(self, hostile: Figures) -> None:
        shown = as_markdown(hostile)
        assert r"\[Complaint\] re bins" in shown
        assert r"\<script\>" in shown
        assert r"a \| b \`c\` \*d\* \_e\_ \# f \& g" in shown
        assert r"https\://example.org www\.example.org" in shown
        assert "two lines" in shown

    def test_two_quotes_are_two(self, full: Figures) -> None:
        assert "\n> You listened\n\n> Thank you all\n" in as_markdown(full)

    def test_every_table_has_the_same_cells_in_each_line(self, hostile: Figures) -> None:
        shown = re.sub(r"\\.", "", as_markdown(hostile))
        for table in re.findall(r"(?:^\|.*\n)+", shown, re.MULTILINE):
            assert len({line.count("|") for line in table.splitlines()}) == 1


def read_docx(figures: Figures) -> Any:
    return Document(io.BytesIO(as_docx(figures)))


class TestDocx:
    def test_has_real_headings_and_a_table_for_each(self, full: Figures) -> None:
        found, whole = read_docx(full), paper(full)
        headings = [p.text for p in found.paragraphs if p.style.name == "Heading 1"]
        assert headings == [f"{number}. {section.title}" for number, section in enumerate(whole.sections, start=1)]
        tables = [table for section in whole.sections for table in section.tables]
        assert [p.text for p in found.paragraphs if p.style.name == "Caption"] == [table.caption for table in tables]
        for table, shown_table in zip(tables, found.tables, strict=True):
            assert tuple(cell.text for cell in shown_table.rows[0].cells) == table.columns
            assert [row.cells[0].text for row in shown_table.rows[1:]] == [row.label for row in table.rows]

    def test_the_first_line_of_each_table_is_its_head(self, full: Figures) -> None:
        for table in read_docx(full).tables:
            assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * (
                len(table.rows) - 1
            )

    def test_shows_hostile_words_as_typed(self, hostile: Figures) -> None:
        words = {cell.text for table in read_docx(hostile).tables for row in table.rows for cell in row.cells}
        assert {"[/]", "<script>alert(1)</script>", "␛]0;PWNED␇", "�evil", "two lines"} <= words

    def test_holds_what_xml_cannot(self) -> None:
        assert read_docx(figures_of_cases(named("\ufffe\uffff"))).tables


class TestCsv:
    def test_has_a_file_for_each_table_and_a_list_of_them(self, full: Figures) -> None:
        files = as_csv(full)
        tables = [table for section in paper(full).sections for table in section.tables]
        assert len(files) == len(tables) + 1
        listed = rows_of(files["00-tables.csv"])
        assert [row[0] for row in listed[1:]] == list(files)
        assert [row[2] for row in listed[2:]] == [table.caption for table in tables]

    def test_figures_are_plain_numbers_and_each_line_has_every_column(self, full: Figures) -> None:
        files = as_csv(full)
        found = rows_of(next(text for name, text in files.items() if name.endswith("-responses-at-stage-1.csv")))
        head = ["Procedure", "Sent", "Average days", "Average days: number", "Within the aim: number"]
        assert found[0][:5] == head
        assert found[-1][:7] == ["All", "6", "21.2", "6", "5", "6", "83.3"]
        for text in as_csv(full).values():
            assert len({len(row) for row in rows_of(text)}) == 1

    def test_no_cell_runs_in_a_spreadsheet(self) -> None:
        words = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "=cmd|' /C calc'!A0"]
        for text in as_csv(figures_of_cases(*map(named, words))).values():
            cells = [cell for row in rows_of(text) for cell in row]
            assert not [
                cell for cell in cells if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-?[\d.]+", cell)
            ]

    def test_the_names_are_of_our_making(self, hostile: Figures) -> None:
        assert all(re.fullmatch(r"\d\d-[a-z0-9-]+\.csv", name) for name in as_csv(hostile))


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


CONTRACT = {
    "year": ["label", "start", "end"],
    "feedback": ["total", "by_kind", "by_month", "by_quarter", "monthly_average", "headline"],
    "complaints": [
        "cases",
        "investigations",
        "not_investigated",
        "by_procedure",
        "by_team",
        "by_provider",
        "by_category",
        "by_subcategory",
        "by_theme",
        "by_channel",
        "by_correspondent",
    ],
    "acknowledgement": ["within", "of"],
    "stage_1": ["all"],
    "outcomes": ["stage_1", "stage_2"],
    "groups": [],
    "ombudsman": [
        "received",
        "not_accepted",
        "investigated",
        "awaiting",
        "decided",
        "upheld",
        "replies",
        "compliance",
    ],
    "remedies": ["by_type", "paid"],
    "learning": ["cases", "of_upheld", "by_area", "actions"],
    "compliments": ["by_team", "by_source"],
    "enquiries": ["by_role"],
}
COMPARED = ["label", "feedback", "compliments", "complaints", "investigations", "average_working_days", "upheld"]
GROUP = [
    "cases",
    "investigations",
    "by_team",
    "by_category",
    "by_subcategory",
    "by_channel",
    "outcomes",
    "average_working_days",
    "within_target",
    "within_limit",
    "bands",
]


class TestJson:
    def test_has_every_key_of_the_outer_interface(self, full: Figures) -> None:
        found = json.loads(as_json(full))
        for section, keys in CONTRACT.items():
            assert set(keys) <= set(found[section]), section
        assert found["as_of"] == "2023-04-20"
        assert found["profile"] == "shropshire"
        assert set(found["groups"]["statutory"]) >= set(GROUP)
        assert set(found["comparison"][0]) >= {*COMPARED, "ombudsman"}
        assert set(found["reconciliation"][0]) == {"table", "total", "base", "explained_by"}

    def test_a_key_is_the_word_as_the_register_has_it_and_the_text_acts_on_nothing(self, hostile: Figures) -> None:
        shown = as_json(hostile)
        assert shown.isascii()
        assert "\x1b" not in shown
        assert set(json.loads(shown)["complaints"]["by_team"]) == set(HOSTILE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(word=st.text(min_size=1, max_size=130))
def test_any_word_can_be_printed(word: str) -> None:
    figures = figures_of_cases(named(word), ANSWERED)
    shown = as_text(figures)
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert page_of(figures).count("script") == 0
    assert as_csv(figures)
    assert read_docx(figures).tables
    json.loads(as_json(figures))
