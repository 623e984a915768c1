//! Parts of a whole, in parts of [`WAD`]. What a set may slash of a pool and how much of that it does slash are numbers of
//! the same size: as types, neither can be given for the other. In SCALE and in the metadata both are a `u64`.

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
	/// A part of a pool that a set may slash, of the pool as it was when no service had slashed it.
	Magnitude
);
part!(
	/// How much of something a slash takes. More than the whole counts as the whole.
	Fraction
);

impl Fraction {
	/// All of it.
	pub const WHOLE: Self = Self(WAD);

	/// The fraction of `magnitude`, rounded down.
	pub fn of(self, magnitude: Magnitude) -> Magnitude {
		let part = u128::from(magnitude.0).saturating_mul(self.0.min(WAD).into()) / u128::from(WAD);
		// At most the magnitude.
		Magnitude(part as u64)
	}
}

/// How much amounts count in an operator set, each unit as often as the multiplier beside it says. Saturates.
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
