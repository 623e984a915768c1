//! After random actions with streams in random order, streams paid what an independent count says, and no unit appeared
//! or was lost.

use super::*;
use crate::streams::Hook;
use proptest::prelude::*;

const CURRENCIES: [Currency; 2] = [STAYS, GOLD];
const OPERATORS: [u8; 2] = [NORTH, SOUTH];

#[derive(Clone, Debug)]
enum Action {
	Open { currency: Currency, rate: Balance, eras: Balance, more: Balance, notice: Era },
	TopUp { nth: usize, who: u8, amount: Balance },
	Stop { nth: usize, who: u8 },
	Distribute { nth: usize },
	Sweep { left: Weight },
	Late { hook: Hook },
	Pay { currency: Currency, amount: Balance },
	Name { currency: Currency, operator: u8, amount: Balance },
	Join { operator: u8 },
	Leave { operator: u8 },
	SlashesDue { due: bool },
	NextEras { eras: Era },
}

/// Weight that is not enough for two payments.
fn budget() -> u64 {
	2 * <Test as Config>::WeightInfo::distribute(2).ref_time()
}

fn left_of(time: u64) -> Weight {
	Weight::from_parts(time, u64::MAX)
}

fn action() -> impl Strategy<Value = Action> {
	use Action::*;
	let currency = || prop::sample::select(CURRENCIES.to_vec());
	let operator = || prop::sample::select(OPERATORS.to_vec());
	let amount = || prop_oneof![1..=1_000u128, (1..=100u128).prop_map(|n| n * STAY)];
	let nth = || 0..3usize;
	let who = || prop::sample::select(vec![OWNER, PAYER]);
	prop_oneof![
		4 => (currency(), amount(), 0..6u128, 0..1_000u128, 0..4u32).prop_map(
			|(currency, rate, eras, more, notice)| Open { currency, rate, eras, more, notice }
		),
		2 => (nth(), who(), amount()).prop_map(|(nth, who, amount)| {
			TopUp { nth, who, amount }
		}),
		2 => (nth(), who()).prop_map(|(nth, who)| Stop { nth, who }),
		4 => nth().prop_map(|nth| Distribute { nth }),
		4 => prop_oneof![Just(u64::MAX), 0..budget()].prop_map(|left| Sweep { left: left_of(left) }),
		2 => prop_oneof![Just(Hook::Late), Just(Hook::Last)].prop_map(|hook| Late { hook }),
		2 => (currency(), amount()).prop_map(|(currency, amount)| Pay { currency, amount }),
		1 => (currency(), operator(), amount()).prop_map(|(currency, operator, amount)| {
			Name { currency, operator, amount }
		}),
		1 => operator().prop_map(|operator| Join { operator }),
		2 => operator().prop_map(|operator| Leave { operator }),
		1 => any::<bool>().prop_map(|due| SlashesDue { due }),
		6 => prop_oneof![3 => Just(1), 1 => 1..5u32].prop_map(|eras| NextEras { eras }),
	]
}

/// The expected state of a stream.
#[derive(Clone, Debug)]
struct Expected {
	id: StreamId,
	currency: Currency,
	rate: Balance,
	notice: Era,
	funds: Balance,
	/// The funds that were put into it.
	brought: Balance,
	/// The first era it pays for, and the first era that is neither paid nor given back.
	from: Era,
	next: Era,
	until: Option<Era>,
	/// The number of instalments paid, and the number given back.
	paid: Balance,
	returned: Balance,
}

impl Expected {
	/// Pays the instalment of the next era, or gives it back.
	fn pass(&mut self, pays: bool) {
		self.next += 1;
		self.funds -= self.rate;
		let count = if pays { &mut self.paid } else { &mut self.returned };
		*count += 1;
	}
}

