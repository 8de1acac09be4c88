#!/bin/sh
# The program, with a line in $ORM_TEST_STARTS for each start: the first argument and the process.
echo "$1 $$" >>"$ORM_TEST_STARTS"
exec "$ORM_BIN" "$@"
