#!/bin/sh
echo no
exit 3
