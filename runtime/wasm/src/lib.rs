//! The runtime as WASM: `WASM_BINARY` is what a chain begins with, and `None` in a build with `SKIP_WASM_BUILD`.

#![no_std]
// What wasm-builder generates has no docs.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
