"""The house's faces: HTTP and the command line. Here everything is wired."""
