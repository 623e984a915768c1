//! Builds the runtime for WASM. Skipped with `SKIP_WASM_BUILD=1`.

use substrate_wasm_builder::WasmBuilder;

fn main() {
	// As cargo names it.
	let runtime = std::fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"));
	let builder = WasmBuilder::new()
		.with_project(runtime.expect("this crate is in the runtime's folder"))
		.expect("that is a Cargo.toml")
		.import_memory()
		.export_heap_base();
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("STAY", 12);
	builder.build();
}
