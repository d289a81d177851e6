# Runs planlane from this checkout on Windows; builds it on first use and after the sources have changed.
# Usage: ./planlane.ps1 demo   (--yes before the command installs a missing .NET SDK into .dotnet/)
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$rest = @($args)
$yes = $rest.Count -gt 0 -and $rest[0] -eq '--yes'
if ($yes) { $rest = @($rest | Select-Object -Skip 1) }

function Find-Dotnet {
    $local = Join-Path $root '.dotnet/dotnet.exe'
    $global = Get-Command dotnet -ErrorAction SilentlyContinue
    foreach ($candidate in @($local, $(if ($global) { $global.Source }))) {
        if ($candidate -and (Test-Path $candidate) -and ((& $candidate --list-sdks) -match '^10\.')) { return $candidate }
    }
    return $null
}

$dotnet = Find-Dotnet
if (-not $dotnet -and $yes) {
    $script = Join-Path ([System.IO.Path]::GetTempPath()) 'dotnet-install.ps1'
    Invoke-WebRequest 'https://dot.net/v1/dotnet-install.ps1' -OutFile $script
    & $script -Channel 10.0 -InstallDir (Join-Path $root '.dotnet') -NoPath
    $dotnet = Find-Dotnet
}
if (-not $dotnet) {
    [Console]::Error.WriteLine('error: the .NET 10 SDK is needed, and it is not installed.')
    [Console]::Error.WriteLine('hint: install it from https://dotnet.microsoft.com/download/dotnet/10.0, or run this command again with --yes')
    exit 1
}

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$program = Join-Path $root 'artifacts/bin/Planlane.Cli/release/planlane.dll'
$stamp = Join-Path $root 'artifacts/planlane.built'
$sources = Get-ChildItem (Join-Path $root 'src') -Recurse -File
if (-not (Test-Path $program) -or -not (Test-Path $stamp) -or ($sources | Where-Object { $_.LastWriteTimeUtc -gt (Get-Item $stamp).LastWriteTimeUtc } | Select-Object -First 1)) {
    [Console]::Error.WriteLine('Building planlane (once; about a minute) ...')
    $begun = [DateTime]::UtcNow
    $log = & $dotnet build (Join-Path $root 'src/Planlane.Cli') -c Release -v q -nologo 2>&1
    if ($LASTEXITCODE -ne 0) {
        $log | Select-Object -Last 30 | ForEach-Object { [Console]::Error.WriteLine($_) }
        [Console]::Error.WriteLine('error: planlane could not be built.')
        exit 1
    }
    New-Item -ItemType File -Force $stamp | Out-Null
    (Get-Item $stamp).LastWriteTimeUtc = $begun
}
& $dotnet $program @rest
exit $LASTEXITCODE
