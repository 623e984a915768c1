//! One account's lock, and how it changes. No storage.

use mainstay_primitives::Balance;

/// What an account's votes lock.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Lock {
	/// The nominal lock: the largest balance of the votes and delegations that stand or whose conviction lasts, in STAY.
	pub amount: Balance,
	/// The freeze: the part of it that is locked in the account's balance, at most `amount`.
	pub frozen: Balance,
}

/// A lock, and the stake that holds what the freeze does not.
#[frame_support::stored]
#[derive(Copy)]
pub struct Standing {
	/// The nominal lock, in STAY; 0 without one.
	pub nominal: Balance,
	/// The part of it that is locked in the account's balance, in STAY.
	pub frozen: Balance,
	/// The value of the account's native positions and of its native exits, as far as they are counted, in STAY.
	pub staked: Balance,
}

// `staked` is always the stake after the event.
impl Lock {
	/// The part of the lock that `staked` does not cover.
	fn uncovered(&self, staked: Balance) -> Balance {
		self.amount.saturating_sub(staked)
	}

	/// The lock with a freeze of at most `frozen`, and no more than is uncovered.
	fn with(self, frozen: Balance, staked: Balance) -> Self {
		Self { frozen: frozen.min(self.uncovered(staked)), ..self }
	}

	/// After a vote or a delegation with balance `votes`. The freeze holds what the stake does not cover of these votes,
	/// even where it was lower than that because a slash took stake which earlier votes had relied on.
	#[must_use]
	pub fn voted(self, votes: Balance, staked: Balance) -> Self {
		let kept = Self { amount: self.amount.max(votes), ..self }.with(self.frozen, staked);
		Self { frozen: kept.frozen.max(votes.saturating_sub(staked)), ..kept }
	}

	/// After it fell to `amount`.
	#[must_use]
	pub fn lowered(self, amount: Balance, staked: Balance) -> Self {
		Self { amount, ..self }.with(self.frozen, staked)
	}

	/// When `amount` is about to leave the balance for a pool, where the stake holds it. So the freeze falls by `amount`,
	/// even where a slash took stake and more is uncovered; or to what is uncovered, if that is less.
	#[must_use]
	pub fn entering(self, amount: Balance, staked: Balance) -> Self {
		self.with(self.frozen.saturating_sub(amount), staked)
	}

	/// After `amount` came back to the balance from an exit.
	#[must_use]
	pub fn claimed(self, amount: Balance, staked: Balance) -> Self {
		self.with(self.frozen.saturating_add(amount), staked)
	}

	/// After the stake rose.
	#[must_use]
	pub fn renewed(self, staked: Balance) -> Self {
		self.with(self.frozen, staked)
	}
}
