"""Who may do what: the file of rules, actors, and what a refusal says and leaves behind."""

import logging
import re

import pytest

from crmdata import access
from crmdata.access import ANONYMOUS, Action, Actor, Role, rules
from crmdata.access.actions import REFUSALS
from crmdata.access.rules import FILE
from crmdata.errors import AccessDenied
from crmdata.i18n import words_for
from crmdata.settings import ROOT
from scripts import security_matrix

HONDURAS = Actor("Ana", Role.FOCAL_POINT, country="HND")
OIM = Actor("Luis", Role.PARTNER, partner="OIM")


def test_every_action_has_its_row_and_every_role_its_column():
    assert set(rules().cells) == {(action, role) for action in Action for role in Role}


def test_every_action_has_a_sentence_for_who_may_not():
    assert set(REFUSALS) == set(Action)


def test_what_the_file_does_not_name_is_denied(tmp_path):
    file = tmp_path / "authz.csv"
    file.write_text("action,secretariat\nsubmit,yes\n", "utf-8")
    found = rules(file)
    assert found.allow(Action.SUBMIT, Role.SECRETARIAT, own=False, closed=False)
    assert not found.allow(Action.ACCEPT, Role.SECRETARIAT, own=False, closed=False)
    assert not found.allow(Action.SUBMIT, Role.OPERATOR, own=False, closed=False)


@pytest.mark.parametrize(
    ("header", "row"), [("operator", "fly,yes"), ("pilot", "submit,yes"), ("operator", "submit,si")]
)
def test_a_rule_that_makes_no_sense_is_found_when_it_is_read(tmp_path, header, row):
    file = tmp_path / "authz.csv"
    file.write_text(f"action,{header}\n{row}\n", "utf-8")
    with pytest.raises(ValueError, match=r"fly|pilot|si"):
        rules(file)


def test_nothing_that_writes_is_open_to_who_did_not_log_in():
    open_to_all = {action for action in Action if rules().cells[action, Role.ANONYMOUS] != "no"}
    assert open_to_all == {Action.SEE_PUBLISHED, Action.SEE_AUDIT}


def test_a_focal_point_speaks_for_its_own_country_only():
    assert access.may(HONDURAS, Action.SUBMIT, country="HND")
    assert not access.may(HONDURAS, Action.SUBMIT, country="GTM")
    assert not access.may(HONDURAS, Action.SUBMIT)


def test_a_partner_speaks_for_its_own_lines_only():
    assert access.may(OIM, Action.SUBMIT, country="HND", partner="OIM")
    assert not access.may(OIM, Action.SUBMIT, country="HND", partner="ACNUR")
    assert not access.may(OIM, Action.SUBMIT, country="HND")


def test_a_closed_semester_is_corrected_by_the_secretariat_only():
    assert access.may(HONDURAS, Action.CORRECT, country="HND")
    assert not access.may(HONDURAS, Action.CORRECT, country="HND", closed=True)
    assert access.may(access.secretariat("Eva"), Action.CORRECT, country="HND", closed=True)


@pytest.mark.parametrize(
    ("actor", "target", "said"),
    [
        (ANONYMOUS, {"country": "HND"}, "Log in with an account that may."),
        (HONDURAS, {"country": "GTM"}, "Your account speaks for HND only."),
        (HONDURAS, {"country": "HND", "closed": True}, "the secretariat can reopen it."),
        (OIM, {"country": "HND"}, "Your account speaks for OIM only."),
    ],
)
def test_a_refusal_says_the_way_out(actor, target, said):
    with pytest.raises(AccessDenied, match="You may not correct these reports") as caught:
        access.require(actor, Action.CORRECT, **target)
    assert said in str(caught.value)


def test_a_refusal_speaks_the_language_of_the_reader():
    with pytest.raises(AccessDenied) as caught:
        access.require(HONDURAS, Action.ACCEPT, country="HND")
    assert caught.value.text(words_for("es")) == (
        "No puede aceptar reportes. Consulte a la secretaría."
    )


def test_a_refusal_is_logged_with_role_and_what_and_without_a_name(caplog, monkeypatch):
    # Import Linter, run by another test in this process, silences every logger it finds.
    monkeypatch.setattr(logging.getLogger("crmdata.access.rules"), "disabled", False)
    caplog.set_level(logging.WARNING)
    with pytest.raises(AccessDenied):
        access.require(HONDURAS, Action.WITHDRAW, country="GTM")
    (record,) = caplog.records
    assert record.getMessage() == (
        "refused: withdraw by focal_point of 'HND' on 'GTM', closed=False"
    )


@pytest.mark.parametrize("name", ["", "  ", "Ana\x00"])
def test_nobody_acts_without_a_name(name):
    with pytest.raises(AccessDenied) as caught:
        access.operator(name)
    assert caught.value.problems[0].rule == "nobody"


@pytest.mark.parametrize(
    "whom",
    [
        {"role": Role.FOCAL_POINT},
        {"role": Role.FOCAL_POINT, "partner": "OIM"},
        {"role": Role.PARTNER, "country": "HND"},
        {"role": Role.SECRETARIAT, "country": "HND"},
        {"role": Role.FOCAL_POINT, "country": "HND", "partner": "OIM"},
    ],
)
def test_a_role_and_whom_it_speaks_for_belong_together(whom):
    with pytest.raises(AccessDenied) as caught:
        Actor("Ana", **whom)
    assert caught.value.problems[0].rule == "speaks_for_nobody"


def test_a_person_is_told_by_the_verified_address_not_by_the_name():
    one = Actor("Ana", Role.SECRETARIAT, email="Ana@crm.example")
    assert one.identity == Actor("Ana María", Role.SECRETARIAT, email="ana@crm.example").identity
    assert one.identity != Actor("Ana", Role.SECRETARIAT).identity


def test_the_file_is_shipped_with_the_package():
    assert FILE.is_file()


# The documentation


def test_the_documented_matrix_is_that_of_the_file():
    before, _, rest = security_matrix.FILE.read_text("utf-8").partition(security_matrix.BEGIN)
    assert before
    assert rest.partition(security_matrix.END)[0] == security_matrix.matrix()


def test_every_test_that_the_security_page_names_exists():
    named = set(re.findall(r"tests/\w+\.py", security_matrix.FILE.read_text("utf-8")))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
