"""XML of sources, which may be hostile."""

from __future__ import annotations

from typing import Any

from lxml import etree

from slideshow.commands.importing.readers.archives import Archive


def parsed(data: bytes) -> Any:
    """Parse XML without entities, addresses or huge trees; None for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def part_of(archive: Archive, name: str) -> Any:
    """Parse an XML file of an archive; None if it is missing or broken."""
    return parsed(archive.read(name)) if name in archive.names else None
