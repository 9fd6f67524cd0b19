"""What stands between a request and the network: public hosts only, robots.txt, redirects that end."""
