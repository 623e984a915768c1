//! Share pools and positions: exact integer arithmetic, no storage.
//!
//! A pool is an amount, and a number of shares that own it in equal parts. Rewards and slashes change only the amount,
//! so they cost the same for one owner as for a million. Every result is rounded **down**, in favour of those who stay
//! in the pool. Products are computed in 256 bits.

use crate::{Balance, Era, Magnitude, WAD};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// A pool takes no deposits while a share is worth less than `1 / MAX_SHARE_PRICE_INVERSE` units. After heavy slashes,
/// a small deposit would mint a huge number of shares, until their number overflows.
pub const MAX_SHARE_PRICE_INVERSE: u128 = 1_000_000;

/// The reason for which a pool refuses a deposit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PoolError {
	/// A share is worth less than `1 / MAX_SHARE_PRICE_INVERSE` units.
	Depleted,
	/// The deposit would mint fewer shares than the least.
	TooSmall,
	/// The pool's shares or amount would exceed `u128::MAX`.
	TooLarge,
}

/// `a * b / denominator`, rounded down; `None` if the result exceeds `u128::MAX` or `denominator` is 0.
pub fn mul_div(a: u128, b: u128, denominator: u128) -> Option<u128> {
	multiply_by_rational_with_rounding(a, b, denominator, Rounding::Down)
}

/// An amount, and the shares that own it.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct SharePool {
	/// The number of shares.
	pub shares: u128,
	/// The amount that the shares own together. Zero if and only if `shares` is zero.
	pub amount: u128,
}

impl SharePool {
	/// Adds `amount` and returns the shares minted for it, at least `least` and at least one. An empty pool mints one
	/// share for each unit, any other mints at the current price. A refused deposit changes nothing.
	pub fn deposit(&mut self, amount: u128, least: u128) -> Result<u128, PoolError> {
		let minted = if self.shares == 0 {
			amount
		} else {
			if self.amount.saturating_mul(MAX_SHARE_PRICE_INVERSE) < self.shares {
				return Err(PoolError::Depleted);
			}
			mul_div(amount, self.shares, self.amount).ok_or(PoolError::TooLarge)?
		};
		if minted < least.max(1) {
			return Err(PoolError::TooSmall);
		}
		let shares = self.shares.checked_add(minted).ok_or(PoolError::TooLarge)?;
		let total = self.amount.checked_add(amount).ok_or(PoolError::TooLarge)?;
		*self = Self { shares, amount: total };
		Ok(minted)
	}

	/// The value of `shares` of this pool, at most its amount.
	pub fn worth(&self, shares: u128) -> u128 {
		if shares >= self.shares {
			return self.amount;
		}
		mul_div(shares, self.amount, self.shares).unwrap_or(self.amount)
	}

	/// The smallest number of shares that is worth `value` or more; `None` if the whole pool is worth less.
	pub fn shares_for(&self, value: u128) -> Option<u128> {
		if value > self.amount {
			return None;
		}
		multiply_by_rational_with_rounding(value, self.shares, self.amount.max(1), Rounding::Up)
	}

	/// Removes `shares` and their value, and returns that value. More shares than the pool has count as all of them.
	pub fn withdraw(&mut self, shares: u128) -> u128 {
		let paid = self.worth(shares);
		self.shares = self.shares.saturating_sub(shares);
		self.amount -= paid;
		paid
	}

	/// Removes `numerator / denominator` of the amount, at most all of it, and returns it. The number of shares stays.
	pub fn take(&mut self, numerator: u128, denominator: u128) -> u128 {
		let taken = mul_div(self.amount, numerator, denominator).unwrap_or(self.amount).min(self.amount);
		self.amount -= taken;
		taken
	}
}

/// The live pool of one operator and one kind.
#[frame_support::stored]
#[derive(Copy)]
pub struct Pool {
	/// The shares, and the amount that they own.
	pub funds: SharePool,
	/// Counts the slashes that took all of the pool. Positions of an older generation are void.
	pub generation: u32,
	/// The first era for which this generation answers.
	pub since: Era,
	/// What services' cuts have left, in parts of `WAD`. It is the largest magnitude that an allocation may have.
	pub max_magnitude: u64,
	/// The shares that came in era `fresh_era` and are still in the pool. They answer at once, and earn services'
	/// payments from the next era on.
	pub fresh: u128,
	/// The era of the last deposit.
	pub fresh_era: Era,
	/// The number of positions that hold shares of `fresh` and were not settled since that era. It becomes 0 when
	/// rewards stores the point from which these shares earn; from then on rewards counts these positions.
	pub fresh_holders: u32,
}

