"""The demo fair: invented producers, a plan of our own drawing, and pictures made by the program itself."""
