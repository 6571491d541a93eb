"""How the app is served to others: what each mode lets through, and how its server is started.

Streamlit's own server takes uploads from anybody, shows its metrics and sets no security
header; what stands here closes that before a request reaches it.
"""

from crmdata.serving.command import Wishes, mode_of, places, server_command
from crmdata.serving.supervisor import Pace, ServerPlace, Supervisor
from crmdata.serving.upstreams import upstreams

__all__ = [
    "Pace",
    "ServerPlace",
    "Supervisor",
    "Wishes",
    "mode_of",
    "places",
    "server_command",
    "upstreams",
]
