# shellcheck shell=bash
# Numbered steps, each with a moving sign of how far it is.

STEPS=0
STEP=0

begin() {  # NAME TITLE
    STEP=$((STEP + 1))
    STEP_LOG=$LOG/setup-$1.log
    printf '[%d/%d] %s' "$STEP" "$STEPS" "$2"
}

ready() {
    printf ': ready\n'
}

starting() {
    printf ' …\n'
    STEP_SINCE=$SECONDS
    : >"$STEP_LOG"
}

finished() {
    printf '      done in %d s\n' "$((SECONDS - STEP_SINCE))"
}

how_far() {  # apt's share of packages, or else the last line of the log
    awk '
        match($0, /[0-9]+ newly installed/) { total = 3 * substr($0, RSTART); n = 0 }
        /^(Get:[0-9]+|Unpacking|Setting up) / { n++ }
        NF { last = $0 }
        END {
            if (total && n <= total) printf "%d %% of the packages", 100 * n / total
            else { sub(/^[0-9-]+ [0-9:,]+ [0-9]+ [A-Z]+ [^ ]+ [^ ]+: /, "", last); print substr(last, 1, 60) }
        }' "$STEP_LOG"
}

show_progress() {
    if [ -t 1 ]; then
        printf '\r\e[K      %3d s  %s' "$((SECONDS - STEP_SINCE))" "$(how_far)"
    elif ((SECONDS >= NEXT_LINE)); then
        NEXT_LINE=$((SECONDS + 10))
        printf '      %3d s  %s\n' "$((SECONDS - STEP_SINCE))" "$(how_far)"
    fi
}

work() {  # COMMAND…: its output goes to the step's log; it dies with this script
    local pid status=0
    NEXT_LINE=$((SECONDS + 10))
    setpriv --pdeathsig KILL -- "$@" >>"$STEP_LOG" 2>&1 </dev/null &
    pid=$!
    trap 'kill -KILL "$pid" 2>/dev/null; printf "\nInterrupted.\n"; exit 130' INT TERM HUP
    while kill -0 "$pid" 2>/dev/null; do
        show_progress
        sleep 0.3
    done
    wait "$pid" || status=$?
    trap - INT TERM HUP
    [ ! -t 1 ] || printf '\r\e[K'
    if [ "$status" != 0 ]; then
        printf '      failed after %d s\n' "$((SECONDS - STEP_SINCE))"
        show_log "$STEP_LOG"
        exit "${FAILURE-1}"
    fi
}

# A stamp lies inside what it speaks of, and goes with it.
stamped() {  # STAMP KEY
    [ "$(cat "$1" 2>/dev/null)" = "$2" ]
}

stamp() {  # STAMP KEY
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >"$1"
}
