"""The closed vocabularies for cases, people, deadlines and outcomes.

A value is the word in the register's CSV and in JSON.
"""

from __future__ import annotations

from feedback_tui.deadline_kinds import DEADLINE_LABELS as DEADLINE_LABELS
from feedback_tui.deadline_kinds import STAGES as STAGES
from feedback_tui.deadline_kinds import CountsFrom as CountsFrom
from feedback_tui.deadline_kinds import DeadlineKind as DeadlineKind
from feedback_tui.deadline_kinds import DeadlineState as DeadlineState
from feedback_tui.deadline_kinds import StageEntry as StageEntry
from feedback_tui.deadline_kinds import StagePart as StagePart
from feedback_tui.deadline_kinds import StageTime as StageTime
from feedback_tui.deadline_kinds import Unit as Unit
from feedback_tui.vocabulary import Word


class Kind(Word):
    """The kind of a piece of feedback."""

    COMPLAINT = "complaint"
    CONCERN = "concern"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    ENQUIRY = "enquiry"

    @classmethod
    def noun(cls) -> str:
        return "a kind of feedback"


class Status(Word):
    """The status of a case."""

    LOGGED = "logged"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    ON_HOLD = "on hold"
    RESPONSE_SENT = "response sent"
    IN_REVIEW = "in review"
    CLOSED = "closed"
    VOID = "void"

    @property
    def is_open(self) -> bool:
        return self not in (Status.CLOSED, Status.VOID)


class Outcome(Word):
    """The outcome of an investigation or of informal handling; also the finding on one complaint point."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly upheld"
    NOT_UPHELD = "not upheld"
    NO_FINDING = "no finding"
    WITHDRAWN = "withdrawn"
    RESOLVED_INFORMALLY = "resolved informally"

    @classmethod
    def noun(cls) -> str:
        return "an outcome"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {"partially upheld": "partly upheld", "part upheld": "partly upheld", "fully upheld": "upheld"}


class ClosingReason(Word):
    """Why a case was closed without being investigated or answered."""

    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not accepted"
    SIGNPOSTED = "signposted"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    NO_AUTHORITY = "no authority"
    CANNOT_BE_REACHED = "cannot be reached"
    COURT_OR_CLAIM = "court or claim"


class DayOfCase(Word):
    """A day of a case that can be corrected to unknown."""

    HAPPENED = "happened_on"
    SAFEGUARDING = "safeguarding_on"


class NotAccepted(Word):
    """Why a complaint was not accepted. Which of them are grounds under which law: ``rules.refusal_grounds``."""

    RESPONSIBLE_BODY = "by a responsible body"
    EMPLOYMENT = "employment"
    SAME_AS_SETTLED = "same as one settled on the spot"
    ALREADY_INVESTIGATED = "already investigated"
    WITH_OMBUDSMAN = "with the Ombudsman"
    FREEDOM_OF_INFORMATION = "freedom of information"
    SUPERANNUATION = "superannuation"
    OUT_OF_TIME = "out of time"
    NO_AUTHORITY = "no authority"
    OTHER_PROCESS = "other process"
    PROCEEDINGS = "legal proceedings started"
    PREJUDICE = "would prejudice proceedings"
    NOT_OURS = "not ours"

    @classmethod
    def noun(cls) -> str:
        return "a reason for not accepting it"


class OmbudsmanDecision(Word):
    """The Ombudsman's decision."""

    UPHELD = "upheld"
    NOT_UPHELD = "not upheld"
    NOT_ACCEPTED = "not accepted"
    REFERRED_BACK = "referred back"
    CLOSED_AFTER_INITIAL_ENQUIRIES = "closed after initial enquiries"
    INCOMPLETE_OR_INVALID = "incomplete or invalid"
    ADVICE_GIVEN = "advice given"
    PASSED_TO_PHSO = "passed to PHSO"
    DISCONTINUED = "discontinued"

    @classmethod
    def noun(cls) -> str:
        return "a decision of the Ombudsman"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "referred back for local resolution": "referred back",
            "incomplete invalid": "incomplete or invalid",
            "incomplete": "incomplete or invalid",
            "invalid": "incomplete or invalid",
            "advice": "advice given",
            "phso": "passed to PHSO",
            "referred to phso": "passed to PHSO",
            "fault": "upheld",
            "no fault": "not upheld",
        }

    @property
    def investigated(self) -> bool:
        """Whether the Ombudsman investigated the complaint."""
        return self in (
            OmbudsmanDecision.UPHELD,
            OmbudsmanDecision.NOT_UPHELD,
            OmbudsmanDecision.PASSED_TO_PHSO,
            OmbudsmanDecision.DISCONTINUED,
        )