impl Default for Pool {
	fn default() -> Self {
		Self {
			funds: SharePool::default(),
			generation: 0,
			since: 0,
			max_magnitude: WAD,
			fresh: 0,
			fresh_era: 0,
			fresh_holders: 0,
		}
	}
}

impl Pool {
	/// The shares over which services' payments of era `now` are shared: all but those that came in that era.
	pub fn earning(&self, now: Era) -> u128 {
		self.funds.shares.saturating_sub(self.fresh_in(now))
	}

	/// The shares that came in era `now`.
	pub fn fresh_in(&self, now: Era) -> u128 {
		if self.fresh_era == now {
			self.fresh
		} else {
			0
		}
	}

	/// The value of `magnitude` of the pool, rounded down: the most that a slash of this magnitude takes of it.
	pub fn allocated(&self, magnitude: Magnitude) -> Balance {
		self.part_of(self.funds.amount, magnitude)
	}

	/// Like [`Self::allocated`], but only of the shares that earn services' payments of era `now`.
	pub fn earning_allocated(&self, magnitude: Magnitude, now: Era) -> Balance {
		let earning = mul_div(self.funds.amount, self.earning(now), self.funds.shares).unwrap_or(0);
		self.part_of(earning, magnitude)
	}

	/// The part of `amount` that `magnitude` is of what services' cuts have left, at most all of it.
	fn part_of(&self, amount: Balance, magnitude: Magnitude) -> Balance {
		let reached = magnitude.0.min(self.max_magnitude);
		mul_div(amount, reached.into(), self.max_magnitude.into()).unwrap_or(0)
	}
}

/// A delegator's part of one pool. It is void if its generation differs from the pool's.
#[frame_support::stored]
#[derive(Copy)]
pub struct Position {
	/// Shares of the pool.
	pub shares: u128,
	/// The generation of the pool to which the shares belong.
	pub generation: u32,
	/// The part of `shares` that came in era `fresh_era`. It stays stored until the position is settled in a later era.
	pub fresh: u128,
	/// The era of the last deposit.
	pub fresh_era: Era,
}

impl Position {
	/// The shares that came in era `now`.
	pub fn fresh_in(&self, now: Era) -> u128 {
		if self.fresh_era == now {
			self.fresh
		} else {
			0
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_core::U256;

	/// Numbers of all sizes, the largest and smallest among them.
	fn number() -> impl Strategy<Value = u128> {
		prop_oneof![
			(any::<u128>(), 0..128u32).prop_map(|(bits, shift)| bits >> shift),
			(0..3u128).prop_map(|less| u128::MAX - less),
			0..3u128,
		]
	}

	fn pool() -> impl Strategy<Value = SharePool> {
		prop_oneof![
			Just(SharePool::default()),
			(1..=u128::MAX, 1..=u128::MAX).prop_map(|(shares, amount)| SharePool { shares, amount }),
			(1..10u128.pow(20), 1..10u128.pow(20)).prop_map(|(shares, amount)| SharePool { shares, amount }),
		]
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(2_000))]

		#[test]
		fn who_enters_and_leaves_gains_nothing(mut pool in pool(), amount in 1..u128::MAX) {
			let before = pool;
			match pool.deposit(amount, 1) {
				Ok(minted) => {
					prop_assert!(minted > 0);
					prop_assert!(pool.withdraw(minted) <= amount);
					prop_assert!(pool.amount >= before.amount);
					prop_assert_eq!(pool.shares, before.shares);
				},
				Err(_) => prop_assert_eq!(pool, before),
			}
		}

		#[test]
		fn leaving_never_lowers_what_the_others_have(pool in pool(), part in 0..=u128::MAX) {
			let leaving = part.checked_rem(pool.shares).unwrap_or(0);
			let mut rest = pool;
			let paid = rest.withdraw(leaving);
			prop_assert_eq!(paid + rest.amount, pool.amount);
			prop_assert_eq!(rest.shares + leaving, pool.shares);
			// amount / shares has not fallen.
			prop_assert!(
				U256::from(rest.amount) * U256::from(pool.shares) >= U256::from(pool.amount) * U256::from(rest.shares)
			);
			prop_assert_eq!(rest.amount == 0, rest.shares == 0);
		}

		#[test]
		fn a_take_is_its_fraction_rounded_down(mut pool in pool(), part in 0..=crate::WAD) {
			let before = pool;
			let taken = pool.take(part.into(), crate::WAD.into());
			let wad = U256::from(crate::WAD);
			let exact = U256::from(before.amount) * U256::from(part);
			prop_assert!(U256::from(taken) * wad <= exact);
			prop_assert!(exact < (U256::from(taken) + 1) * wad);
			prop_assert_eq!(taken + pool.amount, before.amount);
			prop_assert_eq!(pool.amount == 0, before.amount == 0 || part == crate::WAD);
		}

		#[test]
		fn products_and_their_quotients_are_exact(a in number(), b in number(), denominator in number()) {
			let product = U256::from(a) * U256::from(b);
			let (down, rest) = match denominator {
				0 => (None, U256::zero()),
				_ => {
					let (down, rest) = product.div_mod(U256::from(denominator));
					(Some(down), rest)
				},
			};
			let narrow = |wide: U256| u128::try_from(wide).ok();
			prop_assert_eq!(mul_div(a, b, denominator), down.and_then(narrow));
			let up = down.map(|down| if rest.is_zero() { down } else { down + 1 });
			let rounded = multiply_by_rational_with_rounding(a, b, denominator, Rounding::Up);
			prop_assert_eq!(rounded, up.and_then(narrow));
			let depleted = U256::from(a) * U256::from(MAX_SHARE_PRICE_INVERSE) < U256::from(b);
			prop_assert_eq!(a.saturating_mul(MAX_SHARE_PRICE_INVERSE) < b, depleted);
		}

		#[test]
		fn shares_for_is_the_least_that_suffices(pool in pool(), value in 0..=u128::MAX) {
			match pool.shares_for(value) {
				Some(shares) => {
					prop_assert!(shares <= pool.shares);
					prop_assert!(pool.worth(shares) >= value);
					prop_assert!(shares == 0 || pool.worth(shares - 1) < value || value == 0);
				},
				None => prop_assert!(value > pool.amount),
			}
		}
	}

