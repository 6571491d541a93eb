"""`python -m crmdata` is the command line."""

from crmdata.cli.main import main

if __name__ == "__main__":
    main()
