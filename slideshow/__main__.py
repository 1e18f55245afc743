"""``python -m slideshow``."""

from slideshow.cli import main

main()
