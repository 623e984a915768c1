# shellcheck shell=bash
# Source this file: it picks the one Rust toolchain and the one target folder that every command of this project
# uses, the tests' and CI's included. Two toolchains, or two sets of flags, would compile a thousand crates twice.
#
# Quick, and changes nothing on disk. What it does not find, `scripts/setup` installs.

# The release that rustup is asked for. Debian's packages give the same one.
export MAINSTAY_RUST=1.96.0
export MAINSTAY_CACHE=${MAINSTAY_CACHE:-$HOME/.cache/mainstay}

export CARGO_TARGET_DIR=${MAINSTAY_TARGET_DIR:-$MAINSTAY_CACHE/target}

# Link the system's OpenSSL instead of compiling a vendored one.
export OPENSSL_NO_VENDOR=1

# Clippy compiles our own crates in place of plain rustc, and any warning is an error. Lints then cost no second
# compilation of the dependencies, which a separate `cargo clippy` would make in check mode. It compiles without MIR
# optimisation, so a release to ship is built with `env -u RUSTC_WORKSPACE_WRAPPER`. The runtime's WASM is not
# affected: wasm-builder compiles our crates as dependencies of a workspace of its own.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
export CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__

# The target folder is not below the checkout, so wasm-builder must be told where Cargo.lock is: without it, the WASM
# would be built of whatever versions are newest.
WASM_BUILD_WORKSPACE_HINT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export WASM_BUILD_WORKSPACE_HINT

# Set, it would hand the WASM build to another toolchain.
unset WASM_BUILD_TOOLCHAIN

# What every cargo command selects, beside the package it is about. Cargo gives a dependency the features that the selected
# packages ask for: another selection would compile most of the SDK once more. So what is built is chosen by target
# (`--bin mainstay`, `--lib`), and `scripts/check-features` compares the selections.
# shellcheck disable=SC2034
mainstay_packages=(--package=mainstay-node --package=mainstay-cli --package=mainstay-test-features)

# Whether the toolchain installed under $1 has all that a build uses.
_mainstay_toolchain_complete() {
	local tool
	for tool in cargo rustc rustdoc clippy-driver cargo-fmt rustfmt; do
		[ -x "$1/bin/$tool" ] || return 1
	done
	[ -d "$1/lib/rustlib/src/rust" ] || return 1
	compgen -G "$1/lib/rustlib/wasm32v1-none/lib/libcore-*.rlib" >/dev/null
}

# Prints the folder of the toolchain to use: rustup's pinned one, else Debian's packages.
_mainstay_toolchain() {
	local root
	for root in "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$MAINSTAY_RUST-$(uname -m)-unknown-linux-gnu" /usr; do
		if _mainstay_toolchain_complete "$root"; then
			echo "$root"
			return
		fi
	done
	echo "mainstay: no complete Rust toolchain here; 'scripts/setup' installs one" >&2
	return 1
}

MAINSTAY_TOOLCHAIN=$(_mainstay_toolchain) || return 1
export MAINSTAY_TOOLCHAIN
_mainstay_path=$MAINSTAY_TOOLCHAIN/bin
# Where `scripts/setup` puts a Node.js when the system's is older than the tests need.
if [ -x "$MAINSTAY_CACHE/node/bin/node" ]; then
	_mainstay_path=$MAINSTAY_CACHE/node/bin:$_mainstay_path
fi
# So that `mainstay` and `mainstay-cli` are found once they are built.
_mainstay_path=$_mainstay_path:$CARGO_TARGET_DIR/release
case "$PATH" in
	"$_mainstay_path" | "$_mainstay_path":*) ;;
	*) export PATH="$_mainstay_path:$PATH" ;;
esac
