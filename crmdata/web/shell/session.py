"""Who is logged in, on every page of the secretariat's side; elsewhere nothing is drawn."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy import Engine

from crmdata import logs, settings
from crmdata.access import Actor, Role
from crmdata.content import names
from crmdata.errors import N_, CrmdataError
from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.settings import ServeMode
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, draw
from crmdata.web.shell import actor, acts
from crmdata.workflow import accounts
from crmdata.workflow.accounts import LoginStanding

_PLACE = acts.ActPlace("session")

_WHY_NOT = {
    LoginStanding.ENDED: N_(
        "This login was ended: in another tab, on another device or by who runs the server. "
        "Log in again to go on."
    ),
    LoginStanding.EXPIRED: N_("Your login has ended. Log in again to go on."),
    LoginStanding.UNVERIFIED: N_(
        "Where you logged in, your e-mail address is not confirmed, so it gives no role here. "
        "Confirm it there and log in again."
    ),
}


def show(chosen: Chosen) -> None:
    """Draw who is logged in, and the way in or out; or that whoever sits here can write."""
    mode = settings.serve_mode()
    if mode is ServeMode.LOCAL_SECRETARIAT:
        components.notice(
            chosen.words(
                "Local secretariat: nobody logs in here, and whoever sits at this machine can "
                "write. No other machine reaches this page."
            )
        )
    elif mode is ServeMode.SECRETARIAT:
        _show_login(chosen)


def _show_login(chosen: Chosen) -> None:
    words, login = chosen.words, actor.current_login()
    someone = actor.actor_of(login)
    with st.container(key="session", horizontal=True, vertical_alignment="center"):
        if login.standing is LoginStanding.LOGGED_IN:
            who = role_text(chosen, someone, login.email)
            draw.html(markup.element("p", who, css="crm-session"))
            mark, email = login.mark, login.email
            with st.popover(words("Log out"), key="log-out-where"):
                st.button(words("On this device"), key="log-out",
                          on_click=_leave, args=(words, accounts.end, mark))  # fmt: skip
                st.button(words("On all devices"), key="log-out-everywhere",
                          on_click=_leave, args=(words, accounts.end_all, email))  # fmt: skip
        else:
            st.button(words("Log in"), key="log-in", on_click=st.login)
    acts.show_outcome(_PLACE)
    if login.standing in _WHY_NOT:
        components.notice(words(_WHY_NOT[login.standing]))
    elif login.standing is LoginStanding.LOGGED_IN and not someone.email:
        components.notice(
            words(
                "The account {email} has no role here. Ask the secretariat for one.",
                email=login.email,
            )
        )


def _leave(words: Words, end: Callable[[Engine, str], object], whose: str) -> None:
    """End a login or all of a person, then lead to where the provider ends its own."""
    try:
        end(cache.engine(), whose)
    except CrmdataError as error:
        acts.refuse(words, _PLACE, *error.problems)
        return
    logs.log.info("logged out", everywhere=end is accounts.end_all)
    st.logout()


def role_text(chosen: Chosen, someone: Actor, email: str = "") -> str:
    """Return a person's name and role in words."""
    words = chosen.words
    if someone.role is Role.SECRETARIAT:
        return words("{name}, secretariat", name=someone.name)
    if someone.role is Role.FOCAL_POINT:
        country = names.of_countries(chosen.frame("countries"), words).get(someone.country)
        return words("{name}, focal point of {country}", name=someone.name,
                     country=country.full if country else someone.country)  # fmt: skip
    if someone.role is Role.PARTNER:
        partner = names.of_partners(chosen.frame("partners"), words).get(someone.partner)
        return words("{name}, for {partner}", name=someone.name,
                     partner=partner.short if partner else someone.partner)  # fmt: skip
    return words("{name}, reader", name=someone.name if someone.email else email)
