"""Who may what at the borders: the own country and the neighbour's, a closed semester, no name."""

import pytest

from crmdata import access
from crmdata.access import ANONYMOUS, Action, Actor, Role, Rules, rules
from crmdata.errors import AccessDenied

HONDURAS = Actor("Ana", Role.FOCAL_POINT, country="HND")
OIM = Actor("Luis", Role.PARTNER, partner="OIM")
EVA = access.secretariat("Eva")
OTO = access.operator("Oto")
ACTORS = {actor.role: actor for actor in (ANONYMOUS, OIM, HONDURAS, EVA, OTO)}

PUBLIC = {Action.SEE_PUBLISHED, Action.SEE_AUDIT}
HANDING_IN = {Action.SEE_SUBMITTED, Action.SEE_RETURNED, Action.CHECK_FILE, Action.SUBMIT,
              Action.SUBMIT_ROWS_AGAIN, Action.CORRECT}  # fmt: skip
# Of no rows: whoever may write may say that the clock is right, for all of them.
OF_THE_CLOCK = {Action.CONFIRM_CLOCK}
BY_FORM = {Action.EDIT_REPORT, Action.SIN_CAMBIOS, Action.OBSERVE, Action.SEE_AUDIT_NAMES}
DECIDING = {Action.ACCEPT, Action.ACCEPT_ROWS, Action.SEND_BACK, Action.SEND_BACK_ROWS,
            Action.WITHDRAW, Action.WITHDRAW_ROWS, Action.CLOSE, Action.REOPEN}  # fmt: skip
MAY = {
    Role.ANONYMOUS: PUBLIC,
    Role.PARTNER: PUBLIC | HANDING_IN | OF_THE_CLOCK | {Action.OFFER},
    Role.FOCAL_POINT: PUBLIC | HANDING_IN | BY_FORM | OF_THE_CLOCK,
    Role.SECRETARIAT: set(Action) - {Action.CORRECT_CLOCK},
    Role.OPERATOR: set(Action) - DECIDING,
}


def about(role: Role, *, own: bool) -> dict[str, str]:
    if role == Role.PARTNER:
        return {"partner": "OIM" if own else "ACNUR"}
    return {"country": "HND" if own else "GTM"}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_this_to_its_own_and_nothing_else(role):
    own = about(role, own=True)
    assert {action for action in Action if access.may(ACTORS[role], action, **own)} == MAY[role]


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.PARTNER, PUBLIC | OF_THE_CLOCK), (Role.FOCAL_POINT, PUBLIC | OF_THE_CLOCK),
     (Role.OPERATOR, MAY[Role.OPERATOR]),
     (Role.SECRETARIAT, MAY[Role.SECRETARIAT]), (Role.ANONYMOUS, PUBLIC)],
)  # fmt: skip
def test_to_another_countrys_or_partners_rows_each_role_may_no_more_than_this(role, expected):
    other = about(role, own=False)
    assert {action for action in Action if access.may(ACTORS[role], action, **other)} == expected


@pytest.mark.parametrize("actor", [HONDURAS, OIM])
def test_what_somebody_may_do_to_its_own_it_is_not_refused(actor):
    access.require(actor, Action.SUBMIT, country=actor.country, partner=actor.partner)


@pytest.mark.parametrize("role", Role)
def test_a_closed_semester_takes_correcting_only_and_only_from_whom_it_is_closed_to(role):
    own = about(role, own=True)
    closed = {action for action in Action if access.may(ACTORS[role], action, closed=True, **own)}
    shut_out = {Action.CORRECT} if role in {Role.PARTNER, Role.FOCAL_POINT} else set()
    assert closed == MAY[role] - shut_out


@pytest.mark.parametrize(
    ("cell", "own_open", "own_closed", "other_open", "other_closed"),
    [
        ("yes", True, True, True, True),
        ("no", False, False, False, False),
        ("own", True, True, False, False),
        ("open", True, False, True, False),
        ("own open", True, False, False, False),
        ("all", False, False, False, False),
        ("", False, False, False, False),
    ],
)
def test_a_cell_says_for_whose_rows_and_while_open_or_not(
    cell, own_open, own_closed, other_open, other_closed
):
    made = Rules({(Action.SUBMIT, Role.PARTNER): cell})
    found = [
        made.allow(Action.SUBMIT, Role.PARTNER, own=own, closed=closed)
        for own in (True, False)
        for closed in (False, True)
    ]
    assert found == [own_open, own_closed, other_open, other_closed]


