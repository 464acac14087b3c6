#!/usr/bin/env bash
# Takes the sample reports into a new store and asks it what an analyst would: `make run`.
#   tools/tour.sh VIGIE FOLDER     VIGIE: the command; FOLDER: where samples and store go (both are made anew)
set -euo pipefail
vigie=$1 folder=$2
rm -rf "$folder"
mkdir -p "$folder"
export VIGIE_STORE="sqlite:///$folder/vigie.db"

ask() { # a heading with the command as one would type it, and what it answers
  printf '\n$ vigie %s\n' "$*"
  "$vigie" "$@"
}

"$vigie" samples --to "$folder/reports" >/dev/null
ask init
ask ingest "$folder/reports" --quiet --jobs 2
ask status
ask incidents --disputed --limit 8
ask show "$("$vigie" incidents --disputed --limit 1 --format csv | tail -n 1 | cut -d, -f1)"
ask review --limit 3
ask tally --by country
ask search Harir --limit 3
printf '\nThe store is %s. More: vigie --help, the desk: vigie desk --store %s\n' "$VIGIE_STORE" "$VIGIE_STORE"
