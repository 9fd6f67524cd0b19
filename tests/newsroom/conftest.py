"""What lies here runs in processes of its own; imported by pytest's search for doctests it would change this one."""

collect_ignore_glob = ["*.py"]
