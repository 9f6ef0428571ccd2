"""The sections on the last years, on how the tables add up, and on the event record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from feedback_tui.reports.counting.comparison import earlier
from feedback_tui.reports.declarations.complaints import OUTCOMES, STAGE_OUTCOMES
from feedback_tui.reports.declarations.declaration import Division, Measure
from feedback_tui.reports.declarations.numbers import Number, Numbers, numbers_of, sum_of
from feedback_tui.reports.declarations.year_comparison import (
    AVERAGES,
    COMPARED,
    FAMILIES,
    GROUPS,
    OUTCOME,
    PROCEDURES,
    THEMES,
    UPHELD,
    UPHELD_OF,
    UPHELD_PERCENT,
)
from feedback_tui.reports.document.blocks import Cell, Row, Section, Sentence, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    LEAST_BASE,
    NONE,
    counted,
    day,
    joined,
    number,
    procedure_names,
    share,
    short_day,
    some,
)
from feedback_tui.reports.document.running import running_to
from feedback_tui.reports.figure_rows import OPEN, ComparedYear, Figures, rounded
from feedback_tui.reports.reconciliation import reconcile
from feedback_tui.rules.findings import DECIDED as FINDINGS
from feedback_tui.rules.findings import WELL_FOUNDED


def last_years(figures: Figures) -> Section:
    """Returns the section that compares the last years, with the change from the year before unless `_not_alike` gives
    a reason against it."""
    if len(figures.comparison) < 2:
        return Section("The last years", ("Nothing is known of the years before: no figures of theirs to compare.",))
    years = {year.label: Numbers(year, {}, f"comparison.{year.label}.") for year in figures.comparison}
    headings, why_not = tuple(map(_heading, figures.comparison)), _not_alike(figures)
    rows = []
    for figure in COMPARED:
        known = [year.known(figure) for year in years.values()]
        rows.append(Row(figure.words, (*map(some, known), NONE if why_not else _changed(known[-2], known[-1]))))
    typed = [year.label for year in figures.comparison if year.typed]
    notes = _said_of_spans(figures)
    if typed:
        notes.append(f"{', '.join(typed)}: figures as the council typed them from earlier reports.")
    changes = why_not or "Change is from the year before, in number and as a percentage of the year before."
    columns, note = ("Figure", *headings, "Change"), " ".join((changes, *notes))
    table = Table("The last years side by side", columns, tuple(rows), Withholding.LEFT_OUT, note, key="comparison")
    said = list(_said_of_findings(years))
    open_now = numbers_of(figures).block(OUTCOMES).word(STAGE_OUTCOMES[1], OPEN)
    if open_now and running_to(figures) is None:
        still = counted(open_now, "investigation", "investigations")
        said.append(
            sentence(f"Not in the figures of {figures.span.label} yet is what ", still, ", still open, will find.")
        )
    return Section("The last years", (*_said_of_spans(figures), *said), (table, *_by_part(figures, years)))


def _heading(year: ComparedYear) -> str:
    """Returns the heading of a year's column; for a year that is not whole, with the days that are counted."""
    since = f" from {short_day(year.counted_from)}" if year.counted_from else ""
    to = f" to {short_day(year.counted_to)}" if year.counted_to else ""
    return f"{year.label}{since}{to}"


def _said_of_spans(figures: Figures) -> list[str]:
    """Returns a sentence for each span that is not whole: because it is not over, or the register begins within it."""
    this, said = figures.comparison[-1], []
    if this.counted_to is not None:
        said.append(
            f"{this.label} is running: it is compared with the same days of the years before, to "
            f"{short_day(this.counted_to)}, as the register stood then."
        )
    for year in figures.comparison:
        if year.counted_from is not None:
            said.append(f"The register begins on {day(year.counted_from)}: it holds {year.label} from then only.")
    return said


def _not_alike(figures: Figures) -> str:
    """Returns why no change from the year before to this year is computed; "" if it is computed."""
    *_, before, this = figures.comparison
    if before.label != (last := earlier(figures.span, 1)).label:
        return f"Nothing is known of {last.label}, the year before: no change is computed."
    for year in (before, this):
        if year.counted_from is not None:
            return f"No change is computed over {year.label}, which the register holds only in part."
    if this.counted_to is not None and before.typed:
        return f"{before.label} was typed as a whole, and {this.label} is running: no change is computed."
    return ""


