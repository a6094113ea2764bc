"""Packages for Windows, built on Debian: a set-up for one user and a folder that needs none, both made of one payload."""