/// The record of everything that was done with streams.
#[derive(Default)]
struct Books {
	open: Vec<Expected>,
	ended: Vec<Expected>,
	/// What [`OWNER`] and [`PAYER`] put into streams and payments, by currency.
	brought: [[Balance; 2]; 2],
	/// What streams gave back, by currency.
	refunds: [Balance; 2],
	/// The eras for which someone answered to the set.
	answered: Vec<Era>,
}

fn index(currency: &Currency) -> usize {
	usize::from(*currency != STAYS)
}

/// Whether `operator` answers to the set for this era with a pool that the set may slash.
fn answers(operator: &AccountId) -> bool {
	let pool = OperatorDelegation::pool(operator, PoolKind::Native);
	AvsRegistry::answering(SET).contains(operator)
		&& allocated(operator, PoolKind::Native) > 0
		&& pool.is_some_and(|pool| pool.funds.amount > 0)
}

fn answered() -> bool {
	OPERATORS.map(account).iter().any(answers)
}

impl Books {
	fn bring(&mut self, who: u8, currency: &Currency, amount: Balance) {
		self.brought[usize::from(who == PAYER)][index(currency)] += amount;
	}

	/// The open stream at this place, or an id that does not exist.
	fn nth(&self, nth: usize) -> StreamId {
		self.open.get(nth).map_or(StreamId::MAX, |stream| stream.id)
	}

	fn find(&mut self, id: StreamId) -> Option<&mut Expected> {
		self.open.iter_mut().find(|stream| stream.id == id)
	}

	/// Ends a stream that is open.
	fn end(&mut self, id: StreamId) {
		let place = self.open.iter().position(|stream| stream.id == id).unwrap();
		let stream = self.open.remove(place);
		self.refunds[index(&stream.currency)] += stream.funds;
		self.ended.push(stream);
	}

	/// Counts what the stream should do era by era when it is distributed now. Returns whether anything was due.
	fn distribute(&mut self, id: StreamId) -> bool {
		let (now, answered) = (Now::get(), answered());
		let Some(stream) = self.find(id).filter(|stream| stream.next <= now) else { return false };
		let (rate, currency, before) = (stream.rate, index(&stream.currency), stream.returned);
		while stream.next <= now && stream.until != Some(stream.next) && stream.funds >= rate {
			stream.pass(stream.next == now && answered);
		}
		let over = stream.next <= now || stream.until == Some(stream.next);
		let back = (stream.returned - before) * rate;
		self.refunds[currency] += back;
		if over {
			self.end(id);
		}
		true
	}

	/// Runs a hook and counts what it reports as paid.
	fn sweep(&mut self, hook: Hook, left: Weight) {
		events();
		let used = Rewards::sweep(hook, left);
		assert!(used.all_lte(left), "{used:?} of {left:?}");
		let mut seen = vec![];
		let mut paid = vec![];
		for event in events() {
			let id = match event {
				Event::StreamPaid { id, era, .. } => {
					assert_eq!(era, Now::get());
					assert!(!paid.contains(&id), "stream {id} was paid twice");
					paid.push(id);
					id
				},
				Event::StreamReturned { id, .. } | Event::StreamEnded { id, .. } => id,
				other => panic!("{other:?}"),
			};
			if !seen.contains(&id) {
				assert!(self.distribute(id), "nothing of stream {id} was due");
				seen.push(id);
			}
		}
		if left == Weight::MAX && !AnyDue::get() {
			let mut due = self.open.iter().filter(|stream| stream.next <= Now::get());
			assert!(due.next().is_none(), "a stream was passed over");
		}
	}

	fn next_era(&mut self, diligent: bool) {
		if diligent {
			self.sweep(Hook::Last, Weight::MAX);
		}
		next_era();
		if answered() {
			self.answered.push(Now::get());
		}
		if diligent {
			self.sweep(Hook::Idle, Weight::MAX);
		}
	}

