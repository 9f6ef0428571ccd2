"""The actions of the year's screen, and of the texts for its report."""

from __future__ import annotations

from feedback_tui.actions.action import Action, Place

P = Place

YEAR: tuple[Action, ...] = (
    Action(
        "behind",
        ("enter",),
        "Cases behind it",
        "Lists the cases behind the figure under the cursor; among the sections, goes to the figures beside them.",
        (P.YEAR,),
        bar=1,
        short="Cases",
        also="drill list",
    ),
    Action("year_before", ("left", "h"), "Before", "Shows the year, quarter or month before.", (P.YEAR,), bar=2),
    Action("year_after", ("right", "l"), "After", "Shows the year, quarter or month after.", (P.YEAR,), bar=3),
    Action(
        "span",
        ("s",),
        "Another span",
        "Chooses what is counted: a year, a quarter, a month, or any days.",
        (P.YEAR,),
        bar=4,
        short="Span",
        also="quarter month dates period",
    ),
    Action(
        "export",
        ("E",),
        "Write to a file",
        "Writes the report as a web page, a Word document, Markdown, text, JSON or tables; for publishing, too.",
        (P.YEAR,),
        bar=5,
        short="Write",
        also="export download print publish save report",
    ),
    Action(
        "year_words",
        ("w",),
        "Words and quotes",
        "Writes recommendations, progress and what matters in general for the report, and chooses quotes.",
        (P.YEAR,),
        bar=6,
        short="Words",
        also="recommendations quotes paragraphs text",
    ),
    Action("words_change", ("enter",), "Change", "Changes the paragraph under the cursor.", (P.YEAR_WORDS,), bar=1),
    Action("words_add", ("n",), "Write", "Writes a further paragraph of the part.", (P.YEAR_WORDS,), bar=2),
    Action("words_quote", ("c",), "Choose quotes", "Chooses from the compliments.", (P.YEAR_WORDS,), bar=3),
    Action("words_remove", ("delete", "x"), "Take out", "Takes the paragraph out.", (P.YEAR_WORDS,), bar=4),
    Action(
        "working_reports",
        (),
        "Working reports",
        "What is open and overdue, what each manager owes this week, response times, the Ombudsman.",
        (P.QUEUE, P.CASE),
        also="dashboard manager open overdue response times statistics",
    ),
)
