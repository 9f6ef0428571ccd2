"""How the counts of a report hang together, section by section, as an attacker writes it down.

The equations are over the paths of the JSON; nothing of `feedback_tui.reports.withholding` is asked.
"""

from __future__ import annotations

from feedback_tui.enums import Law
from tests.reports.attacker_equations import INFINITE, Equations

CUTS = ("by_team", "by_provider", "by_category", "by_subcategory", "by_theme", "by_correspondent")
"""A case may stand under several words of these."""
PARTITIONS = ("by_procedure", "by_channel")
UNREACHED = ("open", "closed without outcome")
STAGE_1 = "outcomes.stage_1"
FOLLOWED = {
    "learning_points": "learning.points: all", "actions": "learning.actions.due",
    "actions_done": "learning.actions.done",
}  # fmt: skip
"""What followed from complaints, as regulation 18 asks for it, and where else the report has it."""


class Relations(Equations):
    """The equations of one report."""

    def _relations(self) -> None:
        self._received()
        self._complaints()
        self._outcomes()
        self._responses()
        self._later_stages()
        self._teams_and_providers()
        self._afterwards()
        self._returns()
        self._this_year_among_others()

    def _received(self) -> None:
        total, months = "feedback.total", self.words("feedback.by_month")
        for division in ("by_kind", "by_month", "by_quarter"):
            self.equal(total, self.words(f"feedback.{division}"))
        quarters = self.words("feedback.by_quarter")
        for place, quarter in enumerate(quarters):
            if len(months) == 3 * len(quarters):
                self.equal(quarter, months[3 * place : 3 * place + 3])
        if self.words("feedback.headline.parts"):
            self.equal("feedback.headline.count", self.words("feedback.headline.parts"))
        for part in self.words("feedback.headline.parts"):
            family, _, word = part.removeprefix("feedback.headline.parts.").partition(":")
            same = {
                "kind": f"feedback.by_kind.{word}", "procedure": f"complaints.by_procedure.{word}",
                "group": f"groups.{word}.cases", "ombudsman": "ombudsman.received",
            }[family]  # fmt: skip
            if same in self.true:
                self.equal(part, [same])
        if "feedback.by_kind.complaint" in self.true:
            self.equal("feedback.by_kind.complaint", ["complaints.cases"])

    def _complaints(self) -> None:
        base, closed = "complaints.cases", self.words("complaints.not_investigated")
        none = "complaints.not_recorded.not_investigated"
        self.equal(base, ["complaints.investigations", "complaints.not_yet_investigated", *closed, none])
        refused, why = "complaints.not_investigated.not accepted", "complaints.not_recorded.refused"
        if refused in self.true:
            self.equal(refused, [*self.words("complaints.refused"), why])
        for place in ("complaints", *(f"groups.{group}" for group in self.inside("groups"))):
            for division in (*CUTS, *PARTITIONS):
                lacking = f"{place}.not_recorded.{division}"
                self._cut(f"{place}.{division}", f"{place}.cases", lacking, several=division in CUTS)
        for division in (*CUTS, *PARTITIONS):
            for word in [*self.words(f"complaints.{division}"), f"complaints.not_recorded.{division}"]:
                ending = word.removeprefix("complaints.")
                if division != "by_procedure":
                    self._sum(word, [f"groups.{group}.{ending}" for group in self.inside("groups")])
        self._sum(base, [f"groups.{group}.cases" for group in self.inside("groups")])
        self._sum("complaints.investigations", [f"groups.{group}.investigations" for group in self.inside("groups")])
        for group in self.inside("groups"):
            self._sum(f"groups.{group}.cases", [f"complaints.by_procedure.{name}" for name in self.members(group)])
            self._at_most(f"groups.{group}.investigations", f"groups.{group}.cases")
            for name in self.members(group):
                here, there = f"groups.{group}.by_procedure.{name}", f"complaints.by_procedure.{name}"
                if here in self.true and there in self.true:
                    self.equal(here, [there])
        if (provided := "complaints.with_provider.cases") in self.true:
            self.equal(base, [provided, "complaints.not_recorded.by_provider"])
            path = "complaints.with_provider"
            self._cut(f"{path}.by_subcategory", provided, f"{path}.not_recorded.by_subcategory", several=True)
            for word in self.words(f"{path}.by_subcategory"):
                self._at_most(word, f"complaints.by_subcategory.{word.removeprefix(f'{path}.by_subcategory.')}")

    def _outcomes(self) -> None:
        stage_1 = self.words("outcomes.stage_1")
        self.equal("complaints.investigations", stage_1)
        self.equal("outcomes.reviews", self.words("outcomes.stage_2"))
        for word in stage_1:
            ending = word.removeprefix("outcomes.stage_1.")
            self._sum(word, [f"outcomes.by_procedure.{name}.{ending}" for name in self.inside("outcomes.by_procedure")])
            self._sum(word, [f"groups.{group}.outcomes.{ending}" for group in self.inside("groups")])
            teams = [f"outcomes.by_team.{team}.{ending}" for team in self.inside("outcomes.by_team")]
            for team in teams:
                self._at_most(team, word)
            without = "outcomes.not_recorded.by_team"
            if teams:
                self._row({word: -1.0, **dict.fromkeys(teams, 1.0), without: 1.0}, 0.0, INFINITE)
            for group in self.inside("groups"):
                cells = [f"outcomes.by_procedure.{name}.{ending}" for name in self.members(group)]
                self._sum(f"groups.{group}.outcomes.{ending}", cells)
        for provider in self.inside("outcomes.by_provider"):
            cells = self.words(f"outcomes.by_provider.{provider}")
            for cell in cells:
                self._at_most(cell, f"outcomes.stage_1.{cell.rpartition('.')[2]}")
            self._sum(f"complaints.by_provider.{provider}", cells)
        for group in self.inside("groups"):
            self.equal(f"groups.{group}.investigations", self.words(f"groups.{group}.outcomes"))
        for name in self.inside("outcomes.by_procedure"):
            whole, cells = f"complaints.by_procedure.{name}", self.words(f"outcomes.by_procedure.{name}")
            if whole in self.true:
                self.equal(whole, cells, most=True)
        for team in self.inside("outcomes.by_team"):
            whole, cells = f"complaints.by_team.{team}", self.words(f"outcomes.by_team.{team}")
            if whole in self.true:
                self.equal(whole, cells, most=True)

        for by in ("outcomes.by_procedure", "outcomes.by_team", "outcomes.by_provider"):
            self._total(by, [cell for name in self.inside(by) for cell in self.words(f"{by}.{name}")])
        for by in ("feedback.by_kind", "feedback.by_month", "feedback.by_quarter", "outcomes.stage_1",
                   "outcomes.stage_2",
                   "stage_1.all.bands", "complaints.refused"):  # fmt: skip
            self._total(by, self.words(by))

    def _later_stages(self) -> None:
        self._at_most("outcomes.reviews", "complaints.cases")
        procedures = [name for name in self.inside("stage_2") if name != "all"]
        counts = ("responded", "within_target", "of_target", "within_limit", "of_limit", "working_days.n")
        for name in ("all", *procedures):
            place = f"stage_2.{name}"
            self._at_most(f"{place}.responded", "outcomes.reviews")
            for part, whole in zip(counts[1::2], counts[2::2], strict=False):
                self._at_most(f"{place}.{part}", f"{place}.{whole}")
            for part in ("of_target", "of_limit", "working_days.n"):
                self._at_most(f"{place}.{part}", f"{place}.responded")
        for ending in counts:
            self._sum(f"stage_2.all.{ending}", [f"stage_2.{name}.{ending}" for name in procedures])

    def _teams_and_providers(self) -> None:
        for place, by in (("teams", "by_team"), ("providers", "by_provider")):
            there = []
            for name in self.inside(place):
                one = f"{place}.{name}.responded"
                there.append(one)
                self._at_most(f"{place}.{name}.with_days", one)
                self._at_most(one, f"complaints.{by}.{name}")
                self._at_most(one, "stage_1.all.responded")
                self._sum_at_least(one, self.words(f"outcomes.{by}.{name}"))
            without = f"outcomes.not_recorded.{by}"
            if there and without in self.true:
                # A response is about a team, or is one of the investigations without any.
                self._row({"stage_1.all.responded": -1.0, **dict.fromkeys(there, 1.0), without: 1.0}, 0.0, INFINITE)
        self._at_most("complaints.reopened", "complaints.cases")
        self._at_most("complaints.answered_since", "complaints.reopened")

    def _responses(self) -> None:
        procedures = [name for name in self.inside("stage_1") if name != "all"]
        everywhere = {"stage_1.all": "complaints.cases"}
        everywhere |= {f"stage_1.{name}": f"complaints.by_procedure.{name}" for name in procedures}
        everywhere |= {f"groups.{group}": f"groups.{group}.cases" for group in self.inside("groups")}
        counts = (
            "responded",
            "within_target",
            "of_target",
            "within_limit",
            "of_limit",
            "within_extended",
            "working_days.n",
        )
        for place, cases in everywhere.items():
            self._at_most(f"{place}.responded", cases)
            if place == "stage_1.all":
                self._at_most(f"{place}.responded", "complaints.investigations")
            if place.startswith("groups."):
                self._at_most(f"{place}.responded", f"{place}.investigations")
            for part, whole in (
                ("within_target", "of_target"), ("of_target", "responded"), ("within_limit", "of_limit"),
                ("of_limit", "responded"), ("within_extended", "responded"), ("working_days.n", "responded"),
            ):  # fmt: skip
                self._at_most(f"{place}.{part}", f"{place}.{whole}")
            self.equal(f"{place}.working_days.n", self.words(f"{place}.bands"))
            months, quarters = self.inside(f"{place}.by_month"), self.inside(f"{place}.by_quarter")
            self.equal(f"{place}.working_days.n", [f"{place}.by_month.{month}.n" for month in months])
            self.equal(f"{place}.working_days.n", [f"{place}.by_quarter.{quarter}.n" for quarter in quarters])
            for at, quarter in enumerate(quarters):
                if len(months) == 3 * len(quarters):
                    those = [f"{place}.by_month.{month}.n" for month in months[3 * at : 3 * at + 3]]
                    self.equal(f"{place}.by_quarter.{quarter}.n", those)
        endings = [*counts]
        endings += [word.removeprefix("stage_1.all.") for word in self.words("stage_1.all.bands")]
        endings += [f"by_quarter.{quarter}.n" for quarter in self.inside("stage_1.all.by_quarter")]
        endings += [f"by_month.{month}.n" for month in self.inside("stage_1.all.by_month")]
        for ending in endings:
            self._sum(f"stage_1.all.{ending}", [f"stage_1.{name}.{ending}" for name in procedures])
            self._sum(f"stage_1.all.{ending}", [f"groups.{group}.{ending}" for group in self.inside("groups")])
            for group in self.inside("groups"):
                self._sum(f"groups.{group}.{ending}", [f"stage_1.{name}.{ending}" for name in self.members(group)])
        self._at_most("acknowledgement.within", "acknowledgement.of")
        self._at_most("acknowledgement.of", "complaints.cases")
        self._at_most("extended.cases", "complaints.cases")
        self._at_most("extended.told.within", "extended.told.of")
        for within in ("acknowledgement", "extended.told"):
            self.true[f"{within}: late"] = self.true[f"{within}.of"] - self.true[f"{within}.within"]
            self.equal(f"{within}.of", [f"{within}.within", f"{within}: late"])

    def _returns(self) -> None:
        under = [procedure.key for procedure in self.profile.procedures if procedure.regulations_2009]
        coded = sorted({key for key, _ in self.profile.under(Law.LGSCO_CODE)})
        for column, names in (("under_the_regulations", under), ("all_complaints", None)):
            place = f"regulation_18.{column}"
            if names is None:
                self.equal(f"{place}.received", ["complaints.cases"])
                self.equal(f"{place}.ombudsman", ["ombudsman.received"])
                for here, elsewhere in FOLLOWED.items():
                    self.equal(f"{place}.{here}", [elsewhere])
                for word in self.words(f"{place}.by_category"):
                    self.equal(word, [word.replace(place, "complaints")])
                found = ["outcomes.stage_1.upheld", "outcomes.stage_1.partly upheld"]
            else:
                settled = [f"complaints.by_procedure.{name}" for name in names]
                self._sum(f"{place}.received", [*settled, *(["complaints.not_recorded.by_procedure"] if names else [])])
                self._at_most(f"{place}.received", "complaints.cases")
                inside = [group for group in self.inside("groups") if set(self.members(group)) <= set(names)]
                for word in self.words(f"{place}.by_category"):
                    self._at_most(word, f"{place}.received")
                    self._at_most(word, word.replace(place, "complaints"))
                    self._sum(word, [word.replace(place, f"groups.{group}") for group in inside])
                for ending in FOLLOWED:
                    self._at_most(f"{place}.{ending}", f"regulation_18.all_complaints.{ending}")
                if len(names) == len(self.profile.procedures):
                    # Where every procedure is under the Regulations, and what is not settled too, so is every case.
                    for ending in (*FOLLOWED, "received", "well_founded", "ombudsman"):
                        self.equal(f"{place}.{ending}", [f"regulation_18.all_complaints.{ending}"])
                for ending in ("received", "well_founded", "ombudsman"):
                    self._at_most(f"{place}.{ending}", f"regulation_18.all_complaints.{ending}")
                words = ("upheld", "partly upheld")
                found = [f"outcomes.by_procedure.{name}.{word}" for name in names for word in words]
            there = [one for one in found if one in self.true]
            stands = f"{place}.well_founded"
            if there and stands in self.true:
                self._row({stands: 1.0, **dict.fromkeys(there, -1.0), "outcomes.reviews": 1.0}, 0.0, INFINITE)
                self._row({stands: -1.0, **dict.fromkeys(there, 1.0), "outcomes.reviews": 1.0}, 0.0, INFINITE)
        for column, names in (("under_the_code", coded), ("all_complaints", None)):
            place = f"code.{column}"
            if f"{place}.received" not in self.true:
                continue
            self._code(place, names)

    def _code(self, place: str, names: list[str] | None) -> None:
        same = {
            "received": "complaints.cases", "acknowledgement.within": "acknowledgement.within",
            "acknowledgement.of": "acknowledgement.of", "stage_1.of": "stage_1.all.of_limit",
            "stage_1.within": "stage_1.all.within_limit", "extended": "stage_1.all.within_extended",
            "reviews": "outcomes.reviews", "ombudsman": "ombudsman.received",
            "stage_2.of": "stage_2.all.of_limit", "stage_2.within": "stage_2.all.within_limit",
        }  # fmt: skip
        for here, there in same.items():
            if names is None:
                self.equal(f"{place}.{here}", [there])
            else:
                self._at_most(f"{place}.{here}", there)
        for part, whole in (
            ("acknowledgement.within", "acknowledgement.of"), ("acknowledgement.of", "received"),
            ("stage_1.within", "stage_1.of"), ("well_founded", "findings"), ("findings", "with_outcome"),
            ("stage_2.within", "stage_2.of"),
        ):  # fmt: skip
            self._at_most(f"{place}.{part}", f"{place}.{whole}")
        by = "outcomes.by_procedure"
        if names is None:
            found = self.words("outcomes.stage_1")
        else:
            found = [cell for name in names if name in self.inside(by) for cell in self.words(f"{by}.{name}")]
            self._sum(f"{place}.received", [f"complaints.by_procedure.{name}" for name in names])
            for here, there in (
                ("stage_1.of", "of_limit"),
                ("stage_1.within", "within_limit"),
                ("extended", "within_extended"),
            ):
                self._sum(f"{place}.{here}", [f"stage_1.{name}.{there}" for name in names])
            for ending in ("acknowledgement.within", "acknowledgement.of", "reviews", "ombudsman", "stage_2.within",
                           "stage_2.of", "well_founded", "findings", "with_outcome"):  # fmt: skip
                self._at_most(f"{place}.{ending}", f"code.all_complaints.{ending}")
        self._sum(
            f"{place}.well_founded",
            [one for one in found if one.endswith(("upheld",)) and not one.endswith("not upheld")],
        )
        self._sum(f"{place}.findings", [one for one in found if one.endswith("upheld")])
        self._sum(f"{place}.with_outcome", [one for one in found if not one.endswith(UNREACHED)])
        for word in self.words(f"{place}.not_accepted"):
            there = word.replace(f"{place}.not_accepted", "complaints.not_investigated")
            if names is None:
                self.equal(word, [there])
            else:
                self._at_most(word, there)

    def _afterwards(self) -> None:
        self.equal("ombudsman.received", ["ombudsman.not_accepted", "ombudsman.investigated"])
        self._at_most("ombudsman.awaiting", "ombudsman.investigated")
        decided = "ombudsman.decided"
        self.true["ombudsman.decisions_made: all"] = sum(self.true[word] for word in self.words(decided))
        self.equal("ombudsman.decisions_made: all", self.words(decided))
        if f"{decided}.upheld" in self.true:
            self.equal("ombudsman.upheld", [f"{decided}.upheld"])
        self.equal("ombudsman.upheld_of", [f"{decided}.upheld", f"{decided}.not upheld"])
        self._at_most("ombudsman.replies.within", "ombudsman.replies.of")
        self._at_most("ombudsman.replies.of", "ombudsman.received")
        self._at_most("ombudsman.compliance.within", "ombudsman.compliance.of")
        self._at_most("learning.cases", "complaints.cases")
        self._at_most("learning.of_upheld.cases", "learning.of_upheld.of")
        self._at_most("learning.of_upheld.cases", "learning.cases")
        self.equal("learning.of_upheld.of", ["outcomes.stage_1.upheld", "outcomes.stage_1.partly upheld"])
        points, areas = "learning.points: all", "learning.by_area"
        none = "learning.not_recorded.by_area"
        self.true[points] = sum(self.true[word] for word in self.words(areas)) + self.true.get(none, 0)
        self.equal(points, [*self.words(areas), none])
        self.true["learning.by_area: total"] = sum(self.true[word] for word in self.words(areas))
        self.equal("learning.by_area: total", self.words(areas))
        self.equal(points, ["learning.cases"], most=True)
        actions = "learning.actions"
        still = f"{actions}: open"
        self.true[still] = self.true[f"{actions}.due"] - self.true[f"{actions}.done"] - self.true[f"{actions}.overdue"]
        self.equal(f"{actions}.due", [f"{actions}.done", f"{actions}.overdue", still])
        types, untyped, remedies = "remedies.by_type", "remedies.not_recorded.by_type", "remedies.remedies: all"
        self.true[remedies] = sum(self.true[word] for word in self.words(types)) + self.true.get(untyped, 0)
        self.equal(remedies, [*self.words(types), untyped])
        self._at_most("remedies.done.within", "remedies.done.of")
        self.equal(remedies, ["remedies.done.of"], most=True)
        for kind, place, divisions in (
            ("compliment", "compliments", ("by_team", "by_source")), ("enquiry", "enquiries", ("by_role",)),
        ):  # fmt: skip
            base = f"feedback.by_kind.{kind}"
            if base in self.true:
                for division in divisions:
                    lacking = f"{place}.not_recorded.{division}"
                    self._cut(f"{place}.{division}", base, lacking, several=division != "by_source")
        for word in self.words("enquiries.answered"):
            self._at_most(word, word.replace("answered", "by_role"))

    def _this_year_among_others(self) -> None:
        label = self.figures.comparison[-1].label
        same = {
            "feedback": "feedback.total", "compliments": "feedback.by_kind.compliment",
            "complaints": "complaints.cases",
            "investigations": "complaints.investigations", "upheld": "outcomes.stage_1.upheld",
            "upheld_of": "code.all_complaints.with_outcome", "ombudsman": "ombudsman.received",
            "enquiries": "feedback.by_kind.enquiry",
        }  # fmt: skip
        for word in self.words_of_year(label, "outcome"):
            same[word.removeprefix(f"comparison.{label}.")] = word.replace(f"comparison.{label}.outcome", STAGE_1)
        for group in self.inside("groups"):
            same |= {
                f"group.{group}": f"groups.{group}.cases",
                f"group_investigations.{group}": f"groups.{group}.investigations",
                f"group_upheld.{group}": f"groups.{group}.outcomes.upheld",
            }
        for here, there in same.items():
            if f"comparison.{label}.{here}" in self.true and there in self.true:
                self.equal(f"comparison.{label}.{here}", [there])
        for family in ("team", "theme", "channel", "procedure"):
            for word in self.words_of_year(label, family):
                there = f"complaints.by_{family}.{word.removeprefix(f'comparison.{label}.{family}.')}"
                if there in self.true:
                    self.equal(word, [there])
        for year in self.figures.comparison:
            cases = f"comparison.{year.label}.complaints"
            self._at_most(f"comparison.{year.label}.investigations", cases)
            for family in ("channel", "procedure", "group"):
                self._sum(cases, self.words_of_year(year.label, family))
            at = f"comparison.{year.label}"
            if not year.typed:
                self._at_most(f"{at}.upheld_of", f"{at}.investigations")
                self._at_most(f"{at}.upheld", f"{at}.upheld_of")
                self._sum(f"{at}.upheld_of", self.words_of_year(year.label, "outcome"))
                if f"{at}.outcome.upheld" in self.true:
                    self.equal(f"{at}.upheld", [f"{at}.outcome.upheld"])
                for family, whole in (
                    ("investigations", "investigations"),
                    ("upheld", "upheld"),
                    ("upheld_of", "upheld_of"),
                ):
                    self._sum(f"{at}.{whole}", self.words_of_year(year.label, f"group_{family}"))
                for word in self.words_of_year(year.label, "group"):
                    group = word.removeprefix(f"{at}.group.")
                    self._at_most(f"{at}.group_investigations.{group}", word)
                    self._at_most(f"{at}.group_upheld_of.{group}", f"{at}.group_investigations.{group}")
                    self._at_most(f"{at}.group_upheld.{group}", f"{at}.group_upheld_of.{group}")
            for family in ("team", "theme"):
                for word in self.words_of_year(year.label, family):
                    self._at_most(word, cases)
            for word in self.words_of_year(year.label, "group"):
                group = word.removeprefix(f"comparison.{year.label}.group.")
                self._sum(word, [f"comparison.{year.label}.procedure.{name}" for name in self.members(group)])