	/// Performs the action, and checks that the chain accepts or refuses it as expected.
	fn act(&mut self, action: Action, diligent: bool) {
		match action {
			Action::Open { currency, rate, eras, more, notice } => {
				let (id, now) = (NextStreamId::<Test>::get(), Now::get());
				let funds = rate * eras + more;
				let expected = if funds < rate {
					Err(Error::StreamUnfunded.into())
				} else if self.open.len() == 2 {
					Err(Error::TooManyStreams.into())
				} else {
					Ok(())
				};
				assert_eq!(try_open(OWNER, SET, currency.clone(), rate, funds, notice), expected);
				if expected.is_ok() {
					self.bring(OWNER, &currency, funds);
					let stream = Expected {
						id,
						currency,
						rate,
						notice,
						funds,
						brought: funds,
						from: now,
						next: now,
						until: None,
						paid: 0,
						returned: 0,
					};
					self.open.push(stream);
				}
			},
			Action::TopUp { nth, who, amount } => {
				let id = self.nth(nth);
				let Some(stream) = self.find(id) else {
					return assert_eq!(top_up(who, id, amount), Err(Error::UnknownStream.into()));
				};
				assert_ok!(top_up(who, id, amount));
				stream.funds += amount;
				stream.brought += amount;
				let currency = stream.currency.clone();
				self.bring(who, &currency, amount);
			},
			Action::Stop { nth, who } => {
				let id = self.nth(nth);
				let now = Now::get();
				let expected = match self.find(id) {
					None => Err(Error::UnknownStream.into()),
					Some(_) if who != OWNER => Err(Error::NotOwner.into()),
					Some(Expected { until: Some(_), .. }) => Err(Error::StreamStopped.into()),
					Some(stream) => {
						stream.until = Some(now + stream.notice + 1);
						if stream.until == Some(stream.next) {
							self.end(id);
						}
						Ok(())
					},
				};
				assert_eq!(stop(who, id), expected);
			},
			Action::Distribute { nth } => {
				let id = self.nth(nth);
				let due = self.find(id).map(|stream| stream.next <= Now::get());
				let expected = match (due, AnyDue::get()) {
					(None, _) => Err(Error::UnknownStream.into()),
					(Some(false), _) => Err(Error::NothingDue.into()),
					(Some(true), true) => Err(Error::SlashesDue.into()),
					(Some(true), false) => Ok(()),
				};
				assert_eq!(distribute(id), expected);
				if expected.is_ok() {
					assert!(self.distribute(id));
				}
			},
			Action::Sweep { left } => self.sweep(Hook::Idle, left),
			Action::Late { hook } => self.sweep(hook, left_of(u64::MAX)),
			Action::Pay { currency, amount } => {
				let expected = if answered() { Ok(()) } else { Err(Error::NoWeight.into()) };
				assert_eq!(try_pay(OWNER, currency.clone(), amount), expected);
				if expected.is_ok() {
					self.bring(OWNER, &currency, amount);
				}
			},
			Action::Name { currency, operator, amount } => {
				let payments = vec![(account(operator), amount)].try_into().unwrap();
				let call = Call::pay_operators { set: SET, currency: currency.clone(), payments };
				let expected = if answers(&account(operator)) { Ok(()) } else { Err(Error::NoWeight.into()) };
				assert_eq!(send(OWNER, call), expected);
				if expected.is_ok() {
					self.bring(OWNER, &currency, amount);
				}
			},
			Action::Join { operator } => {
				let _ = send(operator, registry::Call::<Test>::join { set: SET });
			},
			Action::Leave { operator } => {
				let _ = send(operator, registry::Call::<Test>::leave { set: SET });
			},
			Action::SlashesDue { due } => AnyDue::set(due && !diligent),
			Action::NextEras { eras } => (0..eras).for_each(|_| self.next_era(diligent)),
		}
	}