class OmbudsmanStatus(Word):
    """The status of the Ombudsman's own handling, apart from that of the case."""

    WITH_OMBUDSMAN = "with Ombudsman"
    REPLIED = "replied"
    DECIDED = "decided"
    COMPLIED = "complied"


class Part(Word):
    """The part a person has in a case."""

    CUSTOMER = "customer"
    COMPLAINANT = "complainant"
    REPRESENTATIVE = "representative"


class Role(Word):
    """Who a complainant or correspondent is."""

    CUSTOMER = "customer"
    FAMILY = "family"
    CARER = "carer"
    FRIEND = "friend"
    AFFECTED = "affected"
    REPRESENTATIVE = "representative"
    ADVOCATE = "advocate"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    EXECUTOR = "executor"
    SOLICITOR = "solicitor"
    MP = "MP"
    COUNCILLOR = "councillor"
    HEALTH_COLLEAGUE = "health colleague"
    COLLEAGUE = "colleague"
    PROVIDER = "provider"
    ANONYMOUS = "anonymous"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "self": "customer",
            "family member": "family",
            "relative": "family",
            "member of parliament": "MP",
            "cllr": "councillor",
            "elected member": "councillor",
            "health": "health colleague",
            "anyone affected": "affected",
        }


class Authority(Word):
    """Why this person may complain and be told (regulation 5)."""

    OWN_COMPLAINT = "own complaint"
    AFFECTED = "affected in their own right"
    CONSENT_REQUESTED = "consent requested"
    CONSENT_RECEIVED = "consent received"
    CONSENT_REFUSED = "consent refused"
    ATTORNEY_OR_DEPUTY = "attorney or deputy"
    LACKS_CAPACITY = "lacks capacity"
    CUSTOMER_HAS_DIED = "customer has died"
    MP_FOR_CONSTITUENT = "MP for a constituent"
    COUNCILLOR_FOR_CONSTITUENT = "councillor for a constituent"
    PARENT = "parental responsibility"
    FOR_A_CHILD = "for a child"


class Discussion(Word):
    """Regulation 13: the offer to discuss how the complaint will be handled and how long it is likely to take."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class OtherProcess(Word):
    """The other process that a case on hold waits for."""

    SAFEGUARDING = "safeguarding"
    COURT = "court"
    POLICE = "police"
    INSURANCE = "insurance claim"
    DISCIPLINARY = "disciplinary"


class Contact(Word):
    """One contact with the people in a case, or an attempt at one."""

    CALL_FROM = "call from them"
    CALL_TO = "call to them"
    FAILED_TRY = "failed try"
    MEETING = "meeting"
    LETTER_FROM = "letter or email from them"
    LETTER_TO = "letter or email to them"
    HOLDING_LETTER = "holding letter"
    FINAL_NOTICE = "final notice"

    @classmethod
    def noun(cls) -> str:
        return "a kind of contact"

    @property
    def reached(self) -> bool:
        """Whether they were reached; a failed attempt is not a contact."""
        return self is not Contact.FAILED_TRY


class Persistence(Word):
    """The steps of the procedure for unreasonably persistent complainants."""

    WARNING = "warning"
    RESTRICTION = "restriction"
    SINGLE_CONTACT = "single contact"

    @classmethod
    def noun(cls) -> str:
        return "a step of the persistence procedure"


class LearningSaid(Word):
    """What the response said about learning. There is always an answer, even if only that it is awaited."""

    RECORDED = "recorded"
    NONE = "none"
    AWAITED = "awaited"


class Law(Word):
    """The statute or code of a procedure; ``none`` for one of the council's own."""

    REGULATIONS_2009 = "regulations-2009"
    CHILDREN_2006 = "children-2006"
    PUBLIC_HEALTH_2012 = "public-health-2012"
    LGSCO_CODE = "lgsco-code"
    HOUSING_CODE = "housing-code"
    DATA_PROTECTION_2018 = "data-protection-2018"
    NONE = "none"

    @property
    def label(self) -> str:
        """The law's name in a sentence: ``the 2009 Regulations``."""
        return LAW_LABELS[self]


