"""Compiled templates, kept as Python keeps compiled modules: beside them, in ``__pycache__``."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """Keeps the code of the templates in a folder, so that the next process starts with it.

    The apps of a process share it in memory, also where the folder is not to be written to. A
    template that has changed is compiled again.
    """

    def __init__(self, templates: Path) -> None:
        super().__init__(str(templates / "__pycache__"), "%s.jinja")
        self._code: dict[str, bytes] = {}

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
