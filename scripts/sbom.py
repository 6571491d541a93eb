"""Write what the app is made of as a CycloneDX bill of materials: `make sbom`.

Taken from `requirements.txt`, where every package has its version and the hashes of its files.
Nothing of the machine or the day goes into it: the same pins give the same bytes.
"""

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot5
from packageurl import PackageURL

from crmdata.settings import ROOT

PINS = ROOT / "requirements.txt"
TARGET = ROOT / "build" / "sbom.cdx.json"
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(pins: str) -> Iterator[Component]:
    """Yield a component for each pinned package, in their order."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", pins.strip()):
        found = _PIN.match(entry.splitlines()[0])
        if found is None:
            continue
        name, version, marker = found["name"], found["version"], found["marker"]
        url = PackageURL("pypi", name=name.lower(), version=version)
        files = [Property(name="pip:sha256", value=said) for said in _HASH.findall(entry)]
        only = [Property(name="pip:marker", value=marker)] if marker else []
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            purl=url,
            bom_ref=str(url),
            properties=[*files, *only],
        )


def document(pins: str) -> str:
    """Return the bill of materials of pinned requirements, as JSON."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    app = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_sha256(pins))],
    )
    made = Bom(
        components=components(pins),
        metadata=BomMetaData(component=app),
        serial_number=uuid5(NAMESPACE_URL, pins),
    )
    made.metadata.timestamp = None
    made.register_dependency(app, made.components)
    return JsonV1Dot5(made).output_as_string(indent=2) + "\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def main(arguments: list[str]) -> None:
    """Write the file, to where the first argument says or below build/."""
    target = Path(arguments[0]) if arguments else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(document(PINS.read_text("utf-8")), "utf-8")
    print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
