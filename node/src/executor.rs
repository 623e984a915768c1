//! The executor of the runtime's WASM, and the folder that keeps what it compiled.

use crate::client::Executor;
use sc_executor::{HeapAllocStrategy, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{Configuration, Error};
use std::{
	fs,
	os::unix::fs::{DirBuilderExt, MetadataExt},
	path::{Path, PathBuf},
};

/// The folder in the base path that is used if none was named.
const FOLDER: &str = "runtime-cache";

/// The permission of others to write.
const OTHERS_WRITE: u32 = 0o022;

/// The executor that `config` asks for. It finds compiled runtimes in the folder `cache`, by default in the base path, and
/// adds new ones: compiling the runtime takes seconds. The SDK's own constructor takes no such folder.
pub fn new(config: &Configuration, cache: Option<&Path>) -> Result<Executor, Error> {
	let folder = match cache {
		Some(folder) => folder.to_owned(),
		None => config.base_path.path().join(FOLDER),
	};
	let heap = config
		.executor
		.default_heap_pages
		.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| HeapAllocStrategy::Static { extra_pages: pages as _ });
	Ok(Executor::builder()
		.with_execution_method(config.executor.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(config.executor.max_runtime_instances)
		.with_runtime_cache_size(config.executor.runtime_cache_size)
		.with_cache_path(own_folder(&folder)?)
		.build())
}

/// The absolute path of `folder`, which is created if there is none.
///
/// Refuses a folder to which other users can write: the node runs the code that it finds there.
fn own_folder(folder: &Path) -> Result<PathBuf, Error> {
	let shown = folder.display();
	let named = |error| format!("the folder of compiled runtimes, {shown}: {error}");
	fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(named)?;
	let metadata = fs::metadata(folder).map_err(named)?;
	// The owner of this entry is the user of this process.
	let another = fs::metadata("/proc/self").is_ok_and(|process| process.uid() != metadata.uid());
	if another || metadata.mode() & OTHERS_WRITE != 0 {
		return Err(format!(
			"other users can write to the folder of compiled runtimes, {shown}, and the node would run what they put \
			 there: name another one with --runtime-cache"
		)
		.into());
	}
	Ok(folder.canonicalize().map_err(named)?)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs::Permissions, os::unix::fs::PermissionsExt};

	#[test]
	fn compiled_runtimes_lie_where_only_the_user_can_write() {
		let parent = tempfile::tempdir().expect("a folder");
		let folder = parent.path().join("a/b");
		let path = own_folder(&folder).expect("it is created");
		assert_eq!(path, folder.canonicalize().expect("it exists"));
		assert_eq!(fs::metadata(&folder).expect("it exists").mode() & 0o777, 0o700);
		for mode in [0o770, 0o702] {
			fs::set_permissions(&folder, Permissions::from_mode(mode)).expect("our folder");
			let refusal = own_folder(&folder).expect_err("others can write").to_string();
			assert!(refusal.contains("a/b, and the node would run what they put"), "{refusal}");
		}
		fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("our folder");
		own_folder(&folder).expect("others can only read");
		let file = parent.path().join("file");
		fs::write(&file, "").expect("our folder");
		let refusal = own_folder(&file).expect_err("no folder").to_string();
		assert!(refusal.contains("file: File exists"), "{refusal}");
	}
}
