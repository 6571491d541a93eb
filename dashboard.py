"""The menu: which page the reader is at. Everything on the page is the page's own."""

from crmdata.i18n import words_for
from crmdata.ui import choices, menu

menu.navigation(words_for(choices.language_now())).run()
