"""Write the matrix of `crmdata/access/authz.csv` into docs/security.md, between its two marks."""

from collections.abc import Iterator

from crmdata.access import Action, Role, rules
from crmdata.settings import ROOT

FILE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- matrix -->\n", "<!-- end of matrix -->\n"

HEADERS = {
    Role.ANONYMOUS: "Reader",
    Role.PARTNER: "Partner",
    Role.FOCAL_POINT: "Focal point",
    Role.SECRETARIAT: "Secretariat",
    Role.OPERATOR: "Operator",
}
MEANINGS = {
    Action.SEE_PUBLISHED: "See what counts: pages, exports, who is silent",
    Action.SEE_SUBMITTED: "See submitted reports that are not accepted yet (provisional)",
    Action.SEE_RETURNED: "See what was sent back or withdrawn, and the comments",
    Action.CHECK_FILE: "Have a file checked (dry run)",
    Action.SUBMIT: "Submit a file, or submit again what was sent back",
    Action.SUBMIT_ROWS_AGAIN: "Submit again some rows of what was sent back",
    Action.CORRECT: "Submit a correction of what counts already",
    Action.EDIT_REPORT: "Submit a single report by the form",
    Action.SIN_CAMBIOS: "Submit “no changes” for slots",
    Action.OFFER: "Offer cooperation by the form",
    Action.OBSERVE: "Add an observation to a country's figures by the form",
    Action.RECORD: "Import without a review",
    Action.NAME_MEETING: "Import a meeting, a named cut-off",
    Action.ACCEPT: "Accept a submission",
    Action.ACCEPT_ROWS: "Accept some rows of a submission",
    Action.SEND_BACK: "Send a submission back with a comment",
    Action.SEND_BACK_ROWS: "Send some rows of a submission back, each with its comment",
    Action.WITHDRAW: "Withdraw a batch with a reason",
    Action.WITHDRAW_ROWS: "Withdraw some rows of a batch with a reason",
    Action.CLOSE: "Close a semester of a country",
    Action.REOPEN: "Open a closed semester again with a reason",
    Action.NOTE_AGREEMENT: "Note what a meeting agreed on",
    Action.COMPLETE_AGREEMENT: "Mark an agreement as done, with a word of how",
    Action.REOPEN_AGREEMENT: "Open an agreement again with a reason",
    Action.WITHDRAW_AGREEMENT: "Withdraw an agreement with a reason",
    Action.MAKE_SNAPSHOT: "Make a named snapshot of a cut-off",
    Action.REDACT: "Search for texts that must go, and redact them",
    Action.CONFIRM_CLOCK: "Say, after a long pause, that the clock is right",
    Action.CORRECT_CLOCK: "Say that a wrong clock dated the last act",
    Action.SEE_AUDIT: "See the public part of the audit trail",
    Action.SEE_AUDIT_NAMES: "See who did what, file names and comments",
}
CELLS = {
    "yes": "yes",
    "no": "–",
    "own": "own",
    "open": "while open",
    "own open": "own, while open",
}


def matrix() -> str:
    """Return the rules as a Markdown table."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield f"| Action | {' | '.join(HEADERS[role] for role in Role)} |\n"
    yield f"|---|{'---|' * len(Role)}\n"
    cells = rules().cells
    for action in Action:
        said = " | ".join(CELLS[cells[action, role]] for role in Role)
        yield f"| {MEANINGS[action]} (`{action}`) | {said} |\n"


def main() -> None:
    """Replace what stands between the marks."""
    before, _, rest = FILE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    FILE.write_text(f"{before}{BEGIN}{matrix()}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