def test_the_header_of_the_actions_is_no_role(tmp_path):
    file = tmp_path / "authz.csv"
    file.write_text("action,secretariat,operator\nsubmit,own open,no\n", "utf-8")
    assert rules(file).cells == {
        (Action.SUBMIT, Role.SECRETARIAT): "own open", (Action.SUBMIT, Role.OPERATOR): "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("whose", "owned"),
    [
        ({"country": "HND"}, True),
        ({"country": "GTM"}, False),
        ({"country": ""}, False),
        ({}, False),
        ({"country": "HND", "partner": "OIM"}, True),
        ({"country": "GTM", "partner": "OIM"}, False),
        ({"partner": "OIM"}, False),
        ({"partner": ""}, False),
    ],
)
def test_a_focal_point_owns_its_countrys_rows_and_no_partners(whose, owned):
    assert HONDURAS.owns(**whose) is owned


@pytest.mark.parametrize(
    ("whose", "owned"),
    [({"partner": "OIM"}, True), ({"partner": "ACNUR"}, False), ({"country": "HND"}, False),
     ({"country": "", "partner": ""}, False), ({"country": "GTM", "partner": "OIM"}, True)],
)  # fmt: skip
def test_a_partners_person_owns_its_lines_and_no_countrys(whose, owned):
    assert OIM.owns(**whose) is owned


def test_who_speaks_for_nobody_owns_not_even_what_is_nobodys():
    for actor in (ANONYMOUS, EVA, OTO):
        assert not actor.owns()
        assert not actor.owns(country="", partner="")


@pytest.mark.parametrize(
    ("actor", "action", "target", "way_out"),
    [
        (ANONYMOUS, Action.SUBMIT, {"country": "HND"}, "Log in with an account that may."),
        (HONDURAS, Action.SUBMIT, {"country": "GTM"}, "Your account speaks for HND only."),
        (HONDURAS, Action.SUBMIT, {}, "Your account speaks for HND only."),
        (HONDURAS, Action.CORRECT, {"country": "HND", "closed": True}, "can reopen it."),
        (HONDURAS, Action.CORRECT, {"country": "GTM", "closed": True}, "speaks for HND only."),
        (HONDURAS, Action.ACCEPT, {"country": "HND"}, "Ask the secretariat."),
        (OIM, Action.SUBMIT, {"partner": "ACNUR"}, "Your account speaks for OIM only."),
        (OIM, Action.CORRECT, {"partner": "OIM", "closed": True}, "can reopen it."),
        (OIM, Action.EDIT_REPORT, {"partner": "OIM"}, "Ask the secretariat."),
        (OTO, Action.ACCEPT, {"country": "HND"}, "Ask the secretariat."),
    ],
)
def test_the_way_out_is_that_of_who_is_refused(actor, action, target, way_out):
    with pytest.raises(AccessDenied) as caught:
        access.require(actor, action, **target)
    assert str(caught.value).endswith(way_out)


@pytest.mark.parametrize("actor", ACTORS.values(), ids=str)
def test_what_is_allowed_is_not_refused(actor):
    access.require(actor, Action.SEE_PUBLISHED)
    access.require(actor, Action.SEE_AUDIT, country="GTM", closed=True)


@pytest.mark.parametrize(
    ("written", "name"), [("Ana", "Ana"), (" Ana  María ", "Ana María"), ("\tAna\n", "Ana")]
)
def test_a_name_is_written_with_single_spaces(written, name):
    assert access.operator(written).name == name


@pytest.mark.parametrize("name", [" ", "\n", "Ana\u200b", "\x07"])
def test_a_name_that_cannot_be_read_is_none(name):
    with pytest.raises(AccessDenied) as caught:
        access.secretariat(name)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.value) == ("nobody", " ".join(name.split()))


def test_who_speaks_for_nobody_is_told_by_name():
    with pytest.raises(AccessDenied) as caught:
        Actor("Ana", Role.PARTNER)
    assert "for whom Ana speaks" in str(caught.value)


def test_a_person_is_told_apart_by_address_and_without_one_by_name_whatever_the_case():
    by_name = Actor("ANA", Role.SECRETARIAT), Actor("Ana", Role.OPERATOR)
    assert by_name[0].identity == by_name[1].identity == "ana"
    assert Actor("Ana", Role.SECRETARIAT, email="A@B.org").identity == "a@b.org"


def test_an_editor_is_alone_unless_it_is_said_how_many_there_are():
    assert (access.secretariat("Eva").editors, access.secretariat("Eva", editors=2).editors) == (
        1,
        2,
    )
    assert Actor("Ana", Role.SECRETARIAT).editors == 1
