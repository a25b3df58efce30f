#!/usr/bin/fish
echo no
