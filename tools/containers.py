"""Check Dockerfile and compose.yaml without a container engine: hadolint, and Compose's own schema."""

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def main() -> int:
    """Run both; hadolint comes as a program for Linux on x86-64 only, and elsewhere is left out aloud."""
    checks = [[BIN / "check-jsonschema", "-q", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]]
    if (BIN / "hadolint").exists():
        checks.append([BIN / "hadolint", "Dockerfile"])
    else:
        print(f"hadolint has no build for {platform.system()} {platform.machine()}: Dockerfile not checked")
    return max(subprocess.run(check, cwd=ROOT).returncode for check in checks)


if __name__ == "__main__":
    sys.exit(main())