	/// Compares streams and accounts with the record.
	fn check(&self, start: [[Balance; 2]; 2], supply: [Balance; 2], diligent: bool) {
		assert_eq!(Streams::<Test>::iter_keys().count(), self.open.len());
		for expected in &self.open {
			let Stream { funds, next, until, .. } = stream(expected.id).unwrap();
			assert_eq!((funds, next, until), (expected.funds, expected.next, expected.until));
		}
		for stream in self.open.iter().chain(&self.ended) {
			let eras = stream.from..stream.next;
			assert_eq!(stream.brought - stream.funds, stream.rate * (stream.paid + stream.returned));
			assert_eq!(stream.paid + stream.returned, eras.len() as Balance, "{stream:?}");
			if diligent {
				let earned = self.answered.iter().filter(|era| eras.contains(era)).count();
				assert_eq!(stream.paid, earned as Balance, "{stream:?}");
				assert_eq!(stream.returned, eras.len() as Balance - stream.paid, "{stream:?}");
			}
		}
		let deposits = STREAM_DEPOSIT * self.open.len() as Balance;
		assert_eq!(on_hold(OWNER), deposits);
		for currency in &CURRENCIES {
			let at = index(currency);
			for (who, place) in [(OWNER, 0), (PAYER, 1)] {
				let deposits = if (who, at) == (OWNER, 0) { deposits } else { 0 };
				let expected = start[place][at] - self.brought[place][at] - deposits;
				assert_eq!(balance(who, currency.clone()), expected);
			}
			assert_eq!(credit(OWNER, currency.clone()), self.refunds[at]);
			assert_eq!(credit(PAYER, currency.clone()), 0);
			// Nobody collects, so everything that was put in is still there, to the last part of a unit.
			let brought = self.brought[0][at] + self.brought[1][at];
			assert_eq!(held(currency.clone()), brought);
			let streams = self.open.iter().filter(|stream| stream.currency == *currency);
			let credits = Credit::<Test>::iter().filter(|(_, of, _)| of == currency);
			let owed = carried(currency.clone())
				+ streams.map(|stream| stream.funds).sum::<Balance>()
				+ credits.map(|(.., amount)| amount).sum::<Balance>();
			let accrued = OPERATORS.map(|operator| accrued(operator, PoolKind::Native, currency.clone()));
			let accrued = accrued.into_iter().fold(U256::zero(), |sum, more| sum + more);
			assert_eq!(scaled(brought), scaled(owed) + accrued);
		}
		assert_eq!(CURRENCIES.map(issued), supply);
	}
}

fn issued(currency: Currency) -> Balance {
	<NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(250))]

	/// If the hook has time in every era, an era is paid if and only if an operator answered for it. Otherwise its
	/// instalment is given back.
	#[test]
	fn streams_pay_what_was_earned_and_give_back_the_rest(
		diligent: bool,
		actions in prop::collection::vec(action(), 1..60),
	) {
		new_test_ext().execute_with(|| {
			service(&[(PoolKind::Native, 1)]);
			for (operator, stays) in OPERATORS.into_iter().zip([100, 61]) {
				serve(operator, PoolKind::Native, stays * STAY);
			}
			next_era();
			let start = [OWNER, PAYER].map(|who| CURRENCIES.map(|currency| balance(who, currency)));
			let supply = CURRENCIES.map(issued);
			let mut books = Books::default();
			books.answered.push(Now::get());
			for action in actions {
				books.act(action, diligent);
				books.check(start, supply, diligent);
				check_state();
			}

			// All streams end, and every account can be paid.
			AnyDue::set(false);
			for id in books.open.iter().map(|stream| stream.id).collect::<Vec<_>>() {
				let nth = books.open.iter().position(|stream| stream.id == id).unwrap();
				if books.open[nth].until.is_none() {
					books.act(Action::Stop { nth, who: OWNER }, diligent);
				}
			}
			for _ in 0..6 {
				books.next_era(true);
			}
			assert!(books.open.is_empty());
			books.check(start, supply, diligent);
			for who in [OWNER, NORTH, SOUTH] {
				let _ = collect(STRANGER, who, who, PoolKind::Native);
			}
			check_state();
		});
	}
}
