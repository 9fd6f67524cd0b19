"""The back-fill: archives read by many processes, here or on a cluster, and written by one."""
