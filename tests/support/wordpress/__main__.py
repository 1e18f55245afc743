"""Installs WordPress and the programs that it needs."""

from tests.support.wordpress import install

install()
