# shellcheck shell=bash
# The example service: an image that needs no registry, and a definition that uses it.

EXAMPLE_IMAGE=localhost/mcp-example:1
EXAMPLE_SERVICE=hello
EXAMPLE_LABEL=io.metacircular.example

# build_example_image USER builds the image unless the user has it from these very files.
build_example_image() {
  local user=$1 context=$REPOSITORY/examples/image digest present staging
  digest=$(cat "$context/Dockerfile" "$context/serve" "$context"/www/* /bin/busybox | sha256sum | cut -c1-16)
  present=$(as_user "$user" podman image inspect --format "{{index .Labels \"$EXAMPLE_LABEL\"}}" \
    "$EXAMPLE_IMAGE" 2>/dev/null) || present=''
  if [ "$present" = "$digest" ]; then return 0; fi
  say "building the image $EXAMPLE_IMAGE from Debian's busybox"
  # The working copy may lie where the user cannot read.
  staging=$(mktemp -d)
  cp -R "$context/." "$staging"
  cp /bin/busybox "$staging/busybox"
  chmod -R u=rwX,go=rX "$staging"
  as_user "$user" podman build --quiet --label "$EXAMPLE_LABEL=$digest" --tag "$EXAMPLE_IMAGE" "$staging" >/dev/null \
    || { rm -rf "$staging"; die "podman build failed for the user $user" "run again; podman's own words are above"; }
  rm -rf "$staging"
}

services_directory() { printf '%s/.config/mcp/services\n' "$(home_of root)"; }

# place_example_definition puts the definition where root's `mcp` looks; one that is there stays as it is.
place_example_definition() {
  local path
  path=$(services_directory)/$EXAMPLE_SERVICE.toml
  if [ -e "$path" ] && ! is_ours "$path"; then
    say "using $path as it is"
    return 0
  fi
  make_directory "$(dirname "$(dirname "$path")")" 0700
  install_file "$REPOSITORY/examples/$EXAMPLE_SERVICE.toml" "$path" 0644
  if [ "$INSTALLED" = yes ]; then say "wrote $path"; fi
}

# deploy_example deploys it, shows what runs, and asks it for its page.
deploy_example() {
  local path address
  path=$(services_directory)/$EXAMPLE_SERVICE.toml
  record service "$EXAMPLE_SERVICE"
  say "mcp deploy $EXAMPLE_SERVICE"
  operator mcp deploy --file "$path" || die "mcp deploy $EXAMPLE_SERVICE failed" "see $path"
  say "mcp ps"
  operator mcp ps
  address=$(sed -n 's/^[[:space:]]*ports[[:space:]]*=[[:space:]]*\["\(127\.0\.0\.1:[0-9]*\):.*/\1/p' "$path" | head -n 1)
  [ -n "$address" ] || return 0
  say "curl http://$address/"
  wait_until 10 curl --silent --fail --output /dev/null --max-time 5 "http://$address/" || true
  curl --silent --show-error --fail --max-time 5 "http://$address/" || die "http://$address/ does not answer" \
    "mcp logs $EXAMPLE_SERVICE"
}
