"""Writes docs/life-of-a-complaint.md from the table in ``rules.lifecycle.lifecycle``.

``python -m feedback_tui.rules.lifecycle.lifecycle_page > docs/life-of-a-complaint.md`` makes the page again.
"""

from __future__ import annotations

import sys

from feedback_tui.enums import Kind, Law, Status
from feedback_tui.rules.lifecycle.lifecycle import LIFE
from feedback_tui.rules.lifecycle.step import ANY, Step
from feedback_tui.rules.refusal_grounds import RULES, needs_way_on

HEAD = """\
# The life of a complaint

Made from the table in `feedback_tui/rules/lifecycle/`, which the program itself uses:
`python -m feedback_tui.rules.lifecycle.lifecycle_page > docs/life-of-a-complaint.md` makes it again.

What leads from one status to the next:
"""
STEPS = """
Every step, what it asks for, and what is said where it is refused:

| step | for | from | to | asks for | otherwise |
|---|---|---|---|---|---|
"""


GROUNDS = """
## Grounds on which a complaint may be refused

The table of `feedback_tui/rules/refusal_grounds.py`. A case has the grounds of the law that its procedure is under.
While its procedure is not settled, it has those that are grounds under every law of the council's procedures.
"""


def page() -> str:
    """Returns the page, as Markdown."""
    steps = STEPS + "\n".join(_row(step) for step in LIFE)
    return "\n".join([HEAD, *_diagram(), "", *_not_drawn(), steps, GROUNDS, *map(_grounds, Law), ""])


def _grounds(law: Law) -> str:
    """Returns a law's grounds for refusal as a table, with the source and what the complainant is told."""
    rules = RULES[law]
    read = f"read {rules.read_on:%d %B %Y}".replace("read 0", "read ") if rules.read_on else "read second-hand"
    rows = [
        f"| {each.why} | {each.words} | {each.citation or '–'} | {'yes' if needs_way_on(each, (law,)) else 'no'} |"
        for each in rules.grounds
    ]
    told = f" Told: {rules.told}." if rules.told else ""
    source = f"Source: {rules.source}" + ("" if law is Law.NONE else f" ({read})")
    instead = [f"- “{why}” is no ground: {words}" for why, words in rules.instead.items()]
    label = law.label[:1].upper() + law.label[1:]
    table = ["| ground | what it means | where it stands | the way on must be told |", "|---|---|---|---|", *rows]
    return "\n".join(["", f"**{label}.** {source}.{told}", "", *table, *([""] if instead else []), *instead])


def reachable() -> list[Status]:
    """Returns the statuses that a complaint can reach, in the order in which it first reaches them."""
    found = [Status.LOGGED]
    for status in found:
        after = [step.status_after(status) for step in LIFE if status in step.after and Kind.COMPLAINT in step.kinds]
        found += dict.fromkeys(to for to in after if to is not None and to not in found)
    return found


def _diagram() -> list[str]:
    """Returns a Mermaid state diagram of the steps that change a complaint's status."""
    statuses = reachable()
    arrows: dict[tuple[Status, Status], list[str]] = {}
    for step in LIFE:
        for status in step.after:
            to = step.status_after(status)
            if status in statuses and to not in (None, status) and step.after != ANY:
                arrows.setdefault((status, to), []).append(step.words)
    drawn = [status for status in statuses if any(status in arrow for arrow in arrows)]
    return [
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {_name(status)}: {status}" for status in drawn),
        f"    [*] --> {_name(Status.LOGGED)}: Log",
        *(f"    {_name(old)} --> {_name(new)}: {', '.join(words)}" for (old, new), words in arrows.items()),
        *(f"    {_name(status)} --> [*]" for status in drawn if not status.is_open),
        "```",
    ]


def _not_drawn() -> list[str]:
    """Returns the steps that the diagram leaves out, each with the status it leads to, as lines of a list."""
    found = [
        f"- {step.words}: may follow any status, and leads to {step.leads_to}." for step in LIFE if _anywhere(step)
    ]
    found += [f"- {step.words}: {_list(step)} goes back to what it was before." for step in LIFE if _goes_back(step)]
    stays = [step.words for step in LIFE if step.leads_to is None and not _goes_back(step)]
    return ["Not drawn:", "", *found, f"- {', '.join(stays)}: the case keeps its status."]


def _anywhere(step: Step) -> bool:
    return step.after == ANY and step.leads_to is not None


def _goes_back(step: Step) -> bool:
    return any(step.status_after(status) is None for status in step.after)


def _list(step: Step) -> str:
    return ", ".join(step.after)


def _name(status: Status) -> str:
    return status.replace(" ", "_")


def _row(step: Step) -> str:
    kinds = "everything" if step.kinds == tuple(Kind) else ", ".join(step.kinds)
    kinds += "".join(f", under {law.label}" for law in step.laws)
    statuses = "any" if step.after == ANY else _list(step)
    otherwise = f"{step.otherwise}; {step.once}" if step.once else step.otherwise
    return f"| {step.words} | {kinds} | {statuses} | {_to(step)} | {step.asks_for} | {otherwise} |"


def _to(step: Step) -> str:
    if _goes_back(step):
        return "what it was before"
    if step.leads_to is None:
        return "stays"
    return f"{step.leads_to}; stays where it is further on" if step.keeps else step.leads_to


if __name__ == "__main__":
    sys.stdout.write(page())
