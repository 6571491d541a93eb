"""Who has which role by the deployment's file, and how long a login holds."""

import pytest

from crmdata import settings
from crmdata.access import Role
from crmdata.errors import SettingsError
from crmdata.i18n import words_for
from crmdata.workflow.accounts import Accounts, LoginStanding, login, read
from tests.people import EDITOR, FOCAL, PARTNER, READER, ROLES, STRANGER, roles_file


@pytest.fixture
def roles(tmp_path):
    def written(text: str) -> Accounts:
        return read(roles_file(tmp_path, text))

    return written


@pytest.mark.parametrize(
    ("email", "role", "country", "partner"),
    [
        (EDITOR, Role.SECRETARIAT, "", ""),
        (FOCAL, Role.FOCAL_POINT, "HND", ""),
        (PARTNER, Role.PARTNER, "", "OIM"),
        (READER, Role.ANONYMOUS, "", ""),
    ],
)
def test_a_person_has_the_role_of_the_file(roles, email, role, country, partner):
    someone = roles(ROLES).actor(email)
    assert (someone.role, someone.country, someone.partner) == (role, country, partner)


def test_an_address_is_the_same_in_capitals(roles):
    assert roles(ROLES).actor(EDITOR.upper()).name == "Eva Díaz"


def test_who_is_not_in_the_file_is_nobody(roles):
    assert roles(ROLES).actor(STRANGER) is None


def test_a_name_of_the_file_stands_above_that_of_the_login(roles):
    assert roles(ROLES).actor(EDITOR, "Another").name == "Eva Díaz"


def test_an_actor_knows_how_many_editors_there_are(roles):
    second = '[[person]]\nemail = "b@example.org"\nrole = "secretariat"\n'
    assert roles(ROLES + second).actor("b@example.org").editors == 2


def test_codes_that_the_data_do_not_know_are_found(roles):
    assert roles(ROLES).unknown(["GTM"], []) == ["HND", "OIM"]


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        ("[[person]", "not_toml", None),
        ("[people]\nx = 1", "unknown_part", None),
        ('[[person]]\nemail = "x"\nrole = "reader"', "no_email", 1),
        ('\n[[person]]\nemail = "a@b.c"', "unknown_role", 2),
        ('[[person]]\nemail = "a@b.c"\nrole = "admin"', "unknown_role", 1),
        ('[[person]]\nemail = "a@b.c"\nrole = "focal_point"', "speaks_for_nobody", 1),
        ('[[person]]\nemail = "a@b.c"\nrole = "partner"\npartner = "oim"', "speaks_for_nobody", 1),
        (
            '[[person]]\nemail = "a@b.c"\nrole = "secretariat"\ncountry = "HND"',
            "speaks_for_too_many",
            1,
        ),
        ('[[person]]\nemail = "a@b.c"\nrole = 1', "not_text", 1),
        ('[[person]]\nemail = "a@b.c"\nrole = "reader"\nadmin = "yes"', "unknown_field", 1),
        (
            ROLES + '[[person]]\nemail = "FOCAL@example.hn"\nrole = "reader"',
            "twice",
            ROLES.count("\n") + 1,
        ),
    ],
)
def test_a_file_that_breaks_a_rule_gives_nobody_a_role(roles, text, rule, row):
    with pytest.raises(SettingsError) as refused:
        roles(text)
    assert [(problem.rule, problem.row) for problem in refused.value.problems] == [(rule, row)]


def test_all_errors_of_the_file_are_said_at_once_with_row_and_way_out(roles):
    with pytest.raises(SettingsError) as refused:
        roles('[[person]]\nemail = "x"\nrole = "y"\n')
    email, role = refused.value.text(words_for("es")).splitlines()
    assert email == (
        "roles.toml: Fila 1, columna “email” (valor “x”): No es una dirección de correo. "
        "Escriba aquella con la que la persona inicia sesión."
    )
    assert role == (
        "roles.toml: Fila 1, columna “role” (valor “y”): No existe ese papel. "
        "Use reader, partner, focal_point o secretariat."
    )


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path / "none.toml")
    assert refused.value.problems[0].rule == "unreadable_roles"


# Logins

NOW = 1_800_000_000.0
CLAIMS = {
    "is_logged_in": True,
    "email": "Ana@example.org",
    "email_verified": True,
    "name": "Ana",
    "iat": NOW - 60,
    "exp": NOW - 30,
}


def standing(**changes: object) -> LoginStanding:
    return login(CLAIMS | changes, now=NOW, hours=8).standing


def test_a_login_holds_though_the_token_behind_it_has_been_exchanged():
    found = login(CLAIMS, now=NOW, hours=8)
    assert (found.standing, found.email) == (LoginStanding.LOGGED_IN, "ana@example.org")


@pytest.mark.parametrize("iat", [NOW - 8 * 3600, NOW - 30 * 86_400, NOW + 600, None, "soon", True])
def test_a_login_ends_after_its_hours(iat):
    assert standing(iat=iat) is LoginStanding.EXPIRED


def test_a_login_holds_until_its_hours_are_over():
    assert standing(iat=NOW - 8 * 3600 + 1) is LoginStanding.LOGGED_IN


@pytest.mark.parametrize(
    "changes",
    [{"email_verified": False}, {"email_verified": None}, {"email_verified": "yes"},
     {"email": None}, {"email": "ana"}],
)  # fmt: skip
def test_an_address_that_nobody_verified_gives_no_login(changes):
    assert standing(**changes) is LoginStanding.UNVERIFIED


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, LoginStanding.LOGGED_IN),
        ({"email_verified": None}, LoginStanding.LOGGED_IN),
        ({"email_verified": False}, LoginStanding.UNVERIFIED),
        ({"email": "ana"}, LoginStanding.UNVERIFIED),
    ],
)
def test_where_asked_for_an_address_counts_of_which_the_provider_says_nothing(said, found):
    silent = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    login_there = login(silent | said, now=NOW, hours=8, unsaid_is_verified=True)
    assert login_there.standing is found


def test_an_address_counts_only_where_the_deployment_asks_for_it_by_the_right_word(monkeypatch):
    assert not settings.unverified_addresses()
    monkeypatch.setenv("CRMDATA_OIDC_UNVERIFIED_EMAIL", "accept")
    assert settings.unverified_addresses()
    monkeypatch.setenv("CRMDATA_OIDC_UNVERIFIED_EMAIL", "yes")
    with pytest.raises(ValueError, match="accept or refuse"):
        settings.unverified_addresses()


def test_without_a_login_there_is_nobody():
    assert standing(is_logged_in=False) is LoginStanding.ANONYMOUS


def test_a_name_that_hides_something_is_left_out():
    assert login(CLAIMS | {"name": "Ana\u202e"}, now=NOW, hours=8).name == ""
