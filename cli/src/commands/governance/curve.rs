//! The curves of tracks: the approval and the support that a referendum needs, the later the less.
//!
//! The arithmetic is that of `pallet_referenda::Curve`, so that what is shown is what the chain decides by. Where the
//! pallet would panic, for values that no track has, this saturates: the values come from a node.

use crate::read;
use serde_json::Value;
use sp_arithmetic::{traits::Saturating, FixedI64, Perbill, Rounding, SignedRounding};

/// A curve over the decision period, both as parts of 10^9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
	/// From `ceil` linearly down to `floor` at `length`, and level from there on.
	LinearDecreasing {
		/// Where it ends to fall.
		length: Perbill,
		/// Its least value.
		floor: Perbill,
		/// Its value at the beginning.
		ceil: Perbill,
	},
	/// From `begin` down by `step` after each `period`, to `end` at the least.
	SteppedDecreasing {
		/// Its value at the beginning.
		begin: Perbill,
		/// Its least value.
		end: Perbill,
		/// How far it falls at once.
		step: Perbill,
		/// How long it stays level.
		period: Perbill,
	},
	/// `factor / (x + x_offset) + y_offset`.
	Reciprocal {
		/// The numerator.
		factor: FixedI64,
		/// What is added below it.
		x_offset: FixedI64,
		/// What is added to the quotient.
		y_offset: FixedI64,
	},
}

impl Curve {
	/// A curve, from the JSON that [`crate::scale`] decodes; none for something else.
	pub fn of(curve: &Value) -> Option<Self> {
		let (kind, fields) = curve.as_object()?.iter().next()?;
		let part = |name: &str| read::unsigned(&fields[name]).map(Perbill::from_parts);
		let fixed = |name: &str| fields[name].as_str()?.parse().ok().map(FixedI64::from_inner);
		Some(match kind.as_str() {
			"linearDecreasing" => {
				Self::LinearDecreasing { length: part("length")?, floor: part("floor")?, ceil: part("ceil")? }
			},
			"steppedDecreasing" => Self::SteppedDecreasing {
				begin: part("begin")?,
				end: part("end")?,
				step: part("step")?,
				period: part("period")?,
			},
			"reciprocal" => Self::Reciprocal {
				factor: fixed("factor")?,
				x_offset: fixed("xOffset")?,
				y_offset: fixed("yOffset")?,
			},
			_ => return None,
		})
	}

	/// What is needed when the part `x` of the decision period is over.
	pub fn threshold(&self, x: Perbill) -> Perbill {
		match *self {
			Self::LinearDecreasing { length, floor, ceil } => {
				let fallen = x.min(length).saturating_div(length, Rounding::Down);
				ceil.saturating_sub(fallen * ceil.saturating_sub(floor))
			},
			Self::SteppedDecreasing { begin, end, step, period } => {
				let steps = x.deconstruct().checked_div(period.deconstruct()).unwrap_or(u32::MAX);
				begin.saturating_sub(step.int_mul(steps)).max(end)
			},
			Self::Reciprocal { factor, x_offset, y_offset } => factor
				.checked_rounding_div(FixedI64::from(x).saturating_add(x_offset), SignedRounding::Low)
				.map_or(Perbill::one(), |y| y.saturating_add(y_offset).into_clamped_perthing()),
		}
	}