def _by_part(figures: Figures, years: Mapping[str, Numbers]) -> Iterator[Table]:
    """Yields the tables of the last years by procedure, team, theme and so on, if an earlier year has any."""
    names, why_not = procedure_names(figures.procedures), _not_alike(figures)
    for division in FAMILIES:
        known = [year.words(division) for year in years.values()]
        if not any(known[:-1]) or (division.key.startswith(GROUPS.key) and len(set().union(*known)) < 2):
            continue
        rows = []
        for word in _united(known):
            each = [_of_word(word, of, year, division) for of, year in zip(known, years.values(), strict=True)]
            label = names.get(word, word) if division in (PROCEDURES, AVERAGES) else word
            cells = tuple(
                _with_rank(value, of, division, year)
                for value, of, year in zip(each, known, figures.comparison, strict=True)
            )
            # The activity is typed for the whole of every year.
            whole = division.measure is Measure.TYPED and not figures.comparison[-1].counted_to
            # How many responses the average of a part is of is not known here: they may be fewer than 5.
            percent = division.measure is not Measure.AVERAGE
            changed = NONE if why_not and not whole else _changed(each[-2], each[-1], percent=percent)
            rows.append(Row(label, (*cells, changed)))
        note = why_not or "Change is from the year before."
        if division is THEMES:
            note += " The rank of a theme in its year stands beside its number, if all themes of the year are known."
        columns = (division.thing, *map(_heading, figures.comparison), "Change")
        key = f"comparison.{division.key}"
        yield Table(division.words, columns, tuple(rows), Withholding.LEFT_OUT, note, key=key)


def _united(known: Sequence[Mapping[str, Number]]) -> list[str]:
    """Returns the words of all years, this year's first. Words that differ only in case are one."""
    words: dict[str, str] = {}
    for of_year in reversed(known):
        for word in of_year:
            words.setdefault(word.casefold(), word)
    return list(words.values())


def _of_word(word: str, counts: Mapping[str, Number], year: Numbers, division: Division) -> Number | None:
    """Returns a year's figure for a word. In a year counted from the register, a missing word is zero."""
    found = {other.casefold(): value for other, value in counts.items()}
    unknown = year.row.typed or division.measure in (Measure.AVERAGE, Measure.TYPED)
    return found.get(word.casefold(), None if unknown else year.word(division, word))


def _with_rank(value: Number | None, of_year: Mapping[str, Number], division: Division, year: ComparedYear) -> Cell:
    """Returns the cell of a theme with its rank. Typed years have no ranks, because their list may be incomplete."""
    if value is None or division is not THEMES or not value or year.typed:
        return some(value)
    rank = 1 + sum(1 for other in of_year.values() if other.value > value.value)
    return Sentence.of([(f"{number(value)} ({rank})", (value,))])


def adding_up(figures: Figures) -> Section:
    """Returns the section with every table's total, its base, and what explains a difference."""
    rows = tuple(Row(one.words, (one.total, one.base, one.explained_by or "adds up")) for one in reconcile(figures))
    return Section(
        "How the tables add up",
        (),
        (
            Table(
                "Each table against its base",
                ("Table", "Total", "Base", "What explains a difference"),
                rows,
                Withholding.LEFT_OUT,
                word_columns=(3,),
                key="reconciliation",
            ),
        ),
    )


def the_record(figures: Figures) -> Section:
    """Returns the section with the anchor: the last event, by which a later check can prove the record unchanged."""
    event, _, digest = figures.anchor.partition(":")
    return Section(
        "The record",
        (
            f"When this was made the last event on record was number {event}. The next line, kept with this report, "
            "shows later whether anything up to it was changed: feedback-tui check --anchors takes this file.",
            f"{event}:{digest}",
        ),
    )


def _changed(before: Number | None, now: Number | None, *, percent: bool = True) -> str:
    if before is None or now is None:
        return NONE
    change = Decimal(now.value) - before.value
    words = "no change" if not change else f"{change:+,}"
    if change and percent and before.value >= LEAST_BASE:
        words += f" ({rounded(100 * change, before.value):+}% of {number(before)})"
    return Sentence.of([(words, (before, now))])


def _said_of_findings(years: Mapping[str, Numbers]) -> Iterator[Sentence]:
    """Yields the sentence on the findings of each year, and, if earlier reports gave it, on what was upheld in full."""
    found = joined("; ", [sentence(f"{label} ", _found(year)) for label, year in years.items()])
    yield sentence("Upheld or partly upheld, of the investigations with a finding: ", found, ".")
    if any(year.row.typed and year.known(UPHELD_PERCENT) is not None for year in years.values()):
        in_full = joined("; ", [sentence(f"{label} ", _in_full(year)) for label, year in years.items()])
        yield sentence(
            "As earlier reports gave it, upheld in full, of the investigations with any outcome: ", in_full, "."
        )


def _found(year: Numbers) -> str:
    """Returns the share upheld or partly upheld; of a year that was typed, if all its findings were."""
    known = {word: year.word(OUTCOME, word) for word in FINDINGS}
    if year.row.typed and known.keys() - year.words(OUTCOME).keys():
        return "not known"
    return share(sum_of(OUTCOME, (known[word] for word in WELL_FOUNDED)), sum_of(OUTCOME, known.values()))


def _in_full(year: Numbers) -> str:
    upheld, of, percent = map(year.known, (UPHELD, UPHELD_OF, UPHELD_PERCENT))
    if upheld is not None and of is not None:
        return share(upheld, of)
    if percent is None:
        return "not known"
    return Sentence.of([(f"{percent.value}% as typed, its number not known", (percent,))])
