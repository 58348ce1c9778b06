"""`python -m hourglass.cli`: how the supervisor starts a role."""

from hourglass.cli.main import main

main()
