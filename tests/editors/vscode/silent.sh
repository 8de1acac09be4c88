#!/bin/sh
# A language server that is started and never answers.
echo "$1 $$" >>"$ORM_TEST_STARTS"
exec sleep 3600