LAW_LABELS = {
    Law.REGULATIONS_2009: "the 2009 Regulations",
    Law.CHILDREN_2006: "the Children Act 1989 Representations Procedure Regulations 2006",
    Law.PUBLIC_HEALTH_2012: "the public health complaints regulations of 2012",
    Law.LGSCO_CODE: "the Ombudsman’s Complaint Handling Code",
    Law.HOUSING_CODE: "the Housing Ombudsman’s Complaint Handling Code",
    Law.DATA_PROTECTION_2018: "the Data Protection Act 2018",
    Law.NONE: "no statute or code: the council’s own procedure",
}


class StepKey(Word):
    """A step: one thing that can happen to a case. Each is a row of the table in ``rules.lifecycle.lifecycle``."""

    LOG = "log"
    ACKNOWLEDGE = "acknowledge"
    INVESTIGATE = "investigate"
    EXTEND = "extend"
    RESPOND = "respond"
    REQUEST_REVIEW = "request review"
    ACKNOWLEDGE_REVIEW = "acknowledge review"
    RESPOND_REVIEW = "respond to review"
    REFUSE_STAGE = "refuse stage"
    SKIP_STAGE = "skip stage"
    NAME_PART = "name part"
    AGREE_RECORD = "agree record"
    PANEL_HELD = "panel held"
    PANEL_REPORT = "panel report"
    OMBUDSMAN = "ombudsman"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    SETTLE = "settle"
    CLOSE = "close"
    REOPEN = "reopen"
    VOID = "void"
    HOLD = "hold"
    RESUME = "resume"
    CHANGE_PROCEDURE = "change procedure"
    CORRECT_RECEIPT = "correct receipt"
    ALLOCATE = "allocate"
    NOTE = "note"
    UNDO = "undo"
    DAYS_OFF = "days off"
    ACTION_DONE = "action done"
    REMEDY_DONE = "redress done"
    ERASE = "erase"
    DO_NOT_DESTROY = "do not destroy"
    MAY_BE_DESTROYED = "may be destroyed"
    MOVE_DEADLINES = "move deadlines"
    IMPORT = "import"
    TYPE_FIGURES = "type figures"  # of a year, not of a case
    WRITE_YEAR = "write year"  # text for the report of a year
    SET_UP = "set up"  # of the register itself, not of a case
    USE_PROFILE = "use profile"  # another profile for the register
    # people
    ADD_PERSON = "add person"
    CORRECT_PERSON = "correct person"
    AUTHORITY = "authority"
    DEATH = "death"
    SAME_PERSON = "same person"
    APART = "not the same person"
    PERSISTENCE = "persistence"
    # corrections of the case
    CORRECT = "correct"
    POINTS = "points"
    CHANGE_KIND = "change kind"
    JOINT = "joint"
    PROVIDER = "provider"
    RESTRICT = "restrict"
    PASS_ON = "pass on"
    JOIN = "join"
    # contact
    CONTACT = "contact"
    NEXT_UPDATE = "next update"
    LETTER = "letter"
    ATTACH = "attach"
    # the investigator's draft
    CHASE = "chase"
    DRAFT_RECEIVED = "draft received"
    DRAFT_CHECKED = "draft checked"
    SIGN_OFF = "sign off"
    # follow-up
    OMBUDSMAN_QUERY = "ombudsman query"
    OMBUDSMAN_DRAFT = "ombudsman draft decision"
    CHOOSE_OMBUDSMAN = "choose ombudsman"
    COMPLIED = "complied"
    REDRESS = "redress"
    LEARN = "learn"
    PLAN_ACTION = "plan action"
    THANK = "thank"
    QUOTE = "quote"


class YearSection(Word):
    """The parts of a year's report that officers write."""

    RECOMMENDATIONS = "recommendations"
    PROGRESS = "progress"
    GENERAL_IMPORTANCE = "general importance"
    QUOTES = "quotes"

    @classmethod
    def noun(cls) -> str:
        return "a part of the report"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "recommendation": "recommendations",
            "quote": "quotes",
            "matters of general importance": "general importance",
        }
