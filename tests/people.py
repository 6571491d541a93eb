"""Who has which role in the tests: one file of roles for pages, logins and their rules."""

from pathlib import Path

EDITOR = "editora@example.org"
FOCAL = "focal@example.hn"
OTHER_FOCAL = "focal@example.gt"
PARTNER = "socio@example.int"
READER = "lector@example.org"
UNVERIFIED = "dudoso@example.hn"
"""Has a role, but the provider does not vouch for the address."""
STRANGER = "nadie@example.org"
"""Can log in and has no role."""

ROLES = """
[[person]]
email = "Editora@Example.org"
name = "Eva Díaz"
role = "secretariat"

[[person]]
email = "focal@example.hn"
role = "focal_point"
country = "HND"

[[person]]
email = "focal@example.gt"
role = "focal_point"
country = "GTM"

[[person]]
email = "socio@example.int"
role = "partner"
partner = "OIM"

[[person]]
email = "lector@example.org"
role = "reader"

[[person]]
email = "dudoso@example.hn"
role = "focal_point"
country = "HND"
"""


def roles_file(folder: Path, text: str = ROLES) -> Path:
    """Write the file of roles and return it."""
    file = folder / "roles.toml"
    file.write_text(text, "utf-8")
    return file
