//! What one node says of the chain in one turn, and what that means for a transaction. Another node can be on another fork, or
//! not as far: what it says takes the place of what was said before, and nothing follows from the two together.

use super::Signed;

/// So many blocks behind its last one the transaction's life counts as over, final or not.
const GRACE: u64 = 16;

/// A block of the best chain.
#[derive(Clone, Debug)]
pub struct Block {
	/// Its hash.
	pub hash: String,
	/// Where in it the transaction is, if it is.
	pub index: Option<u32>,
}

/// Where a transaction is.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
	/// In a block: its number, its hash, the place in it, and whether it is final.
	Block(u64, String, u32, bool),
	/// In no block, and never will be: all that could take it are final.
	Never,
	/// In no block so far.
	Nowhere,
}

/// The chain, as far as a transaction can be in it.
#[derive(Debug)]
pub struct Sight {
	birth: u64,
	until: u64,
	best: u64,
	last_final: u64,
	/// The highest of both that any node has told of.
	highest: (u64, u64),
	/// The blocks above the transaction's birth, as far as they could take it and were looked at.
	blocks: Vec<Block>,
}

impl Sight {
	/// Nothing was seen yet.
	pub fn of(signed: &Signed) -> Self {
		let (birth, until) = (signed.birth(), signed.until);
		Self { birth, until, best: 0, last_final: 0, highest: (0, 0), blocks: vec![] }
	}

	/// Takes what the node says of this turn: its best block and its last final one. Says whether the chain went on: nodes
	/// that answer by turns, and stand still, tell of nothing new.
	pub fn turn(&mut self, best: u64, last_final: u64) -> bool {
		let before = self.highest;
		(self.best, self.last_final) = (best, last_final);
		self.highest = (before.0.max(best), before.1.max(last_final));
		self.highest != before
	}

	/// The best block.
	pub fn best(&self) -> u64 {
		self.best
	}

	/// The last final block.
	pub fn last_final(&self) -> u64 {
		self.last_final
	}

	/// The last block that was looked at, and its number. If it still stands, all before it do.
	pub fn last(&self) -> Option<(u64, &Block)> {
		self.blocks.last().map(|block| (self.seen(), block))
	}

	/// Forgets the last block: another one took its place.
	pub fn drop_last(&mut self) {
		self.blocks.pop();
	}

	/// Adds the block behind the last one.
	pub fn add(&mut self, block: Block) {
		self.blocks.push(block);
	}

	/// The number of the last block that was looked at.
	pub fn seen(&self) -> u64 {
		self.birth.saturating_add(self.blocks.len() as u64)
	}

	/// The number of the block to be looked at next, if it is there and can take the transaction.
	pub fn next(&self) -> Option<u64> {
		Some(self.seen().saturating_add(1)).filter(|next| *next <= self.best.min(self.until))
	}

	/// Whether all final blocks were looked at that could take the transaction.
	pub fn has_seen_final(&self) -> bool {
		self.seen() >= self.last_final.min(self.until)
	}

	/// Whether no block can take the transaction any more, and finality had time to follow.
	pub fn is_over(&self) -> bool {
		self.best > self.until.saturating_add(GRACE)
	}

	/// Where the transaction is.
	pub fn place(&self) -> Place {
		let mut numbered = (self.birth.saturating_add(1)..).zip(&self.blocks);
		let found = numbered.find_map(|(number, block)| Some((number, block.hash.clone(), block.index?)));
		match found {
			Some((number, hash, index)) => Place::Block(number, hash, index, self.last_final >= number),
			None if self.last_final >= self.until && self.seen() >= self.until => Place::Never,
			None => Place::Nowhere,
		}
	}

	/// In words, where the chain stands.
	pub fn lag(&self) -> String {
		format!("finality stands at block {}, the best one is {}", self.last_final, self.best)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Of a transaction that blocks 101 to 163 can take.
	fn sight() -> Sight {
		Sight::of(&Signed::example())
	}

	/// Looks at all blocks of a fork that are still to be looked at; the transaction is in one of them.
	fn look(sight: &mut Sight, fork: &str, place: Option<u64>) {
		while let Some(number) = sight.next() {
			let index = (place == Some(number)).then_some(2);
			sight.add(Block { hash: format!("{fork}{number}"), index });
		}
	}

	// sending 1: what one node says is final is not so of the blocks of another.
	#[test]
	fn nothing_follows_from_the_answers_of_two_nodes() {
		let mut sight = sight();
		// The connection breaks before the blocks are read, and another node answers, which is behind.
		sight.turn(190, 170);
		assert_eq!(sight.place(), Place::Nowhere);
		sight.turn(175, 150);
		look(&mut sight, "b", None);
		assert_eq!((sight.seen(), sight.place(), sight.is_over()), (163, Place::Nowhere, false));
		sight.turn(190, 163);
		assert_eq!(sight.place(), Place::Never);

		// It is in a block of a fork that the other node, which is ahead, does not have.
		let mut sight = super::tests::sight();
		sight.turn(130, 125);
		sight.turn(122, 110);
		look(&mut sight, "a", Some(120));
		assert_eq!(sight.place(), Place::Block(120, "a120".into(), 2, false));
		sight.turn(130, 125);
		while sight.last().is_some_and(|(number, _)| number > 110) {
			sight.drop_last();
		}
		look(&mut sight, "b", None);
		assert_eq!((sight.seen(), sight.place()), (130, Place::Nowhere));
		assert!(sight.has_seen_final());
	}

	#[test]
	fn blocks_are_looked_at_while_they_can_take_it() {
		let mut sight = sight();
		assert_eq!((sight.next(), sight.seen(), sight.last().is_none()), (None, 100, true));
		sight.turn(102, 99);
		look(&mut sight, "a", None);
		assert_eq!((sight.seen(), sight.next(), sight.last().unwrap().1.hash.as_str()), (102, None, "a102"));
		assert!(sight.has_seen_final());
		sight.turn(1_000, 1_000);
		assert!(!sight.has_seen_final() && sight.place() == Place::Nowhere);
		look(&mut sight, "a", None);
		assert_eq!((sight.seen(), sight.place()), (163, Place::Never));
		assert!(sight.is_over());
	}

	#[test]
	fn nodes_that_stand_still_tell_nothing_new() {
		let mut sight = sight();
		assert_eq!(
			[(10, 7), (9, 6), (10, 7), (10, 8), (9, 8), (11, 5)].map(|(best, last)| sight.turn(best, last)),
			[true, false, false, true, false, true]
		);
		assert_eq!((sight.best(), sight.last_final()), (11, 5));
	}
}
