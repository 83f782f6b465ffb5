"""How much may be open at once; more would only wait behind each other."""

# Of one visitor.
ATTEMPTS = 24
UPLOADS = 20
FETCHES = 6
# Of everybody together: a check names nobody.
CREDENTIAL_CHECKS = 50
