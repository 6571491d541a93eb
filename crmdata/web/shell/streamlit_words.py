"""What Streamlit itself writes on a page, in English alone, and what stands there in its place.

Its fields offer no setting for these words: `streamlit_words.js` puts ours in their place. `{…}`
stands for what Streamlit fills in.
"""

import json
from collections.abc import Mapping

from crmdata.errors import N_
from crmdata.i18n import words_for
from crmdata.terms import LANGUAGES

TEXTS: Mapping[str, str] = {
    "Select all": N_("Choose all"),
    "Select {n} matches": N_("Choose the {n} that match"),
    "No results": N_("Nothing matches"),
    "You can only select up to {n} options. Remove an option first.": N_(
        "Not more than {n} can be chosen. Let go of one first."
    ),
    "Upload": N_("Choose a file"),
    "Drag and drop a file here": N_("Drop the file here"),
    "{kind} files are not allowed.": N_("Files of the kind {kind} are not taken."),
    "Download failed": N_("The file did not arrive. Try again."),
    "Skip to main content": N_("Go to the content of the page"),
    "({n} seconds)": N_("({n} seconds)"),
    "({n} minute)": N_("({n} minute)"),
    "({n} minutes)": N_("({n} minutes)"),
    "({n} minute, {m} seconds)": N_("({n} minute, {m} seconds)"),
    "({n} minutes, {m} seconds)": N_("({n} minutes, {m} seconds)"),
    "Connection error": N_("The connection was lost"),
    "Connection timed out.": N_("The server does not answer."),
    "Connection failed with status {n}.": N_("The server answered with an error ({n})."),
}
"""What it writes, with what we write; what it hides from everybody is left out."""

NAMES: Mapping[str, str] = {
    "Clear all": N_("Let go of all"),
    "Clear value": N_("Let go of what is chosen"),
    "Remove {name}": N_("Let go of {name}"),
    "Open": N_("Show the list"),
    "Multiselect options": N_("What can be chosen"),
    "Selectbox options": N_("What can be chosen"),
    "Selected values": N_("What is chosen"),
    "Close": N_("Close"),
    "Dismiss": N_("Close"),
    "Notifications": N_("Notices"),
}
"""What it calls its buttons and lists, for readers of screens; a page may write these words."""


def script() -> str:
    """Return what tells `streamlit_words.js` the words of each language."""
    ours = {
        language: [
            {own: words_for(language)(text) for own, text in each.items()}
            for each in (TEXTS, NAMES)
        ]
        for language in LANGUAGES
    }
    return f"window.crmStreamlitWords = {json.dumps(ours, ensure_ascii=False)};"
