"""The menu: which page the reader is at. Everything on the page is the page's own."""

from crmdata.i18n import words_for
from crmdata.web.choices import choices
from crmdata.web.shell import menu

menu.navigation(words_for(choices.language_now())).run()
