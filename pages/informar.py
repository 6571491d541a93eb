"""Informar: what a country or a partner owes, and every way to hand it in."""

from crmdata.access import Action, may
from crmdata.web.choices import filters
from crmdata.web.hand_in import handing_in, report_form, submissions
from crmdata.web.kit import components
from crmdata.web.shell import acting, frame

chosen = frame.open_page("informar")
words, someone = chosen.words, chosen.actor

if not handing_in.is_open(chosen):
    handing_in.show_way_in(chosen)
    acting.show_last()
else:
    if not (someone.country or someone.partner):
        filters.show(chosen, [filters.country(chosen, every=words("No country chosen"))])
    country = handing_in.country_of(chosen)
    if not (country or someone.partner):
        components.paragraph(
            words("Choose the country that is reported for: what it owes and the ways to hand it "
                  "in follow here."),
            "crm-empty",
        )  # fmt: skip
    if country:
        standing = handing_in.standing()
        components.heading(handing_in.title(chosen, country))
        handing_in.show_owed(chosen, country, standing)
    if country or someone.partner:
        components.heading(words("What was sent back"))
        submissions.show_sent_back(chosen, country)
        components.heading(words("Hand in a file"))
        period = handing_in.show_template(chosen, country) if country else ""
        handing_in.show_upload(chosen, country, period)
    if country and may(someone, Action.EDIT_REPORT, country=country):
        components.heading(words("Report one activity"))
        report_form.show(chosen, country)
        components.heading(words("No changes"))
        report_form.show_unchanged(chosen, country)
    if country or someone.partner:
        components.heading(words("What was handed in"), anchor=handing_in.LISTED)
        submissions.show_all(chosen, country)
