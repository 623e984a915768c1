//! Magnitudes and fractions, both in parts of [`WAD`]. A magnitude is the part of a pool that a set may slash; a
//! fraction is how much of it a slash takes. They are separate types, so that the compiler refuses one in place of the
//! other. In SCALE and in the metadata both are a `u64`.

use crate::{Balance, Multiplier, WAD};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::{Type, TypeInfo};

macro_rules! part {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone,
			Copy,
			Default,
			PartialEq,
			Eq,
			PartialOrd,
			Ord,
			Debug,
			Encode,
			Decode,
			DecodeWithMemTracking,
			MaxEncodedLen,
		)]
		pub struct $name(pub u64);

		impl TypeInfo for $name {
			type Identity = u64;

			fn type_info() -> Type {
				u64::type_info()
			}
		}
	};
}

part!(
	/// The part of a pool that a set may slash, in parts of [`WAD`] of the pool as it was before any service slashed
	/// it.
	Magnitude
);
part!(
	/// The fraction that a slash takes, in parts of [`WAD`]. More than the whole counts as the whole.
	Fraction
);

impl Fraction {
	/// The whole.
	pub const WHOLE: Self = Self(WAD);

	/// This fraction of `magnitude`, rounded down.
	pub fn of(self, magnitude: Magnitude) -> Magnitude {
		let part = u128::from(magnitude.0).saturating_mul(self.0.min(WAD).into()) / u128::from(WAD);
		// At most the magnitude.
		Magnitude(part as u64)
	}
}

/// The weight of amounts in an operator set: the sum of each amount times its multiplier. Saturates.
pub fn weigh(amounts: impl Iterator<Item = (Multiplier, Balance)>) -> Balance {
	amounts.fold(0, |sum: Balance, (multiplier, amount)| {
		sum.saturating_add(amount.saturating_mul(multiplier.into()))
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn clients_see_the_number_that_a_part_is() {
		assert_eq!(Magnitude(WAD / 3).encode(), (WAD / 3).encode());
		assert_eq!(Fraction::decode(&mut WAD.encode().as_slice()), Ok(Fraction::WHOLE));
		assert_eq!(scale_info::meta_type::<Magnitude>(), scale_info::meta_type::<u64>());
		assert_eq!(scale_info::meta_type::<Fraction>(), scale_info::meta_type::<u64>());
	}

	#[test]
	fn a_fraction_of_a_magnitude_is_rounded_down_and_at_most_all_of_it() {
		assert_eq!(Fraction(WAD / 3).of(Magnitude(10)), Magnitude(3));
		assert_eq!(Fraction(u64::MAX).of(Magnitude(WAD)), Magnitude(WAD));
		assert_eq!(Fraction::WHOLE.of(Magnitude(u64::MAX)), Magnitude(u64::MAX));
		assert_eq!(Fraction(0).of(Magnitude(WAD)), Magnitude(0));
	}

	#[test]
	fn weights_add_up_and_saturate() {
		assert_eq!(weigh([(3, 5), (1, 7)].into_iter()), 22);
		assert_eq!(weigh([(2, Balance::MAX), (1, 7)].into_iter()), Balance::MAX);
	}
}
