# shellcheck shell=bash
# All parts of the set-up. The script that sources this has set REPOSITORY.
# shellcheck source=scripts/setup/common.sh
source "$REPOSITORY/scripts/setup/common.sh"
# shellcheck source=scripts/setup/manifest.sh
source "$REPOSITORY/scripts/setup/manifest.sh"
# shellcheck source=scripts/setup/packages.sh
source "$REPOSITORY/scripts/setup/packages.sh"
# shellcheck source=scripts/setup/swift.sh
source "$REPOSITORY/scripts/setup/swift.sh"
# shellcheck source=scripts/setup/user.sh
source "$REPOSITORY/scripts/setup/user.sh"
# shellcheck source=scripts/setup/processes.sh
source "$REPOSITORY/scripts/setup/processes.sh"
# shellcheck source=scripts/setup/runtime-dir.sh
source "$REPOSITORY/scripts/setup/runtime-dir.sh"
# shellcheck source=scripts/setup/podman-config.sh
source "$REPOSITORY/scripts/setup/podman-config.sh"
# shellcheck source=scripts/setup/hybrid-cgroups.sh
source "$REPOSITORY/scripts/setup/hybrid-cgroups.sh"
# shellcheck source=scripts/setup/agent.sh
source "$REPOSITORY/scripts/setup/agent.sh"
# shellcheck source=scripts/setup/example.sh
source "$REPOSITORY/scripts/setup/example.sh"
# shellcheck source=scripts/setup/teardown.sh
source "$REPOSITORY/scripts/setup/teardown.sh"
# shellcheck source=scripts/setup/down.sh
source "$REPOSITORY/scripts/setup/down.sh"
# shellcheck source=scripts/setup/census.sh
source "$REPOSITORY/scripts/setup/census.sh"
# shellcheck source=scripts/setup/reach.sh
source "$REPOSITORY/scripts/setup/reach.sh"
