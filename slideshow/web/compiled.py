"""Compiled templates, kept as Python keeps compiled modules: beside them, in ``__pycache__``."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, compiler
from jinja2.bccache import Bucket

# The code follows from Jinja, and from the module that sets its options.
_MAKERS = (Path(compiler.__file__), Path(__file__).with_name("app.py"))


class Compiled(FileSystemBytecodeCache):
    """Keeps the code of the templates in a folder, so that the next process starts with it.

    The apps of a process share it in memory, also where the folder is not to be written to. It is
    compiled again when a template has changed, or Jinja, or its options.
    """

    def __init__(self, templates: Path) -> None:
        super().__init__(str(templates / "__pycache__"), "%s.jinja")
        self._code: dict[str, bytes] = {}
        makers = b"".join(path.read_bytes() for path in _MAKERS)
        self._maker = hashlib.sha256(makers).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """Return a checksum of a template and of its compiler."""
        return super().get_source_checksum(self._maker + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find the code of a template."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)
        else:
            with suppress(OSError):
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)
