"""Packages for Linux: a .deb, the layout of the UOS store and a portable folder, all made of one tree."""
