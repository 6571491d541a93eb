"""How the app is served to others: what each mode lets through, and how its server is started.

Streamlit's own server takes uploads from anybody, shows its metrics and sets no security
header; what stands here closes that before a request reaches it.
"""

from crmdata.serving.command import Wishes, mode_of, server_command

__all__ = ["Wishes", "mode_of", "server_command"]
