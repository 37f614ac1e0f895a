# shellcheck shell=bash
# Finding the Swift toolchain, and building as whoever owns the working copy.

SWIFT_MINIMUM=6.3

# Prints where a toolchain may be. sudo drops the caller's PATH, so the caller's login shell is asked too.
swift_candidates() {
  local home
  command -v swift || true
  if [ -n "${SUDO_USER:-}" ] && [ "$(id -u)" -eq 0 ] && [ "$SUDO_USER" != root ]; then
    runuser --login "$SUDO_USER" --command 'command -v swift' </dev/null 2>/dev/null || true
    home=$(home_of "$SUDO_USER")
    printf '%s\n' "$home/.local/share/swiftly/bin/swift"
  fi
  printf '%s\n' "$HOME/.local/share/swiftly/bin/swift" /opt/swift*/usr/bin/swift /usr/local/swift/usr/bin/swift \
    /usr/share/swift/usr/bin/swift /usr/libexec/swift/bin/swift
}

# Sets SWIFT to a toolchain of the version that is needed.
find_swift() {
  local candidate version seen=''
  while IFS= read -r candidate; do
    [ -x "$candidate" ] || continue
    version=$("$candidate" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
    [ -n "$version" ] || continue
    if printf '%s\n' "$SWIFT_MINIMUM" "$version" | sort --version-sort --check=quiet; then
      SWIFT=$candidate
      return 0
    fi
    seen="$seen $candidate ($version)"
  done < <(swift_candidates)
  die "Swift $SWIFT_MINIMUM or newer was not found${seen:+; found$seen}" \
    "install it from https://www.swift.org/install/linux and put it into PATH or /opt/swift"
}

# Sets BUILDER to the user who builds: the owner of an earlier build, else the owner of the working copy who
# called sudo. A build by root would leave files there that its owner could not touch.
find_builder() {
  BUILDER=$(id -un)
  if [ "$(id -u)" -ne 0 ]; then return 0; fi
  if [ -d "$REPOSITORY/.build" ]; then
    BUILDER=$(stat -c %U "$REPOSITORY/.build")
  elif [ "${SUDO_UID:-0}" -ne 0 ] && [ "$(stat -c %u "$REPOSITORY")" = "$SUDO_UID" ]; then
    BUILDER=$(id -un "$SUDO_UID")
  fi
  if [ "$BUILDER" = UNKNOWN ]; then BUILDER=root; fi
}

# run_swift ARGUMENT... runs swift in the working copy as the builder. What it makes is readable for all: the
# unprivileged users run it.
run_swift() (
  cd "$REPOSITORY" || exit
  umask 022
  if [ -n "${LOCK_FD:-}" ]; then exec {LOCK_FD}>&-; fi
  if [ "$BUILDER" = "$(id -un)" ]; then
    PATH=$(dirname "$SWIFT"):$PATH exec "$SWIFT" "$@"
  else
    exec runuser -u "$BUILDER" -- env HOME="$(home_of "$BUILDER")" PATH="$(dirname "$SWIFT"):$SYSTEM_PATH" \
      "$SWIFT" "$@"
  fi
)

# build ARGUMENT... builds; the compiler's progress is shown as it comes.
build() { run_swift build "$@" </dev/null; }
