//! Essential tasks that end because the node does.
//!
//! The SDK takes the end of an essential task for a failure, says so, and stops the node. Some tasks of the transaction
//! pool and of the import queue (`sc-transaction-pool` 48, `sc-consensus` 0.59) end when the last user of what they
//! serve is gone, and on a clean stop that may be before they hear of it. Subcommands that start a part of a node met the
//! same (paritytech/substrate#10583, which is open). To be dropped when these tasks wait for the stop.

use futures::{future::BoxFuture, FutureExt};
use futures_timer::Delay;
use sc_service::SpawnEssentialTaskHandle;
use sp_core::traits::SpawnEssentialNamed;
use std::{future::Future, time::Duration};

/// How long after the end of a task it counts as failed. A node that stops ends its tasks within moments. One that
/// panics fails at once.
const GRACE: Duration = Duration::from_secs(3);

/// Spawns essential tasks of which those do not fail that end as the node stops.
#[derive(Clone)]
pub struct Essential(pub SpawnEssentialTaskHandle);

/// `task`, and some time to be stopped in. The timer is none of tokio's, which panics when it is asked while tokio stops.
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