	/// The part of the decision period after which `y` is enough; the whole if it never is.
	pub fn delay(&self, y: Perbill) -> Perbill {
		match *self {
			Self::LinearDecreasing { floor, .. } if y < floor => Perbill::one(),
			Self::LinearDecreasing { ceil, .. } if y > ceil => Perbill::zero(),
			Self::LinearDecreasing { length, floor, ceil } => {
				ceil.saturating_sub(y).saturating_div(ceil.saturating_sub(floor), Rounding::Up) * length
			},
			Self::SteppedDecreasing { end, .. } if y < end => Perbill::one(),
			Self::SteppedDecreasing { begin, step, period, .. } => {
				let step = step.deconstruct();
				let below = begin.saturating_sub(y).deconstruct().saturating_add(step.saturating_sub(1));
				let steps = Perbill::from_parts(below).deconstruct().checked_div(step);
				steps.map_or(Perbill::one(), |steps| period.int_mul(steps))
			},
			Self::Reciprocal { factor, x_offset, y_offset } => factor
				.checked_rounding_div(FixedI64::from(y).saturating_sub(y_offset), SignedRounding::High)
				.and_then(|x| x.saturating_sub(x_offset).try_into_perthing().ok())
				.unwrap_or_else(Perbill::one),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn percent(percent: u32) -> Perbill {
		Perbill::from_percent(percent)
	}

	fn parts(parts: u32) -> Perbill {
		Perbill::from_parts(parts)
	}

	/// From 100% to 50% in ten of 28 days.
	fn linear() -> Curve {
		Curve::LinearDecreasing { length: parts(357_142_857), floor: percent(50), ceil: percent(100) }
	}

	/// From 50% to 0%.
	fn reciprocal() -> Curve {
		Curve::Reciprocal {
			factor: FixedI64::from_inner(250_000_000),
			x_offset: FixedI64::from_inner(366_025_403),
			y_offset: FixedI64::from_inner(-183_012_701),
		}
	}

	#[test]
	fn a_linear_curve_falls_and_then_stays() {
		let curve = linear();
		assert_eq!(curve.threshold(percent(0)), percent(100));
		// Half of the length is 178,571,428.5 parts: the last half is not over yet.
		assert_eq!(curve.threshold(parts(178_571_428)), parts(750_000_001));
		assert_eq!(curve.threshold(parts(357_142_857)), percent(50));
		assert_eq!(curve.threshold(percent(100)), percent(50));

		assert_eq!(curve.delay(percent(100)), percent(0));
		assert_eq!(curve.delay(percent(75)), parts(178_571_428));
		assert_eq!(curve.delay(percent(50)), parts(357_142_857));
		assert_eq!(curve.delay(parts(499_999_999)), percent(100));
		let rising = Curve::LinearDecreasing { length: percent(0), floor: percent(60), ceil: percent(50) };
		assert_eq!(rising.threshold(percent(10)), percent(50));
	}

	#[test]
	fn a_stepped_curve_falls_at_the_end_of_each_period() {
		let curve = Curve::SteppedDecreasing {
			begin: percent(80),
			end: percent(30),
			step: percent(10),
			period: percent(15),
		};
		let before = |percent: u32| parts(percent * 10_000_000 - 1);
		for (x, y) in [(0, 80), (15, 70), (30, 60), (45, 50), (60, 40), (75, 30), (90, 30), (100, 30)] {
			assert_eq!(curve.threshold(percent(x)), percent(y), "{x}");
		}
		assert_eq!(curve.threshold(before(15)), percent(80));
		assert_eq!(curve.threshold(before(75)), percent(40));
		for (y, x) in [(100, 0), (80, 0), (70, 15), (60, 30), (40, 60), (30, 75), (0, 100)] {
			assert_eq!(curve.delay(percent(y)), percent(x), "{y}");
		}
		assert_eq!(curve.delay(before(80)), percent(15));
		assert_eq!(curve.delay(before(70)), percent(30));
		assert_eq!(curve.delay(before(30)), percent(100));
		let still = Curve::SteppedDecreasing {
			begin: percent(80),
			end: percent(30),
			step: percent(0),
			period: percent(0),
		};
		assert_eq!((still.threshold(percent(50)), still.delay(percent(50))), (percent(80), percent(100)));
	}

	#[test]
	fn a_reciprocal_curve_is_rounded_as_the_chain_does() {
		let curve = reciprocal();
		// 0.25 / 0.366025403 = 0.683012703…, of which nine digits remain.
		assert_eq!(curve.threshold(percent(0)), parts(500_000_002));
		// 0.25 / 0.866025403 = 0.288675134…
		assert_eq!(curve.threshold(percent(50)), parts(105_662_433));
		// 0.25 / 1.366025403 = 0.183012701…
		assert_eq!(curve.threshold(percent(100)), parts(0));
		// 0.25 / 0.383012701 = 0.652719868…, rounded up: less 0.366025403 that is 0.286694466.
		assert_eq!(curve.delay(percent(20)), parts(286_694_466));
		assert_eq!(curve.threshold(parts(286_694_466)), parts(199_999_999));
		assert_eq!(curve.delay(percent(0)), percent(100));
		for y in 0..=100 {
			let x = curve.delay(percent(y));
			assert!(x == Perbill::one() || curve.threshold(x) <= percent(y), "{y}");
		}
		// A divisor of 0 lets nothing pass.
		let pole = Curve::Reciprocal {
			factor: FixedI64::from_inner(1),
			x_offset: FixedI64::from_inner(0),
			y_offset: FixedI64::from_inner(i64::MIN),
		};
		assert_eq!(pole.threshold(percent(0)), Perbill::one());
		assert_eq!(pole.threshold(percent(1)), Perbill::zero());
	}

	#[test]
	fn curves_are_read_as_the_chain_encodes_them() {
		let linear = json!({ "linearDecreasing": { "length": 357_142_857, "floor": 500_000_000, "ceil": 1_000_000_000 } });
		assert_eq!(Curve::of(&linear), Some(self::linear()));
		let reciprocal = json!({ "reciprocal": { "factor": "250000000", "xOffset": "366025403", "yOffset": "-183012701" } });
		assert_eq!(Curve::of(&reciprocal), Some(self::reciprocal()));
		let stepped = json!({ "steppedDecreasing": { "begin": 1, "end": 2, "step": 3, "period": 4 } });
		let of = |inner: u32| Perbill::from_parts(inner);
		let expected = Curve::SteppedDecreasing { begin: of(1), end: of(2), step: of(3), period: of(4) };
		assert_eq!(Curve::of(&stepped), Some(expected));
		for none in [
			json!(null),
			json!({}),
			json!("linearDecreasing"),
			json!({ "linearDecreasing": { "length": 1 } }),
		] {
			assert_eq!(Curve::of(&none), None, "{none}");
		}
	}
}
