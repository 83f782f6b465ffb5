"""The editor's addresses. Each is: whose is it, one call, one answer."""
