//! The deposits of referenda.

use super::{
	ballot::stay,
	referendum::{missing, End, Referendum, Stored},
	rules::Rules,
};
use crate::{
	context::Context,
	error::Error,
	runtime::{pallet_referenda::pallet::Call as Referenda, RuntimeCall},
	transaction::{perform, Action},
};

/// Places the decision deposit of a referendum.
pub async fn place(context: &Context, index: u32) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let referendum = Referendum::read(context, &at, index).await?;
	let track = referendum.status().and_then(|status| rules.track(status.track));
	let title = match track {
		Some(track) => {
			format!("deposit {} for the decision of referendum {index}", stay(track.decision_deposit))
		},
		None => format!("place the decision deposit of referendum {index}"),
	};
	let call = RuntimeCall::Referenda(Referenda::place_decision_deposit { index });
	let mut action = Action::new(title, call);
	action.exposure = referendum.rows(context, &rules);
	action.exposure.push((
		"released".into(),
		"when the referendum is over: `mainstay-cli governance refund`. If it is killed, the deposit is lost"
			.into(),
	));
	action.exposure_json = referendum.json(&rules);
	perform(context, action).await.map(|_| ())
}

/// Releases the deposits of a referendum that is over.
pub async fn refund(context: &Context, index: u32) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let stored = Stored::read(&at, index).await?.ok_or_else(|| missing(index))?;
	let calls = releases(index, &stored).map_err(Error::NotFound)?;
	let title = format!("release the deposits of referendum {index}");
	perform(context, Action::all(title, calls)).await.map(|_| ())
}

/// The calls that release what can be released; a description if there is nothing.
fn releases(index: u32, stored: &Stored) -> Result<Vec<RuntimeCall>, String> {
	let Stored::Ended(end, _, [submission, decision]) = stored else {
		return Err(format!("referendum {index} goes on, and keeps its deposits"));
	};
	let mut calls = vec![];
	if decision.is_some() {
		calls.push(RuntimeCall::Referenda(Referenda::refund_decision_deposit { index }));
	}
	// The chain keeps the deposit of a submission that had no success.
	if submission.is_some() && matches!(end, End::Approved | End::Cancelled) {
		calls.push(RuntimeCall::Referenda(Referenda::refund_submission_deposit { index }));
	}
	match calls.is_empty() {
		true => Err(format!("referendum {index} has no deposit that can be released")),
		false => Ok(calls),
	}
}

#[cfg(test)]
mod tests {
	use super::{super::referendum::Deposit, *};

	#[test]
	fn deposits_are_released_as_the_chain_allows() {
		let deposit = || Some(Deposit { who: "alice".into(), amount: 1 });
		let count =
			|end, deposits| releases(3, &Stored::Ended(end, 100, deposits)).map_or(0, |calls| calls.len());
		for end in [End::Approved, End::Cancelled] {
			assert_eq!(count(end, [deposit(), deposit()]), 2);
			assert_eq!(count(end, [deposit(), None]), 1);
		}
		for end in [End::Rejected, End::TimedOut] {
			assert_eq!(count(end, [deposit(), deposit()]), 1);
			assert_eq!(count(end, [deposit(), None]), 0);
		}
		let none = releases(3, &Stored::Ended(End::Killed, 100, [None, None])).unwrap_err();
		assert_eq!(none, "referendum 3 has no deposit that can be released");
	}
}
