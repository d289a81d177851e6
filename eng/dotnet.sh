# Finds a .NET SDK that can build this repository; sourced by planlane and check.sh.
# Sets DOTNET to the program. With --yes among the arguments, a missing SDK is installed into .dotnet/.

dotnet_fits() {
  [ -x "$1" ] || return 1
  "$1" --list-sdks 2>/dev/null | grep -qE '^10\.'
}

find_dotnet() {
  local root candidate argument
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  for candidate in "$root/.dotnet/dotnet" "$(command -v dotnet || true)"; do
    if [ -n "$candidate" ] && dotnet_fits "$candidate"; then
      DOTNET=$candidate
      export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$candidate")")}
      export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
      return 0
    fi
  done

  for argument in "$@"; do
    if [ "$argument" = --yes ]; then
      install_dotnet "$root" && find_dotnet
      return
    fi
  done

  {
    echo "error: the .NET 10 SDK is needed, and $(command -v dotnet >/dev/null && echo "$(dotnet --version 2>/dev/null || echo 'another version') is installed" || echo 'no dotnet is on the PATH')."
    echo "hint: install it from https://dotnet.microsoft.com/download/dotnet/10.0, or run ./check.sh --yes, or ./planlane --yes demo,"
    echo "      to install it into .dotnet/ of this folder only, with the vendor's script."
  } >&2
  return 1
}

install_dotnet() {
  local script
  script=$(mktemp)
  echo "Installing the .NET 10 SDK into $1/.dotnet …" >&2
  if command -v curl >/dev/null; then
    curl -fsSL https://dot.net/v1/dotnet-install.sh -o "$script"
  else
    wget -qO "$script" https://dot.net/v1/dotnet-install.sh
  fi && bash "$script" --channel 10.0 --install-dir "$1/.dotnet" --no-path >&2
  local status=$?
  rm -f "$script"
  if [ "$status" -ne 0 ]; then
    echo "error: the SDK could not be installed (exit code $status)." >&2
    echo "hint: install it by hand from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  fi
  return "$status"
}
