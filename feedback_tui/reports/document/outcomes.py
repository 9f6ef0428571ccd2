"""The section on what investigations found, and on the stages that complaints came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.reports.counting.counted_cases import LATER_STAGES, STAGES
from feedback_tui.reports.declarations.complaints import (
    ANSWERED_SINCE,
    COMPLAINTS,
    INVESTIGATIONS,
    OUTCOMES,
    OUTCOMES_BY_PROCEDURE,
    OUTCOMES_BY_PROVIDER,
    OUTCOMES_BY_TEAM,
    REACHED,
    REOPENED,
    STAGE_2_REFUSED,
    STAGE_OUTCOMES,
)
from feedback_tui.reports.declarations.declaration import Crossed, Division
from feedback_tui.reports.declarations.numbers import Number, Numbers, numbers_of, sum_of
from feedback_tui.reports.declarations.timeliness import ALL, AT_STAGE, RESPONSES
from feedback_tui.reports.document.blocks import Row, Section, Share, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import (
    NONE,
    capital,
    counted,
    listed,
    mean,
    number,
    procedure_names,
    share,
)
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.rules.findings import DECIDED, WELL_FOUNDED

FOUND = "Upheld or partly, of findings"
"""The heading of the one rate of this name: of the investigations that found a complaint upheld, partly upheld or not
upheld."""
FINDING = "upheld, partly upheld or not upheld"
BASE_OF_FOUND = f"Shares of the investigations with a finding: {FINDING}."


def outcomes(figures: Figures) -> Section:
    """Returns the section: findings, what was reopened, the stages one by one, and outcomes by procedure, team and
    provider."""
    found, cases = numbers_of(figures).block(OUTCOMES), numbers_of(figures).block(COMPLAINTS)
    tables = [
        *_stage_by_stage(figures, found, cases[INVESTIGATIONS]),
        outcome_table(found, STAGE_OUTCOMES[1], cases[INVESTIGATIONS], "investigation", Withholding.TOGETHER),
        *_by(figures, found),
    ]
    for stage in LATER_STAGES:
        if reached := found[REACHED[stage]]:
            noun = "review" if stage == 2 else "case"
            tables.append(outcome_table(found, STAGE_OUTCOMES[stage], reached, noun, Withholding.TOGETHER))
    paragraphs = with_finding(found, STAGE_OUTCOMES[1])
    if refused := found[STAGE_2_REFUSED]:
        paragraphs.append(sentence(f"{STAGE_2_REFUSED.words}: ", counted(refused, "case"), "."))
    if reopened := cases[REOPENED]:
        since = number(cases[ANSWERED_SINCE])
        paragraphs.append(
            sentence("Reopened after closing: ", counted(reopened, "case"), "; answered since then: ", since, ".")
        )
    return Section("Outcomes", tuple(paragraphs), tuple(tables))


def _stage_by_stage(figures: Figures, found: Numbers, investigations: Number) -> Iterator[Table]:
    """Yields the table with a line for each stage that complaints came to, if any came to a second."""
    reached = {stage: investigations if stage == 1 else found[REACHED[stage]] for stage in STAGES}
    if not any(reached[stage] for stage in LATER_STAGES):
        return
    rows = []
    for stage in STAGES:
        if not reached[stage]:
            continue
        of, responses = AT_STAGE[stage], numbers_of(figures).each(RESPONSES[stage])[ALL]
        counts = found.words(STAGE_OUTCOMES[stage])
        cells = (
            reached[stage],
            responses[of.responded],
            mean(responses.block(of.working_days), of.average, of.with_days),
            Share(responses[of.within_target], responses[of.of_target]),
            Share(responses[of.within_limit], responses[of.of_limit]),
            _upheld(counts, STAGE_OUTCOMES[stage]),
        )
        rows.append(Row(f"Stage {stage}", cells))
    yield Table(
        "Stage by stage",
        ("Stage", "Came to it", "Sent", "Average days", "Within the aim", "By the date due", FOUND),
        tuple(rows),
        Withholding.LINE_BY_LINE,
        "Of the complaint cases received. To stage 1 came what was investigated. Days are counted from the start of "
        "each stage; in time counts against the original dates, out of the responses that have such a date. "
        f"{BASE_OF_FOUND}",
        key="stages",
    )


def _by(figures: Figures, found: Numbers) -> Iterator[Table]:
    """Yields the tables of outcomes by procedure, team and provider, with the share upheld."""
    everything = found.words(STAGE_OUTCOMES[1])
    words = [word for word, count in everything.items() if count]
    for crossed, names, again in (
        (OUTCOMES_BY_PROCEDURE, procedure_names(figures.procedures), ""),
        (OUTCOMES_BY_TEAM, {}, "An investigation with several teams stands under each."),
        (OUTCOMES_BY_PROVIDER, {}, "Those of the investigations that name a provider; with several, under each."),
    ):
        lines: list[tuple[str, dict[str, Number], Crossed | Division]]
        lines = [(names.get(word, word), counts, crossed) for word, counts in found.crossed(crossed, words).items()]
        if not lines:
            continue
        every: tuple[str, dict[str, Number], Crossed | Division] = (
            "All",
            {word: everything[word] for word in words},
            STAGE_OUTCOMES[1],
        )
        if crossed is not OUTCOMES_BY_PROVIDER:
            lines.append(every)
        yield Table(
            crossed.words,
            (crossed.first.thing, *map(capital, words), FOUND),
            tuple(
                Row(label, (*counts.values(), _upheld(counts, of)), total=of is STAGE_OUTCOMES[1])
                for label, counts, of in lines
            ),
            Withholding.LEFT_OUT,
            f"{BASE_OF_FOUND} {again}".rstrip(),
            parts=tuple(tuple(int(count.value) for count in counts.values()) for _, counts, _ in lines),
            key=f"{found.prefix}{crossed.key}",
        )


def _upheld(counts: Mapping[str, Number], of: Crossed | Division) -> Share:
    return Share(sum_of(of, (count for word, count in counts.items() if word in WELL_FOUNDED)), findings_of(counts, of))


def findings_of(counts: Mapping[str, Number], of: Crossed | Division) -> Number:
    """Returns how many have a finding: the base of the share upheld."""
    return sum_of(of, (count for word, count in counts.items() if word in DECIDED))


def outcome_table(
    found: Numbers, division: Division, base: Number, noun: str, withholding: Withholding, caption: str = ""
) -> Table:
    """Returns the table of outcomes, including those still open; findings have their share of all findings."""
    counts = found.words(division)
    findings = findings_of(counts, division)
    rows = (
        Row(capital(word), (count, Share(count, findings) if word in DECIDED else NONE))
        for word, count in counts.items()
    )
    about = sentence(
        capital(counted(base, noun)), ". Shares of the ", number(findings), " with a finding: ", f"{FINDING}."
    )
    return Table(
        caption or division.words,
        (division.thing, "Number", "Share"),
        tuple(rows),
        withholding,
        about,
        tuple(int(count.value) for count in counts.values()),
        key=f"{found.prefix}{division.key}",
    )


def with_finding(found: Numbers, division: Division) -> list[str]:
    """Returns sentences on the investigations with a finding, and on those without; none if there are none."""
    counts = found.words(division)
    findings, said = findings_of(counts, division), list[str]()
    if findings:
        parts = [sentence(share(count, findings), f" were {word}") for word, count in counts.items() if word in DECIDED]
        said.append(sentence("Of ", counted(findings, "investigation"), " with a finding, ", listed(parts), "."))
    others = [sentence(f"{word} ", number(count)) for word, count in counts.items() if word not in DECIDED and count]
    if others:
        said.append(sentence("The others: " if findings else "Without a finding: ", listed(others), "."))
    return said
