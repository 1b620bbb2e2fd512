#!/bin/sh
# Runs workerd with what it writes in a file: Miniflare would parse every line, beside what is measured.
exec "$BENCH_WORKERD" "$@" >"$BENCH_WORKERD_LOG"
