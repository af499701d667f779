#!/bin/sh
# ocpp-emu @VERSION@, the portable form for @TRIPLE@.
# A shell script with Deno @DENO@ and the program behind it. It unpacks both once into a cache
# folder, checks their SHA-256, and becomes the program. Needs a POSIX shell, gzip, and sha256sum or
# shasum.
whole_bytes=@WHOLE_BYTES@
runtime_hash=@RUNTIME_HASH@
runtime_bytes=@RUNTIME_BYTES@
program_hash=@PROGRAM_HASH@
program_bytes=@PROGRAM_BYTES@
runtime=deno-@RUNTIME_NAME@
program=ocpp-emu-@PROGRAM_NAME@.js

umask 077
self=$(readlink -f "$0" 2>/dev/null) || self=$0
part=
tried=
trap '[ -z "$part" ] || rm -f "$part"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

hash_of() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" 2>/dev/null |
    cut -c 1-64
}

damaged() {
  echo "Cannot start: \"$self\" is damaged, get it anew: $1" >&2
  exit 1
}

# unpack NAME HASH LAST FIRST: of the last bytes of this file the first ones, into $folder. A file that
# is there is whole: it gets its name when it has been checked. Says in $why what went wrong.
unpack() {
  bytes=$(wc -c <"$self")
  [ "$bytes" -eq $whole_bytes ] || damaged "it has $((bytes)) bytes in place of $whole_bytes"
  part=$(mktemp "$folder/.part-XXXXXX" 2>&1) || { why=$part && part= && return 1; }
  chmod 700 "$part"
  if [ ! -x "$part" ]; then
    why="programs may not run there (mounted noexec)"
  elif ! why=$(tail -c "$3" "$self" 2>/dev/null | head -c "$4" 2>/dev/null | gzip -dc 2>&1 >"$part"); then
    why="cannot unpack: ${why##*
}"
  elif found=$(hash_of "$part"); [ "$found" = "$2" ]; then
    why=$(mv -f "$part" "$folder/$1" 2>&1) && part= && return 0
  elif [ -z "$found" ]; then
    why="cannot check what was unpacked: neither sha256sum nor shasum is there"
  else
    damaged "what it carries has another SHA-256 than it should"
  fi
  rm -f "$part"
  part=
  return 1
}

# Whether both files are in $folder. It must be ours, because what it holds is run.
prepare() {
  why=$(mkdir -p "$folder" 2>&1) || return 1
  [ -O "$folder" ] || { why="belongs to another user" && return 1; }
  if [ ! -x "$folder/$runtime" ]; then
    unpack "$runtime" $runtime_hash $((runtime_bytes + program_bytes)) $runtime_bytes || return 1
    if ! why=$("$folder/$runtime" --version 2>&1 >/dev/null); then
      rm -f "$folder/$runtime"
      why="does not run on this machine, it is for @TRIPLE@: $why"
      return 1
    fi
  fi
  [ -r "$folder/$program" ] || unpack "$program" $program_hash $program_bytes $program_bytes
}

become() {
  # The cache of compiled code is ours too. Nothing of the caller's may change what runs.
  export DENO_DIR="$folder/deno" DENO_NO_UPDATE_CHECK=1 PORTABLE_OCPP_EMU="$self"
  unset NODE_OPTIONS
  exec "$folder/$runtime" run -q --no-config --no-lock --no-npm --no-remote @FLAGS@ \
    "$folder/$program" "$@"
}

user=$(id -u)
for folder in "${XDG_CACHE_HOME:+$XDG_CACHE_HOME/ocpp-emu}" "${HOME:+$HOME/.cache/ocpp-emu}" \
  "${TMPDIR:-/tmp}/ocpp-emu-$user" "/var/tmp/ocpp-emu-$user"; do
  case $folder in /*) ;; *) continue ;; esac
  prepare && become "$@"
  rmdir "$folder" 2>/dev/null
  tried="$tried
  $folder: $why"
done
echo "Cannot start: no folder takes the program (set XDG_CACHE_HOME to one that can be written):$tried" >&2
exit 1