	#[test]
	fn the_first_deposit_mints_one_share_a_unit() {
		let mut pool = SharePool::default();
		assert_eq!(pool.deposit(7, 1), Ok(7));
		assert_eq!(pool, SharePool { shares: 7, amount: 7 });
	}

	#[test]
	fn what_came_in_an_era_earns_from_the_next_one_on() {
		let funds = SharePool { shares: 10, amount: 30 };
		let pool = Pool { funds, fresh: 4, fresh_era: 7, ..Default::default() };
		assert_eq!((pool.fresh_in(7), pool.earning(7)), (4, 6));
		assert_eq!((pool.fresh_in(8), pool.earning(8)), (0, 10));
		let position = Position { shares: 5, generation: 0, fresh: 4, fresh_era: 7 };
		assert_eq!((position.fresh_in(7), position.fresh_in(8)), (4, 0));
	}

	#[test]
	fn a_magnitude_is_worth_its_part_of_what_cuts_have_left_and_never_more_than_all() {
		let funds = SharePool { shares: 1_000, amount: 1_999 };
		let pool = Pool { funds, fresh: 333, fresh_era: 7, max_magnitude: WAD / 2, ..Default::default() };
		assert_eq!(pool.allocated(Magnitude(WAD / 6)), 666, "of 666.3");
		assert_eq!(pool.allocated(Magnitude(WAD)), 1_999);
		// 667 of 1,000 shares are worth 1,333.333.
		assert_eq!(pool.earning_allocated(Magnitude(WAD / 4), 7), 666);
		assert_eq!(pool.earning_allocated(Magnitude(WAD / 4), 8), 999);
		let gone = Pool { max_magnitude: 0, ..pool };
		assert_eq!((gone.allocated(Magnitude(1)), Pool::default().allocated(Magnitude(WAD))), (0, 0));
	}

	#[test]
	fn refusals_are_specific() {
		let depleted = SharePool { shares: 2 * MAX_SHARE_PRICE_INVERSE, amount: 1 };
		assert_eq!(depleted.clone().deposit(1_000, 1), Err(PoolError::Depleted));
		let dear = SharePool { shares: 1, amount: 1_000 };
		assert_eq!(dear.clone().deposit(999, 1), Err(PoolError::TooSmall));
		let even = SharePool { shares: 10, amount: 10 };
		assert_eq!(even.clone().deposit(4, 5), Err(PoolError::TooSmall));
		assert_eq!(even.clone().deposit(5, 5), Ok(5));
		let full = SharePool { shares: u128::MAX - 1, amount: u128::MAX - 1 };
		assert_eq!(full.clone().deposit(2, 1), Err(PoolError::TooLarge));
		let cheap = SharePool { shares: u128::MAX / 2, amount: u128::MAX / 1_000_000 };
		assert_eq!(cheap.clone().deposit(u128::MAX / 1_000, 1), Err(PoolError::TooLarge));
		assert_eq!(mul_div(1, 1, 0), None);
	}
}
