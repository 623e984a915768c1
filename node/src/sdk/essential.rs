//! Lets essential tasks end when the node stops.
//!
//! The SDK treats the end of an essential task as a failure, logs it, and stops the node. Some tasks of the
//! transaction pool and of the import queue (`sc-transaction-pool` 48, `sc-consensus` 0.59) end when the last user of
//! what they serve is gone. During a clean stop that can happen before they receive the stop signal. The same
//! happened to subcommands that start a part of a node (paritytech/substrate#10583, which is open). To be removed
//! when these tasks wait for the stop.

use futures::{future::BoxFuture, FutureExt};
use futures_timer::Delay;
use sc_service::SpawnEssentialTaskHandle;
use sp_core::traits::SpawnEssentialNamed;
use std::{future::Future, time::Duration};

/// How long after its end a task counts as failed. A stopping node ends its tasks within moments. A task that panics
/// fails at once.
const GRACE: Duration = Duration::from_secs(3);

/// Spawns essential tasks that may end while the node stops.
#[derive(Clone)]
pub struct Essential(pub SpawnEssentialTaskHandle);

/// Runs `task`, and then waits for `grace` so that the node can stop it. The timer is not tokio's, which panics if it
/// is polled while tokio stops.
async fn with_grace(task: impl Future<Output = ()>, grace: Duration) {
	task.await;
	Delay::new(grace).await;
}

impl SpawnEssentialNamed for Essential {
	fn spawn_essential_blocking(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		task: BoxFuture<'static, ()>,
	) {
		self.0.spawn_essential_blocking(name, group, with_grace(task, GRACE).boxed());
	}

	fn spawn_essential(&self, name: &'static str, group: Option<&'static str>, task: BoxFuture<'static, ()>) {
		self.0.spawn_essential(name, group, with_grace(task, GRACE).boxed());
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{channel::oneshot, pin_mut, poll};
	use sc_service::TaskManager;

	/// node 8
	#[test]
	fn a_task_that_ends_by_itself_still_fails_the_node() {
		let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
		let mut tasks = TaskManager::new(runtime.handle().clone(), None).unwrap();
		Essential(tasks.spawn_essential_handle()).spawn_essential("test", None, async {}.boxed());
		let failed = runtime.block_on(tasks.future()).unwrap_err().to_string();
		assert!(failed.ends_with("Essential task failed."), "{failed}");
	}

	/// node 8
	#[test]
	fn an_ended_task_waits_to_be_stopped() {
		let (end, ended) = oneshot::channel::<()>();
		futures::executor::block_on(async {
			let task = with_grace(ended.map(drop), Duration::from_millis(50));
			pin_mut!(task);
			assert!(poll!(&mut task).is_pending());
			drop(end);
			assert!(poll!(&mut task).is_pending(), "it is over, and may be stopped");
			task.await;
		});
	}
}
