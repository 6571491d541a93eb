"""Informar: what a country or a partner has pending, and every way to hand it in."""

from crmdata.access import Action, may
from crmdata.content import due
from crmdata.web.choices import filters
from crmdata.web.hand_in import (
    handing_in,
    observation_form,
    offer_form,
    report_form,
    submissions,
    to_do,
)
from crmdata.web.kit import components
from crmdata.web.shell import acts, frame

chosen = frame.open_page("informar")
words, someone = chosen.words, chosen.actor


def show_form() -> None:
    """Draw what is filled in by hand: the report of a country, the offer of a partner."""
    if country and may(someone, Action.EDIT_REPORT, country=country):
        components.heading(words("Report one activity"))
        report_form.show(chosen, country, reports)
    if someone.partner:
        components.heading(words("Offer support for an activity"))
        offer_form.show(chosen, someone.partner)


def show_unchanged() -> None:
    """Draw what repeats the last reports of a country."""
    if country and may(someone, Action.EDIT_REPORT, country=country):
        components.heading(words("No changes"))
        report_form.show_unchanged(chosen, country)


if not handing_in.is_open(chosen):
    handing_in.show_way_in(chosen)
    acts.show_last()
else:
    country = handing_in.country_of(chosen)
    if country and not (someone.country or someone.partner):
        filters.show(chosen, [filters.country(chosen, every=words("No country chosen"))])
    # Whoever was led here to one form finds it first.
    led = chosen.choices.actividad is not None
    led_to_unchanged = chosen.open_panel == due.UNCHANGED
    if not (country or someone.partner):
        to_do.show_countries(chosen)
    else:
        reports = handing_in.overview()
        if led:
            show_form()
        if led_to_unchanged:
            show_unchanged()
        if country:
            to_do.show_pending(chosen, country, reports)
        if someone.partner and not led:
            to_do.show_requests(chosen)
        submissions.show_sent_back(chosen, country, reports)
        components.heading(words("Hand in a file"))
        period = handing_in.show_template(chosen, country) if country else ""
        handing_in.show_upload(chosen, country, period)
        if not led:
            show_form()
        if not led_to_unchanged:
            show_unchanged()
        if country and may(someone, Action.OBSERVE, country=country):
            components.heading(words("Before the meeting"))
            observation_form.show(chosen, country)
        components.heading(words("What was handed in"), anchor=handing_in.LISTED)
        if someone.partner:
            submissions.show_lines(chosen)
        submissions.show_all(chosen, country, reports)
